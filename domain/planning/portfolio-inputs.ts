import { type Issue, sameJson } from '../shared/index.ts'
import { type InputType, inputValues, type PlanInput } from './inputs/plan-input.ts'

type FieldsOf<Type extends InputType> = readonly (keyof PlanInput<Type>['inputValue'])[]

/**
 * The types of input that a portfolio plan has, each with the fields that it uses. `linkedAccountId` gives the balance when the plan is rolled
 * forward. Every other field needs a household plan.
 */
const portfolioFields = {
  person: ['birthDate', 'retirementAge'],
  account: ['balance', 'allocation', 'feeRate', 'linkedAccountId'],
  contribution: ['annualAmount', 'account', 'startYear', 'endYear', 'indexedToInflation'],
  withdrawal: ['annualAmount', 'startYear', 'endYear', 'indexedToInflation'],
} as const satisfies { readonly [Type in InputType]?: FieldsOf<Type> }

const usedFields: Readonly<Record<string, readonly string[]>> = portfolioFields

/** Whether the inputs need the household engine. A plan of persons, accounts, contributions and withdrawals is one portfolio. */
export const isHouseholdPlan = (inputs: readonly { readonly inputType: string }[]): boolean =>
  inputs.some(({ inputType }) => usedFields[inputType] === undefined)

/** The fields of an input that only a household plan uses, where they are given. A value that is equal to the default changes nothing. */
export const householdFieldIssues = ({ inputName, inputType, inputValue }: PlanInput): Issue[] => {
  const given: Readonly<Record<string, unknown>> = inputValue
  return Object.entries(inputValues[inputType].shape).flatMap(([field, schema]) =>
    usedFields[inputType]?.includes(field) || sameJson(given[field], schema.safeParse(undefined).data)
      ? []
      : [{ path: `inputs.${inputName}.${field}`, message: 'needs a household plan: add an income or an expense to the plan' }],
  )
}
