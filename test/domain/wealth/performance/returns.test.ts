import { describe, expect, test } from 'vitest'
import { epochDayOf } from '../../../../domain/shared/index.ts'
import {
  averageInvestment,
  modifiedDietz,
  moneyWeightedReturn,
  performancePeriods,
  simpleReturn,
  timeWeightedReturn,
} from '../../../../domain/wealth/index.ts'
import { seriesOf } from './ledgers.ts'

describe('timeWeightedReturn', () => {
  test('links the periods between flows, and says what they were made of', () => {
    // 100 grows to 110 (10 %). 90 comes: 200 falls to 190 (-5 %). 1.1 x 0.95 = 1.045.
    const result = timeWeightedReturn(seriesOf(100, [105, 110, 195, 190], [0, 0, 90, 0]))
    expect(result.total.value).toBeCloseTo(0.045, 12)
    expect(result.subPeriods).toEqual([
      { from: '2024-01-01', to: '2024-01-02', beginValue: 100, flow: 0, flowAtEnd: 0, endValue: 110, return: expect.closeTo(0.1, 12) },
      { from: '2024-01-03', to: '2024-01-04', beginValue: 110, flow: 90, flowAtEnd: 0, endValue: 190, return: expect.closeTo(-0.05, 12) },
    ])
    expect(result.annual).toEqual({ value: null, reason: 'less_than_a_year', date: null })
  })

  test('days before the first flow and after everything was taken out count as zero', () => {
    // 100 comes, grows to 110; then all of 121 is taken out, of which 11 were gained on the day.
    const result = timeWeightedReturn(seriesOf(0, [0, 110, 0, 0], [0, 100, -121, 0]))
    expect(result.total.value).toBeCloseTo(0.21, 12)
    expect(result.idleDays).toBe(2)
    expect(result.subPeriods.map(({ flowAtEnd }) => flowAtEnd)).toEqual([0, 121, 0])
  })

  test('a total loss is -100 % for good; a range after it begins anew', () => {
    const series = seriesOf(100, [0, 0, 50, 55], [0, 0, 50, 0])
    const result = timeWeightedReturn(series)
    expect(result.total.value).toBe(-1)
    expect(result.totalLossOn).toBe('2024-01-01')
    const after = { from: series.firstDay + 1, to: series.firstDay + 3 }
    expect(timeWeightedReturn(series, after).total.value).toBeCloseTo(0.1, 12)
  })

  test('a day without positive capital has no return, and is named', () => {
    const unknown = { value: null, date: '2024-01-02' }
    expect(timeWeightedReturn(seriesOf(100, [100, 5], [0, -120])).total).toEqual({ ...unknown, reason: 'capital_not_positive' })
    expect(timeWeightedReturn(seriesOf(0, [0, 5], [0, 0])).total).toEqual({ ...unknown, reason: 'capital_not_positive' })
    expect(timeWeightedReturn(seriesOf(100, [100, -5], [0, 0])).total).toEqual({ ...unknown, reason: 'loss_above_capital' })
  })

  test('per year from 365 days on', () => {
    const days = 730
    const series = seriesOf(
      100,
      Array.from({ length: days }, (_, day) => (day === days - 1 ? 121 : 100)),
      Array.from({ length: days }, () => 0),
    )
    expect(timeWeightedReturn(series).annual.value).toBeCloseTo(0.1, 12)
    expect(moneyWeightedReturn(series).rate.value).toBeCloseTo(0.1, 12)
  })

  test('a range outside of the history says so', () => {
    const series = seriesOf(100, [100], [0])
    const range = { from: series.firstDay, to: series.firstDay + 1 }
    const reason = { value: null, reason: 'range_outside_history', date: null }
    expect(timeWeightedReturn(series, range).total).toEqual(reason)
    expect(modifiedDietz(series, range).total).toEqual(reason)
    expect(simpleReturn(series, range)).toEqual({ total: reason, parts: null })
    expect(moneyWeightedReturn(series, range).rate).toEqual(reason)
  })
})

describe('modifiedDietz and simpleReturn', () => {
  test('weigh a flow by the part of the period that it was invested', () => {
    // 100, and 40 for the last 3 of 4 days: 100 + 0.75 x 40 = 130. The gain is 153 - 100 - 40 = 13.
    const series = seriesOf(100, [100, 140, 140, 153], [0, 40, 0, 0])
    const result = modifiedDietz(series)
    expect(result.total.value).toBeCloseTo(0.1, 12)
    expect(result.flows).toEqual([{ date: '2024-01-02', amount: 40, weight: 0.75 }])
    expect(result).toMatchObject({ beginValue: 100, endValue: 153, gain: 13, averageCapital: 130 })
    // 13 of 140.
    expect(simpleReturn(series).total.value).toBeCloseTo(13 / 140, 12)
    expect(simpleReturn(series).parts).toEqual({ beginValue: 100, inflows: 40, outflows: 0, endValue: 153, gain: 13, capital: 140 })
  })

  test('without capital there is no return', () => {
    expect(modifiedDietz(seriesOf(0, [0, 0], [0, 0])).total).toMatchObject({ value: null, reason: 'no_capital' })
    expect(simpleReturn(seriesOf(0, [0, 0], [0, 0])).total).toMatchObject({ value: null, reason: 'no_capital' })
    expect(simpleReturn(seriesOf(0, [5, 5], [0, 0])).total).toMatchObject({ value: null, reason: 'capital_not_positive' })
  })
})

test('averageInvestment is the cost of the shares that are held, by days with any', () => {
  const day = (date: string) => epochDayOf(`2024-01-${date}`)
  const changes = [
    { day: day('01'), quantity: 10, price: 10 },
    { day: day('03'), quantity: 10, price: 30 },
    // Half of 400, at an average cost of 20.
    { day: day('05'), quantity: -10, price: 99 },
    { day: day('06'), quantity: -10, price: 99 },
  ]
  // (100 x 2 + 400 x 2 + 200 x 1) / 5; of the days after the last sale none counts.
  expect(averageInvestment(changes, day('20'))).toEqual({ average: { value: 240 }, atEnd: 0 })
  expect(averageInvestment(changes.slice(0, 3), day('05')).atEnd).toBe(200)
  expect(averageInvestment([], day('05')).average).toMatchObject({ value: null, reason: 'no_capital' })
})

describe('performancePeriods', () => {
  test('begin at the end of a day', () => {
    const periods = performancePeriods('2023-03-15', '2024-02-29')
    expect(periods.year_to_date).toMatchObject({ baseDate: '2023-12-31', from: '2024-01-01', to: '2024-02-29' })
    expect(periods.one_year).toEqual({ value: null, reason: 'history_too_short', date: null })
    expect(periods.since_inception).toEqual({
      baseDate: '2023-03-14',
      from: '2023-03-15',
      to: '2024-02-29',
      days: { from: epochDayOf('2023-03-15'), to: epochDayOf('2024-02-29') },
    })
    expect(performancePeriods('2020-01-01', '2024-02-29').one_year).toMatchObject({ baseDate: '2023-02-28', from: '2023-03-01' })
    expect(performancePeriods('2024-02-29', '2024-02-29').since_inception).toMatchObject({ from: '2024-02-29', to: '2024-02-29' })
    expect(performancePeriods('2024-03-01', '2024-02-29').since_inception).toMatchObject({ value: null })
  })
})
