import { and, asc, desc, eq, ilike, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { exchangeHolidays, exchanges } from '../../schema/market/exchanges.ts'
import { instruments, symbolHistory } from '../../schema/market/instruments.ts'
import { type PageRequest, pageClauses } from '../paging.ts'

export type Exchange = typeof exchanges.$inferSelect
export type Holiday = typeof exchangeHolidays.$inferSelect
export type Instrument = typeof instruments.$inferSelect
export type SymbolPeriod = typeof symbolHistory.$inferSelect

export const listExchanges = async (transaction: Transaction): Promise<(Exchange & { holidays: Holiday[] })[]> => {
  const rows = await transaction.select().from(exchanges).orderBy(asc(exchanges.code))
  const holidays = await transaction.select().from(exchangeHolidays).orderBy(asc(exchangeHolidays.date))
  return rows.map(row => ({ ...row, holidays: holidays.filter(holiday => holiday.exchangeCode === row.code) }))
}

/** Makes an exchange or replaces what is known of it, holidays included. */
export const putExchange = async (
  transaction: Transaction,
  { holidays, ...values }: typeof exchanges.$inferInsert & { holidays: Omit<Holiday, 'exchangeCode'>[] },
): Promise<Exchange & { holidays: Holiday[] }> => {
  const { code, ...set } = values
  const [row] = await transaction
    .insert(exchanges)
    .values(values)
    .onConflictDoUpdate({ target: exchanges.code, set: { ...set, version: sql`${exchanges.version} + 1` } })
    .returning()
  await transaction.delete(exchangeHolidays).where(eq(exchangeHolidays.exchangeCode, code))
  const stored = holidays.map(holiday => ({ ...holiday, exchangeCode: code }))
  if (stored.length > 0) await transaction.insert(exchangeHolidays).values(stored)
  return { ...row!, holidays: stored }
}

export interface InstrumentFilter {
  readonly type?: Instrument['type'] | undefined
  readonly exchangeCode?: string | undefined
  readonly sector?: string | undefined
  readonly industry?: string | undefined
  readonly country?: string | undefined
  /** Part of the symbol or name. */
  readonly search?: string | undefined
  /** What the fundamentals contain. */
  readonly fundamentals?: Record<string, unknown> | undefined
}

const conditions = (filter: InstrumentFilter): (SQL | undefined)[] => {
  const pattern = `%${filter.search?.replaceAll(/[\\%_]/g, '\\$&')}%`
  return [
    filter.type && eq(instruments.type, filter.type),
    filter.exchangeCode ? eq(instruments.exchangeCode, filter.exchangeCode) : undefined,
    filter.sector ? eq(instruments.sector, filter.sector) : undefined,
    filter.industry ? eq(instruments.industry, filter.industry) : undefined,
    filter.country ? eq(instruments.country, filter.country) : undefined,
    filter.search ? or(ilike(instruments.symbol, pattern), ilike(instruments.name, pattern)) : undefined,
    filter.fundamentals ? sql`${instruments.fundamentals} @> ${JSON.stringify(filter.fundamentals)}::jsonb` : undefined,
  ]
}

export const listInstruments = (transaction: Transaction, request: PageRequest, filter: InstrumentFilter): Promise<Instrument[]> => {
  const { limit, orderBy, where } = pageClauses(instruments.id, request, ...conditions(filter))
  return transaction.select().from(instruments).where(where).orderBy(orderBy).limit(limit)
}

/** The instrument that has the symbol, or else the last one that had it. */
export const findInstrument = async (
  transaction: Transaction,
  symbol: string,
  { forUpdate = false } = {},
): Promise<Instrument | undefined> => {
  const query = transaction.select().from(instruments).where(eq(instruments.symbol, symbol))
  const [current] = await (forUpdate ? query.for('update') : query)
  if (current) return current
  const [former] = await transaction
    .select({ instrument: instruments })
    .from(symbolHistory)
    .innerJoin(instruments, eq(instruments.id, symbolHistory.instrumentId))
    .where(eq(symbolHistory.symbol, symbol))
    .orderBy(desc(symbolHistory.validFrom))
    .limit(1)
  return former?.instrument
}

export const listSymbolHistory = (transaction: Transaction, instrumentId: string): Promise<SymbolPeriod[]> =>
  transaction.select().from(symbolHistory).where(eq(symbolHistory.instrumentId, instrumentId)).orderBy(asc(symbolHistory.validFrom))

/** From when on a symbol holds that nobody said a date for. */
const fromTheBeginning = '1900-01-01'

/** Makes an instrument or replaces what is known of it, as the one that has this symbol now. */
export const putInstrument = async (transaction: Transaction, values: typeof instruments.$inferInsert): Promise<Instrument> => {
  const { symbol: _symbol, ...set } = values
  const [row] = await transaction
    .insert(instruments)
    .values(values)
    .onConflictDoUpdate({ target: instruments.symbol, set: { ...set, version: sql`${instruments.version} + 1` } })
    .returning()
  const { id: instrumentId, symbol } = row!
  const known = await listSymbolHistory(transaction, instrumentId)
  if (known.length === 0) await transaction.insert(symbolHistory).values({ instrumentId, symbol, validFrom: fromTheBeginning })
  return row!
}

/** Gives an instrument another symbol from a date on; its bars, splits and dividends stay with it. */
export const changeSymbol = async (
  transaction: Transaction,
  instrument: Instrument,
  symbol: string,
  effectiveDate: string,
): Promise<Instrument> => {
  await transaction
    .update(symbolHistory)
    .set({ validUntil: effectiveDate })
    .where(and(eq(symbolHistory.instrumentId, instrument.id), isNull(symbolHistory.validUntil)))
  await transaction.insert(symbolHistory).values({ instrumentId: instrument.id, symbol, validFrom: effectiveDate })
  const [row] = await transaction
    .update(instruments)
    .set({ symbol, version: sql`${instruments.version} + 1` })
    .where(eq(instruments.id, instrument.id))
    .returning()
  return row!
}

/** Which of these symbols some instrument has now. */
export const knownSymbols = async (transaction: Transaction, symbols: readonly string[]): Promise<Set<string>> => {
  const rows = await transaction
    .select({ symbol: instruments.symbol })
    .from(instruments)
    .where(inArray(instruments.symbol, [...symbols]))
  return new Set(rows.map(row => row.symbol))
}
