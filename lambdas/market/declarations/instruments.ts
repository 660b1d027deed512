import * as z from 'zod'
import { benchmarkTypes } from '../../../db/schema/market/benchmarks.ts'
import { instrumentTypes } from '../../../db/schema/market/instruments.ts'
import { pageOf, pageQuery } from '../../runtime/pagination.ts'
import { refusals, reply } from '../../runtime/responses.ts'
import { label } from '../../runtime/schemas.ts'
import {
  benchmark,
  benchmarkFields,
  benchmarkType,
  exchange,
  exchangeFields,
  instrument,
  instrumentFields,
  instrumentType,
  instrumentWithHistory,
  marketCode,
} from '../schemas/instruments.ts'
import { date, symbol } from '../schemas/shared.ts'
import { database, reading, symbolPath, writing } from './shared.ts'

export const instrumentsDeclarations = {
  'list-exchanges': {
    method: 'GET',
    path: '/v1/market/exchanges',
    summary: 'List exchanges',
    description: 'With their calendars.',
    access: 'read',
    backends: database,
    responses: { 200: reply('All of them.', z.strictObject({ items: z.array(exchange) })), ...refusals(401, 403) },
  },
  'put-exchange': {
    method: 'PUT',
    path: '/v1/market/exchanges/{exchangeCode}',
    summary: 'Create or replace an exchange',
    description:
      'With its holidays. Its timezone and the first day of its week decide which day, week and month a bar belongs to. Rollups follow a change.',
    access: 'admin',
    backends: database,
    params: z.strictObject({ exchangeCode: marketCode }),
    body: z.strictObject(exchangeFields),
    responses: { 200: reply('The exchange.', exchange), ...refusals(...writing) },
    example: { body: { name: 'New York Stock Exchange', timezone: 'America/New_York', opensAt: '09:30', closesAt: '16:00' } },
  },
  'list-instruments': {
    method: 'GET',
    path: '/v1/market/instruments',
    summary: 'List instruments',
    description: 'Newest first.',
    access: 'read',
    backends: database,
    query: z.strictObject({
      ...pageQuery,
      type: instrumentType.optional(),
      exchangeCode: marketCode.optional(),
      sector: label.optional().describe('Economic sector.'),
      industry: label.optional().describe('Industry within the sector.'),
      country: z.string().length(2).optional().describe('An ISO 3166-1 country code, like US.'),
      search: z.string().min(1).max(100).optional().describe('Part of the symbol or the name.'),
    }),
    responses: { 200: reply('A page.', pageOf(instrument)), ...refusals(400, 401, 403) },
  },
  'get-instrument': {
    method: 'GET',
    path: '/v1/market/instruments/{symbol}',
    summary: 'Get an instrument',
    description: 'By the symbol that it has or had.',
    access: 'read',
    backends: database,
    params: symbolPath,
    responses: { 200: reply('The instrument.', instrumentWithHistory), ...refusals(...reading) },
  },
  'put-instrument': {
    method: 'PUT',
    path: '/v1/market/instruments/{symbol}',
    summary: 'Create or replace an instrument',
    access: 'admin',
    backends: database,
    params: symbolPath,
    body: z.strictObject(instrumentFields),
    responses: { 200: reply('The instrument.', instrument), ...refusals(...writing) },
    example: {
      body: { name: 'Vanguard Total Stock Market ETF', type: 'etf', exchangeCode: 'ARCX', currency: 'USD', expenseRatio: '0.0003' },
    },
  },
  'change-symbol': {
    method: 'POST',
    path: '/v1/market/instruments/{symbol}/symbols',
    summary: 'Change the symbol of an instrument',
    description: 'From a date on. Its bars stay with it.',
    access: 'admin',
    backends: database,
    params: symbolPath,
    body: z.strictObject({ symbol: symbol.describe('The new symbol.'), effectiveDate: date.describe('First day of the new symbol.') }),
    responses: { 200: reply('The instrument.', instrumentWithHistory), ...refusals(...writing) },
    example: { body: { symbol: 'META', effectiveDate: '2022-06-09' } },
  },
  'list-benchmarks': {
    method: 'GET',
    path: '/v1/market/benchmarks',
    summary: 'List benchmarks',
    description: 'Newest first.',
    access: 'read',
    backends: database,
    query: z.strictObject({
      ...pageQuery,
      benchmarkType: benchmarkType.optional(),
      category: label.optional().describe('A category, such as `balanced`.'),
    }),
    responses: { 200: reply('A page.', pageOf(benchmark)), ...refusals(400, 401, 403) },
  },
  'get-benchmark': {
    method: 'GET',
    path: '/v1/market/benchmarks/{symbol}',
    summary: 'Get a benchmark',
    description: 'With its composition.',
    access: 'read',
    backends: database,
    params: symbolPath,
    responses: { 200: reply('The benchmark.', benchmark), ...refusals(...reading) },
  },
  'put-benchmark': {
    method: 'PUT',
    path: '/v1/market/benchmarks/{symbol}',
    summary: 'Create or replace a benchmark',
    description: 'The weights sum to exactly 1, and every symbol is that of an instrument.',
    access: 'admin',
    backends: database,
    params: symbolPath,
    body: z.strictObject(benchmarkFields),
    responses: { 200: reply('The benchmark.', benchmark), ...refusals(...writing) },
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
