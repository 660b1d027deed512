import { isWork } from '../rules/cash-flows.ts'
import type { HouseholdSpec, Income } from '../spec.ts'
import type { PersonTimeline } from '../timeline.ts'

/** The persons alive: both of a couple, or one only. A single person is the first. */
export const BOTH_ALIVE = 0
export const FIRST_ALIVE = 1
export const SECOND_ALIVE = 2
export const ALIVE_STATES = 3

/** Indexes of the kinds of income for taxes: the first person's; the second's is the next. Untaxed income has one for both. */
export const INCOME = { wages: 0, selfEmployment: 2, pension: 4, investment: 6, other: 8, untaxed: 10, count: 11 } as const

/** Income by who is alive, year and kind, at [(alive * years + year) * INCOME.count + kind]. */
export interface IncomeStreams {
  /** In money of the as-of date; multiply by the price index. */
  real: Float64Array
  nominal: Float64Array
}

export function incomeStreams(spec: HouseholdSpec, people: readonly PersonTimeline[]): IncomeStreams {
  const size = ALIVE_STATES * spec.years * INCOME.count
  const streams = { real: new Float64Array(size), nominal: new Float64Array(size) }
  for (const income of spec.incomes) {
    const owner = spec.people.findIndex(person => person.key === income.person)
    const target = income.indexedToInflation ? streams.real : streams.nominal
    const amounts = incomeByYear(income, people[owner]!, spec.years)
    for (let alive = 0; alive < ALIVE_STATES; alive++) {
      const ownerLives = alive === BOTH_ALIVE || alive === FIRST_ALIVE + owner
      const recipient = ownerLives ? owner : 1 - owner
      const share = ownerLives ? 1 : income.survivorShare
      for (const [year, amount] of amounts.entries()) {
        const at = (alive * spec.years + year) * INCOME.count
        target[at + kindOf(income, recipient)]! += amount * share * income.taxableShare
        target[at + INCOME.untaxed]! += amount * share * (1 - income.taxableShare)
      }
    }
  }
  return streams
}

/** Whether an income is from work and ends at the person's retirement: it has no end year of its own. */
export const endsAtRetirement = ({ endYear, kind }: Income): boolean => endYear === null && isWork(kind)

/** An income's amount of each year while the owner lives. Work that ends within a year is paid for the days before. */
export function incomeByYear(income: Income, owner: PersonTimeline, years: number): Float64Array {
  const retires = endsAtRetirement(income)
  const amounts = amountsByYear(income, years, Math.min(income.endYear ?? (retires ? owner.retirementYear : years), years))
  if (retires) shortenFinalYear(amounts, owner)
  return amounts
}

/** Keeps the worked share of the year in which a person retires. */
export function shortenFinalYear(amounts: Float64Array, { finalWorkShare, retirementYear }: PersonTimeline): void {
  const last = retirementYear - 1
  if (last >= 0 && last < amounts.length) amounts[last] = amounts[last]! * finalWorkShare
}

/** A stream's amount of each year: zero before its start year and from its end year on, and growing between them. */
export function amountsByYear(
  stream: { readonly annualAmount: number; readonly startYear: number; readonly growthRate: number },
  years: number,
  endYear: number,
): Float64Array {
  const amounts = new Float64Array(years)
  let amount = stream.annualAmount
  for (let year = stream.startYear; year < endYear; year++) {
    amounts[year] = amount
    amount *= 1 + stream.growthRate
  }
  return amounts
}

function kindOf(income: Income, person: number): number {
  switch (income.kind) {
    case 'wages':
      return INCOME.wages + person
    case 'self_employment':
      return INCOME.selfEmployment + person
    case 'pension':
    case 'annuity':
      return INCOME.pension + person
    case 'rental':
      return INCOME.investment + person
    case 'other':
      break
  }
  return INCOME.other + person
}
