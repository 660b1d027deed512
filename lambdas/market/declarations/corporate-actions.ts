import * as z from 'zod'
import { fxRates as rateTable } from '../../../db/schema/market/benchmarks.ts'
import { dividends as dividendTable, splits as splitTable } from '../../../db/schema/market/corporate-actions.ts'
import { marketCaps as capTable } from '../../../db/schema/market/instruments.ts'
import { pageOf } from '../../runtime/pagination.ts'
import { reply } from '../../runtime/responses.ts'
import { deletes, inserts, updates } from '../../runtime/writes.ts'
import {
  dividendList,
  dividends,
  fxRateBody,
  fxRate,
  marketCapBody,
  marketCap,
  splitList,
  splits,
  stored,
} from '../schemas/corporate-actions.ts'
import { currencyCode, dateRange } from '../schemas/shared.ts'
import { barLimit, cursor, database, symbolPath } from './shared.ts'

const limit = barLimit(5000)
const pair = { base: currencyCode.describe('The currency that is priced.'), quote: currencyCode.describe('The currency of the price.') }

export const corporateActionsDeclarations = {
  'list-splits': {
    method: 'GET',
    path: '/v1/market/instruments/{symbol}/splits',
    summary: 'List the splits of an instrument',
    description: 'Oldest first.',
    access: 'read',
    backends: database,
    params: symbolPath,
    responses: { 200: reply('All splits.', splits) },
  },
  'replace-splits': {
    method: 'PUT',
    path: '/v1/market/instruments/{symbol}/splits',
    summary: 'Replace all splits of an instrument',
    access: 'admin',
    backends: database,
    params: symbolPath,
    body: splitList,
    writes: [deletes(splitTable), inserts(splitTable)],
    responses: { 200: reply('The stored splits.', splits) },
    example: { body: { items: [{ exDate: '2020-08-31', numerator: 4, denominator: 1 }] } },
  },
  'list-dividends': {
    method: 'GET',
    path: '/v1/market/instruments/{symbol}/dividends',
    summary: 'List the dividends of an instrument',
    description: 'Oldest first.',
    access: 'read',
    backends: database,
    params: symbolPath,
    responses: { 200: reply('All dividends.', dividends) },
  },
  'replace-dividends': {
    method: 'PUT',
    path: '/v1/market/instruments/{symbol}/dividends',
    summary: 'Replace all dividends of an instrument',
    access: 'admin',
    backends: database,
    params: symbolPath,
    body: dividendList,
    writes: [deletes(dividendTable), inserts(dividendTable)],
    responses: { 200: reply('The stored dividends.', dividends) },
    example: { body: { items: [{ exDate: '2026-03-20', amount: '0.914' }] } },
  },
  'list-market-caps': {
    method: 'GET',
    path: '/v1/market/instruments/{symbol}/market-caps',
    summary: 'List the market capitalizations of an instrument',
    description: 'Oldest first.',
    access: 'read',
    backends: database,
    params: symbolPath,
    query: z.strictObject({ ...dateRange, limit, cursor }),
    responses: { 200: reply('A page.', pageOf(marketCap)) },
  },
  'store-market-caps': {
    method: 'POST',
    path: '/v1/market/instruments/{symbol}/market-caps',
    summary: 'Store market capitalizations of an instrument',
    description: 'Each figure replaces the one of the same date.',
    access: 'admin',
    backends: database,
    params: symbolPath,
    body: marketCapBody,
    writes: [inserts(capTable), updates(capTable, ['marketCap'])],
    responses: { 200: reply('The number of stored items.', stored) },
    example: { body: { items: [{ date: '2026-06-30', marketCap: '2950000000000.00' }] } },
  },
  'list-fx-rates': {
    method: 'GET',
    path: '/v1/market/fx-rates',
    summary: 'List exchange rates',
    description: 'The rates of a pair of currencies, newest first.',
    access: 'read',
    backends: database,
    query: z.strictObject({ ...pair, ...dateRange, limit, cursor }),
    responses: { 200: reply('A page.', pageOf(fxRate)) },
  },
  'store-fx-rates': {
    method: 'POST',
    path: '/v1/market/fx-rates',
    summary: 'Store exchange rates',
    description: 'Each rate replaces the one of the same pair and date.',
    access: 'admin',
    backends: database,
    body: fxRateBody,
    writes: [inserts(rateTable), updates(rateTable, ['rate', 'source'])],
    responses: { 200: reply('The number of stored items.', stored) },
    example: { body: { items: [{ base: 'EUR', quote: 'USD', date: '2026-06-30', rate: '1.0843' }] } },
  },
} as const
