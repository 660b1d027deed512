import * as z from 'zod'
import { dividendKinds } from '../../../db/schema/market/corporate-actions.ts'
import { calendarDate, label, nameSchemas } from '../../runtime/schemas.ts'
import { currencyCode, decimalText, largeMoney, positivePrice } from './shared.ts'

const part = z.int().min(1).max(1_000_000)

export const split = z
  .strictObject({
    exDate: calendarDate.describe('First day on which the new shares trade.'),
    numerator: part.describe('New shares, for each `denominator` old ones.'),
    denominator: part.describe('Old shares, for each `numerator` new ones.'),
  })
  .refine(({ denominator, numerator }) => numerator !== denominator, { error: 'must change the number of shares' })

export const dividend = z.strictObject({
  exDate: calendarDate.describe('First day on which a buyer no longer receives the dividend.'),
  kind: z.enum(dividendKinds).default('regular').describe('Kind of dividend.'),
  amount: positivePrice.describe('Amount per share, in the currency of the instrument and in shares of that time.'),
  recordDate: calendarDate.nullable().default(null).describe('Day whose shareholders receive the dividend.'),
  payDate: calendarDate.nullable().default(null).describe('Day of payment.'),
})

const once = <Item>(keyOf: (item: Item) => string, what: string) => ({
  check: (items: readonly Item[]) => new Set(items.map(keyOf)).size === items.length,
  error: `must have a unique ${what} per item`,
})
const listOf = <Schema extends z.ZodType>(
  item: Schema,
  maximum: number,
  unique: { check: (items: z.output<Schema>[]) => boolean; error: string },
) =>
  z.strictObject({
    items: z
      .array(item)
      .max(maximum)
      .refine(unique.check, { error: unique.error })
      .describe(`At most ${maximum.toLocaleString('en-US')} items.`),
  })

export const splitList = listOf(
  split,
  1000,
  once(item => item.exDate, 'ex-date'),
)
export const dividendList = listOf(
  dividend,
  2000,
  once(item => `${item.exDate} ${item.kind}`, 'ex-date and kind'),
)
export const marketCapBody = listOf(
  z.strictObject({
    date: calendarDate.describe('Day of the figure.'),
    marketCap: largeMoney.describe('Market capitalization, in the currency of the instrument.'),
  }),
  5000,
  once(item => item.date, 'date'),
)

export const splits = z.strictObject({ items: z.array(split) })
export const dividends = z.strictObject({ items: z.array(dividend.extend({ amount: decimalText })) })
export const marketCap = z.strictObject({ date: calendarDate, marketCap: decimalText })

const incomingRate = z.strictObject({
  base: currencyCode.describe('The currency that is priced.'),
  quote: currencyCode.describe('The currency of the price.'),
  date: calendarDate.describe('Day of the rate.'),
  rate: z
    .string()
    .regex(/^(?!0*\.?0*$)\d{1,10}(\.\d{1,10})?$/, 'must be a number above zero as a decimal string, with at most 10 decimals')
    .describe('Units of `quote` per unit of `base`.'),
  source: label.nullable().default(null).describe('Where the rate comes from.'),
})

export const fxRateBody = listOf(
  incomingRate.refine(({ base, quote }) => base !== quote, { error: 'must have two different currencies' }),
  5000,
  once(item => `${item.base} ${item.quote} ${item.date}`, 'pair and date'),
)
export const fxRate = incomingRate.extend({ rate: decimalText })
export const stored = z.strictObject({ stored: z.int() })

nameSchemas({ Dividends: dividends, FxRate: fxRate, MarketCap: marketCap, Split: split, Splits: splits, StoredCount: stored })
