import { and, asc, desc, eq, gte, lte, sql, type SQL } from 'drizzle-orm'
import type { FileDividend, FileSplit } from '../../../domain/market/index.ts'
import type { Transaction } from '../../database.ts'
import { fxRates } from '../../schema/market/benchmarks.ts'
import { dividends, splits } from '../../schema/market/corporate-actions.ts'
import { arrayText } from '../array-text.ts'
import { marketCaps } from '../../schema/market/instruments.ts'

export type Split = typeof splits.$inferSelect
export type Dividend = typeof dividends.$inferSelect
export type MarketCap = typeof marketCaps.$inferSelect
export type FxRate = typeof fxRates.$inferSelect

export interface DateRange {
  readonly from?: string | undefined
  /** The last day. */
  readonly to?: string | undefined
}

export const listSplits = (transaction: Transaction, instrumentId: string): Promise<Split[]> =>
  transaction.select().from(splits).where(eq(splits.instrumentId, instrumentId)).orderBy(asc(splits.exDate))

/** Replaces all splits of an instrument. */
export const replaceSplits = async (
  transaction: Transaction,
  instrumentId: string,
  items: readonly Omit<Split, 'instrumentId'>[],
): Promise<void> => {
  await transaction.delete(splits).where(eq(splits.instrumentId, instrumentId))
  if (items.length > 0) await transaction.insert(splits).values(items.map(item => ({ ...item, instrumentId })))
}

export const listDividends = (transaction: Transaction, instrumentId: string): Promise<Dividend[]> =>
  transaction.select().from(dividends).where(eq(dividends.instrumentId, instrumentId)).orderBy(asc(dividends.exDate), asc(dividends.kind))

/** Replaces all dividends of an instrument. */
export const replaceDividends = async (
  transaction: Transaction,
  instrumentId: string,
  items: readonly Omit<typeof dividends.$inferInsert, 'instrumentId'>[],
): Promise<void> => {
  await transaction.delete(dividends).where(eq(dividends.instrumentId, instrumentId))
  if (items.length > 0) await transaction.insert(dividends).values(items.map(item => ({ ...item, instrumentId })))
}

const instrumentOf = (given: SQL) => sql`coalesce(
  (select id from market.instruments where symbol = ${given}),
  (select instrument_id from market.symbol_history where symbol = ${given} order by valid_from desc limit 1))`

/** The actions of a file with their instruments; of two on one day the last counts. An unknown symbol is left out. */
const givenActions = (actions: readonly { readonly symbol: string; readonly exDate: string }[], columns: SQL, names: SQL) => sql`
  select distinct on (instrument_id, ex_date) * from (
    select ${instrumentOf(sql`given.symbol`)} as instrument_id, given.*
    from unnest(${arrayText(actions.map(({ symbol }) => symbol))}::text[], ${arrayText(actions.map(({ exDate }) => exDate))}::date[], ${columns})
      with ordinality as given (symbol, ex_date, ${names}, place)
  ) named where instrument_id is not null order by instrument_id, ex_date, place desc`

/** The rows of a table that a file has added, and those that it has removed for them. */
interface ChangedRows {
  readonly added: readonly unknown[]
  readonly removed: readonly unknown[]
}

/** What a file has changed of dividends and splits. */
export interface ChangedActions {
  readonly dividends: ChangedRows
  readonly splits: ChangedRows
}

const noRows: ChangedRows = { added: [], removed: [] }

const rowsOf = async (transaction: Transaction, statement: SQL): Promise<unknown[]> => {
  const rows = await transaction.execute<{ row: unknown }>(statement)
  return rows.map(({ row }) => (typeof row === 'string' ? JSON.parse(row) : row))
}

const storeFileDividends = async (transaction: Transaction, paid: readonly FileDividend[]): Promise<ChangedRows> => {
  if (paid.length === 0) return noRows
  const given = givenActions(paid, sql`${arrayText(paid.map(({ amount }) => amount))}::numeric[]`, sql`amount`)
  const removed = await rowsOf(
    transaction,
    sql`delete from market.dividends d using (${given}) g
      where d.instrument_id = g.instrument_id and d.ex_date = g.ex_date and d.kind = 'regular' and d.amount <> g.amount returning to_jsonb(d) as row`,
  )
  const added = await rowsOf(
    transaction,
    sql`insert into market.dividends as d (instrument_id, ex_date, kind, amount) select instrument_id, ex_date, 'regular', amount from (${given}) g
      on conflict do nothing returning to_jsonb(d) as row`,
  )
  return { added, removed }
}

