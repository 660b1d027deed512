import type { Transaction } from '../../db/database.ts'
import { readDividendEvents, readSplitEvents } from '../../db/queries/market/adjustments.ts'
import { findSeries } from '../../db/queries/market/series.ts'
import { findInstrument, type Instrument } from '../../db/queries/market/instruments.ts'
import { type AdjustmentSegment, adjustmentSegments, type Timeframe } from '../../domain/market/index.ts'
import type { Issue } from '../../domain/shared/index.ts'
import { fieldProblem, Problem } from '../runtime/problem.ts'

const unknownInstrument = (errors?: readonly Issue[]) =>
  new Problem('unknown-instrument', 'There is no such instrument.', errors && { errors })

/** The instrument that has or had the symbol. Throws 404 when there is none. */
export const requireInstrument = async (
  transaction: Transaction,
  symbol: string,
  lock: { forUpdate?: boolean } = {},
): Promise<Instrument> => {
  const instrument = await findInstrument(transaction, symbol, lock)
  if (!instrument) throw unknownInstrument()
  return instrument
}

export interface NamedSeries {
  readonly symbol: string
  readonly id: number
}

/**
 * The series of symbols, in the same order, without those that have no bars. Throws a 404 that names each symbol that no instrument has.
 */
export const requireSeries = async (transaction: Transaction, symbols: readonly string[], timeframe: Timeframe): Promise<NamedSeries[]> => {
  const ids = await findSeries(
    transaction,
    symbols.map(symbol => ({ symbol, timeframe })),
  )
  const unknown: string[] = []
  for (const [index, symbol] of symbols.entries()) {
    if (ids[index] === undefined && !(await findInstrument(transaction, symbol))) unknown.push(symbol)
  }
  if (unknown.length > 0) {
    throw unknownInstrument(unknown.map(symbol => ({ path: 'query.symbols', message: `no instrument has the symbol ${symbol}` })))
  }
  const twin = symbols.find((_, index) => ids[index] !== undefined && ids.indexOf(ids[index]) < index)
  if (twin !== undefined) {
    const message = `${twin} and another of these symbols are the same instrument`
    throw fieldProblem('invalid-request', [{ path: 'query.symbols', message }])
  }
  return symbols.flatMap((symbol, index) => {
    const id = ids[index]
    return id === undefined ? [] : [{ symbol, id }]
  })
}

/** How prices are adjusted. */
export interface Adjustment {
  readonly adjustment: 'none' | 'splits' | 'total'
  /** The last ex-date that counts; by default today at the exchange. */
  readonly adjustedAsOf?: string | undefined
}

/** The adjustments of a series' bars; without segments the bars are not adjusted. */
export const findAdjustment = async (
  transaction: Transaction,
  seriesId: number,
  { adjustedAsOf, adjustment }: Adjustment,
): Promise<AdjustmentSegment[]> => {
  if (adjustment === 'none') return []
  const splits = await readSplitEvents(transaction, seriesId, adjustedAsOf)
  return adjustmentSegments(splits, adjustment === 'total' ? await readDividendEvents(transaction, seriesId, adjustedAsOf) : [])
}
