import { validateHousehold } from './household/index.ts'
import type { HouseholdSpec } from './household/spec.ts'
import { InvalidSpecError } from '../simulation/index.ts'

type Collection = 'people' | 'incomes' | 'expenses' | 'goals' | 'accounts' | 'contributions' | 'debts' | 'properties'
const collections: ReadonlySet<string> = new Set<Collection>([
  'people',
  'incomes',
  'expenses',
  'goals',
  'accounts',
  'contributions',
  'debts',
  'properties',
])

/** Members of a specification that one input of a type gives, or a term of the plan. */
const inputTypes: Readonly<Record<string, string>> = {
  spending: 'spending_policy',
  successCriterion: 'spending_policy',
  withdrawals: 'withdrawal_policy',
  rothConversion: 'roth_conversion',
  tax: 'tax_settings',
  filingStatus: 'tax_settings',
}
const terms: Readonly<Record<string, string>> = {
  years: 'plan.planningHorizonYears',
  asOfDate: 'plan.asOfDate',
  paths: 'body.iterations',
  seed: 'body.randomSeed',
  sensitivities: 'body.sensitivities',
}

type NamedInput = { readonly inputType: string; readonly inputName: string }

const fieldNames: Readonly<Record<string, string>> = { openingBalance: 'balance', openingBasis: 'basis', openingValue: 'value' }

/**
 * The field of the request that a path of a household's specification means: `incomes.0.person` is `inputs.Salary.person` where the first income
 * is the input Salary, and `years` is `plan.planningHorizonYears`. A path that no input gave stays as it is.
 */
const inputPath = (spec: HouseholdSpec, inputs: readonly NamedInput[], path: string): string => {
  const [head = '', ...rest] = path.split('.')
  if (terms[head] !== undefined) return terms[head]
  if (collections.has(head)) {
    const [index, ...fields] = rest
    const entry = index === undefined ? undefined : spec[head as Collection][Number(index)]
    return entry ? ['inputs', entry.key, ...fields.map(field => fieldNames[field] ?? field)].join('.') : 'inputs'
  }
  const source = inputs.find(input => input.inputType === inputTypes[head])
  if (!source) return path
  // What one field of the input gives is a member of its own in the specification.
  const fields = head === 'successCriterion' || head === 'filingStatus' ? [head, ...rest] : rest
  return ['inputs', source.inputName, ...fields].join('.')
}

/** @throws InvalidSpecError unless the household that was compiled from these inputs can be simulated, naming the inputs at fault */
export const assertValidHousehold = (spec: HouseholdSpec, inputs: readonly NamedInput[]): void => {
  const issues = validateHousehold(spec)
  if (issues.length > 0) throw new InvalidSpecError(issues.map(issue => ({ ...issue, path: inputPath(spec, inputs, issue.path) })))
}
