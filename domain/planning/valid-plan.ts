import type { Issue } from '../shared/index.ts'
import { InvalidSpecError } from '../simulation/index.ts'
import { faultsOf, type Specification } from './engines.ts'

const collections = ['people', 'incomes', 'expenses', 'goals', 'accounts', 'contributions', 'debts', 'properties'] as const
const isCollection = (name: string): name is (typeof collections)[number] => collections.some(each => each === name)

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
  stepsPerYear: 'plan.stepsPerYear',
  paths: 'body.iterations',
  seed: 'body.randomSeed',
  flowTiming: 'body.flowTiming',
  sensitivities: 'body.sensitivities',
}

/** The fields of the request that members of a return model come from; the first pattern that matches decides. */
const returnFields: readonly (readonly [pattern: RegExp, field: string])[] = [
  [/^regimes\..*meanReturn$/, 'body.returnModel.turbulent.meanReturnShift'],
  [/^regimes\..*volatility$/, 'body.returnModel.turbulent.volatilityFactor'],
  [/^(transition|start)/, 'body.returnModel.becomesTurbulent'],
  [/^(years|inflation|periodsPerYear|assets\.\d+\.returns)/, 'body.returnModel.datasetId'],
  [/^(degreesOfFreedom|blockLengthPeriods|meanBlockLengthPeriods)$/, 'body.returnModel.$1'],
  [/^/, 'body.returnModel'],
]

const returnPath = (path: string): string => {
  const [pattern, field] = returnFields.find(([pattern]) => pattern.test(path))!
  return field.replace('$1', pattern.exec(path)![1] ?? '')
}

type NamedInput = { readonly inputType: string; readonly inputName: string }

const fieldNames: Readonly<Record<string, string>> = {
  key: 'inputName',
  openingBalance: 'balance',
  openingBasis: 'basis',
  openingValue: 'value',
}

/** The fields of an input from those of an entry. The amount of a contribution is two fields of its input. */
const fieldsOf = (collection: string, [first = '', ...rest]: readonly string[]): readonly string[] =>
  collection === 'contributions' && first === 'amount' ? (rest[0] === 'annualAmount' ? rest : ['shareOfIncome', ...rest]) : [first, ...rest]

/**
 * Translates a path of a specification into a field of the request: `incomes.0.person` becomes `inputs.Salary.person` where the first income is
 * the input Salary, and `years` becomes `plan.planningHorizonYears`. A path that no input gave stays as it is.
 */
const requestPath = (specification: Specification, inputs: readonly NamedInput[], path: string): string => {
  const [head = '', ...rest] = path.split('.')
  if (terms[head] !== undefined) return terms[head]
  if (head === 'returns') return returnPath(rest.join('.'))
  if (isCollection(head)) {
    const [index, ...fields] = rest
    const entries = (specification as Partial<Record<typeof head, readonly { readonly key: string }[]>>)[head] ?? []
    const entry = index === undefined ? undefined : entries[Number(index)]
    return entry ? ['inputs', entry.key, ...fieldsOf(head, fields).map(field => fieldNames[field] ?? field)].join('.') : 'inputs'
  }
  const source = inputs.find(input => input.inputType === inputTypes[head])
  if (!source) return path
  // These are fields of an input, but members of their own in the specification.
  const fields = head === 'successCriterion' || head === 'filingStatus' ? [head, ...rest] : rest
  return ['inputs', source.inputName, ...fields].join('.')
}

/** @throws InvalidSpecError naming the fields at fault, unless the specification that was compiled from these inputs can be simulated */
export const assertValidPlan = (specification: Specification, inputs: readonly NamedInput[]): void => {
  const issues = faultsOf(specification).map((issue): Issue => ({ ...issue, path: requestPath(specification, inputs, issue.path) }))
  if (issues.length > 0) throw new InvalidSpecError(issues)
}
