import type { Transaction } from '../../db/database.ts'
import { readSplitEvents } from '../../db/queries/market/adjustments.ts'
import { readColumns } from '../../db/queries/market/columns.ts'
import { findGaps, findStaleSymbols } from '../../db/queries/market/gaps.ts'
import { findRangeOfDays } from '../../db/queries/market/series.ts'
import {
  findOutliers,
  findSplitFaults,
  findUnitFaults,
  staleAfterDays,
  type Timeframe,
  timeframeSeconds,
} from '../../domain/market/index.ts'
import { dateOfEpochDay, epochDayOf } from '../../domain/shared/index.ts'
import { invalidValue } from '../runtime/problem.ts'
import type { NamedSeries } from './lookups.ts'

export interface BarFault {
  readonly symbol: string
  readonly kind: 'gap' | 'outlier' | 'stale' | 'unadjusted_split' | 'split_without_jump' | 'wrong_unit'
  /** Day of the exchange. */
  readonly date: string
  readonly message: string
}

/** Largest number of reported faults, per series and kind, and of bars of a series that a request checks. */
const faultsAtMost = 100
const barsAtMost = 250_000

const percent = (fraction: number) => `${(fraction * 100).toFixed(1)} %`

/**
 * The faults of a series' bars between two days of its exchange: gaps, outliers, splits without a record or without a jump, prices in another unit, and stale
 * series. Throws a 422 that names the last possible `until` if there are too many bars.
 */
export const checkSeries = async (
  transaction: Transaction,
  { id, symbol }: NamedSeries,
  timeframe: Timeframe,
  { from, until }: { readonly from: string; readonly until: string },
): Promise<BarFault[]> => {
  const fault = (kind: BarFault['kind'], date: string, message: string): BarFault => ({ symbol, kind, date, message })
  const range = await findRangeOfDays(transaction, { seriesId: id, from, until })
  const columns = await readColumns(transaction, range, barsAtMost + 1)
  const dateAt = (index: number) => dateOfEpochDay(columns.session[index]!)
  if (columns.times.length > barsAtMost)
    throw invalidValue('query.until', `must be at most ${dateAt(barsAtMost)}: one request checks up to 250,000 bars of ${symbol}`)
  const splits = (await readSplitEvents(transaction, id, 'infinity')).map(split => ({ ...split, day: epochDayOf(split.exDate) }))
  const unitFaults = findUnitFaults(columns)
  const unitJumps = new Set(unitFaults.flatMap(({ end, index }) => [index, end]))
  const splitFaults = findSplitFaults(columns, splits).filter(({ index }) => !unitJumps.has(index))
  const splitDays = new Set(splits.map(split => split.day))
  const jumps = new Set([
    ...unitJumps,
    ...splitFaults.map(({ index }) => index),
    ...columns.times.flatMap((_, index) => (splitDays.has(columns.session[index]!) ? [index] : [])),
  ])
  const gaps = timeframeSeconds(timeframe) <= 86_400 ? await findGaps(transaction, { seriesId: id, from, until, limit: faultsAtMost }) : []
  const staleOnes = await findStaleSymbols(transaction, {
    timeframe,
    until,
    allowedDays: staleAfterDays(timeframe),
    seriesId: id,
    limit: 1,
  })
  return [
    ...gaps.map(({ date, expected, found }) => fault('gap', date, `${found} of ${expected} bars`)),
    ...findOutliers(columns.close)
      .filter(({ index }) => !jumps.has(index))
      .slice(0, faultsAtMost)
      .map(({ change, index, reverts }) =>
        fault('outlier', dateAt(index), `the close changes by ${percent(change)}${reverts ? ' and reverts' : ''}`),
      ),
    ...splitFaults
      .slice(0, faultsAtMost)
      .map(({ denominator, index, kind, numerator }) =>
        fault(
          kind,
          dateAt(index),
          kind === 'unadjusted_split'
            ? `prices jump as in a split of ${numerator} for ${denominator}, but no split is recorded`
            : `a split of ${numerator} for ${denominator} is recorded, but prices do not jump: they were adjusted before they were stored`,
        ),
      ),
    ...unitFaults
      .slice(0, faultsAtMost)
      .map(({ end, factor, index }) =>
        fault(
          'wrong_unit',
          dateAt(index),
          `prices are a hundred times too ${factor === 100 ? 'high' : 'low'} until ${dateAt(end - 1)}: they may be in another unit, such as pence`,
        ),
      ),
    ...staleOnes.map(({ lastDate, tradingDays }) => fault('stale', lastDate, `no bar for ${tradingDays} trading days since`)),
  ].toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
}
