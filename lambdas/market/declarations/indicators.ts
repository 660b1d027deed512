import * as z from 'zod'
import { heavyRequestsPerSecond } from '../../runtime/route.ts'
import { reply } from '../../runtime/responses.ts'
import { adjusting, adjustmentFields, momentRange, timeframe } from '../schemas/bars.ts'
import { indicatorDescription, indicatorValues, wantedIndicators } from '../schemas/indicators.ts'
import { barLimit, cursor, database, symbolPath } from './shared.ts'

export const indicatorsDeclarations = {
  'list-indicators': {
    method: 'GET',
    path: '/v1/market/indicators',
    summary: 'List indicators',
    description: 'With their parameters and outputs.',
    access: 'public',
    backends: [],
    responses: { 200: reply('All indicators.', z.strictObject({ items: z.array(indicatorDescription) })) },
  },
  'compute-indicators': {
    method: 'GET',
    path: '/v1/market/instruments/{symbol}/indicators',
    summary: 'Compute indicators of an instrument',
    description:
      'The values are estimates in floating-point numbers. An indicator also uses bars before `from`, as many as it needs, so that its values do not depend on the start of the range.',
    access: 'read',
    backends: database,
    params: symbolPath,
    query: adjusting(
      z.strictObject({
        timeframe,
        indicators: wantedIndicators,
        ...momentRange,
        ...adjustmentFields,
        limit: barLimit(10_000),
        cursor,
      }),
    ),
    refuses: [422],
    responses: { 200: reply('The times, and the values in the same order.', indicatorValues) },
    timeoutSeconds: 29,
    memoryMegabytes: 1769,
    requestsPerSecond: heavyRequestsPerSecond,
  },
} as const
