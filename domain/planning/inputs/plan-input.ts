import * as z from 'zod'
import { label, numberFrom, textOf } from '../../shared/index.ts'
import { benefitInput, contributionInput, expenseInput, goalInput, incomeInput, withdrawalInput } from './cash-flows.ts'
import { accountInput, debtInput, propertyInput } from './holdings.ts'
import { personInput } from './people.ts'
import { rothConversionInput, spendingPolicyInput, taxSettingsInput, withdrawalPolicyInput } from './policies.ts'

/** The schema of each type's value. A change of meaning needs an upgrade in read-plan-input.ts. */
export const inputValues = {
  person: personInput,
  account: accountInput,
  contribution: contributionInput,
  withdrawal: withdrawalInput,
  income: incomeInput,
  pension: benefitInput,
  annuity: benefitInput,
  expense: expenseInput,
  goal: goalInput,
  debt: debtInput,
  property: propertyInput,
  spending_policy: spendingPolicyInput,
  withdrawal_policy: withdrawalPolicyInput,
  roth_conversion: rothConversionInput,
  tax_settings: taxSettingsInput,
} as const

export type InputType = keyof typeof inputValues

/** An input of a plan after reading: its value is complete, with the current defaults. */
export type PlanInput<Type extends InputType = InputType> = {
  readonly [Each in Type]: {
    readonly inputType: Each
    readonly inputName: string
    readonly inputValue: z.output<(typeof inputValues)[Each]>
  }
}[Type]

/** Where an input comes from. */
export const inputSources = ['user_input', 'imported', 'calculated'] as const

const inputOf = <const Type extends InputType>(inputType: Type) =>
  z.strictObject({
    inputType: z.literal(inputType).describe('Type of the input. It decides the fields of the value.'),
    inputName: label.describe('Name of the input, unique in its plan. Other inputs refer to it.'),
    inputValue: inputValues[inputType].describe('Value of the input, with the fields of its type.') as (typeof inputValues)[Type],
    dataSource: textOf(inputSources).default('user_input').describe('Source of the input.'),
    confidenceScore: numberFrom(0, 1).nullable().optional().describe('Confidence in the input, from 0 to 1. Null or left out: not known.'),
  })

/**
 * An input of a plan, given by a user. A plan of persons, accounts, contributions and withdrawals only is simulated as one portfolio.
 * An input of any other type makes it a household plan, simulated account by account with taxes and benefits.
 */
export const planInputBody = z.discriminatedUnion('inputType', [
  inputOf('person'),
  inputOf('account'),
  inputOf('contribution'),
  inputOf('withdrawal'),
  inputOf('income'),
  inputOf('pension'),
  inputOf('annuity'),
  inputOf('expense'),
  inputOf('goal'),
  inputOf('debt'),
  inputOf('property'),
  inputOf('spending_policy'),
  inputOf('withdrawal_policy'),
  inputOf('roth_conversion'),
  inputOf('tax_settings'),
])
