/** Most that the IRAs of one person give to charity in a year without its being their income, in dollars of that year. */
const charitableLimits = [
  { year: 2025, limit: 108_000, source: 'IRC 408(d)(8)(F); IRS Notice 2024-80' },
  { year: 2026, limit: 111_000, source: 'IRC 408(d)(8)(F); IRS Notice 2025-67' },
]

const CHARITABLE_AGE_MONTHS = 70 * 12 + 6

/** Whether a person of this age can give from an IRA, on the day that completes 70 years and six months or later. Source: IRC 408(d)(8)(B)(ii). */
export function givesFromIra(ageMonths: number): boolean {
  return ageMonths >= CHARITABLE_AGE_MONTHS
}

/**
 * A year's qualified charitable distributions of one person at most, following prices from the tables' year, without the law's rounding to
 * 1,000 dollars. Not modelled: the reduction by deductible contributions to an IRA from 70 1/2 on, gifts to split-interest entities.
 *
 * @throws RangeError for a year without a limit
 */
export function charitableDistributionLimit(tableYear: number): number {
  const found = charitableLimits.find(({ year }) => year === tableYear)
  if (found === undefined) throw new RangeError(`no limit of charitable distributions is known for ${tableYear}`)
  return found.limit
}
