import { incomeToFillBracket, incomeToFillMedicareTier } from '../../../us-tax/index.ts'
import { isFiled, ROTH_YEARS, type HouseholdPath } from './household-path.ts'

/** Sets required minimum distributions from the year's opening balances, the early withdrawals, and the accounts with taxed Roth earnings. */
export function requireDistributions(path: HouseholdPath): void {
  const { household, owners, slots, withdrawalYear, flows, persons } = path
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
    persons[owners[account] === 0 ? 0 : 1].taxDeferredWithdrawals += required
    total += required
  }
  flows.requiredDistributions = total
}

/** Converts the policy's amount from traditional accounts, in their order, to the owners' Roth accounts, except required distributions and gifts. */
export function convertToRoth(path: HouseholdPath): void {
  const { rothConversion } = path.household.spec
  path.flows.rothConversion = 0
  if (rothConversion === null || path.year < rothConversion.startYear || path.year >= rothConversion.endYear) return
  const { amount } = rothConversion
  if (amount.kind === 'fixed') convert(path, amount.annualAmount * (amount.indexedToInflation ? path.priceIndex : 1), EVERY_RETURN)
  else for (let i = 0; i < path.returns.length; i++) if (isFiled(path, i)) convert(path, conversionTo(path, i, amount), i)
}

const EVERY_RETURN = -1

/** Converts an amount from the accounts of the persons on a return. */
function convert(path: HouseholdPath, wanted: number, onReturn: number): void {
  const { household, flows, slots, conversions, owners, returnOf } = path
  let left = wanted
  for (let from = 0; from < household.accounts.count && left > 0; from++) {
    const into = household.accounts.convertsInto[from]!
    if (into < 0 || (onReturn !== EVERY_RETURN && returnOf[owners[from]!] !== onReturn)) continue
    const amount = Math.min(
      left,
      slots.balance[from]! - Math.max(path.withdrawalYear.required[from]!, path.withdrawalYear.charitable[from]!),
    )
    slots.balance[from] = slots.balance[from]! - amount
    slots.balance[into] = slots.balance[into]! + amount
    slots.recentConversions[into] = slots.recentConversions[into]! + amount
    conversions[into * ROTH_YEARS + (path.year % ROTH_YEARS)]! += amount
    path.persons[owners[from] === 0 ? 0 : 1].rothConversions += amount
    flows.rothConversion += amount
    if (amount > 0) path.rothSince[owners[into]!] = Math.min(path.rothSince[owners[into]!]!, path.year)
    left -= amount
  }
}

type ConversionAmount = NonNullable<HouseholdPath['household']['spec']['rothConversion']>['amount']

/** Computed with required distributions and contributions on the tax return, but before other withdrawals. */
function conversionTo(path: HouseholdPath, index: number, amount: Exclude<ConversionAmount, { kind: 'fixed' }>): number {
  const { tax } = path.household
  if (tax === null) return 0
  const taxYear = path.returns[index]!
  const taxResult = path.taxResults[index]!
  return amount.kind === 'fill_bracket'
    ? incomeToFillBracket(tax, taxYear, amount.ordinaryRate, taxResult)
    : incomeToFillMedicareTier(tax, taxYear, amount.tier, path.priceIndex, taxResult)
}

/** Sets the room for tax-deferred income, including required distributions, in the bracket that the order of withdrawals fills: of one return. */
export function measureBracketRoom(path: HouseholdPath): void {
  const { tax, spec } = path.household
  const { order } = spec.withdrawals
  if (tax === null || order.kind !== 'bracket_aware') return
  const further = incomeToFillBracket(tax, path.returns[0]!, order.ordinaryRate, path.taxResults[0]!)
  path.withdrawalYear.bracketRoom = path.flows.requiredDistributions + path.givenBeyondRequired + further
}
