import { and, asc, desc, eq, getTableColumns, inArray, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { exchangeHolidays, exchanges } from '../../schema/market/exchanges.ts'
import { instruments, symbolHistory } from '../../schema/market/instruments.ts'
import { rowsOf } from '../rows.ts'

type Exchange = typeof exchanges.$inferSelect
type Holiday = typeof exchangeHolidays.$inferSelect
export type Instrument = typeof instruments.$inferSelect
export type SymbolPeriod = typeof symbolHistory.$inferSelect

type StoredHoliday = Omit<Holiday, 'exchangeCode'>

/** Exchanges with their holidays, oldest first. */
export const exchangeRows = rowsOf(exchanges, {
  key: 'code',
  version: null,
  selection: {
    ...getTableColumns(exchanges),
    holidays: sql<
      StoredHoliday[]
    >`(select coalesce(json_agg(json_build_object('date', ${exchangeHolidays.date}, 'name', ${exchangeHolidays.name},
      'closesAt', ${exchangeHolidays.closesAt}) order by ${exchangeHolidays.date}), '[]')
      from ${exchangeHolidays} where ${exchangeHolidays.exchangeCode} = ${exchanges.code})`,
  },
})

/** Makes an exchange or replaces its data, including holidays. */
export const putExchange = async (
  transaction: Transaction,
  { holidays, ...values }: typeof exchanges.$inferInsert & { holidays: StoredHoliday[] },
): Promise<Exchange & { holidays: StoredHoliday[] }> => {
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

export const instrumentRows = rowsOf(instruments, { version: null })

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

/** The date from which a symbol is valid if no date was given. */
const fromTheBeginning = '1900-01-01'

/** Makes the instrument that has this symbol now, or replaces its data. */
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

/** Gives an instrument a new symbol from a date on. It keeps its bars, splits and dividends. */
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

/** Those of the symbols that an instrument has now. */
export const knownSymbols = async (transaction: Transaction, symbols: readonly string[]): Promise<Set<string>> => {
  const rows = await transaction
    .select({ symbol: instruments.symbol })
    .from(instruments)
    .where(inArray(instruments.symbol, [...symbols]))
  return new Set(rows.map(row => row.symbol))
}
