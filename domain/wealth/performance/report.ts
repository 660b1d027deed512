import { type CalendarDate, dateOfEpochDay } from '../../shared/index.ts'
import { type Contribution, contributions } from './contributions.ts'
import { type DailySeries, type DayRange, isSeries, seriesIn } from './daily-series.ts'
import { sumHoldings } from './history/portfolio-series.ts'
import type { HoldingHistory } from './history/types.ts'
import { type Outcome, unknown } from './outcome.ts'
import { annualReturn } from './returns/annual.ts'
import { dayReturns } from './returns/day-returns.ts'
import { modifiedDietz } from './returns/modified-dietz.ts'
import { moneyWeightedReturn } from './returns/money-weighted.ts'
import { simpleReturn } from './returns/simple-return.ts'
import { timeWeightedReturn } from './returns/time-weighted.ts'
import { type DatedDrawdown, datedDrawdown } from './risk/drawdown.ts'
import { calculateRisk, type RiskResult } from './risk/metrics.ts'
import { periodsPerYear, ratePerPeriod } from './risk/ratios.ts'
import { weekdayReturns } from './risk/weekday-returns.ts'

/** What each return is called and how it is computed. */
export const returnFigures = {
  timeWeighted: {
    name: 'Time-weighted return',
    formula:
      'The returns of the periods between external flows, linked: (end value / (begin value + flow at the start)) - 1 of each. When money came or left does not matter. A day on which all is taken out counts the flow at its end.',
  },
  timeWeightedAnnual: { name: 'Time-weighted return per year', formula: '(1 + time-weighted return)^(365 / days) - 1, from 365 days on.' },
  moneyWeighted: {
    name: 'Money-weighted return (XIRR)',
    formula:
      'The yearly rate at which the present values of all flows, the value at the beginning and the value at the end sum to zero; days / 365.',
  },
  modifiedDietz: {
    name: 'Modified Dietz return',
    formula: 'Gain over the value at the beginning plus each flow times the share of the time that it was invested.',
  },
  modifiedDietzAnnual: {
    name: 'Modified Dietz return per year',
    formula: '(1 + Modified Dietz return)^(365 / days) - 1, from 365 days on.',
  },
  simple: { name: 'Simple return', formula: 'Gain over the value at the beginning plus all money that was put in, whenever it came.' },
  benchmark: {
    name: 'Return of the benchmark',
    formula: 'Its daily returns with dividends, linked; a blend is brought back to its weights each day.',
  },
  benchmarkAnnual: {
    name: 'Return of the benchmark per year',
    formula: '(1 + return of the benchmark)^(365 / days) - 1, from 365 days on.',
  },
} as const
export type ReturnFigure = keyof typeof returnFigures

export type Returns = Readonly<Record<ReturnFigure, Outcome>>

/** The value at the end of a day, and what one unit at the beginning has become. */
export interface PerformancePoint {
  readonly date: CalendarDate
  readonly value: number
  /** Value at the beginning and the external flows since. */
  readonly invested: number
  /** Null if the time-weighted return is not known. */
  readonly growth: number | null
  readonly benchmark: number | null
}

/** Sums of a range: gain = priceGain + currencyGain + income - fees = endValue - beginValue - netFlow. */
export interface PerformanceSums {
  readonly beginValue: number
  readonly endValue: number
  readonly netFlow: number
  readonly gain: number
  readonly priceGain: number
  readonly currencyGain: number
  readonly income: number
  readonly fees: number
}

export interface PerformanceReport {
  /** The holdings added up, of all days of the history. */
  readonly series: DailySeries
  readonly sums: PerformanceSums
  readonly returns: Returns
  readonly risk: RiskResult['metrics']
  readonly drawdown: DatedDrawdown
  readonly contributions: readonly (Contribution & { readonly gain: number; readonly endValue: number })[]
  readonly points: readonly PerformancePoint[]
}

export interface PerformanceInput {
  /** Holdings of one history. */
  readonly holdings: readonly HoldingHistory[]
  /** Of the history. Days since 1970-01-01. */
  readonly firstDay: number
  readonly lastDay: number
  /** Per year, as a fraction. */
  readonly riskFreeRate: number
  /** The return of each day of the history; NaN before its first price. Undefined without a benchmark. */
  readonly benchmark: Float64Array | undefined
}

/** Most points of a chart. */
const MOST_POINTS = 400

const sumOf = (numbers: Float64Array): number => numbers.reduce((sum, number) => sum + number, 0)

const growthOf = (returns: Float64Array): number => returns.reduce((growth, value) => growth * (1 + value), 1)

