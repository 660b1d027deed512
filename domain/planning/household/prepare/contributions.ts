import type { Account, Contribution, HouseholdSpec } from '../spec.ts'
import type { PersonTimeline } from '../timeline.ts'
import { endsAtRetirement, incomeByYear, shortenFinalYear } from './income-streams.ts'

/** Kinds of contribution that share a legal limit; `unlimited` has none. */
export const LIMIT = { preTaxDeferral: 0, rothDeferral: 1, traditionalIra: 2, rothIra: 3, healthSavings: 4, unlimited: 5 } as const

/** Amounts of each year are at [contribution * years + year]. They are paid while the owner and the worker are alive. */
export interface ContributionStreams {
  count: number
  account: Int32Array
  /** Owner of the account at the start. */
  person: Int32Array
  /** Person who pays it from work; the owner where no income is named. */
  earner: Int32Array
  limit: Uint8Array
  /** Whether it is cut to the legal limit. */
  limited: Uint8Array
  /** Whether it belongs to a family health plan. */
  familyCoverage: Uint8Array
  /** Employee's contribution: in money of the as-of date, and nominal. */
  real: Float64Array
  nominal: Float64Array
  matchRate: Float64Array
  /** Highest matched contribution, as a share of the income below. */
  matchedShare: Float64Array
  /** Income that limits the match: in money of the as-of date, and nominal. */
  matchedIncomeReal: Float64Array
  matchedIncomeNominal: Float64Array
}

export function contributionStreams(spec: HouseholdSpec, people: readonly PersonTimeline[]): ContributionStreams {
  const { contributions, accounts, years } = spec
  const size = contributions.length * years
  const personOf = (key: string): number => spec.people.findIndex(person => person.key === key)
  const accountsOf = contributions.map(contribution => accounts.findIndex(account => account.key === contribution.account))
  const owners = accountsOf.map(account => personOf(accounts[account]!.owner))
  const streams: ContributionStreams = {
    count: contributions.length,
    account: Int32Array.from(accountsOf),
    person: Int32Array.from(owners),
    earner: Int32Array.from(contributions, (contribution, index) => {
      const income = spec.incomes.find(({ key }) => key === incomeOf(contribution))
      return income === undefined ? owners[index]! : personOf(income.person)
    }),
    limit: Uint8Array.from(accountsOf, account => limitOf(accounts[account]!)),
    limited: Uint8Array.from(contributions, contribution => (contribution.enforceLimits ? 1 : 0)),
    familyCoverage: Uint8Array.from(contributions, ({ healthCoverage }) => (healthCoverage === 'family' ? 1 : 0)),
    real: new Float64Array(size),
    nominal: new Float64Array(size),
    matchRate: Float64Array.from(contributions, ({ employerMatch }) => employerMatch?.rate ?? 0),
    matchedShare: Float64Array.from(contributions, ({ employerMatch }) => employerMatch?.upToShareOfIncome ?? 0),
    matchedIncomeReal: new Float64Array(size),
    matchedIncomeNominal: new Float64Array(size),
  }
  for (const [index, contribution] of contributions.entries()) {
    const { amount, employerMatch, startYear, endYear } = contribution
    const owner = people[owners[index]!]!
    const end = Math.min(endYear ?? owner.retirementYear, years)
    const put = (real: Float64Array, nominal: Float64Array, key: string, share: number): void => {
      const income = spec.incomes.find(candidate => candidate.key === key)!
      const worker = people[personOf(income.person)]!
      const amounts = incomeByYear(income, worker, years)
      const isShortened = worker === owner && endsAtRetirement(income)
      if (endYear === null && !isShortened) shortenFinalYear(amounts, owner)
      const into = income.indexedToInflation ? real : nominal
      for (let year = startYear; year < end; year++) into[index * years + year] = amounts[year]! * share
    }
    if (amount.kind === 'share_of_income') put(streams.real, streams.nominal, amount.income, amount.share)
    else {
      const amounts = new Float64Array(years).fill(amount.annualAmount, startYear, end)
      if (endYear === null) shortenFinalYear(amounts, owner)
      const into = amount.indexedToInflation ? streams.real : streams.nominal
      into.set(amounts, index * years)
    }
    if (employerMatch !== null) put(streams.matchedIncomeReal, streams.matchedIncomeNominal, employerMatch.income, 1)
  }
  return streams
}

function incomeOf({ amount, employerMatch }: Contribution): string | undefined {
  return amount.kind === 'share_of_income' ? amount.income : employerMatch?.income
}

function limitOf(account: Account): number {
  switch (account.kind) {
    case 'traditional':
      return account.employerPlan ? LIMIT.preTaxDeferral : LIMIT.traditionalIra
    case 'roth':
      return account.employerPlan ? LIMIT.rothDeferral : LIMIT.rothIra
    case 'hsa':
      return LIMIT.healthSavings
    case 'taxable':
    case 'education_529':
      break
  }
  return LIMIT.unlimited
}
