import type { Transaction } from '../../db/database.ts'
import { findInstrument, type Instrument } from '../../db/queries/market/instruments.ts'
import { notFound } from '../runtime/problem.ts'

/** The instrument that has or had the symbol, or 404. */
export const requireInstrument = async (
  transaction: Transaction,
  symbol: string,
  lock: { forUpdate?: boolean } = {},
): Promise<Instrument> => {
  const instrument = await findInstrument(transaction, symbol, lock)
  if (!instrument) throw notFound('instrument')
  return instrument
}