/** The return of a benchmark in a range; unknown if it has no price at the beginning. */
const benchmarkReturn = (returns: Float64Array): Outcome =>
  returns.some(Number.isNaN) ? unknown('no_price_of_benchmark') : { value: growthOf(returns) - 1 }

/** The returns of a range alone. */
export const returnsOf = (series: DailySeries, range: DayRange, benchmark: Float64Array | undefined): Returns => {
  const timeWeighted = timeWeightedReturn(series, range)
  const dietz = modifiedDietz(series, range)
  const days = range.to - range.from + 1
  const start = range.from - series.firstDay
  const compared = benchmark ? benchmarkReturn(benchmark.subarray(start, start + days)) : unknown('no_benchmark')
  return {
    timeWeighted: timeWeighted.total,
    timeWeightedAnnual: timeWeighted.annual,
    moneyWeighted: moneyWeightedReturn(series, range).rate,
    modifiedDietz: dietz.total,
    modifiedDietzAnnual: dietz.annual,
    simple: simpleReturn(series, range).total,
    benchmark: compared,
    benchmarkAnnual: annualReturn(compared, days),
  }
}

const pointsOf = (part: DailySeries, returns: Float64Array | undefined, benchmark: Float64Array | undefined): PerformancePoint[] => {
  const { externalFlow, firstDay, openingValue, value } = part
  const step = Math.max(1, Math.ceil(value.length / MOST_POINTS))
  const points: PerformancePoint[] = []
  let [invested, growth, compared] = [openingValue, 1, 1]
  const add = (day: number, worth: number) =>
    points.push({
      date: dateOfEpochDay(day),
      value: worth,
      invested,
      growth: returns ? growth : null,
      benchmark: benchmark && !Number.isNaN(compared) ? compared : null,
    })
  add(firstDay - 1, openingValue)
  for (let day = 0; day < value.length; day += 1) {
    invested += externalFlow[day]!
    growth *= 1 + (returns?.[day] ?? 0)
    compared *= 1 + (benchmark?.[day] ?? 0)
    // The last day is always shown, so the steps count from it.
    if ((value.length - 1 - day) % step === 0) add(firstDay + day, value[day]!)
  }
  return points
}

/**
 * Everything about the performance of some holdings in a range: sums, returns, risk, what each holding contributed, and points of a chart. Estimates in
 * floating-point numbers. A figure that has no meaning has a reason instead of a value.
 * @param range days of the history
 */
export const performanceReport = (input: PerformanceInput, range: DayRange): PerformanceReport => {
  const { benchmark, firstDay, holdings, lastDay, riskFreeRate } = input
  const series = sumHoldings(firstDay, lastDay, holdings)
  const part = seriesIn(series, range)
  if (!isSeries(part)) throw new RangeError('the range must lie in the history')
  const start = range.from - firstDay
  const end = range.to - firstDay + 1
  const daily = dayReturns(part)
  const known = 'returns' in daily ? daily.returns : undefined
  const compared = benchmark?.subarray(start, end)
  const week = weekdayReturns(known ?? new Float64Array(0), range.from)
  const risk = calculateRisk({
    returns: week.returns,
    periodsPerYear: periodsPerYear.daily,
    riskFree: ratePerPeriod(riskFreeRate, periodsPerYear.daily),
    ...(compared && known ? { benchmark: weekdayReturns(compared, range.from).returns } : {}),
  })
  const gainOf = ({ currencyGain, fees, income, priceGain }: HoldingHistory): number => {
    let gain = 0
    for (let day = start; day < end; day += 1) gain += priceGain[day]! + currencyGain[day]! + income[day]! - fees[day]!
    return gain
  }
  const [beginValue, endValue] = [part.openingValue, part.value.at(-1)!]
  const sums = {
    priceGain: sumOf(part.priceGain),
    currencyGain: sumOf(part.currencyGain),
    income: sumOf(part.income),
    fees: sumOf(part.fees),
  }
  return {
    series,
    sums: {
      beginValue,
      endValue,
      netFlow: sumOf(part.externalFlow),
      gain: sums.priceGain + sums.currencyGain + sums.income - sums.fees,
      ...sums,
    },
    returns: returnsOf(series, range, benchmark),
    risk: risk.metrics,
    drawdown: datedDrawdown(risk.drawdown, week.days),
    contributions: contributions(holdings, firstDay, range).map((contribution, index) => ({
      ...contribution,
      gain: gainOf(holdings[index]!),
      endValue: holdings[index]!.value[end - 1]!,
    })),
    points: pointsOf(part, known, compared),
  }
}
