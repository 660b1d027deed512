import * as z from 'zod'
import { benchmarkTypes } from '../../../db/schema/market/benchmarks.ts'
import { instrumentTypes } from '../../../db/schema/market/instruments.ts'
import { pageOf, pageQuery } from '../../runtime/pagination.ts'
import { refusals, reply } from '../../runtime/responses.ts'
import { label } from '../../runtime/schemas.ts'
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
import { date, symbol } from '../schemas/shared.ts'
import { database, reading, symbolPath, writing } from './shared.ts'

export const instrumentsDeclarations = {
  'list-exchanges': {
    method: 'GET',
    path: '/v1/market/exchanges',
    summary: 'Exchanges with their calendars',
    access: 'read',
    backends: database,
    responses: { 200: reply('All of them.', z.strictObject({ items: z.array(exchange) })), ...refusals(401, 403) },
  },
  'put-exchange': {
    method: 'PUT',
    path: '/v1/market/exchanges/{exchangeCode}',
    summary: 'Make an exchange, or replace what is known of it and its holidays',
    description: 'Its timezone and the day its week starts on decide which day, week and month a bar belongs to: rollups follow a change.',
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
    summary: 'Instruments, newest first',
    access: 'read',
    backends: database,
    query: z.strictObject({
      ...pageQuery,
      type: z.enum(instrumentTypes).optional(),
      exchangeCode: marketCode.optional(),
      sector: label.optional(),
      industry: label.optional(),
      country: z.string().length(2).optional(),
      search: z.string().min(1).max(100).optional().describe('Part of the symbol or the name.'),
    }),
    responses: { 200: reply('A page.', pageOf(instrument)), ...refusals(400, 401, 403) },
  },
  'get-instrument': {
    method: 'GET',
    path: '/v1/market/instruments/{symbol}',
    summary: 'One instrument, by the symbol it has or had',
    access: 'read',
    backends: database,
    params: symbolPath,
    responses: { 200: reply('The instrument.', instrumentWithHistory), ...refusals(...reading) },
  },
  'put-instrument': {
    method: 'PUT',
    path: '/v1/market/instruments/{symbol}',
    summary: 'Make an instrument, or replace what is known of it',
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
    summary: 'Give an instrument another symbol from a date on; its bars stay with it',
    access: 'admin',
    backends: database,
    params: symbolPath,
    body: z.strictObject({ symbol, effectiveDate: date }),
    responses: { 200: reply('The instrument.', instrumentWithHistory), ...refusals(...writing) },
    example: { body: { symbol: 'META', effectiveDate: '2022-06-09' } },
  },
  'list-benchmarks': {
    method: 'GET',
    path: '/v1/market/benchmarks',
    summary: 'Benchmarks, newest first',
    access: 'read',
    backends: database,
    query: z.strictObject({ ...pageQuery, benchmarkType: z.enum(benchmarkTypes).optional(), category: label.optional() }),
    responses: { 200: reply('A page.', pageOf(benchmark)), ...refusals(400, 401, 403) },
  },
  'get-benchmark': {
    method: 'GET',
    path: '/v1/market/benchmarks/{symbol}',
    summary: 'One benchmark with its composition',
    access: 'read',
    backends: database,
    params: symbolPath,
    responses: { 200: reply('The benchmark.', benchmark), ...refusals(...reading) },
  },
  'put-benchmark': {
    method: 'PUT',
    path: '/v1/market/benchmarks/{symbol}',
    summary: 'Make a benchmark, or replace what is known of it',
    description: 'Weights sum to exactly one, and every symbol is that of an instrument.',
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
