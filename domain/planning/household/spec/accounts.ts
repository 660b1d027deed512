import * as z from 'zod'
import { byKind, kindOf, type Immutable, listFrom, numberFrom, textOf } from '../../../shared/index.ts'
import { HOUSEHOLD_LIMITS } from '../limits.ts'
import { interval, key, money, planYear, share } from './ranges.ts'

export const accountKind = textOf(['taxable', 'traditional', 'roth', 'hsa', 'education_529'])

export const rebalancingSchema = byKind([
  z.strictObject({
    kind: kindOf('calendar', 'Back to the allocation every so many years.'),
    everyYears: interval.describe('Years from one rebalancing to the next.'),
  }),
  z.strictObject({
    kind: kindOf('threshold', 'Back to the allocation when a weight has drifted.'),
    drift: share.describe('Drift of a weight that rebalances the account: 0.05 is five points.'),
  }),
  z.strictObject({ kind: kindOf('never', 'Never rebalanced.') }),
])

/** A point of a glide path; weights between points lie on a straight line. */
export const allocationPointSchema = z.strictObject({
  year: planYear.describe('Plan year, counted from 0, of these weights.'),
  weights: z.record(z.string(), share).describe('Share of each asset class by its key; the shares add up to 1.'),
})

export const accountSchema = z.strictObject({
  key,
  kind: accountKind.describe('Kind of account by its taxation.'),
  owner: key.describe('The person who owns it; at their death it passes to the other person.'),
  employerPlan: z.boolean().describe('An employer’s plan, such as a 401(k), rather than an IRA.'),
  openingBalance: money.describe('Balance on the as-of date.'),
  openingBasis: money.describe(
    'Cost basis of a taxable account, or contributions of a Roth account older than five years; ignored elsewhere.',
  ),
  allocation: listFrom(allocationPointSchema, 1, HOUSEHOLD_LIMITS.entries).describe(
    'Weights of asset classes by plan year, on a straight line between years; one entry for weights that stay.',
  ),
  feeRate: numberFrom(0, HOUSEHOLD_LIMITS.feeRate).describe('Fee as a fraction of the balance per year: 0.005 is 0.5 %.'),
  dividendYield: share.describe('Qualified dividends of a taxable account per year, as a fraction of its balance; a part of the return.'),
  rebalancing: rebalancingSchema.describe('When the account returns to its allocation.'),
})

export type AccountKind = z.infer<typeof accountKind>
export type Account = Immutable<z.infer<typeof accountSchema>>
