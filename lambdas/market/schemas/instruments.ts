import * as z from 'zod'
import { benchmarkTypes } from '../../../db/schema/market/benchmarks.ts'
import { instrumentTypes } from '../../../db/schema/market/instruments.ts'
import { calendarDate, countryCode, instant, label, nameSchemas, prose, timezone, uuid } from '../../runtime/schemas.ts'
import { timeframe } from './bars.ts'
import { anyPrice, clockTime, currencyCode, decimalText, fraction, largeMoney, ratio, symbol } from './shared.ts'

export const marketCode = z
  .string()
  .regex(/^[A-Z0-9]{4}$/, 'must be an ISO 10383 market identifier code, like XNYS')
  .meta({ id: 'MarketCode', description: 'The ISO 10383 market identifier code of an exchange.', example: 'XNYS' })
const weekday = z.int().min(1).max(7).describe('A day of the week by ISO 8601: 1 is Monday.')
export const instrumentType = z.enum(instrumentTypes).meta({ id: 'InstrumentType', description: 'Kind of instrument.' })
export const benchmarkType = z.enum(benchmarkTypes).meta({ id: 'BenchmarkType', description: 'Kind of benchmark.' })

const holiday = z.strictObject({
  date: calendarDate.describe('Day of the holiday.'),
  name: label.describe('Name of the holiday.'),
  closesAt: clockTime.nullable().default(null).describe('Time of an early close. Null when the exchange does not open on this day.'),
})

export const exchangeFields = {
  name: label.describe('Name of the exchange.'),
  timezone,
  weekStartsOn: weekday.default(1).describe('First day of the week by ISO 8601: 1 is Monday.'),
  tradingDays: z
    .array(weekday)
    .min(1)
    .max(7)
    .refine(days => new Set(days).size === days.length, { error: 'must be unique' })
    .default([1, 2, 3, 4, 5])
    .describe('Days of the week on which it trades.'),
  opensAt: clockTime.nullable().default(null).describe('Local time. Null when it trades round the clock.'),
  closesAt: clockTime.nullable().default(null).describe('Local time. Null when it trades round the clock.'),
  holidays: z
    .array(holiday)
    .max(5000)
    .refine(days => new Set(days.map(day => day.date)).size === days.length, { error: 'must have a unique date per item' })
    .default([])
    .describe('Days on which it does not trade, or closes early.'),
}

export const exchange = z.strictObject({ code: marketCode, ...exchangeFields, version: z.int(), createdAt: instant, updatedAt: instant })

/** In millionths, so that the sum of weights is exact. */
const millionths = (weight: string): number => {
  const [whole = '0', part = ''] = weight.split('.')
  return Number(whole) * 1_000_000 + Number(part.padEnd(6, '0'))
}

const classWeight = z.strictObject({
  key: z.string().trim().min(1).max(64).describe('An asset class, such as us_large_cap.'),
  weight: fraction.describe('Weight as a fraction.'),
})

export const instrumentFields = {
  name: label.describe('Name of the instrument.'),
  type: instrumentType,
  exchangeCode: marketCode.describe('The exchange on which it trades. The exchange’s calendar gives its trading days.'),
  currency: currencyCode.describe('The currency of its prices.'),
  sector: label.nullable().default(null).describe('Economic sector.'),
  industry: label.nullable().default(null).describe('Industry within the sector.'),
  country: countryCode.nullable().default(null).describe('Country of the issuer.'),
  currentPrice: anyPrice.nullable().default(null).describe('A known price, in the currency of the instrument.'),
  priceDate: calendarDate.nullable().default(null).describe('Day of that price.'),
  marketCap: largeMoney.nullable().default(null).describe('Market capitalization, in the currency of the instrument.'),
  peRatio: ratio.nullable().default(null).describe('Price over annual earnings per share.'),
  dividendYield: fraction.nullable().default(null).describe('Dividends per year, as a fraction of the price.'),
  expenseRatio: fraction.nullable().default(null).describe('Costs of a fund per year, as a fraction of its assets.'),
  composition: z
    .array(classWeight)
    .max(100)
    .refine(parts => new Set(parts.map(part => part.key)).size === parts.length, { error: 'must have a unique class per item' })
    .refine(parts => parts.reduce((sum, { weight }) => sum + millionths(weight), 0) <= 1_000_000, {
      error: 'must have weights that sum to at most 1',
    })
    .default([])
    .describe('Of a fund: the asset classes in it. What is missing to 1 is not known.'),
  compositionDate: calendarDate.nullable().default(null).describe('The day for which the composition was published.'),
  fundamentals: z.record(z.string().max(100), z.json()).default({}).describe('Other fundamental figures, by name.'),
  allowsNegativePrices: z
    .boolean()
    .default(false)
    .describe('True when its prices can be zero or less, as those of some futures and spreads.'),
  isActive: z.boolean().default(true).describe('False when it no longer trades.'),
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
    .array(
      z.strictObject({
        symbol,
        validFrom: calendarDate,
        validUntil: calendarDate.nullable().describe('First day on which it was no longer valid.'),
      }),
    )
    .describe('All its symbols, oldest first.'),
  series: z
    .array(
      z.strictObject({
        timeframe,
        firstTime: instant.describe('When its first bar begins.'),
        lastTime: instant.describe('When its newest bar begins.'),
      }),
    )
    .describe('Its stored bars, the shortest first.'),
})

const component = z.strictObject({ symbol, weight: fraction.describe('Weight as a fraction. The weights of a benchmark sum to 1.') })

export const benchmarkFields = {
  name: label.describe('Name of the benchmark.'),
  description: prose.nullable().default(null).describe('What it measures.'),
  benchmarkType,
  category: label.describe('A category of your choice, such as `balanced`.'),
  currency: currencyCode.describe('The currency of its values.'),
  composition: z
    .array(component)
    .max(1000)
    .refine(parts => new Set(parts.map(part => part.symbol)).size === parts.length, { error: 'must have a unique symbol per item' })
    .refine(parts => parts.length === 0 || parts.reduce((sum, { weight }) => sum + millionths(weight), 0) === 1_000_000, {
      error: 'must have weights that sum to 1',
    })
    .default([])
    .describe('Its instruments and their weights. Empty when it does not consist of instruments.'),
  isActive: z.boolean().default(true).describe('False when it is no longer offered.'),
}

export const benchmark = z.strictObject({ id: uuid, symbol, ...benchmarkFields, version: z.int(), createdAt: instant, updatedAt: instant })

nameSchemas({
  Benchmark: benchmark,
  BenchmarkComponent: component,
  ClassWeight: classWeight,
  Exchange: exchange,
  Holiday: holiday,
  Instrument: instrument,
  InstrumentWithHistory: instrumentWithHistory,
})
