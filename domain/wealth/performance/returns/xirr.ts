import { type CalendarDate, dateOfEpochDay, epochDayOf } from '../../../shared/index.ts'
import { exp, log } from '../../../numeric/index.ts'
import { growthLessOne } from '../compounded.ts'
import { type Outcome, outcomeOf, unknown } from '../outcome.ts'
import { findRoot } from './brent.ts'

/** Money that an investor puts in (negative) or gets back (positive); the last value counts as money got back. */
export interface CashFlow {
  readonly date: CalendarDate
  readonly amount: number
}

/** Fewer days between the first and the last flow give no annual rate: a few days make any gain an enormous one. */
export const MINIMUM_XIRR_DAYS = 30
const DAYS_OF_YEAR = 365
/** Rates above this, or as near to -100 %, have no meaning. */
const LARGEST_LOG_RATE = log(1e9)
/** Money of the first day must not shrink to less than this over the whole time: then only the last flows would count for the rate. */
const LEAST_LOG_GROWTH = log(1e-12)
/** Money grows by at most e^44 over the whole time: more cannot be computed. */
const LARGEST_LOG_GROWTH = 44
const SCAN_STEPS = 600
const TOLERANCE = 1e-14

export interface XirrResult {
  /** The annual rate, as a fraction. */
  readonly rate: Outcome
  /** Other rates that solve the equation, ascending: then the rate alone does not describe the flows. */
  readonly otherRates: readonly number[]
  /** The flows that were used: one a day, in order, without those that cancel out. */
  readonly flows: readonly CashFlow[]
}

/** The flows of each day as one, in order, without zeros. What is left of flows that cancel out is rounding, not a flow. */
const flowsByDay = (flows: readonly CashFlow[]): { readonly day: number; readonly amount: number }[] => {
  const byDay = new Map<number, { amount: number; gross: number }>()
  for (const { amount, date } of flows) {
    const day = epochDayOf(date)
    const sum = byDay.get(day) ?? { amount: 0, gross: 0 }
    sum.amount += amount
    sum.gross += Math.abs(amount)
    byDay.set(day, sum)
  }
  return [...byDay]
    .filter(([, { amount, gross }]) => Math.abs(amount) > 1e-12 * gross)
    .map(([day, { amount }]) => ({ day, amount }))
    .toSorted((one, other) => one.day - other.day)
}

/**
 * The internal rate of return of dated cash flows: the rate r above -1 for which the sum of amount x (1 + r)^(-days / 365) is zero, days since the
 * first flow (Actual/365 Fixed). An estimate. Several flows a day and any order are allowed.
 *
 * Flows that change sign more than once can have several such rates. For flows that begin with money put in, the rate is then one at which the present value
 * falls as the rate rises, as that of an investment does; of those that are left, it is the one nearest to zero in log growth. The others are given beside it.
 * @param minimumDays least days between the first and the last flow
 */
export const xirr = (flows: readonly CashFlow[], minimumDays: number = MINIMUM_XIRR_DAYS): XirrResult => {
  const daily = flowsByDay(flows)
  const used = daily.map(({ amount, day }) => ({ date: dateOfEpochDay(day), amount }))
  const none = (rate: Outcome): XirrResult => ({ rate, otherRates: [], flows: used })
  const [first, last] = [daily[0], daily.at(-1)]
  if (!first || !last) return none(unknown('no_flows'))
  if (daily.every(({ amount }) => amount > 0 === first.amount > 0)) return none(unknown('flows_of_one_sign'))
  if (last.day - first.day < minimumDays) return none(unknown('period_too_short'))
  const years = Float64Array.from(daily, ({ day }) => (day - first.day) / DAYS_OF_YEAR)
  const scale = Math.max(...daily.map(({ amount }) => Math.abs(amount)))
  const amounts = Float64Array.from(daily, ({ amount }) => amount / scale)
  if (!amounts.every(Number.isFinite)) return none(unknown('not_finite'))
  const roots = findRoots(years, amounts)
  const falling = amounts[0]! < 0 ? roots.filter(({ isFalling }) => isFalling) : roots
  const [best] = (falling.length > 0 ? falling : roots).toSorted((one, other) => Math.abs(one.logRate) - Math.abs(other.logRate))
  // The first flow decides the present value at very high rates, the last one at rates near to -100 %: if the signs differ, there is a root.
  if (!best) return none(unknown(first.amount > 0 === last.amount > 0 ? 'no_rate_of_return' : 'rate_out_of_range'))
  const otherRates = roots.filter(root => root !== best).map(({ logRate }) => growthLessOne(logRate))
  return { rate: outcomeOf(growthLessOne(best.logRate)), otherRates, flows: used }
}

interface Root {
  /** ln(1 + r). */
  readonly logRate: number
  readonly isFalling: boolean
}

/** The roots in ascending order: a scan finds where the present value changes its sign, then Brent's method each root. */
const findRoots = (years: Float64Array, amounts: Float64Array): Root[] => {
  const length = years.at(-1)!
  const low = Math.max(-LARGEST_LOG_RATE, LEAST_LOG_GROWTH / length)
  const high = Math.min(LARGEST_LOG_RATE, LARGEST_LOG_GROWTH / length)
  // Money of the last day keeps its value at low rates, money of the first day at high ones: no term overflows.
  const presentValue = (logRate: number): number => {
    const base = logRate < 0 ? length : 0
    let sum = 0
    for (let index = 0; index < years.length; index += 1) sum += amounts[index]! * exp(logRate * (base - years[index]!))
    return sum
  }
  const roots: Root[] = []
  let before = low
  let valueBefore = presentValue(low)
  for (let step = 1; step <= SCAN_STEPS; step += 1) {
    const at = low + ((high - low) * step) / SCAN_STEPS
    const value = presentValue(at)
    if (value > 0 !== valueBefore > 0) {
      roots.push({ logRate: findRoot(presentValue, before, at, TOLERANCE), isFalling: value < valueBefore })
    }
    before = at
    valueBefore = value
  }
  return roots
}
