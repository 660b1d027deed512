/** Limit per person and year of gifts from IRAs to charity that are not income, in dollars of that year. */
const charitableLimits = [
  { year: 2025, limit: 108_000, source: 'IRC 408(d)(8)(F); IRS Notice 2024-80' },
  { year: 2026, limit: 111_000, source: 'IRC 408(d)(8)(F); IRS Notice 2025-67' },
]

const CHARITABLE_AGE_MONTHS = 70 * 12 + 6

/** Whether a person of this age can give from an IRA: from the day that completes 70 years and six months. Source: IRC 408(d)(8)(B)(ii). */
export function givesFromIra(ageMonths: number): boolean {
  return ageMonths >= CHARITABLE_AGE_MONTHS
}

/**
 * The limit of one person's qualified charitable distributions per year. It follows prices from the tables' year, without the law's
 * rounding to 1,000 dollars. Not modelled: the reduction by deductible IRA contributions from 70 1/2 on, gifts to split-interest entities.
 *
 * @throws RangeError for a year without a limit
 */
export function charitableDistributionLimit(tableYear: number): number {
  const found = charitableLimits.find(({ year }) => year === tableYear)
  if (found === undefined) throw new RangeError(`no limit of charitable distributions for the year ${tableYear}`)
  return found.limit
}
