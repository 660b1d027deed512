import * as z from 'zod'
import { byKind, kindOf, type Immutable, listFrom, numberFrom, textOf } from '../../../shared/index.ts'
import { HOUSEHOLD_LIMITS } from '../limits.ts'
import { interval, key, money, planYear, share } from './ranges.ts'

export const accountKind = textOf(['taxable', 'traditional', 'roth', 'hsa', 'education_529'])

export const rebalancingSchema = byKind([
  z.strictObject({
    kind: kindOf('calendar', 'Rebalances to the allocation after a number of years.'),
    everyYears: interval.describe('Years from one rebalancing to the next.'),
  }),
  z.strictObject({
    kind: kindOf('threshold', 'Rebalances to the allocation when a weight has drifted too far.'),
    drift: share.describe('Drift of a weight that causes rebalancing: 0.05 is five percentage points.'),
  }),
  z.strictObject({ kind: kindOf('never', 'Never rebalanced.') }),
])

/** A point of a glide path. Weights are linear between points. */
export const allocationPointSchema = z.strictObject({
  year: planYear.describe('Plan year of these weights, counted from 0.'),
  weights: z.record(z.string(), share).describe('Share of each asset class, by its key. The shares add up to 1.'),
})

export const accountSchema = z.strictObject({
  key,
  kind: accountKind.describe('Kind of account, by tax treatment.'),
  owner: key.describe('The owner. At their death the account passes to the other person.'),
  employerPlan: z.boolean().describe('Whether it is an employer’s plan, such as a 401(k), and not an IRA.'),
  openingBalance: money.describe('Balance on the as-of date.'),
  openingBasis: money.describe(
    'Cost basis of a taxable account, or contributions of a Roth account that are older than five years. Not used for other accounts.',
  ),
  allocation: listFrom(allocationPointSchema, 1, HOUSEHOLD_LIMITS.entries).describe(
    'Weights of asset classes by plan year, linear between years. One entry gives constant weights.',
  ),
  feeRate: numberFrom(0, HOUSEHOLD_LIMITS.feeRate).describe('Fee as a fraction of the balance per year: 0.005 is 0.5 %.'),
  dividendYield: share.describe(
    'Qualified dividends of a taxable account per year, as a fraction of its balance. They are part of the return.',
  ),
  rebalancing: rebalancingSchema.describe('When the account is rebalanced to its allocation.'),
})

export type AccountKind = z.infer<typeof accountKind>
export type Account = Immutable<z.infer<typeof accountSchema>>
