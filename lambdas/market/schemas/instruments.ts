import * as z from 'zod'
import { benchmarkTypes } from '../../../db/schema/market/benchmarks.ts'
import { instrumentTypes } from '../../../db/schema/market/instruments.ts'
import { instant, label, prose, timezone, uuid } from '../../runtime/schemas.ts'
import { clockTime, currencyCode, date, decimalText, fraction, largeMoney, positivePrice, ratio, symbol } from './shared.ts'

export const marketCode = z
  .string()
  .regex(/^[A-Z0-9]{4}$/, 'must be an ISO 10383 market identifier code, like XNYS')
  .meta({ example: 'XNYS' })
const weekday = z.int().min(1).max(7).describe('ISO 8601: 1 is Monday.')

const holiday = z.strictObject({
  date,
  name: label,
  closesAt: clockTime.nullable().default(null).describe('Null: it does not open at all.'),
})

export const exchangeFields = {
  name: label,
  timezone,
  weekStartsOn: weekday.default(1),
  tradingDays: z
    .array(weekday)
    .min(1)
    .max(7)
    .refine(days => new Set(days).size === days.length, { error: 'must name each day once' })
    .default([1, 2, 3, 4, 5]),
  opensAt: clockTime.nullable().default(null).describe('Local time; null where it trades round the clock.'),
  closesAt: clockTime.nullable().default(null),
  holidays: z
    .array(holiday)
    .max(5000)
    .refine(days => new Set(days.map(day => day.date)).size === days.length, { error: 'must name each date once' })
    .default([]),
}

export const exchange = z.strictObject({ code: marketCode, ...exchangeFields, version: z.int(), createdAt: instant, updatedAt: instant })

export const instrumentFields = {
  name: label,
  type: z.enum(instrumentTypes),
  exchangeCode: marketCode,
  currency: currencyCode,
  sector: label.nullable().default(null),
  industry: label.nullable().default(null),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 country code, like US')
    .nullable()
    .default(null),
  currentPrice: positivePrice.nullable().default(null),
  priceDate: date.nullable().default(null),
  marketCap: largeMoney.nullable().default(null),
  peRatio: ratio.nullable().default(null),
  dividendYield: fraction.nullable().default(null).describe('A fraction a year.'),
  expenseRatio: fraction.nullable().default(null).describe('A fraction a year.'),
  fundamentals: z.record(z.string().max(100), z.json()).default({}),
  isActive: z.boolean().default(true),
}

export const instrument = z.strictObject({
  id: uuid,
  symbol,
  ...instrumentFields,
  currentPrice: decimalText.nullable(),
  marketCap: decimalText.nullable(),
  peRatio: decimalText.nullable(),
  dividendYield: decimalText.nullable(),
  expenseRatio: decimalText.nullable(),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
})

export const instrumentWithHistory = instrument.extend({
  symbols: z
    .array(z.strictObject({ symbol, validFrom: date, validUntil: date.nullable().describe('The first day on which it no longer held.') }))
    .describe('Every symbol it had, oldest first.'),
})

const component = z.strictObject({ symbol, weight: fraction.describe('A fraction; all of them sum to one.') })

/** Millionths, so that weights sum exactly. */
const millionths = (weight: string): number => {
  const [whole = '0', part = ''] = weight.split('.')
  return Number(whole) * 1_000_000 + Number(part.padEnd(6, '0'))
}

export const benchmarkFields = {
  name: label,
  description: prose.nullable().default(null),
  benchmarkType: z.enum(benchmarkTypes),
  category: label,
  currency: currencyCode,
  composition: z
    .array(component)
    .max(1000)
    .refine(parts => new Set(parts.map(part => part.symbol)).size === parts.length, { error: 'must name each symbol once' })
    .refine(parts => parts.length === 0 || parts.reduce((sum, { weight }) => sum + millionths(weight), 0) === 1_000_000, {
      error: 'must have weights that sum to 1',
    })
    .default([]),
  isActive: z.boolean().default(true),
}

export const benchmark = z.strictObject({ id: uuid, symbol, ...benchmarkFields, version: z.int(), createdAt: instant, updatedAt: instant })
