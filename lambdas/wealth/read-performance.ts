import type { Transaction } from '../../db/database.ts'
import { type DailyCloses, findBenchmark, readDailyCloses, readDividendEvents, readSplitEvents } from '../../db/queries/market/index.ts'
import {
  findFollowedAccounts,
  readDatedRates,
  readHistoryEvents,
  readStatedValues,
  readTransferHalves,
} from '../../db/queries/wealth/index.ts'
import { adjustmentSegments } from '../../domain/market/index.ts'
import { dateOfEpochDay, epochDayOf } from '../../domain/shared/index.ts'
import {
  type BenchmarkPart,
  benchmarkReturns,
  bridgeCurrencies,
  followAccounts,
  type HistoryEvent,
  type HistoryState,
  type MarketPrices,
  ratesByDay,
  type ValueHistory,
} from '../../domain/wealth/index.ts'

/** The daily history of some accounts up to today. */
export interface ReadHistory extends ValueHistory {
  readonly accountNames: ReadonlyMap<string, string>
  /** Of the accounts that were closed. Days since 1970-01-01. */
  readonly closedDays: ReadonlyMap<string, number>
}

/** How long before its first day a history reads prices: over holidays, the last close counts. */
const daysBefore = 30

/** From where a history is calculated, and what is wanted of it beside its days. */
export interface HistoryOptions {
  /** Continues the history of the same accounts and currency. `since` is its first day. */
  readonly continued?: { readonly state: HistoryState; readonly since: number } | undefined
  readonly checkpoints?: readonly number[]
}

/** The closes of all securities that a history needs, by security; of one that has none, an empty list. Those that are in the prices of a state are left out. */
const readCloses = async (
  transaction: Transaction,
  events: readonly HistoryEvent[],
  firstDay: number,
  continued: HistoryOptions['continued'],
): Promise<ReadonlyMap<string, MarketPrices>> => {
  const inEvents = events.flatMap(({ newSymbol, symbol }) => [symbol, newSymbol])
  const held = continued?.state.holdings.flatMap(({ long, short, symbol }) => (long === 0 && short === 0 ? [] : symbol)) ?? []
  const symbols = [...new Set([...inEvents, ...held].filter(symbol => symbol !== null))]
  const quotes = new Map(continued?.state.quotes.map(({ symbol, until }) => [symbol, until]))
  const first = (continued?.since ?? firstDay) - daysBefore
  const closes = new Map<string, MarketPrices>(
    symbols.map(symbol => [symbol, { currency: '', days: new Int32Array(), closes: new Float64Array() }]),
  )
  for (const [until, some] of Map.groupBy(symbols, symbol => quotes.get(symbol) ?? first - 1))
    for (const close of await readDailyCloses(transaction, some, dateOfEpochDay(until + 1))) closes.set(close.symbol, close)
  return closes
}

/**
 * The value of the holdings of some accounts on each day since their first transaction or statement; undefined if there is none. They are followed by their
 * transactions and the prices of their securities, and an account with a stated balance is corrected by its statements.
 * @param through the last day
 */
export const readHistory = async (
  transaction: Transaction,
  accountIds: readonly string[],
  currency: string,
  through: string,
  { checkpoints, continued }: HistoryOptions = {},
): Promise<ReadHistory | undefined> => {
  const accounts = await findFollowedAccounts(transaction, accountIds)
  const days = { through, after: continued && dateOfEpochDay(continued.state.day) }
  const events = await readHistoryEvents(transaction, accountIds, days)
  const statements = await readStatedValues(transaction, accountIds, days)
  const opened = accounts.filter(({ openingBalance }) => openingBalance !== 0).map(({ openedDay }) => openedDay)
  const lastDay = epochDayOf(through)
  const firstDay = continued
    ? continued.state.day + 1
    : [events[0]?.day, ...statements.map(({ day }) => day), ...opened].reduce<number>(
        (first, day) => Math.min(first, day ?? first),
        lastDay + 1,
      )
  if (firstDay > lastDay) return undefined
  const closes = await readCloses(transaction, events, firstDay, continued)
  const quotedIn = continued?.state.quotes.map(quote => quote.currency) ?? []
  const currencies = [
    ...new Set([currency, ...accounts.map(account => account.currency), ...[...closes.values()].map(close => close.currency), ...quotedIn]),
  ].filter(code => code !== '')
  const rates = ratesByDay(
    currencies.length > 1 ? await readDatedRates(transaction, [...new Set([...currencies, ...bridgeCurrencies])]) : [],
  )
  const history = followAccounts({
    firstDay,
    lastDay,
    currency,
    accounts,
    events,
    statements,
    prices: closes,
    rates,
    state: continued?.state,
    ...(continued ? { transfers: await readTransferHalves(transaction, accountIds, through) } : {}),
    ...(checkpoints ? { checkpoints } : {}),
  })
  return {
    ...history,
    accountNames: new Map(accounts.map(({ id, name }) => [id, name])),
    closedDays: new Map(accounts.flatMap(({ closedDay, id }) => (closedDay === null ? [] : [[id, closedDay]]))),
  }
}

/** Closes with the splits and dividends of the market data worked in, as a total return has them. */
const adjusted = async (transaction: Transaction, { closes, days, seriesId }: DailyCloses): Promise<Float64Array> => {
  const segments = adjustmentSegments(await readSplitEvents(transaction, seriesId), await readDividendEvents(transaction, seriesId))
  let place = 0
  return closes.map((close, index) => {
    const date = dateOfEpochDay(days[index]!)
    while (segments[place]!.until !== null && date >= segments[place]!.until!) place += 1
    const { denominator, dividendFactor, numerator } = segments[place]!
    return (close * Number(denominator) * Number(dividendFactor)) / Number(numerator)
  })
}

/** The daily returns of a benchmark over the days of a history. A benchmark without a composition is the instrument of its symbol. */
export const readBenchmark = async (
  transaction: Transaction,
  benchmarkId: string,
  { currency, firstDay, lastDay }: Pick<ReadHistory, 'currency' | 'firstDay' | 'lastDay'>,
): Promise<{ readonly symbol: string; readonly name: string; readonly returns: Float64Array } | undefined> => {
  const benchmark = await findBenchmark(transaction, benchmarkId)
  if (!benchmark) return undefined
  const { composition, name, symbol } = benchmark
  const weights = new Map(composition.length > 0 ? composition.map(part => [part.symbol, Number(part.weight)]) : [[symbol, 1]])
  const all = await readDailyCloses(transaction, [...weights.keys()], dateOfEpochDay(firstDay - daysBefore))
  const parts: BenchmarkPart[] = []
  for (const closes of all)
    parts.push({
      weight: weights.get(closes.symbol)!,
      currency: closes.currency,
      days: closes.days,
      closes: await adjusted(transaction, closes),
    })
  // A benchmark of which a security has no prices has no returns.
  const needed = parts.length === weights.size ? parts : []
  const foreign = needed.map(part => part.currency).filter(code => code !== currency)
  const rates = ratesByDay(
    foreign.length > 0 ? await readDatedRates(transaction, [...new Set([...foreign, currency, ...bridgeCurrencies])]) : [],
  )
  return { symbol, name, returns: benchmarkReturns(needed, currency, firstDay, lastDay, rates) }
}
