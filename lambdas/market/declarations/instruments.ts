import * as z from 'zod'
import type { PgTable } from 'drizzle-orm/pg-core'
import { benchmarks as benchmarkTable } from '../../../db/schema/market/benchmarks.ts'
import { exchangeHolidays, exchanges as exchangeTable } from '../../../db/schema/market/exchanges.ts'
import { instruments as instrumentTable, symbolHistory } from '../../../db/schema/market/instruments.ts'
import { gets, lists } from '../../runtime/resource/declarations.ts'
import { reply } from '../../runtime/responses.ts'
import { calendarDate } from '../../runtime/schemas.ts'
import { deletes, inserts, type TableWrite, updates, updatesOf } from '../../runtime/writes.ts'
import { benchmarks, exchanges, instruments } from '../resources.ts'
import {
  benchmark,
  benchmarkFields,
  exchange,
  exchangeFields,
  instrument,
  instrumentFields,
  instrumentWithHistory,
  marketCode,
} from '../schemas/instruments.ts'
import { symbol } from '../schemas/shared.ts'
import { database, symbolPath } from './shared.ts'

/** The writes of a PUT: creates the row, or replaces its fields and increases its version. */
const replaces = (table: PgTable, fields: object): readonly TableWrite[] => [inserts(table), updatesOf(table, fields, 'version')]

export const instrumentsDeclarations = {
  'list-exchanges': lists(exchanges, { description: 'With their calendars.' }),
  'put-exchange': {
    method: 'PUT',
    path: '/v1/market/exchanges/{exchangeCode}',
    summary: 'Create or replace an exchange',
    description:
      'With its holidays. The timezone and the first day of the week decide to which day, week and month a bar belongs. Rollups are updated after a change.',
    access: 'admin',
    backends: database,
    upserts: true,
    params: z.strictObject({ exchangeCode: marketCode }),
    body: z.strictObject(exchangeFields),
    writes: [...replaces(exchangeTable, exchangeFields), deletes(exchangeHolidays), inserts(exchangeHolidays)],
    responses: { 200: reply('The exchange.', exchange) },
    example: { body: { name: 'New York Stock Exchange', timezone: 'America/New_York', opensAt: '09:30', closesAt: '16:00' } },
  },
  'list-instruments': lists(instruments),
  'get-instrument': {
    method: 'GET',
    path: '/v1/market/instruments/{symbol}',
    summary: 'Get an instrument',
    description: 'By its current symbol or an earlier one.',
    access: 'read',
    backends: database,
    params: symbolPath,
    responses: { 200: reply('The instrument.', instrumentWithHistory) },
  },
  'put-instrument': {
    method: 'PUT',
    path: '/v1/market/instruments/{symbol}',
    summary: 'Create or replace an instrument',
    access: 'admin',
    backends: database,
    upserts: true,
    params: symbolPath,
    body: z.strictObject(instrumentFields),
    writes: [...replaces(instrumentTable, instrumentFields), inserts(symbolHistory)],
    responses: { 200: reply('The instrument.', instrument) },
    example: {
      body: { name: 'Vanguard Total Stock Market ETF', type: 'etf', exchangeCode: 'ARCX', currency: 'USD', expenseRatio: '0.0003' },
    },
  },
  'change-symbol': {
    method: 'POST',
    path: '/v1/market/instruments/{symbol}/symbols',
    summary: 'Change the symbol of an instrument',
    description: 'The new symbol is valid from a date on. The instrument keeps its bars.',
    access: 'admin',
    backends: database,
    params: symbolPath,
    body: z.strictObject({
      symbol: symbol.describe('The new symbol.'),
      effectiveDate: calendarDate.describe('First day of the new symbol.'),
    }),
    writes: [updates(instrumentTable, ['symbol', 'version']), updates(symbolHistory, ['validUntil']), inserts(symbolHistory)],
    refuses: [409],
    responses: { 200: reply('The instrument.', instrumentWithHistory) },
    example: { body: { symbol: 'META', effectiveDate: '2022-06-09' } },
  },
  'list-benchmarks': lists(benchmarks),
  'get-benchmark': gets(benchmarks, { description: 'With its composition.' }),
  'put-benchmark': {
    method: 'PUT',
    path: '/v1/market/benchmarks/{symbol}',
    summary: 'Create or replace a benchmark',
    description: 'The weights must sum to exactly 1, and every symbol must be that of an instrument.',
    access: 'admin',
    backends: database,
    upserts: true,
    params: symbolPath,
    body: z.strictObject(benchmarkFields),
    writes: replaces(benchmarkTable, benchmarkFields),
    responses: { 200: reply('The benchmark.', benchmark) },
    example: {
      body: {
        name: '60/40',
        benchmarkType: 'blend',
        category: 'balanced',
        currency: 'USD',
        composition: [
          { symbol: 'VTI', weight: '0.6' },
          { symbol: 'BND', weight: '0.4' },
        ],
      },
    },
  },
} as const
