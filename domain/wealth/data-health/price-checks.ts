import { findOutliers, findSplitFaults, findUnitFaults, staleAfterDays } from '../../market/index.ts'
import { dateOfEpochDay, daysBetween, epochDayOf } from '../../shared/index.ts'
import { type Finding, found, securitySubject, type Subject } from './checks.ts'
import type { HealthFacts, HeldBars, HeldSecurity, KnownSplit } from './facts.ts'
import { healthLimits } from './limits.ts'
import { TradingDays } from './trading-days.ts'

/** The longest time without a bar between two bars, if it is longer than a price may be old. */
const gapOf = (subject: Subject, { days }: HeldBars, calendar: TradingDays): Finding[] => {
  let [longest, place] = [healthLimits.gapTradingDays as number, 0]
  for (let index = 1; index < days.length; index += 1) {
    // A weekend is the usual distance: most pairs of bars need no count.
    if (days[index]! - days[index - 1]! <= longest) continue
    const missing = calendar.betweenDays(days[index - 1]!, days[index]!)
    if (missing > longest) [longest, place] = [missing, index]
  }
  if (place === 0) return []
  return [
    found('price_gap', subject, {
      from: dateOfEpochDay(days[place - 1]! + 1),
      until: dateOfEpochDay(days[place]! - 1),
      tradingDays: longest,
    }),
  ]
}

const jumpsOf = (subject: Subject, { closes, days, opens }: HeldBars, splits: readonly KnownSplit[]): Finding[] => {
  const dateAt = (index: number) => dateOfEpochDay(days[index]!)
  const recorded = splits.map(split => ({ ...split, day: epochDayOf(split.date) }))
  const units = findUnitFaults({ open: opens, close: closes })
  const unitJumps = new Set(units.flatMap(({ end, index }) => [index, end]))
  const splitDays = new Set(recorded.map(({ day }) => day))
  const spikes = findOutliers(closes).filter(({ index, reverts }) => reverts && !unitJumps.has(index) && !splitDays.has(days[index]!))
  // A price that is back on the next day was wrong, also if it was wrong by the ratio of a split.
  const spikeJumps = new Set(spikes.flatMap(({ index }) => [index, index + 1]))
  const faults = findSplitFaults({ open: opens, close: closes, session: Float64Array.from(days) }, recorded).filter(
    ({ index }) => !unitJumps.has(index) && !spikeJumps.has(index),
  )
  const last = spikes.at(-1)
  return [
    ...faults.map(({ denominator, index, kind, numerator }) =>
      found(kind === 'unadjusted_split' ? 'missing_split' : 'split_without_jump', subject, { date: dateAt(index), numerator, denominator }),
    ),
    ...units.map(({ end, factor, index }) => found('wrong_unit', subject, { from: dateAt(index), until: dateAt(end - 1), factor })),
    ...(last ? [found('wrong_price', subject, { date: dateAt(last.index), change: last.change, count: spikes.length })] : []),
  ]
}

const ageOf = (
  { accountId, close, closeDate, hasSymbol, lastTradeOn, listing }: HeldSecurity,
  subject: Subject,
  calendar: TradingDays,
  { accounts, today }: HealthFacts,
): Finding[] => {
  if (close === null || closeDate === null || listing === null) {
    // Without a symbol there can be no price: that is a finding of its own.
    if (!hasSymbol && listing === null) return []
    const accountName = accounts.find(({ id }) => id === accountId)?.name ?? ''
    const facts = { accountId, accountName, isListed: listing !== null, lastTradeOn }
    return [found('no_price', subject, facts, lastTradeOn === null ? 'problem' : 'warning')]
  }
  const tradingDays = calendar.between(closeDate, today)
  if (tradingDays <= staleAfterDays('1d')) return []
  return [found('stale_price', subject, { date: closeDate, price: close, currency: listing.currency, tradingDays })]
}

/** Prices of held securities that are missing, old or wrong. */
export const checkPrices = (facts: HealthFacts): Finding[] => {
  const calendars = new Map(facts.calendars.map(calendar => [calendar.code, new TradingDays(calendar)]))
  const usual = new TradingDays(undefined)
  const bars = new Map(facts.bars.map(each => [each.symbol, each]))
  // A ledger has the split of the market data some days earlier or later.
  const isSame = (one: KnownSplit, other: KnownSplit) =>
    one.symbol === other.symbol && Math.abs(daysBetween(one.date, other.date)) <= healthLimits.splitDays
  const onlyEntered = facts.enteredSplits.filter(entered => !facts.splits.some(split => isSame(entered, split)))
  const splits = Map.groupBy([...facts.splits, ...onlyEntered], ({ symbol }) => symbol)
  return facts.securities.flatMap(security => {
    const subject = securitySubject(security.symbol, security.listing?.name)
    const calendar = calendars.get(security.listing?.exchangeCode ?? '') ?? usual
    const own = bars.get(security.symbol)
    return [
      ...ageOf(security, subject, calendar, facts),
      ...(own ? [...jumpsOf(subject, own, splits.get(security.symbol) ?? []), ...gapOf(subject, own, calendar)] : []),
    ]
  })
}
