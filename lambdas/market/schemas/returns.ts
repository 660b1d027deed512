import * as z from 'zod'
import { instant, nameSchemas, uuid } from '../../runtime/schemas.ts'

export const returnDatasetSummary = z.strictObject({
  id: uuid,
  name: z.string(),
  version: z.int(),
  source: z.string(),
  series: z.array(z.string()),
  firstYear: z.int(),
  lastYear: z.int(),
  contentHash: z.string(),
  createdAt: instant,
})

export const returnDataset = returnDatasetSummary.extend({
  years: z.array(z.int()),
  returns: z.record(z.string(), z.array(z.number())).describe('By series, one fraction per year, in the order of `years`.'),
})

nameSchemas({ ReturnDataset: returnDataset, ReturnDatasetSummary: returnDatasetSummary })
