import type { Checklist } from './checklist.ts'
import { HOUSEHOLD_LIMITS } from './limits.ts'
import type { HouseholdSpec } from './spec.ts'

const { money, growthRate, entries, years: mostYears } = HOUSEHOLD_LIMITS

interface Stream {
  readonly annualAmount: number
  readonly startYear: number
  readonly endYear: number | null
  readonly growthRate: number
  readonly survivorShare: number
}

function checkStream(check: Checklist, path: string, stream: Stream): void {
  check.number(`${path}.annualAmount`, stream.annualAmount, 0, money)
  check.number(`${path}.growthRate`, stream.growthRate, growthRate.minimum, growthRate.maximum)
  check.number(`${path}.survivorShare`, stream.survivorShare, 0, 1)
  checkPeriod(check, path, stream)
}

/** A start and an end after it, or none. */
export function checkPeriod(check: Checklist, path: string, { startYear, endYear }: { startYear: number; endYear: number | null }): void {
  check.integer(`${path}.startYear`, startYear, 0, mostYears)
  if (endYear !== null) check.integer(`${path}.endYear`, endYear, startYear, mostYears)
}

/** Not too many members, each with a key of its own. */
export function checkEntries(check: Checklist, path: string, members: readonly { readonly key: string }[]): void {
  check.that(members.length <= entries, path, `must have at most ${entries} entries`)
  check.keys(path, members)
}

export function checkIncomes(check: Checklist, spec: HouseholdSpec): void {
  checkEntries(check, 'incomes', spec.incomes)
  for (const [index, income] of spec.incomes.entries()) {
    const path = `incomes.${index}`
    const works = income.kind === 'wages' || income.kind === 'self_employment'
    check.that(
      works || ['pension', 'annuity', 'rental', 'other'].includes(income.kind),
      `${path}.kind`,
      'must be wages, self_employment, pension, annuity, rental or other',
    )
    check.known(`${path}.person`, income.person, spec.people, 'a person')
    check.number(`${path}.taxableShare`, income.taxableShare, 0, 1)
    checkStream(check, path, income)
    check.that(!(works && income.survivorShare > 0), `${path}.survivorShare`, 'must be 0: work ends with the person who does it')
  }
}

export function checkExpenses(check: Checklist, spec: HouseholdSpec): void {
  checkEntries(check, 'expenses', spec.expenses)
  for (const [index, expense] of spec.expenses.entries()) {
    checkStream(check, `expenses.${index}`, expense)
    check.that(!(expense.medical && expense.charitable === true), `expenses.${index}.charitable`, 'must not be true of a medical expense')
  }
}

export function checkGoals(check: Checklist, spec: HouseholdSpec): void {
  checkEntries(check, 'goals', spec.goals)
  for (const [index, goal] of spec.goals.entries()) {
    check.integer(`goals.${index}.priority`, goal.priority, 1, entries)
    check.integer(`goals.${index}.year`, goal.year, 0, spec.years - 1)
    check.number(`goals.${index}.amount`, goal.amount, 0, money)
  }
}

export function checkDebts(check: Checklist, spec: HouseholdSpec): void {
  checkEntries(check, 'debts', spec.debts)
  for (const [index, debt] of spec.debts.entries()) {
    check.number(`debts.${index}.openingBalance`, debt.openingBalance, 0, money)
    check.number(`debts.${index}.annualRate`, debt.annualRate, 0, growthRate.maximum)
    check.number(`debts.${index}.annualPayment`, debt.annualPayment, 0, money)
  }
}

export function checkProperties(check: Checklist, spec: HouseholdSpec): void {
  checkEntries(check, 'properties', spec.properties)
  for (const [index, property] of spec.properties.entries()) {
    const path = `properties.${index}`
    check.number(`${path}.openingValue`, property.openingValue, 0, money)
    check.number(`${path}.growthRate`, property.growthRate, growthRate.minimum, growthRate.maximum)
    check.number(`${path}.basis`, property.basis, 0, money)
    check.number(`${path}.saleCostRate`, property.saleCostRate, 0, 1)
    if (property.saleYear !== null) check.integer(`${path}.saleYear`, property.saleYear, 0, spec.years - 1)
  }
}
