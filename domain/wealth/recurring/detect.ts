import { dateOfEpochDay, epochDayOf } from '../../shared/index.ts'
import { hundredthsOf } from '../rules/transaction.ts'
import { recurringName } from './name.ts'
import { periodTerms, recurringPeriods, type RecurringPeriod, type Schedule, scheduleOf } from './periods.ts'

export interface RecurringTransaction {
  readonly id: string
  readonly accountId: string
  readonly date: string
  readonly amount: string
  readonly description: string
  readonly merchantName: string | null
}

export interface PriceChange {
  readonly date: string
  readonly from: string
  readonly to: string
}

/** A payment or an income that repeats. Amounts have their sign. */
export interface Recurring {
  readonly accountId: string
  /** What its texts have in common. */
  readonly key: string
  /** The text of its last transaction, for people. */
  readonly name: string
  readonly direction: 'in' | 'out'
  readonly period: RecurringPeriod
  readonly amountLow: string
  readonly amountHigh: string
  readonly lastAmount: string
  readonly firstDate: string
  readonly lastDate: string
  /** The first expected date after the last payment. */
  readonly nextDate: string
  /** From 0 to 1. */
  readonly confidence: number
  /** Expected dates up to today that have no payment. */
  readonly missed: readonly string[]
  readonly priceChanges: readonly PriceChange[]
  readonly transactionIds: readonly string[]
}

export interface RecurringOptions {
  /** The day up to which payments are expected. */
  readonly today: string
  /** Transactions that are parts of transfers. */
  readonly excluded?: ReadonlySet<string>
  /** Only those with at least this confidence; 0.6 when left out. */
  readonly minimumConfidence?: number
}

interface Payment {
  readonly transaction: RecurringTransaction
  readonly day: number
  readonly hundredths: number
}

/** The newest payments decide: a subscription can move to another day. */
const CONSIDERED = 36
/** The share of payments that must be on their days, and of expected days that must have a payment. */
const MINIMUM_FIT = 0.75

interface Fit {
  readonly period: RecurringPeriod
  readonly schedule: Schedule
  readonly payments: readonly Payment[]
  readonly places: readonly number[]
  readonly regularity: number
  readonly daysOff: number
}

const fitOf = (period: RecurringPeriod, payments: readonly Payment[]): Fit | undefined => {
  const { minimum, tolerance } = periodTerms[period]
  const schedule = scheduleOf(
    period,
    payments.map(({ day }) => day),
  )
  const kept: Payment[] = []
  const places: number[] = []
  let daysOff = 0
  for (const payment of payments) {
    const place = schedule.placeOf(payment.day)
    const off = Math.abs(schedule.dayOf(place) - payment.day)
    if (off > tolerance || places.at(-1) === place) continue
    places.push(place)
    kept.push(payment)
    daysOff += off
  }
  if (kept.length < minimum) return undefined
  const onTime = kept.length / payments.length
  const present = kept.length / (places.at(-1)! - places[0]! + 1)
  if (onTime < MINIMUM_FIT || present < MINIMUM_FIT) return undefined
  return { period, schedule, payments: kept, places, regularity: onTime * present, daysOff: daysOff / kept.length }
}

/** The median of the days between payments, by which most groups are refused at once. */
const medianGap = (payments: readonly Payment[]): number => {
  const gaps = payments.slice(1).map(({ day }, index) => day - payments[index]!.day)
  return gaps.toSorted((a, b) => a - b)[gaps.length >> 1]!
}

const bestFit = (payments: readonly Payment[]): Fit | undefined => {
  const gap = medianGap(payments)
  let best: Fit | undefined
  for (const period of recurringPeriods) {
    const { days, minimum, tolerance } = periodTerms[period]
    if (payments.length < minimum || Math.abs(gap - days) > tolerance * 1.5) continue
    const fit = fitOf(period, payments)
    // A day off counts as a hundredth of regularity.
    if (fit && (!best || fit.regularity - fit.daysOff / 100 > best.regularity - best.daysOff / 100)) best = fit
  }
  return best
}

/** How much the amounts differ, as a share of the middle one. */
const spreadOf = (payments: readonly Payment[]): number => {
  const sorted = payments.map(({ hundredths }) => Math.abs(hundredths)).toSorted((a, b) => a - b)
  const [low, high] = [sorted[Math.floor(sorted.length * 0.1)]!, sorted[Math.ceil(sorted.length * 0.9) - 1]!]
  return (high - low) / Math.max(1, sorted[sorted.length >> 1]!)
}

/** Bills vary by the month; what varies by the week is shopping. */
const allowedSpread = (period: RecurringPeriod): number =>
  period === 'weekly' || period === 'biweekly' ? 0.2 : period === 'yearly' ? 0.3 : 0.8

const confidenceOf = ({ payments, period, regularity }: Fit, spread: number): number => {
  const steadiness = 1 - 0.4 * Math.min(1, spread / allowedSpread(period))
  const enough = Math.min(1, 0.7 + 0.1 * (payments.length - periodTerms[period].minimum + 1))
  return Math.round(regularity * steadiness * enough * 100) / 100
}

/** Changes to an amount that then stays, or is the last. */
const priceChangesOf = (payments: readonly Payment[]): PriceChange[] =>
  payments.flatMap(({ hundredths, transaction }, index) => {
    const [before, earlier, after] = [payments[index - 1], payments[index - 2], payments[index + 1]]
    if (!before || hundredths === before.hundredths || (earlier && earlier.hundredths !== before.hundredths)) return []
    if (after && after.hundredths !== hundredths) return []
    return [{ date: transaction.date, from: before.transaction.amount, to: transaction.amount }]
  })

