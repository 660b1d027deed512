import { BLOCK_PATHS } from '../../simulation/index.ts'
import { type SpendingReason, spendingReasons } from '../spending/index.ts'
import { filingStatuses } from '../../us-tax/index.ts'
import { createMarketBlock } from './market-block.ts'
import { createHouseholdPath } from './path/create-household-path.ts'
import { type HouseholdPath, livesIn, NOT_REACHED } from './path/household-path.ts'
import { runPath } from './path/run-path.ts'
import type { YearFlows } from './path/year-flows.ts'
import { prepareHousehold } from './prepare/prepare.ts'
import { TAX_KINDS, type TaxKind } from './path/taxes.ts'
import type { HouseholdSpec } from './spec.ts'
import { assertValidHousehold } from './validate.ts'

/** The reasons for a year's spending: those of the spending rule, and those of the household. */
export type LedgerReason = SpendingReason | 'planned' | 'milestone' | 'firstDeath' | 'couldNotPay'

/** One year of one path. Amounts are in dollars of that year, except those named real. */
export interface HouseholdLedgerYear extends Omit<YearFlows, 'spendingReasons'> {
  /** From 0. */
  year: number
  calendarYear: number
  /** The persons alive: key, and completed years of age at the start. */
  people: { key: string; age: number; retired: boolean; socialSecurity: number }[]
  filingStatus: (typeof filingStatuses)[number]
  /** Price level relative to the as-of date, at the start and at the end. */
  priceIndex: number
  closingPriceIndex: number
  /** Change of real spending from last year, as a fraction of last year's; null in the first year. */
  spendingChangeReal: number | null
  reasons: LedgerReason[]
  taxes: Record<TaxKind, number>
  accounts: LedgerAccount[]
  goals: { key: string; fundedShare: number }[]
  /** Whether the spending that decides success has been paid in every year so far. */
  succeeding: boolean
  closingReal: number
}

export interface LedgerAccount {
  key: string
  owner: string
  withdrawn: number
  required: number
  closing: number
  /** Cost basis of a taxable account; contributions and older conversions of a Roth account; else 0. */
  basis: number
}

/**
 * Simulates one path alone, and returns each year with every flow and the reasons for its spending. The bits are those of the same path
 * in the whole run, because the steps are the same.
 *
 * @throws InvalidSpecError
 * @throws RangeError unless 0 <= path < spec.paths
 */
export function explainPath(spec: HouseholdSpec, path: number): HouseholdLedgerYear[] {
  assertValidHousehold(spec)
  if (!(Number.isInteger(path) && 0 <= path && path < spec.paths))
    throw new RangeError(`path ${path} does not exist: the specification has ${spec.paths} paths`)
  const market = createMarketBlock(spec)
  const firstPath = path - (path % BLOCK_PATHS)
  market.open(firstPath)
  const ledger: HouseholdLedgerYear[] = []
  runPath(createHouseholdPath(prepareHousehold(spec)), market, path, path - firstPath, {
    year: state => ledger.push(ledgerYear(spec, state, ledger.at(-1))),
  })
  return ledger
}

function ledgerYear(spec: HouseholdSpec, path: HouseholdPath, before: HouseholdLedgerYear | undefined): HouseholdLedgerYear {
  const { flows, priceIndex, closingPriceIndex, household } = path
  const taxYear = path.returns[path.returnOf[livesIn(path, 0) ? 0 : 1]!]!
  const { spendingReasons: bits, ...amounts } = flows
  const real = flows.spendingPaid / priceIndex
  const realBefore = before === undefined ? 0 : before.spendingPaid / before.priceIndex
  return {
    year: path.year,
    calendarYear: taxYear.year,
    ...amounts,
    people: spec.people.flatMap(({ key }, person) => {
      const { openingAge, retirementYear } = household.people[person]!
      if (!livesIn(path, person)) return []
      const { socialSecurity } = path.persons[person === 0 ? 0 : 1]
      return [{ key, age: openingAge + path.year, retired: path.year >= retirementYear, socialSecurity }]
    }),
    filingStatus: filingStatuses[taxYear.status]!,
    priceIndex,
    closingPriceIndex,
    spendingChangeReal: realBefore > 0 ? real / realBefore - 1 : null,
    reasons: reasonsOf(path, bits, before),
    taxes: Object.fromEntries(TAX_KINDS.map((kind, index) => [kind, path.taxes[index]!])) as Record<TaxKind, number>,
    accounts: spec.accounts.map(({ key }, account) => ({
      key,
      owner: spec.people[path.owners[account]!]!.key,
      withdrawn: path.withdrawals.amounts[account]!,
      required: path.withdrawalYear.required[account]!,
      closing: path.slots.balance[account]!,
      basis: path.slots.basis[account]!,
    })),
    goals: spec.goals.flatMap(({ key, year }, goal) =>
      year === path.year && path.goalShares[goal] !== NOT_REACHED ? [{ key, fundedShare: path.goalShares[goal]! }] : [],
    ),
    succeeding: path.depletedIn < 0,
    closingReal: flows.closing / closingPriceIndex,
  }
}

function reasonsOf(path: HouseholdPath, bits: number, before: HouseholdLedgerYear | undefined): LedgerReason[] {
  const reasons: LedgerReason[] = path.retired ? spendingReasons(bits) : ['planned']
  if (before !== undefined && before.people.length > path.household.people.filter((_, person) => livesIn(path, person)).length)
    reasons.push('firstDeath')
  if (path.metMilestone) reasons.push('milestone')
  if (path.flows.spendingPaid < path.flows.spending) reasons.push('couldNotPay')
  return reasons
}
