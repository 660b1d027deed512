import * as z from 'zod'
import { reply } from '../../runtime/responses.ts'
import { adjustment, momentRange, timeframe } from '../schemas/bars.ts'
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
    responses: { 200: reply('All of them.', z.strictObject({ items: z.array(indicatorDescription) })) },
  },
  'compute-indicators': {
    method: 'GET',
    path: '/v1/market/instruments/{symbol}/indicators',
    summary: 'Compute indicators of an instrument',
    description:
      'Computed from floats, as estimates. The bars before `from` are used as far as an indicator looks back, so that its values do not depend on where a range begins.',
    access: 'read',
    backends: database,
    params: symbolPath,
    query: z.strictObject({
      timeframe,
      indicators: wantedIndicators,
      ...momentRange,
      adjustment,
      limit: barLimit(10_000),
      cursor,
    }),
    refuses: [422],
    responses: { 200: reply('Times, and values in the same order.', indicatorValues) },
    memoryMegabytes: 1769,
  },
} as const
