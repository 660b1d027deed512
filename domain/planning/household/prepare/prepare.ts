import {
  contributionTableFor,
  FILING,
  prepareContributions,
  type PreparedContributions,
  type PreparedTax,
  prepareTax,
  stateTableFor,
  taxTableFor,
} from '../../../us-tax/index.ts'
import { parseDate, taxYearOf } from '../../../shared/index.ts'
import { seedKey, type SeedKey } from '../../../numeric/index.ts'
import { charitableDistributionLimit, type WithdrawalPlan } from '../../withdrawals/index.ts'
import { filesApart, FILINGS, isMarried } from '../filing.ts'
import { prepareLifetimes, type PreparedLifetimes } from '../lifetimes.ts'
import type { HouseholdSpec } from '../spec.ts'
import { type PersonTimeline, personTimeline } from '../timeline.ts'
import { type PreparedAccounts, prepareAccounts } from './accounts.ts'
import { benefitsWithoutWork, type HouseholdBenefits, householdBenefits } from './benefits.ts'
import { type ContributionStreams, contributionStreams } from './contributions.ts'
import { ageFactors, type ExpenseStreams, expenseStreams } from './expense-streams.ts'
import { type DebtSchedule, debtSchedule, goalOrder, type PropertySchedule, propertySchedule } from './holdings.ts'
import { type IncomeStreams, incomeStreams } from './income-streams.ts'
import { type ExpensesToCome, expensesToCome, type IncomeToCome, incomeToCome } from './resources.ts'
import { type PreparedSpending, prepareSpending } from './spending-rule.ts'
import { withdrawalPlan } from './withdrawal-plan.ts'

/** A household prepared for all its paths: everything that does not depend on the path. */
export interface PreparedHousehold {
  spec: HouseholdSpec
  years: number
  couple: boolean
  married: boolean
  /** Whether two persons file a tax return each. */
  apart: boolean
  asOfYear: number
  /** 1..12. */
  asOfMonth: number
  seed: SeedKey
  people: readonly PersonTimeline[]
  /** Plan year with which a milestone has ended each person's work; undefined for the retirement age. */
  stops: readonly (number | undefined)[]
  /** Age of the older person at the start. */
  olderAge: number
  /** Number of plan years as known before the simulation: to the horizon, or to the last death if all ages at death are given. */
  planEnd: number
  lifetimes: PreparedLifetimes
  incomes: IncomeStreams
  incomeToCome: IncomeToCome
  benefits: HouseholdBenefits | null
  expenses: ExpenseStreams
  expensesToCome: ExpensesToCome
  ageFactors: Float64Array
  spending: PreparedSpending
  essentialDecides: boolean
  /** Indexes of the specification's goals in the order of payment. */
  goalOrder: readonly number[]
  /** Position in that order of each year's first goal, with one more entry for the end of the last year. */
  goalsFrom: Int32Array
  debts: DebtSchedule
  properties: PropertySchedule
  accounts: PreparedAccounts
  contributions: ContributionStreams
  contributionLimits: PreparedContributions
  withdrawals: WithdrawalPlan
  /** Limit per person and year of gifts from IRAs to charity, in money of the as-of date. */
  charitableLimit: number
  /** Null when taxes are not enabled. */
  tax: PreparedTax | null
  /** Indexes of FILING: while all persons live, and for the survivor of a couple. */
  filing: number
  survivorFiling: number
}

/**
 * @param spec valid by validateHousehold
 * @param stops plan year with which a milestone has ended each person's work; undefined for the retirement age
 */
export function prepareHousehold(
  spec: HouseholdSpec,
  stops: readonly (number | undefined)[] = spec.people.map(() => undefined),
): PreparedHousehold {
  const people = spec.people.map((person, index) => personTimeline(person, spec.asOfDate, stops[index]))
  const incomes = incomeStreams(spec, people)
  const benefits = householdBenefits(spec, people)
  const lifetimes = prepareLifetimes(spec, people)
  const olderAge = Math.max(...people.map(person => person.openingAge))
  const expenses = expenseStreams(spec)
  const factors = ageFactors(spec.spending.byAge, olderAge, spec.years)
  const end = planEnd(spec, lifetimes)
  const debts = debtSchedule(spec.debts, spec.years)
  return {
    spec,
    years: spec.years,
    couple: people.length === 2,
    married: isMarried(spec),
    apart: filesApart(spec),
    asOfYear: taxYearOf(spec.asOfDate),
    asOfMonth: parseDate(spec.asOfDate).month,
    seed: seedKey(spec.seed),
    people,
    stops,
    olderAge,
    planEnd: end,
    lifetimes,
    incomes,
    incomeToCome: incomeToCome(spec, incomes, benefitsWithoutWork(spec, benefits)),
    benefits,
    expenses,
    expensesToCome: expensesToCome(expenses, factors, debts.payments, end),
    ageFactors: factors,
    spending: prepareSpending(spec.spending, spec.returns.assets),
    essentialDecides: spec.successCriterion === 'essential_spending',
    goalOrder: goalOrder(spec.goals),
    goalsFrom: Int32Array.from({ length: spec.years + 1 }, (_, year) => spec.goals.filter(goal => goal.year < year).length),
    debts,
    properties: propertySchedule(spec.properties, spec.years),
    accounts: prepareAccounts(spec, people),
    contributions: contributionStreams(spec, people),
    contributionLimits: prepareContributions(contributionTableFor(spec.tax.tableYear)),
    withdrawals: withdrawalPlan(spec),
    charitableLimit: charitableDistributionLimit(spec.tax.tableYear),
    tax: spec.tax.enabled ? preparedTax(spec) : null,
    filing: FILINGS[spec.filingStatus],
    survivorFiling: FILING.single,
  }
}

function preparedTax({ tax }: HouseholdSpec): PreparedTax {
  return prepareTax(taxTableFor(tax.tableYear), tax.state === null ? undefined : stateTableFor(tax.state, tax.tableYear))
}

function planEnd({ years, people }: HouseholdSpec, { fixedLastYear }: PreparedLifetimes): number {
  const known = people.every(person => person.lifespan.kind === 'fixed')
  return known ? Math.min(years, Math.max(...fixedLastYear) + 1) : years
}
