import * as z from 'zod'
import { byKind, kindOf, type Immutable, numberFrom, textOf, wholeNumberFrom } from '../../../shared/index.ts'
import { HOUSEHOLD_LIMITS } from '../limits.ts'
import { growthRate, indexedToInflation, key, money, planYear, share } from './ranges.ts'

/** Fields that both incomes and expenses have. */
const stream = {
  key,
  annualAmount: money.describe('Amount per year, in the first year.'),
  startYear: planYear.describe('First plan year, counted from 0.'),
  indexedToInflation,
  growthRate: growthRate.describe('Growth per year as a fraction, above inflation if the amount is indexed: 0.01 is 1 %.'),
}

export const incomeSchema = z.strictObject({
  ...stream,
  person: key.describe('The person who has this income.'),
  kind: textOf(['wages', 'self_employment', 'pension', 'annuity', 'rental', 'other']).describe('Kind of income, by tax treatment.'),
  endYear: planYear
    .nullable()
    .describe('First plan year without this income. Null: wages and self-employment end at retirement, other incomes at death.'),
  taxableShare: share.describe('Fraction of the amount that is taxed as ordinary income.'),
  survivorShare: share.describe('Fraction that the other person receives after this person’s death. 0 for work.'),
})

export const expenseSchema = z.strictObject({
  ...stream,
  essential: z.boolean().describe('Essential expenses are never cut by a spending rule.'),
  medical: z.boolean().describe('A qualified medical expense, paid from health savings accounts first.'),
  charitable: z
    .boolean()
    .optional()
    .describe('A gift to charity. It is paid first from the IRAs of persons aged 70 1/2 or more, free of tax, up to the legal limit.'),
  endYear: planYear.nullable().describe('First plan year without this expense. Null: it lasts to the end of the plan.'),
  survivorShare: share.describe('Fraction of the amount that remains after the first death of a couple.'),
})

export const goalSchema = z.strictObject({
  key,
  priority: wholeNumberFrom(1, HOUSEHOLD_LIMITS.entries).describe(
    'Priority; 1 is funded first. Goals of the same year and priority are funded in the given order.',
  ),
  year: planYear.describe('Plan year of the payment, counted from 0.'),
  amount: money.describe('Amount of the goal.'),
  indexedToInflation,
  education: z.boolean().describe('Whether it is paid from 529 accounts first, free of tax.'),
})

export const employerMatchSchema = z.strictObject({
  income: key.describe('The income that limits the match.'),
  rate: numberFrom(0, 10).describe('Match per dollar of the employee’s contribution: 0.5 is 50 cents.'),
  upToShareOfIncome: share.describe('Highest matched contribution, as a fraction of the income.'),
})

export const shareOfIncomeSchema = z.strictObject({
  kind: kindOf('share_of_income', 'A share of an income.'),
  income: key.describe('The income that a share is paid from: wages or self-employment.'),
  share: share.describe('Fraction of the income that is paid in.'),
})

export const contributionSchema = z.strictObject({
  key,
  account: key.describe('The account that it is paid into.'),
  amount: byKind([
    z.strictObject({ kind: kindOf('fixed', 'The same amount every year.'), annualAmount: money, indexedToInflation }),
    shareOfIncomeSchema,
  ]).describe('Amount to pay in.'),
  employerMatch: employerMatchSchema.nullable().describe('The employer’s match; null for none.'),
  startYear: planYear.describe('Plan year of the first contribution, counted from 0.'),
  endYear: planYear.nullable().describe('First plan year without contributions. Null: the owner’s retirement.'),
  enforceLimits: z.boolean().describe('Whether contributions are cut to the legal limits of the year.'),
  healthCoverage: textOf(['self', 'family'])
    .optional()
    .describe('Coverage of the health plan for a health savings account. When left out, self. A couple shares the family limit.'),
})

export const debtSchema = z.strictObject({
  key,
  openingBalance: money.describe('Amount owed on the as-of date.'),
  annualRate: numberFrom(0, HOUSEHOLD_LIMITS.growthRate.maximum).describe(
    'Interest per year as a fraction, charged at the end of the year on the remaining debt.',
  ),
  annualPayment: money.describe('Payment at the start of each year until the debt is paid off. It does not rise with prices.'),
})

export const propertySchema = z.strictObject({
  key,
  openingValue: money.describe('Market value on the as-of date.'),
  growthRate: growthRate.describe('Growth of the value per year above inflation, as a fraction.'),
  basis: money.describe('Cost basis, for the gain at the sale.'),
  saleYear: wholeNumberFrom(0, HOUSEHOLD_LIMITS.years).nullable().describe('Plan year of the sale, at its start; null for no sale.'),
  saleCostRate: share.describe('Costs of the sale as a fraction of the price.'),
  primaryResidence: z.boolean().describe('Whether it is the main home. Its gain is free of tax up to the exclusion of IRC 121.'),
})

export type Income = Immutable<z.infer<typeof incomeSchema>>
export type Expense = Immutable<z.infer<typeof expenseSchema>>
export type Goal = Immutable<z.infer<typeof goalSchema>>
export type Contribution = Immutable<z.infer<typeof contributionSchema>>
export type Debt = Immutable<z.infer<typeof debtSchema>>
export type Property = Immutable<z.infer<typeof propertySchema>>
