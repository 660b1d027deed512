import { describe, expect, test } from 'vitest'
import { type Indicator, type IndicatorName, indicators } from '../../domain/market/indicators/index.ts'
import { type Bars, bars, publishedIndicators, table } from './indicator-data.ts'
import { referenceMissing } from './simulation-data.ts'

/** Indicator and parameters of a published case, and the outputs that have other names there. */
const CASES: Record<string, [IndicatorName, Record<string, number>, Record<string, string>?]> = {
  sma: ['sma', { period: 20 }],
  ema: ['ema', { period: 20 }],
  wma: ['wma', { period: 14 }],
  rsi: ['rsi', { period: 14 }],
  macd: ['macd', { fastPeriod: 12, slowPeriod: 26, signalPeriod: 9 }],
  bb: ['bollinger', { period: 20, deviations: 2 }],
  atr: ['atr', { period: 14 }],
  stoch: ['stochastic', { period: 14, signalPeriod: 3, smoothPeriod: 3 }],
  adx: ['adx', { period: 14 }],
  obv: ['obv', {}],
  donchian: ['donchian', { period: 20 }],
  cci: ['cci', { period: 20 }],
  roc: ['roc', { period: 14 }],
  willr: ['williamsR', { period: 14 }],
  stdev: ['standardDeviation', { period: 14 }, { stdDev: 'standardDeviation' }],
  mfi: ['mfi', { period: 14 }],
  vwap: ['vwap', {}],
  keltner: ['keltner', { period: 20, multiplier: 2, atrPeriod: 10 }],
}

const TOLERANCE = 1e-9

/** Bars at which a value is not the expected one: NaN if there is none, else within a billionth (relative for values above 1). */
const differences = (values: Float64Array, expected: readonly (number | null)[]): string[] =>
  expected.flatMap((wanted, bar) => {
    const value = values[bar]!
    const agrees = wanted === null ? Number.isNaN(value) : Math.abs(value - wanted) <= TOLERANCE * Math.max(1, Math.abs(wanted))
    return agrees ? [] : [`bar ${bar}: ${value}, not ${wanted}`]
  })

describe.skipIf(referenceMissing)('published values over SPY, 2017 and 2018', () => {
  const published = referenceMissing ? {} : publishedIndicators()
  const spy = referenceMissing ? undefined : bars('ohlcv_spy_2017_2018_skender_default.csv')

  test('are all covered', () => expect(Object.keys(published).toSorted()).toEqual(Object.keys(CASES).toSorted()))

  test.each(Object.entries(published))('%s', (name, { values }) => {
    const [indicator, parameters, renamed] = CASES[name]!
    const computed: Record<string, Float64Array> = (indicators[indicator] as Indicator).batch(spy!, parameters)
    for (const [output, expected] of Object.entries(values)) {
      expect(differences(computed[renamed?.[output] ?? output]!, expected), output).toEqual([])
    }
  })
})

describe.skipIf(referenceMissing)("Portfolio Performance's values over GOOG, 2004", () => {
  const goog = referenceMissing ? {} : table('indicator_goog_portfolio_performance.csv')
  const close = goog['close'] ?? new Float64Array(0)
  const { macd, signal } = indicators.macd.batch({ close })

  test.each([
    ['ema(12)', indicators.ema.batch({ close }, { period: 12 }).ema],
    ['ema(26)', indicators.ema.batch({ close }, { period: 26 }).ema],
    ['macd(12/26)', macd],
    ['macd signal(12/26/9)', signal],
    ['rsi(14)', indicators.rsi.batch({ close }).rsi],
    ['sma(5)', indicators.sma.batch({ close }, { period: 5 }).sma],
    ['ema(5)', indicators.ema.batch({ close }, { period: 5 }).ema],
    ['sma(20)', indicators.sma.batch({ close }).sma],
    ['ema(20)', indicators.ema.batch({ close }).ema],
  ])('%s', (column, values) => {
    const expected = Array.from(goog[column]!, value => (Number.isNaN(value) ? null : value))
    expect(differences(values, expected)).toEqual([])
  })
})

describe.skipIf(referenceMissing)('every indicator, with its defaults, has a value at each bar after its warm-up', () => {
  const withoutVolume = ['ohlc_MSFT.csv', 'ohlc_SPX.csv']
  const files = [
    ...withoutVolume,
    'ohlc_SPY.csv',
    'ohlc_NVDA.csv',
    'ohlc_KO.csv',
    'ohlc_GOOG_2004_2013.csv',
    'ohlc_EURUSD_hourly_2017_2018.csv',
    'ohlc_BTCUSD_monthly_2012_2024.csv',
  ]

  test.each(files)('%s', file => {
    const series: Bars = bars(file)
    const missing = Object.entries<Indicator>(indicators).flatMap(([name, indicator]) => {
      if (withoutVolume.includes(file) && indicator.inputs.includes('volume')) return []
      const warmUp = indicator.warmUp()
      return Object.entries(indicator.batch(series)).flatMap(([output, values]) => {
        const found = values.findIndex((value, bar) => Number.isFinite(value) !== bar >= warmUp[output]!)
        return found === -1 ? [] : [`${name} ${output} at bar ${found} of ${values.length}: ${values[found]}`]
      })
    })
    expect(missing).toEqual([])
  })
})
