import { findIssues, type Issue, type Rule, unless } from '../../shared/index.ts'
import { ascendingIssues, InvalidSpecError, returnRules } from '../../simulation/index.ts'
import { HOUSEHOLD_LIMITS, isCounted } from './limits.ts'
import { accountsRule, contributionsRule } from './rules/accounts.ts'
import { debtsRule, expensesRule, goalsRule, incomesRule, propertiesRule } from './rules/cash-flows.ts'
import { peopleRule } from './rules/people.ts'
import { conversionRule, spendingRule, withdrawalsRule } from './rules/policies.ts'
import { knownKey } from './rules/references.ts'
import { type HouseholdSpec, householdSpecSchema } from './spec.ts'

/** @throws InvalidSpecError unless validateHousehold finds no issue */
export function assertValidHousehold(spec: unknown): asserts spec is HouseholdSpec {
  const issues = validateHousehold(spec)
  if (issues.length > 0) throw new InvalidSpecError(issues)
}

/** All faults of a possible household; empty when it can be simulated. */
export const validateHousehold = (spec: unknown): Issue[] => findIssues<HouseholdSpec>(householdSpecSchema, spec, rules)

const gridRule: Rule<HouseholdSpec> = spec =>
  unless(
    spec.sensitivities === undefined || !isCounted(spec),
    'sensitivities',
    `must be left out for more than ${HOUSEHOLD_LIMITS.exactPaths} paths, because variants are compared path by path`,
  )

const returnsRule: Rule<HouseholdSpec> = spec =>
  returnRules({ ...spec, stepsPerYear: 1 }).map(issue =>
    issue.path === 'stepsPerYear' ? { path: 'returns.periodsPerYear', message: 'must be 1: a household is simulated year by year' } : issue,
  )

const openingReturnsRule: Rule<HouseholdSpec> = ({ openingReturns, returns, years }) => {
  if (openingReturns === undefined) return []
  const message = `must have at most one entry for each of the ${years} years`
  return [
    ...Object.entries(openingReturns.assets).flatMap(([asset, rates]) => [
      ...knownKey(`openingReturns.assets.${asset}`, asset, returns.assets, 'an asset of the return model'),
      ...unless(rates.length <= years, `openingReturns.assets.${asset}`, message),
    ]),
    ...unless(openingReturns.inflation.length <= years, 'openingReturns.inflation', message),
  ]
}

/** The rules that check members of a household against each other. */
const rules: readonly Rule<HouseholdSpec>[] = [
  gridRule,
  peopleRule,
  incomesRule,
  expensesRule,
  goalsRule,
  accountsRule,
  contributionsRule,
  debtsRule,
  propertiesRule,
  spendingRule,
  withdrawalsRule,
  conversionRule,
  openingReturnsRule,
  returnsRule,
  spec => ascendingIssues(spec.percentiles),
]
