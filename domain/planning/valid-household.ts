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

/** The type of input that each of these members of a specification comes from. */
const inputTypes: Readonly<Record<string, string>> = {
  spending: 'spending_policy',
  successCriterion: 'spending_policy',
  withdrawals: 'withdrawal_policy',
  rothConversion: 'roth_conversion',
  tax: 'tax_settings',
  filingStatus: 'tax_settings',
}
/** The field of the plan or of the request body that each of these members comes from. */
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
 * Translates a path of a household's specification into a field of the request: `incomes.0.person` becomes `inputs.Salary.person` where
 * the first income is the input Salary, and `years` becomes `plan.planningHorizonYears`. A path that no input gave stays as it is.
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
  // These are fields of an input, but members of their own in the specification.
  const fields = head === 'successCriterion' || head === 'filingStatus' ? [head, ...rest] : rest
  return ['inputs', source.inputName, ...fields].join('.')
}

/** @throws InvalidSpecError naming the inputs at fault, unless the household that was compiled from these inputs can be simulated */
export const assertValidHousehold = (spec: HouseholdSpec, inputs: readonly NamedInput[]): void => {
  const issues = validateHousehold(spec)
  if (issues.length > 0) throw new InvalidSpecError(issues.map(issue => ({ ...issue, path: inputPath(spec, inputs, issue.path) })))
}
