import { type Issue, type Rule, unless } from '../../../shared/index.ts'
import type { Account, Contribution, HouseholdSpec } from '../spec.ts'
import { isWork } from './cash-flows.ts'
import { ascending, knownKey, periodInOrder, uniqueKeys } from './references.ts'

export const accountsRule: Rule<HouseholdSpec> = spec => [
  ...unless(
    spec.accounts.some(({ kind }) => kind === 'taxable'),
    'accounts',
    'must include a taxable account, which receives cash; it may be empty',
  ),
  ...uniqueKeys('accounts', spec.accounts),
  ...spec.accounts.flatMap((account, index) => accountIssues(spec, account, `accounts.${index}`)),
]

function accountIssues(spec: HouseholdSpec, account: Account, path: string): readonly Issue[] {
  const isRetirement = account.kind === 'traditional' || account.kind === 'roth'
  const years = account.allocation.map(({ year }) => year)
  return [
    ...knownKey(`${path}.owner`, account.owner, spec.people, 'a person'),
    ...unless(isRetirement || !account.employerPlan, `${path}.employerPlan`, 'must be false, except for traditional and Roth accounts'),
    ...ascending(`${path}.allocation`, 'year', years),
    ...account.allocation.flatMap(({ weights }, index) => weightIssues(spec, weights, `${path}.allocation.${index}.weights`)),
  ]
}

function weightIssues({ returns }: HouseholdSpec, weights: Readonly<Record<string, number>>, path: string): readonly Issue[] {
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0)
  return [
    ...Object.keys(weights).flatMap(asset => knownKey(`${path}.${asset}`, asset, returns.assets, 'an asset of the return model')),
    ...unless(Math.abs(total - 1) <= 1e-9, path, `must sum to 1, not ${total}`),
  ]
}

export const contributionsRule: Rule<HouseholdSpec> = spec => [
  ...uniqueKeys('contributions', spec.contributions),
  ...spec.contributions.flatMap((contribution, index) => contributionIssues(spec, contribution, `contributions.${index}`)),
]

function contributionIssues(spec: HouseholdSpec, contribution: Contribution, path: string): readonly Issue[] {
  const { amount, employerMatch } = contribution
  const account = spec.accounts.find(({ key }) => key === contribution.account)
  return [
    ...knownKey(`${path}.account`, contribution.account, spec.accounts, 'an account'),
    ...periodInOrder(path, contribution),
    ...(amount.kind === 'share_of_income' ? workIssues(spec, `${path}.amount.income`, amount.income) : []),
    ...(employerMatch === null ? [] : workIssues(spec, `${path}.employerMatch.income`, employerMatch.income)),
    ...unless(
      employerMatch === null || account === undefined || account.employerPlan,
      `${path}.employerMatch`,
      "needs an account that is an employer's plan",
    ),
  ]
}

function workIssues({ incomes }: HouseholdSpec, path: string, key: string): readonly Issue[] {
  const income = incomes.find(income => income.key === key)
  if (income === undefined) return knownKey(path, key, incomes, 'an income')
  return unless(isWork(income.kind), path, `must be wages or self_employment, not ${income.kind}`)
}
