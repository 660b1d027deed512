/** Ages in months. Someone born on the first of January counts as born the year before. */
export const EARLIEST_CLAIM_MONTHS = 62 * 12
export const LATEST_CREDIT_MONTHS = 70 * 12
export const EARLIEST_SURVIVOR_CLAIM_MONTHS = 60 * 12

/** Months added to 65 and to 66 by two reforms, two months per year each, for those who turn 62 (survivors: 60) in 2000-2005 and 2017-2022. */
const fullAgeMonths = (birthYearForWorkers: number): number => {
  const first = Math.min(12, Math.max(0, 2 * (birthYearForWorkers - 1937)))
  const second = Math.min(12, Math.max(0, 2 * (birthYearForWorkers - 1954)))
  return 65 * 12 + first + second
}

/** Age at which a worker or spouse gets the unreduced benefit. Source: 42 USC 416(l); SSA, "Retirement age and benefit reduction". */
export const fullRetirementAgeMonths = (birthYear: number): number => fullAgeMonths(birthYear)

/** Age at which a widow or widower gets the unreduced benefit: the age of workers born two years earlier. Source: 20 CFR 404.409. */
export const survivorFullRetirementAgeMonths = (birthYear: number): number => fullAgeMonths(birthYear - 2)

/** Yearly credit for claiming after full retirement age. Source: 42 USC 402(w)(6); 20 CFR 404.313. */
const delayedCreditAnnual = (birthYear: number): number => {
  if (birthYear >= 1943) return 0.08
  return 0.03 + Math.max(0, 0.005 * (Math.floor((birthYear - 1925) / 2) + 1))
}

/**
 * Share of the primary insurance amount that a worker is paid for life: reduced by 5/9 % for each of the first 36 months before full retirement
 * age and 5/12 % for each earlier month, increased by 2/3 % (born 1943 or later) for each month after it until 70. Source: 42 USC 402(q), 402(w).
 */
export const retirementFactor = (birthYear: number, claimAgeMonths: number): number => {
  const early = fullRetirementAgeMonths(birthYear) - claimAgeMonths
  if (early > 0) return 1 - Math.min(early, 36) / 180 - Math.max(0, early - 36) / 240
  return 1 + (Math.min(claimAgeMonths, LATEST_CREDIT_MONTHS) - fullRetirementAgeMonths(birthYear)) * (delayedCreditAnnual(birthYear) / 12)
}

/** Share of a spouse's benefit: reduced by 25/36 % for each of the first 36 months before full retirement age, 5/12 % for each earlier month; no credits. Source: 42 USC 402(q). */
export const spouseFactor = (birthYear: number, claimAgeMonths: number): number => {
  const early = Math.max(0, fullRetirementAgeMonths(birthYear) - claimAgeMonths)
  return 1 - Math.min(early, 36) / 144 - Math.max(0, early - 36) / 240
}

/** Share of a widow's or widower's benefit: 71.5 % at 60, rising linearly to 100 % at full retirement age. Source: 42 USC 402(q)(1); 20 CFR 404.410(c). */
export const survivorFactor = (birthYear: number, claimAgeMonths: number): number => {
  const full = survivorFullRetirementAgeMonths(birthYear)
  return 1 - (0.285 * Math.max(0, full - claimAgeMonths)) / (full - EARLIEST_SURVIVOR_CLAIM_MONTHS)
}
