import { type Rule, unless } from '../shared/index.ts'
import type { PortfolioAccount, SimulationSpec } from './spec.ts'

/** The rules of a portfolio with accounts of their own. */
export const accountRules: Rule<SimulationSpec> = spec => {
  const { accounts, openingBalance } = spec
  if (accounts === undefined) return []
  const total = accounts.reduce((sum, account) => sum + account.openingBalance, 0)
  const keys = accounts.map(({ key }) => key)
  return [
    ...unless(openingBalance === total, 'openingBalance', `must be ${total}, the sum of the accounts`),
    ...(['realFlows', 'nominalFlows'] as const).flatMap(name =>
      spec[name].flatMap((flow, year) =>
        unless(!(flow > 0), `${name}.${year}`, 'must not be above 0: contributions are those of the accounts'),
      ),
    ),
    ...accounts.flatMap((account, index) => [
      ...unless(keys.indexOf(account.key) === index, `accounts.${index}.key`, 'must be unique'),
      ...accountIssues(spec, account, `accounts.${index}`),
    ]),
  ]
}

const accountIssues = ({ returns, years }: SimulationSpec, account: PortfolioAccount, path: string) => {
  const known = new Set(returns.assets.map(({ key }) => key))
  return [
    ...(['realContributions', 'nominalContributions'] as const).flatMap(name =>
      unless(account[name].length === years, `${path}.${name}`, `must have one entry for each of the ${years} years`),
    ),
    ...account.allocation.flatMap(({ weights, year }, index, points) => {
      const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0)
      const unknown = Object.keys(weights).filter(key => !known.has(key))
      return [
        ...unless(index === 0 || year > points[index - 1]!.year, `${path}.allocation.${index}.year`, 'must be above the one before it'),
        ...unknown.map(key => ({ path: `${path}.allocation.${index}.weights.${key}`, message: 'must be an asset of the return model' })),
        ...unless(Math.abs(total - 1) <= 1e-9, `${path}.allocation.${index}.weights`, `must sum to 1, not ${total}`),
      ]
    }),
  ]
}
