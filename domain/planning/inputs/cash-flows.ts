import * as z from 'zod'
import { label, textOf } from '../../shared/index.ts'
import {
  contributionSchema,
  employerMatchSchema,
  expenseSchema,
  goalSchema,
  incomeSchema,
  shareOfIncomeSchema,
} from '../household/spec/cash-flows.ts'
import { amount, isInOrder, meaningOf, notInOrder, personName } from './fields.ts'

const income = incomeSchema.shape
/** Fields that all kinds of income have. */
const incomeFields = {
  person: personName,
  annualAmount: amount(meaningOf(income.annualAmount)),
  startYear: income.startYear.default(0),
  endYear: income.endYear.default(null),
  indexedToInflation: income.indexedToInflation.default(true),
  growthRate: income.growthRate.default(0),
  taxableShare: income.taxableShare.default(1),
  survivorShare: income.survivorShare.default(0),
}

export const incomeInput = z.strictObject({
  kind: textOf(['wages', 'self_employment', 'rental', 'other']).default('wages').describe(meaningOf(income.kind)),
  ...incomeFields,
})
/** A pension or an annuity. */
export const benefitInput = z.strictObject(incomeFields).meta({ id: 'PensionOrAnnuity' })

const expense = expenseSchema.shape
export const expenseInput = z.strictObject({
  annualAmount: amount(meaningOf(expense.annualAmount)),
  essential: expense.essential.default(true),
  medical: expense.medical.default(false),
  charitable: expense.charitable,
  startYear: expense.startYear.default(0),
  endYear: expense.endYear.default(null),
  indexedToInflation: expense.indexedToInflation.default(true),
  growthRate: expense.growthRate.default(0),
  survivorShare: expense.survivorShare.default(1),
})

const goal = goalSchema.shape
export const goalInput = z.strictObject({
  year: goal.year,
  amount: amount(meaningOf(goal.amount)),
  priority: goal.priority.default(1),
  indexedToInflation: goal.indexedToInflation.default(true),
  education: goal.education.default(false),
})

const contribution = contributionSchema.shape
const flowFields = {
  startYear: contribution.startYear
    .optional()
    .describe('First plan year, counted from 0. When left out: 0 for a contribution, retirement for a withdrawal.'),
  endYear: contribution.startYear
    .optional()
    .describe('First plan year without this flow. When left out: retirement for a contribution, none for a withdrawal.'),
  indexedToInflation: income.indexedToInflation.default(true),
}

export const withdrawalInput = z
  .strictObject({ annualAmount: amount('Amount to withdraw per year.'), ...flowFields })
  .refine(isInOrder, notInOrder)

const { income: measure, share } = shareOfIncomeSchema.shape
const { employerMatch, enforceLimits, healthCoverage } = contribution
export const contributionInput = z
  .strictObject({
    annualAmount: amount('Amount to pay in per year. Give either this or a share of an income.').optional(),
    shareOfIncome: z
      .strictObject({ income: label.describe(meaningOf(measure)), share })
      .optional()
      .describe('A share of an income to pay in, instead of an amount.'),
    account: label
      .optional()
      .describe(
        'The name of the account that it is paid into. Required in a household plan, and in a portfolio plan with several accounts where one has an allocation or a fee.',
      ),
    employerMatch: employerMatchSchema
      .extend({ income: label.describe(meaningOf(employerMatchSchema.shape.income)) })
      .nullable()
      .default(null)
      .describe(meaningOf(employerMatch)),
    enforceLimits: enforceLimits.default(true),
    healthCoverage,
    ...flowFields,
  })
  .refine(isInOrder, notInOrder)
  .refine(({ annualAmount, shareOfIncome }) => (annualAmount === undefined) !== (shareOfIncome === undefined), {
    error: 'give either annualAmount or shareOfIncome',
    path: ['annualAmount'],
  })
  .refine(({ indexedToInflation, shareOfIncome }) => shareOfIncome === undefined || indexedToInflation, {
    error: 'must be left out for a share of an income, which changes with the income',
    path: ['indexedToInflation'],
  })
