import { averageWageIndex, contributionBase, costOfLivingAdjustment } from './wage-series.ts'

/** Earnings of a calendar year, in dollars of that year. */
export interface YearOfEarnings {
  readonly year: number
  readonly amount: number
}

const ELIGIBILITY_AGE = 62
const INDEXING_AGE = 60
const COMPUTATION_YEARS = 35
const INSURED_QUARTERS = 40

const downToDime = (amount: number): number => Math.floor(amount * 10 + 1e-6) / 10
const toCent = (amount: number): number => Math.round(amount * 100) / 100

/**
 * Bend points of the formula for a person who turns 62 in a year: 180 and 1,085 dollars of 1979, indexed by the average wage of two years before.
 * Source: 42 USC 415(a)(1)(B).
 */
export const bendPoints = (eligibilityYear: number, wageGrowthAnnual = 0): readonly [number, number] => {
  const ratio = averageWageIndex(eligibilityYear - 2, wageGrowthAnnual) / averageWageIndex(1977, 0)
  return [Math.round(180 * ratio), Math.round(1085 * ratio)]
}

/**
 * Average indexed monthly earnings: each year's earnings up to the contribution base, indexed to the wages of the year of turning 60 (later
 * years at face value), the highest 35 averaged over 420 months, down to the dollar.
 * `wageGrowthAnnual` continues the published wage series; at 0, amounts are at the wage level of its last year.
 * Source: 42 USC 415(b); SSA, "Social Security benefit amounts". Throws RangeError for earnings before 1951.
 */
export const averageIndexedMonthlyEarnings = (birthYear: number, earnings: readonly YearOfEarnings[], wageGrowthAnnual = 0): number => {
  const indexingYear = birthYear + INDEXING_AGE
  const wagesThen = averageWageIndex(indexingYear, wageGrowthAnnual)
  const indexed = earnings.map(({ year, amount }) => {
    const counted = Math.min(amount, contributionBase(year, wageGrowthAnnual))
    return year < indexingYear ? toCent((counted * wagesThen) / averageWageIndex(year, wageGrowthAnnual)) : counted
  })
  const highest = indexed.toSorted((a, b) => b - a).slice(0, COMPUTATION_YEARS)
  return Math.floor(highest.reduce((sum, amount) => sum + amount, 0) / (12 * COMPUTATION_YEARS) + 1e-9)
}

/** Primary insurance amount: 90, 32 and 15 % of average indexed monthly earnings between the bend points, down to the dime. Source: 42 USC 415(a). */
export const primaryInsuranceAmount = (aime: number, eligibilityYear: number, wageGrowthAnnual = 0): number => {
  const [first, second] = bendPoints(eligibilityYear, wageGrowthAnnual)
  return downToDime(0.9 * Math.min(aime, first) + 0.32 * Math.max(0, Math.min(aime, second) - first) + 0.15 * Math.max(0, aime - second))
}

/**
 * Quarters of coverage, four a year at most. A quarter needs 250 dollars of 1978, indexed by the average wage of two years before, rounded to ten
 * dollars and never less than in the year before; in earlier years it needs 250. Source: 42 USC 413(d).
 */
export const quartersOfCoverage = (earnings: readonly YearOfEarnings[], wageGrowthAnnual = 0): number =>
  earnings.reduce((sum, { year, amount }) => sum + Math.min(4, Math.floor(amount / quarterAmount(year, wageGrowthAnnual))), 0)

const quarterAmount = (year: number, wageGrowthAnnual: number): number => {
  let amount = 250
  for (let later = 1979; later <= year; later++) {
    const moved = (250 * averageWageIndex(later - 2, wageGrowthAnnual)) / averageWageIndex(1976, 0)
    amount = Math.max(amount, 10 * Math.round(moved / 10))
  }
  return amount
}

/** Primary insurance amount in the year of turning 62, from a record of earnings; 0 with fewer than 40 quarters of coverage. */
export const primaryInsuranceAmountOf = (birthYear: number, earnings: readonly YearOfEarnings[], wageGrowthAnnual = 0): number => {
  if (quartersOfCoverage(earnings, wageGrowthAnnual) < INSURED_QUARTERS) return 0
  const aime = averageIndexedMonthlyEarnings(birthYear, earnings, wageGrowthAnnual)
  return primaryInsuranceAmount(aime, birthYear + ELIGIBILITY_AGE, wageGrowthAnnual)
}

/**
 * The primary insurance amount in a year of payment, given that of the year of turning 62: raised by the cost-of-living adjustments from
 * December of that year on, down to the dime each time. The simulation's price index covers adjustments that are not published yet.
 */
export const adjustedPrimaryInsuranceAmount = (amount: number, birthYear: number, paymentYear: number): number => {
  let adjusted = amount
  for (let year = birthYear + ELIGIBILITY_AGE; year < paymentYear; year++) {
    adjusted = downToDime(adjusted * (1 + (costOfLivingAdjustment(year) ?? 0)))
  }
  return adjusted
}