const storeFileSplits = async (transaction: Transaction, made: readonly FileSplit[]): Promise<ChangedRows> => {
  if (made.length === 0) return noRows
  const numerators = sql`${arrayText(made.map(({ numerator }) => numerator))}::integer[]`
  const denominators = sql`${arrayText(made.map(({ denominator }) => denominator))}::integer[]`
  const given = givenActions(made, sql`${numerators}, ${denominators}`, sql`numerator, denominator`)
  const removed = await rowsOf(
    transaction,
    sql`delete from market.splits s using (${given}) g
      where s.instrument_id = g.instrument_id and s.ex_date = g.ex_date and (s.numerator, s.denominator) <> (g.numerator, g.denominator)
      returning to_jsonb(s) as row`,
  )
  const added = await rowsOf(
    transaction,
    sql`insert into market.splits as s (instrument_id, ex_date, numerator, denominator)
      select instrument_id, ex_date, numerator, denominator from (${given}) g on conflict do nothing returning to_jsonb(s) as row`,
  )
  return { added, removed }
}

/** Adds the dividends and splits of a file to those of their instruments. They replace those of the same day. */
export const storeFileActions = async (
  transaction: Transaction,
  { dividends: paid, splits: made }: { readonly dividends: readonly FileDividend[]; readonly splits: readonly FileSplit[] },
): Promise<ChangedActions> => ({
  dividends: await storeFileDividends(transaction, paid),
  splits: await storeFileSplits(transaction, made),
})

/** By date, oldest first, at most `limit`. */
export const listMarketCaps = (transaction: Transaction, instrumentId: string, range: DateRange, limit: number): Promise<MarketCap[]> =>
  transaction
    .select()
    .from(marketCaps)
    .where(
      and(
        eq(marketCaps.instrumentId, instrumentId),
        range.from ? gte(marketCaps.date, range.from) : undefined,
        range.to ? lte(marketCaps.date, range.to) : undefined,
      ),
    )
    .orderBy(asc(marketCaps.date))
    .limit(limit)

/** Two transactions that store rows in the order of their keys wait for each other, and cannot deadlock. */
const inKeyOrder = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] =>
  items.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))

export const storeMarketCaps = async (
  transaction: Transaction,
  instrumentId: string,
  items: readonly { readonly date: string; readonly marketCap: string }[],
): Promise<void> => {
  await transaction
    .insert(marketCaps)
    .values(inKeyOrder(items, ({ date }) => date).map(item => ({ ...item, instrumentId })))
    .onConflictDoUpdate({ target: [marketCaps.instrumentId, marketCaps.date], set: { marketCap: sql`excluded.market_cap` } })
}

/** Newest first, at most `limit`. */
export const listFxRates = (
  transaction: Transaction,
  pair: { readonly base: string; readonly quote: string },
  range: DateRange,
  limit: number,
): Promise<FxRate[]> =>
  transaction
    .select()
    .from(fxRates)
    .where(
      and(
        eq(fxRates.base, pair.base),
        eq(fxRates.quote, pair.quote),
        range.from ? gte(fxRates.date, range.from) : undefined,
        range.to ? lte(fxRates.date, range.to) : undefined,
      ),
    )
    .orderBy(desc(fxRates.date))
    .limit(limit)

export const storeFxRates = async (transaction: Transaction, items: readonly (typeof fxRates.$inferInsert)[]): Promise<void> => {
  await transaction
    .insert(fxRates)
    .values(inKeyOrder(items, ({ base, date, quote }) => `${base}${quote}${date}`))
    .onConflictDoUpdate({
      target: [fxRates.base, fxRates.quote, fxRates.date],
      set: { rate: sql`excluded.rate`, source: sql`excluded.source` },
    })
}
