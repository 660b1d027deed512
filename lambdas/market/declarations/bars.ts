import * as z from 'zod'
import { refusals, reply } from '../../runtime/responses.ts'
import { incomingBars, storedBars, timeframe } from '../schemas/bars.ts'
import { symbol } from '../schemas/shared.ts'
import { database } from './shared.ts'

/** An invocation of Lambda carries 6 MB, in which the quotes of a JSON body take two bytes each. */
const batchLimitBytes = 4_194_304

export const barsDeclarations = {
  'store-bars': {
    method: 'POST',
    path: '/v1/market/bars',
    summary: 'Store bars, thousands a call, in place of those of the same symbol, timeframe and time',
    description:
      'As JSON, or as CSV with a header that names the same members. All of a batch is stored or none of it: rows at fault are told one by one. The same batch again changes nothing.',
    access: 'admin',
    backends: database,
    query: z.strictObject({
      symbol: symbol.optional().describe('Of every row that names none.'),
      timeframe: timeframe.optional().describe('Of every row that names none.'),
    }),
    bulkBody: { mediaTypes: ['application/json', 'text/csv'], schema: incomingBars, limitBytes: batchLimitBytes },
    responses: { 200: reply('How many.', storedBars), ...refusals(400, 401, 403, 413, 415, 422) },
    timeoutSeconds: 29,
    memoryMegabytes: 1769,
  },
} as const
