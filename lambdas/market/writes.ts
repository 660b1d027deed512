import { series } from '../../db/schema/market/series.ts'
import { inserts, type TableWrite } from '../runtime/writes.ts'

/** Drizzle does not know this partitioned table. */
const bars = 'market.bars'

/** The writes of storing bars: market.store_bars runs with the rights of its caller. */
export const storingBars: readonly TableWrite[] = [
  inserts(series),
  {
    table: bars,
    inserts: true,
    updates: ['open', 'high', 'low', 'close', 'volume', 'vwap', 'trade_count', 'bid', 'ask', 'spread', 'additional_data'],
  },
]

/** The writes of removing bars: market.remove_bars runs with the rights of its caller. */
export const removingBars: readonly TableWrite[] = [{ table: bars, deletes: true }]
