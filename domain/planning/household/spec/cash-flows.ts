import * as z from 'zod'
import { byKind, kindOf, type Immutable, numberFrom, textOf, wholeNumberFrom } from '../../../shared/index.ts'
import { HOUSEHOLD_LIMITS } from '../limits.ts'
import { growthRate, indexedToInflation, key, money, planYear, share } from './ranges.ts'

/** What incomes and expenses have in common. */
const stream = {
  key,
  annualAmount: money.describe('Amount per year, as of the first year.'),
  startYear: planYear.describe('Plan year, counted from 0, in which it first happens.'),
  indexedToInflation,
  growthRate: growthRate.describe('Growth per year as a fraction, above inflation where the amount is indexed: 0.01 is 1 %.'),
}

export const incomeSchema = z.strictObject({
  ...stream,
  person: key.describe('The person who has this income.'),
  kind: textOf(['wages', 'self_employment', 'pension', 'annuity', 'rental', 'other']).describe('Kind of income by its taxation.'),
  endYear: planYear
    .nullable()
    .describe('Plan year in which it no longer happens. Null: wages and self-employment end at retirement, anything else with life.'),
  taxableShare: share.describe('Fraction of the amount that ordinary income tax falls on.'),
  survivorShare: share.describe('Fraction that the other person receives after this person’s death; 0 for work.'),
})

export const expenseSchema = z.strictObject({
  ...stream,
  essential: z.boolean().describe('Essential expenses are never cut by a spending rule.'),
  medical: z.boolean().describe('A qualified medical expense, paid from health savings accounts first.'),
  charitable: z
    .boolean()
    .optional()
    .describe('A gift to charity, paid from the IRAs of persons of 70 1/2 or more first, free of tax and up to the limit of the law.'),
  endYear: planYear.nullable().describe('Plan year in which it no longer happens; null for the end of the plan.'),
  survivorShare: share.describe('Fraction of the amount that goes on after the first death of a couple.'),
})

export const goalSchema = z.strictObject({
  key,
  priority: wholeNumberFrom(1, HOUSEHOLD_LIMITS.entries).describe(
    '1 is funded first; goals of the same year and priority in the order given.',
  ),
  year: planYear.describe('Plan year, counted from 0, in which the goal is paid.'),
  amount: money.describe('Amount of the goal.'),
  indexedToInflation,
  education: z.boolean().describe('Paid from 529 accounts first, free of tax.'),
})

export const employerMatchSchema = z.strictObject({
  income: key.describe('The income that the match is measured by.'),
  rate: numberFrom(0, 10).describe('Match per dollar of the employee’s contribution: 0.5 is 50 cents.'),
  upToShareOfIncome: share.describe('Highest contribution that is matched, as a fraction of the income.'),
})

export const shareOfIncomeSchema = z.strictObject({
  kind: kindOf('share_of_income', 'A share of an income.'),
  income: key.describe('The income, wages or self-employment, that a share is paid in of.'),
  share: share.describe('Fraction of the income that is paid in.'),
})

export const contributionSchema = z.strictObject({
  key,
  account: key.describe('The account that it is paid into.'),
  amount: byKind([
    z.strictObject({ kind: kindOf('fixed', 'The same amount every year.'), annualAmount: money, indexedToInflation }),
    shareOfIncomeSchema,
  ]).describe('How much is paid in.'),
  employerMatch: employerMatchSchema.nullable().describe('What the employer adds; null for nothing.'),
  startYear: planYear.describe('Plan year, counted from 0, of the first contribution.'),
  endYear: planYear.nullable().describe('Plan year in which it no longer happens; null for the owner’s retirement.'),
  enforceLimits: z.boolean().describe('Contributions are cut to the legal limits of the year.'),
  healthCoverage: textOf(['self', 'family'])
    .optional()
    .describe('Whom the health plan behind a health savings account covers; self when left out. A couple shares the limit of a family.'),
})

export const debtSchema = z.strictObject({
  key,
  openingBalance: money.describe('Amount owed on the as-of date.'),
  annualRate: numberFrom(0, HOUSEHOLD_LIMITS.growthRate.maximum).describe(
    'Interest per year as a fraction, charged on what is owed at the end of the year.',
  ),
  annualPayment: money.describe('Payment at the start of each year until nothing is owed; it does not rise with prices.'),
})

export const propertySchema = z.strictObject({
  key,
  openingValue: money.describe('Market value on the as-of date.'),
  growthRate: growthRate.describe('Growth of the value per year above inflation, as a fraction.'),
  basis: money.describe('Cost basis for the gain at the sale.'),
  saleYear: wholeNumberFrom(0, HOUSEHOLD_LIMITS.years)
    .nullable()
    .describe('Plan year at whose start it is sold; null for a property that is kept.'),
  saleCostRate: share.describe('Costs of the sale as a fraction of the price.'),
  primaryResidence: z.boolean().describe('The gain is free of tax up to the exclusion for a main home (IRC 121).'),
})

export type Income = Immutable<z.infer<typeof incomeSchema>>
export type Expense = Immutable<z.infer<typeof expenseSchema>>
export type Goal = Immutable<z.infer<typeof goalSchema>>
export type Contribution = Immutable<z.infer<typeof contributionSchema>>
export type Debt = Immutable<z.infer<typeof debtSchema>>
export type Property = Immutable<z.infer<typeof propertySchema>>
