import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Indicator, indicators } from '../../../../domain/market/indicators/index.ts'
import { mapColumns, parametersOf, roughSeries, type Series, wandering } from './series.ts'

/**
 * The unit of an output: `price` moves and scales with prices; `distance`, between prices, only scales with them; `relative`
 * does not scale, but changes when all prices move; `position` neither scales nor changes; `volume` and `flow`, price times volume, scale with
 * volume, and `flow` also with distances between prices.
 */
const UNITS = {
  price: [
    ['dema.dema', 'ema.ema', 'hma.hma', 'sma.sma', 'smma.smma', 'tema.tema', 'wma.wma', 'trix.ema3', 'standardDeviation.mean'],
    ['bollinger.sma', 'bollinger.upperBand', 'bollinger.lowerBand', 'donchian.upperBand', 'donchian.centerline', 'donchian.lowerBand'],
    ['keltner.upperBand', 'keltner.centerline', 'keltner.lowerBand', 'parabolicSar.sar'],
    ['ichimoku.tenkanSen', 'ichimoku.kijunSen', 'ichimoku.senkouSpanA', 'ichimoku.senkouSpanB'],
    ['vwap.vwap', 'vwapRolling.vwap', 'vwapSession.vwap', 'vwma.vwma'],
  ],
  distance: [
    ['atr.tr', 'atr.atr', 'awesomeOscillator.oscillator', 'macd.macd', 'macd.signal', 'macd.histogram', 'momentum.momentum'],
    ['standardDeviation.standardDeviation'],
  ],
  relative: [['atr.atrp', 'bollinger.width', 'donchian.width', 'keltner.width', 'mfi.mfi', 'roc.roc', 'trix.trix']],
  position: [
    ['adx.pdi', 'adx.mdi', 'adx.dx', 'adx.adx', 'aroon.aroonUp', 'aroon.aroonDown', 'aroon.oscillator', 'vortex.pvi', 'vortex.nvi'],
    ['bollinger.percentB', 'bollinger.zScore', 'standardDeviation.zScore', 'cci.cci', 'cmf.cmf', 'parabolicSar.isReversal'],
    ['rsi.rsi', 'stochasticRsi.stochasticRsi', 'stochasticRsi.signal', 'tsi.tsi', 'tsi.signal', 'ultimateOscillator.oscillator'],
    ['stochastic.oscillator', 'stochastic.signal', 'stochastic.percentJ', 'williamsR.williamsR'],
  ],
  volume: [['adl.adl', 'chaikinOscillator.oscillator', 'obv.obv']],
  flow: [['forceIndex.forceIndex']],
} as const
type Unit = keyof typeof UNITS

const unitOf = new Map<string, Unit>(Object.entries(UNITS).flatMap(([unit, names]) => names.flat().map(name => [name, unit as Unit])))
const all = Object.entries<Indicator>(indicators)

const SCALE = 8
const SHIFT = 64
const priceScale: Record<Unit, number> = { price: SCALE, distance: SCALE, relative: 1, position: 1, volume: 1, flow: SCALE }
const volumeScale: Record<Unit, number> = { price: 1, distance: 1, relative: 1, position: 1, volume: SCALE, flow: SCALE }

const mapPrices = (series: Series, map: (price: number) => number): Series =>
  mapColumns(series, (values, column) => (column === 'volume' || column === 'session' ? values : values.map(map)))

it('knows the unit of every output', () => {
  expect([...unitOf.keys()].toSorted()).toEqual(all.flatMap(([name, { outputs }]) => outputs.map(output => `${name}.${output}`)).toSorted())
})

describe.each(all)('%s', (name, indicator) => {
  it('scales with prices and with volumes like its units, to the bit for a power of two', () => {
    fc.assert(
      fc.property(roughSeries(60), parametersOf(indicator), (series, parameters) => {
        const values = indicator.batch(series, parameters)
        const pricesScaled = indicator.batch(
          mapPrices(series, price => SCALE * price),
          parameters,
        )
        const volumesScaled = indicator.batch({ ...series, volume: series.volume.map(volume => SCALE * volume) }, parameters)
        for (const output of indicator.outputs) {
          const unit = unitOf.get(`${name}.${output}`)!
          expect(pricesScaled[output]).toStrictEqual(values[output]!.map(value => priceScale[unit] * value))
          expect(volumesScaled[output]).toStrictEqual(values[output]!.map(value => volumeScale[unit] * value))
        }
      }),
      { numRuns: 30 },
    )
  })

  it('moves with prices or does not change, according to its units, when all prices move', () => {
    fc.assert(
      fc.property(fc.nat(1e6), parametersOf(indicator, 3), (seed, parameters) => {
        const series = wandering(80, seed)
        const values = indicator.batch(series, parameters)
        const moved = indicator.batch(
          mapPrices(series, price => price + SHIFT),
          parameters,
        )
        for (const output of indicator.outputs) {
          const unit = unitOf.get(`${name}.${output}`)!
          if (unit === 'relative') continue
          const expected = values[output]!.map(value => value + (unit === 'price' ? SHIFT : 0))
          for (const [bar, value] of moved[output]!.entries()) {
            const error = Math.abs(value - expected[bar]!) / Math.max(1, Math.abs(expected[bar]!))
            expect(Number.isNaN(value) ? Number.isNaN(expected[bar]!) : error < 1e-7, `${output} at ${bar}`).toBe(true)
          }
        }
      }),
      { numRuns: 20 },
    )
  })
})
