import { JOINT_LIFE_YOUNGEST_OWNER, JOINT_LIFE_YOUNGEST_SPOUSE, jointLifeTenths } from './tables/joint-life.ts'

/**
 * Distribution periods of the Uniform Lifetime Table, by age from 72; the last entry is for 120 and over.
 * Source: 26 CFR 1.401(a)(9)-9(c), effective 2022; IRS Publication 590-B, appendix B, table III.
 */
const UNIFORM_LIFETIME_FROM = 72
const uniformLifetime = Float64Array.from([
  27.4, 26.5, 25.5, 24.6, 23.7, 22.9, 22, 21.1, 20.2, 19.4, 18.5, 17.7, 16.8, 16, 15.2, 14.4, 13.7, 12.9, 12.2, 11.5, 10.8, 10.1, 9.5, 8.9,
  8.4, 7.8, 7.3, 6.8, 6.4, 6, 5.6, 5.2, 4.9, 4.6, 4.3, 4.1, 3.9, 3.7, 3.5, 3.4, 3.3, 3.1, 3, 2.9, 2.8, 2.7, 2.5, 2.3, 2,
])

const LAST = uniformLifetime.length - 1

/** Spouses closer in age than this use the Uniform Lifetime Table, which assumes a beneficiary ten years younger than the owner. */
const YOUNGER_SPOUSE_YEARS = 10

/**
 * Age of the year in which required distributions begin. Those born in 1950 or before have already begun: 72 is used for them (70 1/2 until 2019).
 * Source: IRC 401(a)(9)(C)(v), as amended by SECURE 2.0, section 107; for 1959, 73 by the proposed regulations of July 2024.
 */
export const requiredDistributionAge = (birthYear: number): number => {
  if (birthYear >= 1960) return 75
  return birthYear >= 1951 ? 73 : 72
}

/**
 * Years over which a balance is to be distributed, for an owner of 72 or more; `spouseAge` is the age of a spouse who is the sole beneficiary,
 * NaN without one. Both ages are those of 31 December.
 */
export const distributionPeriod = (age: number, spouseAge: number): number => {
  if (age - spouseAge > YOUNGER_SPOUSE_YEARS) {
    const row = jointLifeTenths[Math.min(Math.floor(age) - JOINT_LIFE_YOUNGEST_OWNER, jointLifeTenths.length - 1)]!
    return row[Math.max(0, Math.min(Math.floor(spouseAge) - JOINT_LIFE_YOUNGEST_SPOUSE, row.length - 1))]! / 10
  }
  return uniformLifetime[Math.min(Math.floor(age) - UNIFORM_LIFETIME_FROM, LAST)]!
}

/**
 * Required minimum distribution of a year from tax-deferred accounts, given their balance at the end of the year before; 0 before the age
 * at which they begin. Roth accounts have none during their owner's life. Withdrawals count towards it. Conversions to Roth accounts do not:
 * they come after it. The first is taken in its own year, not by 1 April of the next. An employee who still works may delay the
 * employer's plan; inherited accounts have rules of their own: neither is modelled.
 * Source: IRC 401(a)(9), 402(c)(4)(B), 408(d)(3)(E); 26 CFR 1.401(a)(9)-5, 1.408-8.
 */
export const requiredMinimumDistribution = (birthYear: number, age: number, spouseAge: number, balanceAtYearStart: number): number =>
  age < requiredDistributionAge(birthYear) || balanceAtYearStart <= 0 ? 0 : balanceAtYearStart / distributionPeriod(age, spouseAge)

/** The amount that may be converted to a Roth account: the balance less the part of the required distribution that withdrawals have not covered yet. */
export const convertibleAmount = (balance: number, requiredDistribution: number, withdrawn: number): number =>
  Math.max(0, balance - Math.max(0, requiredDistribution - withdrawn))
