import { addDays, type CalendarDate, dateOfEpochDay } from '../../../shared/index.ts'
import type { HoldingHistory, RateOn, ValueGap, ValueHistory } from './types.ts'

/** An account of which the balance is stated now and then. */
export interface StatedAccount {
  readonly id: string
  readonly currency: string
  /** What it was worth, by day, ascending: one a day, of the days of the history. Days since 1970-01-01. */
  readonly statements: readonly { readonly day: number; readonly balance: number }[]
  /** What earlier statements have added to the money at the end of the day before the first one; undefined if there were none. */
  readonly added?: number | undefined
}

const noCash = (accountId: string, days: number): HoldingHistory => {
  const [value, flow, income, fees, priceGain, currencyGain] = Array.from({ length: 6 }, () => new Float64Array(days)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const isKnown = new Uint8Array(days).fill(1)
  return {
    accountId,
    symbol: null,
    toAccountId: null,
    units: 0,
    openingValue: 0,
    isKnown,
    value,
    flow,
    income,
    fees,
    priceGain,
    currencyGain,
  }
}

export interface StatedHistory {
  /** Takes the place of the cash of the account. */
  readonly holding: HoldingHistory
  readonly unconverted: readonly ValueGap[]
  /** What statements have added to the money by the end of each day, in the currency of the account. NaN before the first one. */
  readonly added: Float64Array
}

/** Adds a day to the last gap, or as a new one. */
const addDay = (gaps: ValueGap[], accountId: string, date: CalendarDate): void => {
  const last = gaps.at(-1)
  if (last && addDays(last.to, 1) === date) gaps[gaps.length - 1] = { ...last, to: date }
  else gaps.push({ accountId, symbol: null, from: date, to: date })
}

const isCashOf =
  (accountId: string) =>
  (holding: HoldingHistory): boolean =>
    holding.accountId === accountId && holding.symbol === null && holding.toAccountId === null

/**
 * The money of an account with a stated balance on each day: what its transactions say, corrected on the day of each statement so that money and securities are
 * what was stated. What the first statement corrects was put in before; what later ones correct is a gain of their day, since nothing else says when it came.
 * @param history of the transactions of the account, in which it begins with nothing
 */
export const statedHistory = (
  { added: addedBefore, currency, id, statements }: StatedAccount,
  history: Pick<ValueHistory, 'currency' | 'firstDay' | 'holdings' | 'lastDay'>,
  rates: RateOn,
): StatedHistory => {
  const { firstDay, holdings, lastDay } = history
  const days = lastDay - firstDay + 1
  const cash = holdings.find(isCashOf(id)) ?? noCash(id, days)
  const securities = holdings.filter(({ accountId, symbol, toAccountId }) => accountId === id && symbol !== null && toAccountId === null)
  const [value, flow, priceGain, currencyGain] = [cash.value, cash.flow, cash.priceGain, cash.currencyGain].map(numbers => numbers.slice())
  const unconverted: ValueGap[] = []
  const isKnown = cash.isKnown.slice()
  // What statements have added to the money, in the currency of the account, and its worth in that of the report.
  let [added, statement] = [addedBefore ?? 0, 0]
  let rateBefore = rates(currency, history.currency, firstDay - 1)
  const openingWorth = added * (rateBefore ?? 0)
  let worth = openingWorth
  const addedOn = new Float64Array(days)
  for (let day = 0; day < days; day += 1) {
    const rate = rates(currency, history.currency, firstDay + day)
    const stated = statements[statement]?.day === firstDay + day ? statements[statement]! : undefined
    const isFirst = stated !== undefined && statement === 0 && addedBefore === undefined
    if (stated) statement += 1
    const before = added
    if (stated && rate !== undefined) {
      const held = securities.reduce((sum, security) => sum + security.value[day]!, 0)
      added = stated.balance - (held + cash.value[day]!) / rate
    }
    const worthNow = rate === undefined ? 0 : added * rate
    if (rate === undefined && (added !== 0 || stated)) {
      addDay(unconverted, id, dateOfEpochDay(firstDay + day))
      isKnown[day] = 0
    }
    const byRate = rate === undefined || rateBefore === undefined ? 0 : before * (rate - rateBefore)
    const rest = worthNow - worth - byRate
    currencyGain![day]! += byRate
    // What appears or disappears with a rate is a flow, and no gain.
    if (isFirst || rate === undefined || rateBefore === undefined) flow![day]! += rest
    else priceGain![day]! += rest
    value![day]! += worthNow
    worth = worthNow
    rateBefore = rate
    addedOn[day] = statement === 0 && addedBefore === undefined ? Number.NaN : added
  }
  const holding = {
    ...cash,
    openingValue: cash.openingValue === null ? null : cash.openingValue + openingWorth,
    units: cash.units + added,
    isKnown,
    value: value!,
    flow: flow!,
    priceGain: priceGain!,
    currencyGain: currencyGain!,
  }
  return { holding, unconverted, added: addedOn }
}
