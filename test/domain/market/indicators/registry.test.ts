import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bar, batchIndicators, type Column, type Indicator, indicators } from '../../../../domain/market/indicators/index.ts'
import { DomainError } from '../../../../domain/shared/index.ts'
import { mapColumns, parametersOf, pick, roughSeries, type Series, wandering } from './series.ts'

const all = Object.entries<Indicator>(indicators)

const firstBars = (values: Readonly<Record<string, Float64Array>>, count: number): Record<string, Float64Array> =>
  Object.fromEntries(Object.entries(values).map(([output, array]) => [output, array.slice(0, count)]))

const barAt = (series: Series, place: number): Bar =>
  Object.fromEntries(Object.entries(series).map(([column, values]) => [column, values[place]!]))

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index)

/** Bars at which all columns that the indicator reads have values. */
const wholeBars = ({ inputs }: Indicator, series: Series): number[] =>
  range(0, series.close.length).filter(place => inputs.every(input => Number.isFinite(series[input][place])))

describe.each(all)('%s', (_, indicator) => {
  const rough = fc.tuple(roughSeries(60), parametersOf(indicator))

  it('declares its outputs, and valid defaults', () => {
    const defaults = Object.fromEntries(indicator.parameters.map(parameter => [parameter.name, parameter.default]))
    expect(Object.keys(indicator.warmUp()).toSorted()).toEqual([...indicator.outputs].toSorted())
    expect(indicator.warmUp(defaults)).toEqual(indicator.warmUp())
  })

  it('has values from the end of its declared warm-up', () => {
    fc.assert(
      fc.property(parametersOf(indicator, 3), fc.nat(1e6), (parameters, seed) => {
        const values = indicator.batch(wandering(80, seed), parameters)
        const first = Object.fromEntries(indicator.outputs.map(output => [output, values[output]!.findIndex(Number.isFinite)]))
        expect(first).toEqual(indicator.warmUp(parameters))
        for (const output of indicator.outputs) expect(values[output]!.subarray(first[output]).every(Number.isFinite)).toBe(true)
      }),
      { numRuns: 30 },
    )
  })

  it('gives the same values bar by bar and in a batch, bit for bit', () => {
    fc.assert(
      fc.property(rough, ([series, parameters]) => {
        const batch = indicator.batch(series, parameters)
        const stream = indicator.create(parameters)
        for (const place of range(0, series.close.length)) {
          const expected = Object.fromEntries(indicator.outputs.map(output => [output, batch[output]![place]!]))
          expect(stream.push(barAt(series, place))).toStrictEqual(expected)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('does not depend on later bars', () => {
    fc.assert(
      fc.property(rough, fc.nat(60), ([series, parameters], cut) => {
        const count = Math.min(cut, series.close.length)
        const short = indicator.batch(pick(series, range(0, count)), parameters)
        expect(short).toStrictEqual(firstBars(indicator.batch(series, parameters), count))
      }),
      { numRuns: 40 },
    )
  })

  it('skips gaps as if the series did not have those bars', () => {
    fc.assert(
      fc.property(rough, ([series, parameters]) => {
        const whole = wholeBars(indicator, series)
        const dense = indicator.batch(pick(series, whole), parameters)
        const expected = Object.fromEntries(
          indicator.outputs.map(output => {
            const values = new Float64Array(series.close.length).fill(Number.NaN)
            for (const [index, place] of whole.entries()) values[place] = dense[output]![index]!
            return [output, values]
          }),
        )
        expect(indicator.batch(series, parameters)).toStrictEqual(expected)
      }),
      { numRuns: 40 },
    )
  })

  it('gives finite numbers or NaN, never an infinity', () => {
    fc.assert(
      fc.property(rough, ([series, parameters]) => {
        for (const values of Object.values(indicator.batch(series, parameters))) {
          expect(values.filter(value => Math.abs(value) === Infinity)).toHaveLength(0)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('rejects parameters that are unknown, out of range or not numbers', () => {
    expect(() => indicator.create({ nonsense: 1 })).toThrow(DomainError)
    expect(() => indicator.create({ nonsense: 1 })).toThrow(/there is no parameter nonsense; there are: /)
    for (const { name, minimum, maximum, integer } of indicator.parameters) {
      const wrong = [minimum - 1, maximum + 1, Number.NaN, Infinity, ...(integer ? [minimum + 0.5] : [])]
      for (const value of wrong) {
        expect(() => indicator.create({ [name]: value })).toThrow(
          expect.objectContaining({ name: 'DomainError', issues: [expect.objectContaining({ path: name })] }),
        )
      }
    }
  })

  it('rejects columns that are missing or differ in length, and arrays that are too short', () => {
    const series = wandering(3, 1)
    for (const input of indicator.inputs) {
      const { [input]: one, ...others } = series
      expect(() => indicator.batch(others as Series)).toThrow(`${indicator.title} needs the column ${input}`)
      if (indicator.inputs.length > 1) expect(() => indicator.batch({ ...series, [input]: one.subarray(1) })).toThrow(/differ in length/)
    }
    const into = Object.fromEntries(indicator.outputs.map(output => [output, new Float64Array(2)]))
    expect(() => indicator.batch(series, {}, into)).toThrow(`${indicator.outputs[0]} is too short for 3 bars`)
  })

  it('accepts an empty series', () => {
    const values = indicator.batch(wandering(0, 1))
    expect(Object.values(values).map(({ length }) => length)).toEqual(indicator.outputs.map(() => 0))
  })
})

const remembering = (memory: Indicator['memory']) => all.filter(([, indicator]) => indicator.memory === memory)

it.each(remembering('window'))('%s does not depend on bars before its last warm-up', (_, indicator) => {
  fc.assert(
    fc.property(parametersOf(indicator), fc.nat(1e6), fc.integer({ min: 1, max: 30 }), (parameters, seed, dropped) => {
      const series = wandering(90, seed)
      const long = indicator.batch(series, parameters)
      const short = indicator.batch(pick(series, range(dropped, 90)), parameters)
      for (const [output, warmUp] of Object.entries(indicator.warmUp(parameters))) {
        for (const bar of range(warmUp, 90 - dropped)) expect(short[output]![bar]).toBeCloseTo(long[output]![bar + dropped]!, 8)
      }
    }),
    { numRuns: 20 },
  )
})

it.each(remembering('fading'))('%s does not depend on the start of the series in the end', (_, indicator) => {
  const series = wandering(1500, 7)
  const long = indicator.batch(series)
  const short = indicator.batch(pick(series, range(300, 1500)))
  for (const output of indicator.outputs) {
    const tail = long[output]!.subarray(1400)
    const scale = Math.max(...tail.map(Math.abs))
    for (const [index, value] of tail.entries()) expect(Math.abs(short[output]![1100 + index]! - value) / scale).toBeLessThan(1e-9)
  }
})

it('several indicators at once have the same values as one by one, over more bars than a chunk, in the given arrays', () => {
  const series = wandering(10_000, 3)
  const gapped = mapColumns(series, (values, column: Column) => (column === 'close' ? values.with(4096, Number.NaN) : values))
  const into = { sma: new Float64Array(10_000).fill(1) }
  const together = batchIndicators(gapped, [...all.map(([, indicator]) => ({ indicator })), { indicator: indicators.sma, into }])
  expect(together.slice(0, -1)).toStrictEqual(all.map(([, indicator]) => indicator.batch(gapped)))
  expect(together.at(-1)?.['sma']).toBe(into.sma)
  expect(into.sma).toStrictEqual(indicators.sma.batch(gapped).sma)
})

it.each([
  ['macd', { fastPeriod: 26 }, 'fastPeriod must be below slowPeriod'],
  ['awesomeOscillator', { slowPeriod: 5 }, 'fastPeriod must be below slowPeriod'],
  ['chaikinOscillator', { fastPeriod: 10 }, 'fastPeriod must be below slowPeriod'],
  ['ultimateOscillator', { middlePeriod: 30 }, 'shortPeriod, middlePeriod and longPeriod must ascend'],
  ['parabolicSar', { step: 0.3 }, 'step must not be above maximum'],
] as const)('%s rejects %j', (name, parameters, message) => {
  const indicator: Indicator = indicators[name]
  expect(() => indicator.create(parameters)).toThrow(expect.objectContaining({ issues: [{ path: '', message }] }))
})
