import { type Issue, type Rule, unless } from '../../../shared/index.ts'
import { taxTables } from '../../../us-tax/index.ts'
import { filesApart } from '../filing.ts'
import type { HouseholdSpec } from '../spec.ts'
import { ascending, knownKey, periodInOrder } from './references.ts'

export const spendingRule: Rule<HouseholdSpec> = ({ returns, spending: { byAge, rule } }) => [
  ...(rule.kind === 'cape_based' ? knownKey('spending.rule.asset', rule.asset, returns.assets, 'an asset of the return model') : []),
  ...ascending(
    'spending.byAge',
    'age',
    byAge.map(({ age }) => age),
  ),
]

export const withdrawalsRule: Rule<HouseholdSpec> = spec => {
  const { order } = spec.withdrawals
  if (order.kind === 'bracket_aware') {
    const message = 'needs taxes to be enabled: it fills a tax bracket'
    const apart = 'must be another order for two persons who file apart: each has a bracket of their own'
    return [
      ...unless(spec.tax.enabled, 'withdrawals.order.kind', message),
      ...unless(!filesApart(spec), 'withdrawals.order.kind', apart),
      ...bracketIssues(spec, 'withdrawals.order.ordinaryRate', order.ordinaryRate),
    ]
  }
  return order.kind === 'custom' ? customIssues(spec, order.accounts) : []
}

function customIssues({ accounts }: HouseholdSpec, keys: readonly string[]): readonly Issue[] {
  return keys.flatMap((key, index) => {
    const path = `withdrawals.order.accounts.${index}`
    const isEducation = accounts.some(account => account.key === key && account.kind === 'education_529')
    return [
      ...knownKey(path, key, accounts, 'an account'),
      ...unless(keys.indexOf(key) === index, path, 'must be unique'),
      ...unless(!isEducation, path, 'must not be a 529 plan, which pays for education only'),
    ]
  })
}

export const conversionRule: Rule<HouseholdSpec> = spec => {
  const conversion = spec.rothConversion
  if (conversion === null) return []
  const { amount } = conversion
  const owners = new Set(spec.accounts.filter(({ kind }) => kind === 'traditional').map(({ owner }) => owner))
  return [
    ...periodInOrder('rothConversion', conversion),
    ...(amount.kind === 'fill_bracket' ? bracketIssues(spec, 'rothConversion.amount.ordinaryRate', amount.ordinaryRate) : []),
    ...unless(
      amount.kind === 'fixed' || spec.tax.enabled,
      'rothConversion.amount.kind',
      'must be fixed while taxes are not enabled: there is no bracket or tier to fill',
    ),
    ...unless(
      spec.accounts.some(({ kind, owner }) => kind === 'roth' && owners.has(owner)),
      'rothConversion',
      'needs a Roth account of a person with a traditional account; it may be empty',
    ),
  ]
}

/** The rate must be that of a bracket below the top one, because the top one cannot be filled. */
function bracketIssues({ tax }: HouseholdSpec, path: string, rate: number): readonly Issue[] {
  const below = taxTables.find(({ year }) => year === tax.tableYear)!.ordinary.rates.slice(0, -1)
  return unless(below.includes(rate), path, `must be the rate of a bracket with an upper limit: ${below.join(', ')}`)
}