/** After so many expected days without a payment it has ended. */
const ENDED_AFTER = 3
const hasEnded = ({ places, schedule }: Fit, today: number): boolean => schedule.dayOf(places.at(-1)! + ENDED_AFTER) < today

/** Most days until a payment is posted. */
const POSTING_DAYS = 2

const missedOf = ({ payments, period, places, schedule }: Fit, today: number): string[] => {
  const { tolerance } = periodTerms[period]
  const missed: string[] = []
  const paid = new Set(places)
  for (let place = places[0]! + 1; ; place += 1) {
    const day = schedule.dayOf(place)
    if (day + tolerance + POSTING_DAYS >= today && day > payments.at(-1)!.day) break
    if (!paid.has(place)) missed.push(dateOfEpochDay(day))
  }
  return missed
}

const describe = (fit: Fit, key: string, today: number, confidence: number): Recurring => {
  const { payments } = fit
  const [first, last] = [payments[0]!, payments.at(-1)!]
  const sorted = payments.toSorted((a, b) => a.hundredths - b.hundredths)
  return {
    accountId: last.transaction.accountId,
    key,
    name: last.transaction.merchantName ?? last.transaction.description,
    direction: last.hundredths < 0 ? 'out' : 'in',
    period: fit.period,
    amountLow: sorted[0]!.transaction.amount,
    amountHigh: sorted.at(-1)!.transaction.amount,
    lastAmount: last.transaction.amount,
    firstDate: first.transaction.date,
    lastDate: last.transaction.date,
    nextDate: dateOfEpochDay(fit.schedule.dayOf(fit.places.at(-1)! + 1)),
    confidence,
    missed: missedOf(fit, today),
    priceChanges: priceChangesOf(payments),
    transactionIds: payments.map(({ transaction }) => transaction.id),
  }
}

/** What repeats within payments of one name: all of them or, if they do not, those of one amount. */
const findWithin = (all: readonly Payment[], key: string, today: number, minimumConfidence: number): Recurring[] => {
  const judge = (payments: readonly Payment[], name: string): Recurring | undefined => {
    if (payments.length < 2) return undefined
    const fit = bestFit(payments.slice(-CONSIDERED))
    if (!fit || hasEnded(fit, today)) return undefined
    const spread = spreadOf(fit.payments)
    if (spread > allowedSpread(fit.period)) return undefined
    const confidence = confidenceOf(fit, spread)
    return confidence < minimumConfidence ? undefined : describe(fit, name, today, confidence)
  }
  const whole = judge(all, key)
  const byAmount = Map.groupBy(all, ({ hundredths }) => hundredths)
  if (byAmount.size === 1) return whole ? [whole] : []
  // A shop that is visited often has some equal amounts at regular times by chance: such a group must be a large part.
  const parts = [...byAmount].flatMap(([hundredths, payments]) =>
    payments.length * 4 < all.length ? [] : (judge(payments, `${key} ${Math.abs(hundredths)}`) ?? []),
  )
  if (!whole) return parts
  const inParts = parts.reduce((sum, { transactionIds }) => sum + transactionIds.length, 0)
  return inParts === all.length && parts.every(({ confidence }) => confidence >= whole.confidence) ? parts : [whole]
}

/**
 * Finds payments and incomes that repeat: groups transactions by account, direction and what their texts have in common, and compares their days
 * with each period. The order of the transactions makes no difference. The result is sorted by confidence, then by account and name.
 */
export const detectRecurring = (transactions: Iterable<RecurringTransaction>, options: RecurringOptions): Recurring[] => {
  const { excluded = new Set(), minimumConfidence = 0.6 } = options
  const names = new Map<string, string>()
  const nameOf = (text: string): string => {
    const known = names.get(text)
    if (known !== undefined) return known
    const name = recurringName(text)
    names.set(text, name)
    return name
  }
  const days = new Map<string, number>()
  const groups = new Map<string, { readonly key: string; readonly payments: Payment[] }>()
  for (const transaction of transactions) {
    if (excluded.has(transaction.id)) continue
    const key = nameOf(transaction.merchantName ?? transaction.description)
    const hundredths = hundredthsOf(transaction.amount)
    if (key === '' || hundredths === 0) continue
    let day = days.get(transaction.date)
    if (day === undefined) days.set(transaction.date, (day = epochDayOf(transaction.date)))
    const group = `${transaction.accountId}${hundredths < 0 ? '-' : '+'}${key}`
    const payment = { transaction, day, hundredths }
    const known = groups.get(group)
    if (known) known.payments.push(payment)
    else groups.set(group, { key, payments: [payment] })
  }
  const today = epochDayOf(options.today)
  const found: Recurring[] = []
  for (const { key, payments } of groups.values()) {
    if (payments.length < 2) continue
    payments.sort((a, b) => a.day - b.day || (a.transaction.id < b.transaction.id ? -1 : 1))
    found.push(...findWithin(payments, key, today, minimumConfidence))
  }
  const order = ({ accountId, direction, key }: Recurring) => `${accountId} ${key} ${direction}`
  return found.toSorted((a, b) => b.confidence - a.confidence || (order(a) < order(b) ? -1 : 1))
}
