import * as z from 'zod'
import { dividendKinds } from '../../../db/schema/market/corporate-actions.ts'
import { label } from '../../runtime/schemas.ts'
import { currencyCode, date, decimalText, largeMoney, positivePrice } from './shared.ts'

const part = z.int().min(1).max(1_000_000)

export const split = z
  .strictObject({ exDate: date, numerator: part.describe('New shares …'), denominator: part.describe('… for so many old ones.') })
  .refine(({ denominator, numerator }) => numerator !== denominator, { error: 'must change the number of shares' })

export const dividend = z.strictObject({
  exDate: date,
  kind: z.enum(dividendKinds).default('regular'),
  amount: positivePrice.describe('A share, in the instrument’s currency and in shares of the time.'),
  recordDate: date.nullable().default(null),
  payDate: date.nullable().default(null),
})

const once = <Item>(keyOf: (item: Item) => string, what: string) => ({
  check: (items: readonly Item[]) => new Set(items.map(keyOf)).size === items.length,
  error: `must have each ${what} once`,
})
const listOf = <Schema extends z.ZodType>(
  item: Schema,
  maximum: number,
  unique: { check: (items: z.output<Schema>[]) => boolean; error: string },
) => z.strictObject({ items: z.array(item).max(maximum).refine(unique.check, { error: unique.error }) })

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
  z.strictObject({ date, marketCap: largeMoney }),
  5000,
  once(item => item.date, 'date'),
)

export const splits = z.strictObject({ items: z.array(split) })
export const dividends = z.strictObject({ items: z.array(dividend.extend({ amount: decimalText })) })
export const marketCaps = z.strictObject({ items: z.array(z.strictObject({ date, marketCap: decimalText })) })

const fxRate = z.strictObject({
  base: currencyCode,
  quote: currencyCode,
  date,
  rate: z
    .string()
    .regex(/^(?!0*\.?0*$)\d{1,10}(\.\d{1,10})?$/, 'must be a number above zero as a decimal string, with at most 10 decimals')
    .describe('One unit of `base` costs so many of `quote`.'),
  source: label.nullable().default(null),
})

export const fxRateBody = listOf(
  fxRate.refine(({ base, quote }) => base !== quote, { error: 'must be of two currencies' }),
  5000,
  once(item => `${item.base} ${item.quote} ${item.date}`, 'pair and date'),
)
export const fxRates = z.strictObject({ items: z.array(fxRate.extend({ rate: decimalText })) })
export const stored = z.strictObject({ stored: z.int() })
