import { dividends, splits } from '../../db/schema/market/corporate-actions.ts'
import { series } from '../../db/schema/market/series.ts'
import { deletes, inserts, type TableWrite } from '../runtime/writes.ts'

/**
 * The writes of storing bars. market.store_bars inserts with the rights of its caller. What replaces or removes bars runs with the rights of
 * the owner. Drizzle does not know the partitioned table `market.bars`.
 */
export const storingBars: readonly TableWrite[] = [
  inserts(series),
  inserts(dividends),
  deletes(dividends),
  inserts(splits),
  deletes(splits),
  { table: 'market.bars', inserts: true },
]
