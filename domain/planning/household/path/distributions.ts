import { incomeToFillBracket, incomeToFillMedicareTier } from '../../../us-tax/index.ts'
import { ROTH_YEARS, type HouseholdPath } from './household-path.ts'

/** Sets required minimum distributions from the year's opening balances, the early withdrawals, and the accounts with taxed Roth earnings. */
export function requireDistributions(path: HouseholdPath): void {
  const { household, owners, slots, withdrawalYear, flows, taxYear } = path
  const { accounts, years } = household
  let total = 0
  for (let account = 0; account < accounts.count; account++) {
    const at = (path.alive * years + path.year) * accounts.count + account
    withdrawalYear.early[account] = accounts.ages.early[at]!
    const seasoned = path.year >= path.rothSince[owners[account]!]! + ROTH_YEARS
    withdrawalYear.earningsTaxed[account] = accounts.ages.tooYoung[at] === 1 || !seasoned ? 1 : 0
    const divisor = accounts.ages.requiredDivisors[at]!
    const required = divisor === 0 ? 0 : slots.balance[account]! / divisor
    withdrawalYear.required[account] = required
    if (required === 0) continue
    taxYear.people[owners[account] === 0 ? 0 : 1].taxDeferredWithdrawals += required
    total += required
  }
  flows.requiredDistributions = total
}

/** Converts the policy's amount from traditional accounts, in their order, to the owners' Roth accounts, except required distributions and gifts. */
export function convertToRoth(path: HouseholdPath): void {
  const { household, flows, slots, conversions } = path
  const { rothConversion } = household.spec
  flows.rothConversion = 0
  if (rothConversion === null || path.year < rothConversion.startYear || path.year >= rothConversion.endYear) return
  let left = conversionWanted(path, rothConversion.amount)
  for (let from = 0; from < household.accounts.count && left > 0; from++) {
    const into = household.accounts.convertsInto[from]!
    if (into < 0) continue
    const amount = Math.min(
      left,
      slots.balance[from]! - Math.max(path.withdrawalYear.required[from]!, path.withdrawalYear.charitable[from]!),
    )
    slots.balance[from] = slots.balance[from]! - amount
    slots.balance[into] = slots.balance[into]! + amount
    slots.recentConversions[into] = slots.recentConversions[into]! + amount
    conversions[into * ROTH_YEARS + (path.year % ROTH_YEARS)]! += amount
    path.taxYear.people[path.owners[from] === 0 ? 0 : 1].rothConversions += amount
    flows.rothConversion += amount
    if (amount > 0) path.rothSince[path.owners[into]!] = Math.min(path.rothSince[path.owners[into]!]!, path.year)
    left -= amount
  }
}

type ConversionAmount = NonNullable<HouseholdPath['household']['spec']['rothConversion']>['amount']

/** Computed with required distributions and contributions on the tax return, but before other withdrawals. */
function conversionWanted(path: HouseholdPath, amount: ConversionAmount): number {
  if (amount.kind === 'fixed') return amount.annualAmount * (amount.indexedToInflation ? path.priceIndex : 1)
  const { tax } = path.household
  if (tax === null) return 0
  return amount.kind === 'fill_bracket'
    ? incomeToFillBracket(tax, path.taxYear, amount.ordinaryRate, path.taxResult)
    : incomeToFillMedicareTier(tax, path.taxYear, amount.tier, path.priceIndex, path.taxResult)
}

/** Sets the room for tax-deferred income, including required distributions, in the bracket that the order of withdrawals fills. */
export function measureBracketRoom(path: HouseholdPath): void {
  const { tax, spec } = path.household
  const { order } = spec.withdrawals
  if (tax === null || order.kind !== 'bracket_aware') return
  const further = incomeToFillBracket(tax, path.taxYear, order.ordinaryRate, path.taxResult)
  path.withdrawalYear.bracketRoom = path.flows.requiredDistributions + path.givenBeyondRequired + further
}
