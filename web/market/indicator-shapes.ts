import type { ApiItem } from '../../lambdas/api-types.ts'

export type Description = ApiItem<'GET /v1/market/indicators'>

/** An indicator that a person has chosen. */
export interface Chosen {
  readonly name: string
  readonly parameters: Readonly<Record<string, number>>
}

/** Outputs that are prices, and so are drawn over the candles. All other indicators have a pane of their own. */
const overlays: Readonly<Record<string, readonly string[]>> = {
  bollinger: ['upperBand', 'sma', 'lowerBand'],
  dema: ['dema'],
  donchian: ['upperBand', 'centerline', 'lowerBand'],
  ema: ['ema'],
  hma: ['hma'],
  ichimoku: ['tenkanSen', 'kijunSen', 'senkouSpanA', 'senkouSpanB'],
  keltner: ['upperBand', 'centerline', 'lowerBand'],
  parabolicSar: ['sar'],
  sma: ['sma'],
  smma: ['smma'],
  tema: ['tema'],
  vwap: ['vwap'],
  vwapRolling: ['vwap'],
  vwapSession: ['vwap'],
  vwma: ['vwma'],
  wma: ['wma'],
}

/** Outputs of indicators with a pane, where some others have another scale. */
const paneOutputs: Readonly<Record<string, readonly string[]>> = {
  adx: ['pdi', 'mdi', 'adx'],
  aroon: ['aroonUp', 'aroonDown'],
  atr: ['atr'],
  standardDeviation: ['standardDeviation'],
  stochastic: ['oscillator', 'signal'],
  trix: ['trix'],
}

export const isOverlay = (name: string): boolean => Object.hasOwn(overlays, name)

/** The outputs of an indicator that are drawn. */
export const drawnOutputs = (name: string, all: readonly string[]): readonly string[] => overlays[name] ?? paneOutputs[name] ?? all

/** `macd(fastPeriod=12,slowPeriod=26)`, as the route takes it. */
export const writeChosen = (chosen: readonly Chosen[]): string =>
  chosen
    .map(({ name, parameters }) => {
      const given = Object.entries(parameters).map(([key, value]) => `${key}=${value}`)
      return given.length === 0 ? name : `${name}(${given.join(',')})`
    })
    .join(',')

/** The chosen indicators of an address. What cannot be read is left out. */
export const readChosen = (text: string): readonly Chosen[] =>
  text.split(/,(?![^(]*\))/).flatMap(part => {
    const [, name, given = ''] = /^([A-Za-z]\w*)(?:\(([^()]*)\))?$/.exec(part) ?? []
    const pairs = given === '' ? [] : given.split(',').map(pair => pair.split('='))
    const parameters = Object.fromEntries(pairs.map(([key = '', value]) => [key, Number(value)]))
    return name === undefined || Object.values(parameters).some(Number.isNaN) ? [] : [{ name, parameters }]
  })

/** `upperBand` in words: upper band. */
const words = (output: string): string => output.replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)

/** A short name with its parameters, such as `SMA 20` or `Bollinger 20, 2: upper band`. */
export const labelOf = ({ name, parameters }: Chosen, output: string, outputs: readonly string[]): string => {
  const short = name.length <= 4 ? name.toUpperCase() : `${name[0]!.toUpperCase()}${words(name.slice(1))}`
  const figures = Object.values(parameters).join(', ')
  const whole = figures === '' ? short : `${short} ${figures}`
  return outputs.length === 1 ? whole : `${whole}: ${words(output)}`
}
