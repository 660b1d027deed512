import {
  annualTax,
  createHouseholdYear,
  createTaxResult,
  FILING,
  type FilingStatus,
  type HouseholdYear,
  type PersonYear,
  prepareTax,
  stateTableFor,
  type TaxResult,
  taxTableFor,
} from '../../../../domain/us-tax/tax/index.ts'

type Given = Partial<Omit<HouseholdYear, 'status' | 'statusTwoYearsAgo' | 'people'>> & {
  status?: FilingStatus
  statusTwoYearsAgo?: FilingStatus
  first?: Partial<PersonYear>
  second?: Partial<PersonYear>
}

/** A household's year, by default of a single person of 50. A second person is on the return if any of their fields is given. */
export const household = (year: number, { first, second, status = 'single', statusTwoYearsAgo, ...given }: Given): HouseholdYear => {
  const empty = createHouseholdYear(year)
  return {
    ...empty,
    ...given,
    status: FILING[status],
    statusTwoYearsAgo: FILING[statusTwoYearsAgo ?? status],
    people: [
      { ...empty.people[0], age: 50, ...first },
      second === undefined ? empty.people[1] : { ...empty.people[1], onReturn: true, age: 50, ...second },
    ],
  }
}

export const prepared = (year: number, state?: string) =>
  prepareTax(taxTableFor(year), state === undefined ? undefined : stateTableFor(state, year))

export const taxOf = (year: number, given: Given, state?: string): TaxResult => {
  const out = createTaxResult()
  annualTax(prepared(year, state), household(year, given), out)
  return out
}

export const incomeTax = (result: TaxResult): number => result.ordinaryTax + result.capitalGainsTax
