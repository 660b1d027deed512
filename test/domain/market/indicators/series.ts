import * as fc from 'fast-check'
import type { Column, Indicator, Parameter } from '../../../../domain/market/indicators/index.ts'

export type Series = Record<Column, Float64Array>

const columns: readonly Column[] = ['open', 'high', 'low', 'close', 'volume', 'session']

export const mapColumns = (series: Series, map: (values: Float64Array, column: Column) => Float64Array): Series =>
  Object.fromEntries(columns.map(column => [column, map(series[column], column)])) as Series

/** The bars at the given places, in that order. */
export const pick = (series: Series, places: readonly number[]): Series =>
  mapColumns(series, values => Float64Array.from(places, place => values[place]!))

/** Bars without ties, at prices around 100 that are whole multiples of 2^-20; any three closes rise and fall; five bars per session. */
export const wandering = (length: number, seed: number): Series => {
  let state = seed
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const onGrid = (price: number): number => Math.round(price * 2 ** 20) / 2 ** 20
  const series = Object.fromEntries(columns.map(column => [column, new Float64Array(length)])) as Series
  let price = 100
  for (let bar = 0; bar < length; bar++) {
    const open = onGrid(price + (random() - 0.5) / 4)
    const direction = [Math.sign(random() - 0.5), -1, 1][bar % 3]!
    price = onGrid(price + direction * (random() + (direction * (100 - price)) / 100))
    series.open[bar] = open
    series.close[bar] = price
    series.high[bar] = onGrid(Math.max(open, price) + random() + 2 ** -20)
    series.low[bar] = onGrid(Math.min(open, price) - random() - 2 ** -20)
    series.volume[bar] = 1 + Math.floor(random() * 1e6)
    series.session[bar] = Math.floor(bar / 5)
  }
  return series
}

/** Bars with ties, ranges of zero, days without volume, and gaps of every kind. */
export const roughSeries = (longest: number): fc.Arbitrary<Series> => {
  const bar = fc.record({
    step: fc.integer({ min: -3, max: 3 }),
    above: fc.integer({ min: 0, max: 2 }),
    below: fc.integer({ min: 0, max: 2 }),
    volume: fc.integer({ min: 0, max: 3 }),
    gap: fc.option(fc.tuple(fc.constantFrom(...columns), fc.constantFrom(Number.NaN, Infinity, -Infinity)), { freq: 8 }),
  })
  return fc.array(bar, { maxLength: longest }).map(bars => {
    const series = Object.fromEntries(columns.map(column => [column, new Float64Array(bars.length)])) as Series
    let price = 20
    for (const [place, { step, above, below, volume, gap }] of bars.entries()) {
      const open = price
      price = Math.max(3, price + step)
      series.open[place] = open
      series.close[place] = price
      series.high[place] = Math.max(open, price) + above
      series.low[place] = Math.min(open, price) - below
      series.volume[place] = volume
      series.session[place] = Math.floor(place / 4)
      if (gap !== null) series[gap[0]][place] = gap[1]
    }
    return series
  })
}

const valueOf = ({ minimum, maximum, integer }: Parameter, least: number, most: number): fc.Arbitrary<number> => {
  const [min, max] = [Math.max(minimum, least), Math.min(maximum, most)]
  return integer ? fc.integer({ min, max }) : fc.double({ min: minimum, max: Math.min(maximum, 4), noNaN: true })
}

/** Valid parameters of an indicator, with periods up to a dozen bars. */
export const parametersOf = (indicator: Indicator, leastPeriod = 1): fc.Arbitrary<Record<string, number>> =>
  fc
    .record(Object.fromEntries(indicator.parameters.map(parameter => [parameter.name, valueOf(parameter, leastPeriod, 12)])))
    .filter(parameters => {
      try {
        indicator.warmUp(parameters)
        return true
      } catch {
        return false
      }
    })
