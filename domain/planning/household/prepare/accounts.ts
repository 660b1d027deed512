import type { Account, HouseholdSpec } from '../spec.ts'
import type { PersonTimeline } from '../timeline.ts'
import { glidePath } from '../../../simulation/index.ts'
import { type AccountAges, accountAges } from './account-ages.ts'

/** Accounts as arrays, indexed in the order of the specification. */
export interface PreparedAccounts {
  count: number
  assets: number
  owners: Int32Array
  openingBalance: Float64Array
  openingBasis: Float64Array
  feeRate: Float64Array
  dividendYield: Float64Array
  /** Target weights at [(account * years + year) * assets + asset]. */
  targets: Float64Array
  /** Whether an account starts every year at its target weights. Its weights are then not stored. */
  startsAtTarget: Uint8Array
  /** Years from one rebalancing to the next; 0 for other rules. */
  rebalanceEvery: Int32Array
  /** Drift beyond which an account is rebalanced; infinite for other rules. */
  rebalanceDrift: Float64Array
  ages: AccountAges
  /** First Roth year by person: below any plan year if a Roth account has an opening balance, which is assumed to be old; else infinite. */
  rothSince: Float64Array
  /** Roth account that receives the conversions of a traditional account; -1 for none. */
  convertsInto: Int32Array
}

export function prepareAccounts(spec: HouseholdSpec, people: readonly PersonTimeline[]): PreparedAccounts {
  const { accounts } = spec
  const assetKeys = spec.returns.assets.map(asset => asset.key)
  const owners = Int32Array.from(accounts, account => spec.people.findIndex(person => person.key === account.owner))
  const numbers = (of: (account: Account) => number): Float64Array => Float64Array.from(accounts, of)
  const targets = new Float64Array(accounts.length * spec.years * assetKeys.length)
  for (const [index, account] of accounts.entries()) {
    targets.set(glidePath(account.allocation, assetKeys, spec.years), index * spec.years * assetKeys.length)
  }
  return {
    count: accounts.length,
    assets: assetKeys.length,
    owners,
    openingBalance: numbers(account => account.openingBalance),
    openingBasis: numbers(account => account.openingBasis),
    feeRate: numbers(account => account.feeRate),
    dividendYield: numbers(account => (account.kind === 'taxable' ? account.dividendYield : 0)),
    targets,
    startsAtTarget: Uint8Array.from(accounts, ({ rebalancing }) =>
      rebalancing.kind === 'calendar' && rebalancing.everyYears === 1 ? 1 : 0,
    ),
    rebalanceEvery: Int32Array.from(accounts, ({ rebalancing }) => (rebalancing.kind === 'calendar' ? rebalancing.everyYears : 0)),
    rebalanceDrift: numbers(({ rebalancing }) => (rebalancing.kind === 'threshold' ? rebalancing.drift : Number.POSITIVE_INFINITY)),
    ages: accountAges(spec, people, owners),
    rothSince: Float64Array.from([0, 1], person =>
      accounts.some((account, index) => account.kind === 'roth' && owners[index] === person && account.openingBalance > 0)
        ? Number.NEGATIVE_INFINITY
        : Number.POSITIVE_INFINITY,
    ),
    convertsInto: Int32Array.from(accounts, (account, index) =>
      account.kind === 'traditional' ? accounts.findIndex((other, at) => other.kind === 'roth' && owners[at] === owners[index]) : -1,
    ),
  }
}
