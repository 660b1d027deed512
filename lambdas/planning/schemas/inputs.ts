import * as z from 'zod'
import { inputSources } from '../../../db/schema/planning/inputs.ts'
import { instant, label, nonNegativeMoney, uuid } from '../../runtime/schemas.ts'

import {
  accountValue,
  benefitValue,
  debtValue,
  expenseValue,
  goalValue,
  incomeValue,
  personValue,
  propertyValue,
  rothConversionValue,
  spendingPolicyValue,
  taxSettingsValue,
  withdrawalPolicyValue,
} from './household-inputs.ts'

const planYear = z.int().min(0).max(100)

const flowFields = {
  startYear: planYear
    .optional()
    .describe('Plan year, from 0, in which it first happens. Contributions: 0, withdrawals: at retirement, when left out.'),
  endYear: planYear
    .optional()
    .describe('Plan year in which it no longer happens. Contributions: at retirement, withdrawals: never, when left out.'),
  indexedToInflation: z.boolean().default(true),
}
const inOrder = ({ endYear, startYear }: { endYear?: number | undefined; startYear?: number | undefined }) =>
  endYear === undefined || endYear > (startYear ?? 0)
const outOfOrder = { error: 'must be after startYear', path: ['endYear'] }

const withdrawalValue = z.strictObject({ annualAmount: nonNegativeMoney, ...flowFields }).refine(inOrder, outOfOrder)

const contributionValue = z
  .strictObject({
    annualAmount: nonNegativeMoney.optional(),
    shareOfIncome: z.strictObject({ income: label, share: z.number().min(0).max(1) }).optional(),
    account: label.optional().describe('The name of an account: needed in a household plan.'),
    employerMatch: z
      .strictObject({ income: label, rate: z.number().min(0).max(5), upToShareOfIncome: z.number().min(0).max(1) })
      .nullable()
      .default(null),
    enforceLimits: z.boolean().default(true).describe('Cut to the year’s legal limits.'),
    healthCoverage: z
      .enum(['self', 'family'])
      .optional()
      .describe('To a health savings account: whom the health plan covers; oneself when left out. A couple shares the limit of a family.'),
    ...flowFields,
  })
  .refine(inOrder, outOfOrder)
  .refine(({ annualAmount, shareOfIncome }) => (annualAmount === undefined) !== (shareOfIncome === undefined), {
    error: 'give either annualAmount or shareOfIncome',
    path: ['annualAmount'],
  })

const inputOf = <const Type extends string, Value extends z.ZodType>(inputType: Type, inputValue: Value) =>
  z.strictObject({
    inputType: z.literal(inputType),
    inputName: label,
    inputValue,
    dataSource: z.enum(inputSources).default('user_input'),
    confidenceScore: z.number().min(0).max(1).nullable().optional(),
  })

/**
 * Something a user tells a plan, its value shaped by its type. A plan of accounts, contributions and withdrawals alone is simulated as
 * one portfolio; any other type makes it a household plan, simulated account by account with taxes and benefits.
 */
export const planInputBody = z.discriminatedUnion('inputType', [
  inputOf('person', personValue),
  inputOf('account', accountValue),
  inputOf('contribution', contributionValue),
  inputOf('withdrawal', withdrawalValue),
  inputOf('income', incomeValue),
  inputOf('pension', benefitValue),
  inputOf('annuity', benefitValue),
  inputOf('expense', expenseValue),
  inputOf('goal', goalValue),
  inputOf('debt', debtValue),
  inputOf('property', propertyValue),
  inputOf('spending_policy', spendingPolicyValue),
  inputOf('withdrawal_policy', withdrawalPolicyValue),
  inputOf('roth_conversion', rothConversionValue),
  inputOf('tax_settings', taxSettingsValue),
])

export const planInput = z.strictObject({
  id: uuid,
  planId: uuid,
  inputType: z.string(),
  inputName: z.string(),
  inputValue: z.json(),
  dataSource: z.string(),
  confidenceScore: z.number().nullable(),
  isValid: z.boolean(),
  validationErrors: z.json().nullable(),
  version: z.int(),
  createdAt: instant,
})
