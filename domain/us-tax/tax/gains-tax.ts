import { annualTax } from './annual-tax.ts'
import { FILING, type FilingStatus } from './filing-status.ts'
import { createHouseholdYear } from './household-year.ts'
import { prepareTax } from './prepare.ts'
import { coveredStates, stateTableFor } from './tables/states/index.ts'
import { taxTableFor, taxTables } from './tables/index.ts'
import { createTaxResult } from './tax-result.ts'

/** What is stated about a person of a return. Amounts are dollars. */
export interface StatedPerson {
  /** On 31 December; null if the birth date is not known. */
  readonly age: number | null
  readonly wages: number | null
  /** Net profit less the deductible half of the self-employment tax. */
  readonly selfEmployment: number | null
}

/** What is stated about a return, in dollars. Null: not stated. */
export interface StatedReturn {
  readonly year: number
  readonly filingStatus: FilingStatus | null
  readonly livedApart: boolean | null
  readonly state: string | null
  /** Without wages and self-employment. */
  readonly ordinaryIncome: number | null
  readonly itemizedDeductions: number | null
  readonly shortTermLossCarryover: number
  readonly longTermLossCarryover: number
  readonly qualifiedDividends: number
  /** The person, and the spouse of a joint return. */
  readonly people: readonly StatedPerson[]
}

/** Net gains of a year by term, in dollars; losses are negative. */
export interface TermGains {
  readonly shortTerm: number
  readonly longTerm: number
}

/** What the tax of a return cannot be estimated without. */
export const gainsTaxFacts = ['filing_status', 'income', 'state', 'year'] as const
export type GainsTaxFact = (typeof gainsTaxFacts)[number]

/** The federal and state tax of a return as a function of its gains. */
export interface GainsTax {
  /** The year of the published figures: of a later year, the latest ones. */
  readonly tableYear: number
  /** Total tax, and the losses that are carried to the next year, in dollars. */
  readonly taxOf: (gains: TermGains) => { readonly tax: number; readonly carriedLoss: number }
}

/** What is missing of a return before its tax can be estimated. Nothing is assumed for it. */
export const missingForGainsTax = ({ filingStatus, ordinaryIncome, people, state, year }: StatedReturn): GainsTaxFact[] => {
  const isStated = ordinaryIncome !== null || people.some(({ selfEmployment, wages }) => wages !== null || selfEmployment !== null)
  return [
    ...(year < taxTables[0]!.year ? (['year'] as const) : []),
    ...(filingStatus === null ? (['filing_status'] as const) : []),
    ...(isStated ? [] : (['income'] as const)),
    ...(state === null || coveredStates.includes(state) ? [] : (['state'] as const)),
  ]
}

/**
 * The tax of a return as a function of its gains: brackets, preferential rates, the limit of deducted losses, the net investment income tax and
 * the state. It is an estimate: amounts that are not stated count as nothing, and a return without a state has no state tax.
 * Not modelled: what `annualTax` does not model, and contributions that are deducted.
 * @throws RangeError unless `missingForGainsTax` names nothing
 */
export const gainsTax = (stated: StatedReturn): GainsTax => {
  const missing = missingForGainsTax(stated)
  if (missing.length > 0) throw new RangeError(`The tax needs ${missing.join(', ')}.`)
  const table = taxTableFor(stated.year)
  const prepared = prepareTax(table, stated.state === null ? undefined : stateTableFor(stated.state, stated.year))
  const household = createHouseholdYear(stated.year)
  household.status = FILING[stated.filingStatus!]
  household.livedApart = stated.livedApart ?? false
  household.otherIncome = stated.ordinaryIncome ?? 0
  household.itemizedDeductions = stated.itemizedDeductions ?? 0
  household.qualifiedDividends = stated.qualifiedDividends
  household.shortTermLossCarryover = stated.shortTermLossCarryover
  household.longTermLossCarryover = stated.longTermLossCarryover
  const isJoint = stated.filingStatus === 'marriedFilingJointly'
  for (const [index, person] of stated.people.slice(0, isJoint ? 2 : 1).entries()) {
    const own = household.people[index]!
    own.onReturn = true
    own.age = person.age ?? 0
    own.wages = person.wages ?? 0
    own.selfEmploymentEarnings = person.selfEmployment ?? 0
    household.otherIncome += person.selfEmployment ?? 0
  }
  if (isJoint) household.people[1].onReturn = true
  const result = createTaxResult()
  return {
    tableYear: table.year,
    taxOf: ({ longTerm, shortTerm }) => {
      household.longTermGains = longTerm
      household.shortTermGains = shortTerm
      annualTax(prepared, household, result)
      return { tax: result.total, carriedLoss: result.shortTermLossCarryover + result.longTermLossCarryover }
    },
  }
}
