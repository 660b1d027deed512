import { isRawNumber } from './exact-json.ts'

export interface VendorJson {
  /** The same as CSV. */
  readonly text: string
  readonly symbol: string | undefined
  readonly timeframe: string | undefined
  readonly timezone: string | undefined
}

const zones: Readonly<Record<string, string>> = { 'US/Eastern': 'America/New_York' }
const lengths: Readonly<Record<string, string>> = { '1min': '1m', '5min': '5m', '15min': '15m', '30min': '30m', '60min': '1h' }

const timeframeIn = (name: string): string | undefined => {
  const [, minutes] = /\((\d+min)\)/.exec(name) ?? []
  if (minutes !== undefined) return lengths[minutes]
  return /weekly/i.test(name) ? '1w' : /monthly/i.test(name) ? '1mo' : /daily/i.test(name) ? '1d' : undefined
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const cellOf = (value: unknown): string => {
  const text = isRawNumber(value) ? value.rawJSON : typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  return `"${text.replaceAll('"', '""')}"`
}

/** The time series of a JSON document of Alpha Vantage as CSV; undefined if it is another document. */
export const readVendorJson = (document: unknown): VendorJson | undefined => {
  if (!isObject(document)) return undefined
  const [name, series] = Object.entries(document).find(([key, value]) => /time series/i.test(key) && isObject(value)) ?? []
  if (name === undefined || !isObject(series)) return undefined
  const about = isObject(document['Meta Data']) ? document['Meta Data'] : {}
  const fact = (wanted: string): string | undefined => {
    const value = Object.entries(about).find(([key]) => key.replace(/^\d+\. /, '') === wanted)?.[1]
    return typeof value === 'string' ? value : undefined
  }
  const names = [...new Set(Object.values(series).flatMap(bar => (isObject(bar) ? Object.keys(bar) : [])))]
  const header = ['timestamp', ...names.map(each => each.replace(/^\d+\w?\. /, ''))]
  const lines = Object.entries(series).map(([time, bar]) => [time, ...names.map(each => (isObject(bar) ? bar[each] : ''))])
  const zone = fact('Time Zone')
  return {
    text: [header, ...lines].map(cells => cells.map(cellOf).join(',')).join('\n'),
    symbol: fact('Symbol'),
    timeframe: timeframeIn(name),
    timezone: zone && (zones[zone] ?? zone),
  }
}
