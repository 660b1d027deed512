import type { Debt, HouseholdSpec, Property } from '../spec.ts'

/** Sums over all debts, nominal. */
export interface DebtSchedule {
  /** Paid at the start of each year. */
  payments: Float64Array
  /** Owed at the end of each year. */
  owed: Float64Array
}

export function debtSchedule(debts: readonly Debt[], years: number): DebtSchedule {
  const schedule = { payments: new Float64Array(years), owed: new Float64Array(years) }
  for (const debt of debts) {
    let owed = debt.openingBalance
    for (let year = 0; year < years; year++) {
      const payment = Math.min(owed, debt.annualPayment)
      owed = (owed - payment) * (1 + debt.annualRate)
      schedule.payments[year]! += payment
      schedule.owed[year]! += owed
    }
  }
  return schedule
}

/** Sums over all properties. Sales are at the start of a year. */
export interface PropertySchedule {
  /** Value of unsold properties at the end of each year, in money of the as-of date. */
  valueReal: Float64Array
  sales: readonly PropertySale[]
}

export interface PropertySale {
  year: number
  /** Price less costs, in money of the as-of date. */
  proceedsReal: number
  /** Nominal. */
  basis: number
  primaryResidence: boolean
  /** Value at the start of each year up to the year of the sale, in money of the as-of date. */
  valueReal: readonly number[]
}

export function propertySchedule(properties: readonly Property[], years: number): PropertySchedule {
  const valueReal = new Float64Array(years)
  const sales: PropertySale[] = []
  for (const property of properties) {
    let value = property.openingValue
    const opening: number[] = []
    for (let year = 0; year < years; year++) {
      opening.push(value)
      if (year === property.saleYear) {
        const { basis, primaryResidence, saleCostRate } = property
        sales.push({ year, proceedsReal: value * (1 - saleCostRate), basis, primaryResidence, valueReal: opening })
        break
      }
      value *= 1 + property.growthRate
      valueReal[year]! += value
    }
  }
  return { valueReal, sales }
}

/** Goals in the order of payment: by year, then priority, then the given order. */
export function goalOrder(goals: HouseholdSpec['goals']): number[] {
  return goals.map((_, index) => index).toSorted((a, b) => goals[a]!.year - goals[b]!.year || goals[a]!.priority - goals[b]!.priority)
}
