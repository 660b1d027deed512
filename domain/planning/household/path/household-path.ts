import type { ContributionYear, Contributions, HouseholdYear, PersonYear, TaxResult } from '../../../us-tax/index.ts'
import type { BenefitsResult, BenefitsYear } from '../../../longevity/index.ts'
import { beginPath, type PreparedRule, type SpendingState, type SpendingYear } from '../../spending/index.ts'
import type { AccountSlots, TaxOfWithdrawals, WithdrawalIncome, Withdrawals, WithdrawalYear } from '../../withdrawals/index.ts'
import { drawLastYears } from '../lifetimes.ts'
import { BOTH_ALIVE, FIRST_ALIVE } from '../prepare/income-streams.ts'
import type { PreparedHousehold } from '../prepare/prepare.ts'
import type { YearFlows } from './year-flows.ts'

/** In `depletedIn`: the spending that decides success has been paid in every year so far. */
export const NOT_DEPLETED = -1

/** In `goalShares`: the path ended before the goal's year. */
export const NOT_REACHED = -1

/** Number of years in which a Roth conversion is recent, and in which earnings of a new Roth account are taxed. */
export const ROTH_YEARS = 5

/** The state of one path during its simulation. One object is reused for path after path. All amounts are nominal dollars. */
export interface HouseholdPath {
  /** The planned household with the early retirements that milestones have caused. */
  household: PreparedHousehold
  /** The planned household, and its versions by the retirement ages that paths have reached. */
  planned: PreparedHousehold
  retirements: Map<string, PreparedHousehold>
  year: number
  /** The persons alive: BOTH_ALIVE, FIRST_ALIVE or SECOND_ALIVE. */
  alive: number
  /** Whether one of a couple has died. */
  widowed: boolean
  /** Price index on the survivor's first day alone. */
  priceIndexAtDeath: number
  /** Whether everybody alive has retired. */
  retired: boolean
  /** Whether a milestone ended the work of a person this year. */
  metMilestone: boolean
  /** Last plan year of each person, and of the path. */
  lastYears: Int32Array
  lastYear: number
  /** Price level at the start and at the end of the year, relative to the as-of date, and last year's inflation. */
  priceIndex: number
  closingPriceIndex: number
  inflation: number
  /** Last year's return on all accounts after fees. */
  portfolioReturn: number
  /** CAPE of stocks: price divided by mean real earnings over ten years. Used where the spending rule needs it. */
  cape: number
  slots: AccountSlots
  /** Current owner of each account. */
  owners: Int32Array
  /** Share of each asset at [account * assets + asset], for accounts with weights that drift from year to year. */
  weights: Float64Array
  /** Roth conversions at [account * ROTH_YEARS + year % ROTH_YEARS], and their total per account this year. */
  conversions: Float64Array
  /** Plan year of each person's first Roth money; earnings are free of tax five years later. Below 0 for money that is there at the start. */
  rothSince: Float64Array
  /** Wages and self-employment by person, this year and last. */
  earned: Float64Array
  earnedBefore: Float64Array
  /** Amounts paid by the household, and by its employers, by contribution. */
  contributed: Float64Array
  matched: Float64Array
  /** Deductible part of each contribution, and the part of each match within the limit of all additions to a plan. */
  deductible: Float64Array
  employerShare: Float64Array
  contributionYear: ContributionYear
  allowed: Contributions
  /** The year's gross returns of the assets, then its gross inflation. */
  grossReturns: Float64Array
  flows: YearFlows
  /** By person. */
  selfEmploymentTax: Float64Array
  /** The year's taxes of all returns, by kind, in the order of TAX_KINDS. */
  taxes: Float64Array
  /** The tax returns: one for the household, or one for each person of a couple who files apart. */
  returns: readonly HouseholdYear[]
  taxResults: readonly TaxResult[]
  /** Both persons, whatever their return. */
  persons: readonly [PersonYear, PersonYear]
  /** Index of each person's return. */
  returnOf: Uint8Array
  /** Income from withdrawals of one of two returns. */
  returnIncome: WithdrawalIncome
  /** Amounts on each tax return without withdrawals. */
  baseOtherIncome: Float64Array
  baseLongTermGains: Float64Array
  /** Modified AGI and filing status of the last two years, at [return * 2 + year % 2]. */
  magi: Float64Array
  filings: Int32Array
  rule: PreparedRule
  spendingState: SpendingState
  spendingYear: SpendingYear
  lastAgeFactor: number
  benefitsYear: BenefitsYear
  benefits: BenefitsResult
  /** Planned gifts to charity; the amount that each person's IRAs can still give; gifts from IRAs above required distributions. */
  charitableNeed: number
  charitableRoom: Float64Array
  givenBeyondRequired: number
  withdrawalYear: WithdrawalYear
  withdrawals: Withdrawals
  taxOf: TaxOfWithdrawals
  /** Funded share of each goal, by its index in the specification. */
  goalShares: Float64Array
  /** First year in which the spending that decides success was not fully paid, or NOT_DEPLETED. */
  depletedIn: number
  /** Cause of that failure: an index of FAILURE_CAUSES. Without meaning before it. */
  failedBy: number
}

/** Whether a return is filed this year: a return of one person ends with that person's life. */
export const isFiled = (path: HouseholdPath, index: number): boolean => path.returns.length === 1 || livesIn(path, index)

/** Whether a person is alive this year. */
export function livesIn(path: HouseholdPath, person: number): boolean {
  return path.alive === BOTH_ALIVE || path.alive === FIRST_ALIVE + person
}

/** First plan year after the first death of a couple. */
export const firstYearAlone = ({ lastYears }: HouseholdPath): number => Math.min(lastYears[0]!, lastYears[1]!) + 1

/** Resets all state to the start of a path. */
export function openPath(path: HouseholdPath, pathIndex: number): void {
  const { planned: household, slots, lastYears } = path
  const { accounts, years } = household
  path.household = household
  drawLastYears(household.lifetimes, household.people, household.seed, pathIndex, lastYears)
  path.lastYear = Math.min(years - 1, household.couple ? Math.max(lastYears[0]!, lastYears[1]!) : lastYears[0]!)
  path.alive = household.couple ? BOTH_ALIVE : FIRST_ALIVE
  path.widowed = false
  path.priceIndexAtDeath = 1
  path.retired = false
  path.metMilestone = false
  path.priceIndex = 1
  path.inflation = 0
  path.portfolioReturn = 0
  path.cape = household.spending.valuation?.startingCape ?? 0
  slots.balance.set(accounts.openingBalance)
  slots.basis.set(accounts.openingBasis)
  slots.recentConversions.fill(0)
  path.owners.set(accounts.owners)
  path.conversions.fill(0)
  path.rothSince.set(accounts.rothSince)
  for (let account = 0; account < accounts.count; account++) {
    for (let asset = 0; asset < accounts.assets; asset++) {
      path.weights[account * accounts.assets + asset] = accounts.targets[account * years * accounts.assets + asset]!
    }
  }
  for (let i = 0; i < path.returns.length; i++) {
    path.returns[i]!.shortTermLossCarryover = 0
    path.returns[i]!.longTermLossCarryover = 0
  }
  path.magi.fill(0)
  path.filings.fill(household.filing)
  beginPath(path.spendingState)
  path.lastAgeFactor = household.ageFactors[0]!
  path.earned.fill(0)
  path.benefitsYear.withheldMonths.fill(0)
  path.benefitsYear.withheldSurvivorMonths.fill(0)
  path.goalShares.fill(NOT_REACHED)
  path.depletedIn = NOT_DEPLETED
}
