import type { ReturnDataset } from '../../db/queries/market.ts'

export const presentReturnDataset = (row: ReturnDataset) => ({
  id: row.id,
  name: row.name,
  version: row.version,
  source: row.source,
  series: row.series,
  firstYear: row.firstYear,
  lastYear: row.lastYear,
  contentHash: row.contentHash,
  createdAt: row.createdAt,
})
