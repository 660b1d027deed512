import * as z from 'zod'
import { gets, lists } from '../../runtime/resource/declarations.ts'
import { reply } from '../../runtime/responses.ts'
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
import { date, symbol } from '../schemas/shared.ts'
import { database, symbolPath } from './shared.ts'

export const instrumentsDeclarations = {
  'list-exchanges': lists(exchanges),
  'put-exchange': {
    method: 'PUT',
    path: '/v1/market/exchanges/{exchangeCode}',
    summary: 'Make an exchange, or replace what is known of it and its holidays',
    description: 'Its timezone and the day its week starts on decide which day, week and month a bar belongs to: rollups follow a change.',
    access: 'admin',
    backends: database,
    upserts: true,
    params: z.strictObject({ exchangeCode: marketCode }),
    body: z.strictObject(exchangeFields),
    responses: { 200: reply('The exchange.', exchange) },
    example: { body: { name: 'New York Stock Exchange', timezone: 'America/New_York', opensAt: '09:30', closesAt: '16:00' } },
  },
  'list-instruments': lists(instruments),
  'get-instrument': {
    method: 'GET',
    path: '/v1/market/instruments/{symbol}',
    summary: 'One instrument, by the symbol it has or had',
    access: 'read',
    backends: database,
    params: symbolPath,
    responses: { 200: reply('The instrument.', instrumentWithHistory) },
  },
  'put-instrument': {
    method: 'PUT',
    path: '/v1/market/instruments/{symbol}',
    summary: 'Make an instrument, or replace what is known of it',
    access: 'admin',
    backends: database,
    upserts: true,
    params: symbolPath,
    body: z.strictObject(instrumentFields),
    responses: { 200: reply('The instrument.', instrument) },
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
    refuses: [409],
    responses: { 200: reply('The instrument.', instrumentWithHistory) },
    example: { body: { symbol: 'META', effectiveDate: '2022-06-09' } },
  },
  'list-benchmarks': lists(benchmarks),
  'get-benchmark': gets(benchmarks),
  'put-benchmark': {
    method: 'PUT',
    path: '/v1/market/benchmarks/{symbol}',
    summary: 'Make a benchmark, or replace what is known of it',
    description: 'Weights sum to exactly one, and every symbol is that of an instrument.',
    access: 'admin',
    backends: database,
    upserts: true,
    params: symbolPath,
    body: z.strictObject(benchmarkFields),
    responses: { 200: reply('The benchmark.', benchmark) },
    example: {
      body: {
        name: '60/40',
        type: 'blend',
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
