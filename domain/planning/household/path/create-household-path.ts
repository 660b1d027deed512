import { createContributions, createContributionYear, createHouseholdYear, createTaxResult } from '../../../us-tax/index.ts'
import { createBenefitsResult, createBenefitsYear } from '../../../longevity/index.ts'
import { createSpendingState } from '../../spending/index.ts'
import { createAccountSlots, createWithdrawals } from '../../withdrawals/index.ts'
import { BOTH_ALIVE } from '../prepare/income-streams.ts'
import type { PreparedHousehold } from '../prepare/prepare.ts'
import { ROTH_YEARS, type HouseholdPath, NOT_DEPLETED } from './household-path.ts'
import { householdTax, TAX_KINDS } from './taxes.ts'
import { createYearFlows } from './year-flows.ts'

/** Creates a path with the state of all its years. Call openPath before its first year. */
export function createHouseholdPath(household: PreparedHousehold): HouseholdPath {
  const { count, assets } = household.accounts
  const returns = Array.from({ length: household.apart ? 2 : 1 }, () => createHouseholdYear(household.asOfYear))
  const path: HouseholdPath = {
    household,
    planned: household,
    retirements: new Map(),
    year: 0,
    alive: BOTH_ALIVE,
    widowed: false,
    priceIndexAtDeath: 1,
    retired: false,
    metMilestone: false,
    lastYears: new Int32Array(household.people.length),
    lastYear: 0,
    priceIndex: 1,
    closingPriceIndex: 1,
    inflation: 0,
    portfolioReturn: 0,
    cape: 0,
    slots: createAccountSlots(count),
    owners: new Int32Array(count),
    weights: new Float64Array(count * assets),
    conversions: new Float64Array(count * ROTH_YEARS),
    rothSince: new Float64Array(2),
    earned: new Float64Array(2),
    earnedBefore: new Float64Array(2),
    contributed: new Float64Array(household.contributions.count),
    matched: new Float64Array(household.contributions.count),
    deductible: new Float64Array(household.contributions.count),
    employerShare: new Float64Array(household.contributions.count),
    contributionYear: createContributionYear(),
    allowed: createContributions(),
    grossReturns: new Float64Array(assets + 1),
    flows: createYearFlows(),
    selfEmploymentTax: new Float64Array(2),
    taxes: new Float64Array(TAX_KINDS.length),
    returns,
    taxResults: returns.map(createTaxResult),
    persons: household.apart ? [returns[0]!.people[0], returns[1]!.people[0]] : returns[0]!.people,
    returnOf: Uint8Array.of(0, household.apart ? 1 : 0),
    returnIncome: { ordinary: 0, gain: 0, early: 0, earlyHsa: 0 },
    baseOtherIncome: new Float64Array(2),
    baseLongTermGains: new Float64Array(2),
    magi: new Float64Array(4),
    filings: new Int32Array(4),
    rule: { ...household.spending.rule },
    spendingState: createSpendingState(),
    spendingYear: { age: 0, balance: 0, priceIndex: 1, inflation: 0, portfolioReturn: 0, yearsLeft: 1, earningsYield: 0 },
    lastAgeFactor: 1,
    benefitsYear: createBenefitsYear(household.asOfYear, household.asOfMonth),
    benefits: createBenefitsResult(),
    charitableNeed: 0,
    charitableRoom: new Float64Array(2),
    givenBeyondRequired: 0,
    withdrawalYear: {
      need: 0,
      medicalNeed: 0,
      educationNeed: 0,
      bracketRoom: 0,
      required: new Float64Array(count),
      charitable: new Float64Array(count),
      early: new Uint8Array(count),
      earningsTaxed: new Uint8Array(count),
    },
    withdrawals: createWithdrawals(count),
    taxOf: income => householdTax(path, income),
    goalShares: new Float64Array(household.spec.goals.length),
    depletedIn: NOT_DEPLETED,
    failedBy: 0,
  }
  return path
}
