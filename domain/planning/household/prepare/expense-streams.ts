import type { HouseholdSpec } from '../spec.ts'
import { amountsByYear } from './income-streams.ts'

/** Expenses of each year, at [year] while all are alive and at [years + year] once one of a couple has died. */
export interface ExpenseStreams {
  /** In money of the as-of date; multiply by the price index. */
  essentialReal: Float64Array
  essentialNominal: Float64Array
  discretionaryReal: Float64Array
  discretionaryNominal: Float64Array
  /** Part of the expenses above that is qualified medical. */
  medicalReal: Float64Array
  medicalNominal: Float64Array
  /** Part of the expenses above that is given to charity. */
  charitableReal: Float64Array
  charitableNominal: Float64Array
  hasCharitable: boolean
}

export function expenseStreams(spec: HouseholdSpec): ExpenseStreams {
  const stream = (): Float64Array => new Float64Array(2 * spec.years)
  const streams: ExpenseStreams = {
    essentialReal: stream(),
    essentialNominal: stream(),
    discretionaryReal: stream(),
    discretionaryNominal: stream(),
    medicalReal: stream(),
    medicalNominal: stream(),
    charitableReal: stream(),
    charitableNominal: stream(),
    hasCharitable: spec.expenses.some(expense => expense.charitable === true),
  }
  for (const expense of spec.expenses) {
    const money = expense.indexedToInflation ? 'Real' : 'Nominal'
    const amounts = amountsByYear(expense, spec.years, Math.min(expense.endYear ?? spec.years, spec.years))
    add(streams[`${expense.essential ? 'essential' : 'discretionary'}${money}`], amounts, expense.survivorShare)
    if (expense.medical) add(streams[`medical${money}`], amounts, expense.survivorShare)
    if (expense.charitable === true) add(streams[`charitable${money}`], amounts, expense.survivorShare)
  }
  return streams
}

function add(target: Float64Array, amounts: Float64Array, survivorShare: number): void {
  for (const [year, amount] of amounts.entries()) {
    target[year]! += amount
    target[amounts.length + year]! += amount * survivorShare
  }
}

/** Factor of retirement spending in each year, by the older person's age: linear between points, level outside them. */
export function ageFactors(points: HouseholdSpec['spending']['byAge'], olderOpeningAge: number, years: number): Float64Array {
  return Float64Array.from({ length: years }, (_, year) => {
    const age = olderOpeningAge + year
    const next = points.findIndex(point => point.age > age)
    const before = points.at(next === -1 ? -1 : Math.max(next - 1, 0))
    if (before === undefined) return 1
    const after = points[next] ?? before
    if (age <= before.age || after === before) return before.multiplier
    return before.multiplier + ((age - before.age) / (after.age - before.age)) * (after.multiplier - before.multiplier)
  })
}
