import { addDays, type CalendarDate, dateOfEpochDay } from '../../../shared/index.ts'
import type { HistoryEvent, HoldingHistory, RateOn, ValueGap } from './types.ts'

/** An account of which only statements are known. */
export interface StatedAccount {
  readonly id: string
  readonly currency: string
  /** What it was worth, by day, ascending. Days since 1970-01-01. */
  readonly statements: readonly { readonly day: number; readonly balance: number }[]
}

/** Transactions that bring money or securities into an account, or take them out of it. */
const external: ReadonlySet<HistoryEvent['type']> = new Set(['cash', 'contribution', 'withdrawal', 'transfer_in', 'transfer_out'])

const flowOf = ({ amount, type, value }: HistoryEvent): number => {
  if (!external.has(type)) return 0
  if (amount !== 0 || value === null) return amount
  return type === 'transfer_out' ? -value : value
}

/**
 * The balance of an account at the end of each day: the last statement and what has come and gone since.
 * @returns balances (NaN before the first statement) and flows by day, from the day before `firstDay`
 */
const balancesOf = ({ statements }: StatedAccount, events: readonly HistoryEvent[], firstDay: number, lastDay: number) => {
  const count = lastDay - firstDay + 2
  const balances = new Float64Array(count).fill(Number.NaN)
  const flows = new Float64Array(count)
  let [balance, statement, event] = [Number.NaN, 0, 0]
  const begin = Math.min(firstDay - 1, statements[0]?.day ?? firstDay - 1)
  while (event < events.length && events[event]!.day < begin) event += 1
  for (let day = begin; day <= lastDay; day += 1) {
    let flow = 0
    for (; event < events.length && events[event]!.day === day; event += 1) flow += flowOf(events[event]!)
    balance += flow
    for (; statement < statements.length && statements[statement]!.day === day; statement += 1) balance = statements[statement]!.balance
    const index = day - firstDay + 1
    if (index < 0) continue
    balances[index] = balance
    flows[index] = flow
  }
  return { balances, flows }
}

/** Adds a day to the last gap, or as a new one. */
const addDay = (gaps: ValueGap[], accountId: string, date: CalendarDate): void => {
  const last = gaps.at(-1)
  if (last && addDays(last.to, 1) === date) gaps[gaps.length - 1] = { ...last, to: date }
  else gaps.push({ accountId, symbol: null, from: date, to: date })
}

/**
 * The value of an account with a stated balance on each day, as one holding. Its gains are on the days of statements, since nothing else says when they came. What
 * the first statement says is a flow, as money that was put in before.
 * @param events of the account, by day
 */
export const statedHistory = (
  account: StatedAccount,
  events: readonly HistoryEvent[],
  { currency, firstDay, lastDay }: { readonly currency: string; readonly firstDay: number; readonly lastDay: number },
  rates: RateOn,
): { readonly holding: HoldingHistory; readonly unconverted: readonly ValueGap[] } => {
  const { balances, flows } = balancesOf(account, events, firstDay, lastDay)
  const days = lastDay - firstDay + 1
  const arrays = () => new Float64Array(days)
  const [value, flow, priceGain, currencyGain] = [arrays(), arrays(), arrays(), arrays()]
  const isKnown = new Uint8Array(days)
  const unconverted: ValueGap[] = []
  const rateOn = (index: number): number => rates(account.currency, currency, firstDay + index - 1) ?? Number.NaN
  let rateBefore = rateOn(0)
  const opening = balances[0]! * rateBefore
  for (let day = 0; day < days; day += 1) {
    const rate = rateOn(day + 1)
    const before = day === 0 ? (Number.isNaN(opening) ? 0 : opening) : value[day - 1]!
    const [had, has] = [balances[day]!, balances[day + 1]!]
    const isStated = !Number.isNaN(has)
    const worth = isStated && !Number.isNaN(rate) ? has * rate : 0
    if (isStated && Number.isNaN(rate)) addDay(unconverted, account.id, dateOfEpochDay(firstDay + day))
    isKnown[day] = Number(!isStated || !Number.isNaN(rate))
    value[day] = worth
    if (Number.isNaN(had) || Number.isNaN(rateBefore) || !isStated || Number.isNaN(rate)) flow[day] = worth - before
    else {
      flow[day] = flows[day + 1]! * rate
      currencyGain[day] = had * (rate - rateBefore)
      priceGain[day] = worth - before - flow[day]! - currencyGain[day]!
    }
    rateBefore = rate
  }
  const units = Number.isNaN(balances[days]!) ? 0 : balances[days]!
  const openingValue = Number.isNaN(balances[0]!) ? 0 : Number.isNaN(opening) ? null : opening
  const holding = {
    accountId: account.id,
    symbol: null,
    toAccountId: null,
    units,
    openingValue,
    isKnown,
    value,
    flow,
    priceGain,
    currencyGain,
  }
  return { holding: { ...holding, income: arrays(), fees: arrays() }, unconverted }
}
