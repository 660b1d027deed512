import { annualReturns, returnDatasets } from '../../db/schema/market/returns.ts'
import { barSettings, timeframes } from '../../db/schema/market/series.ts'
import { storingBars } from '../../lambdas/market/writes.ts'
import { inserts, updates } from '../../lambdas/runtime/writes.ts'

/** The changes that the commands make as nestegg_operator; its grants follow from them. */
export const commandWrites = [
  ...storingBars,
  updates(barSettings, ['partitionInterval', 'partitionsAhead', 'compressAfterMonths']),
  updates(timeframes, ['retainMonths']),
  inserts(returnDatasets),
  inserts(annualReturns),
]
