import { ageInMonths, ageInYears, attainedAgeInYears, taxYearDays, taxYearOf, yearOf } from '../../shared/index.ts'
import type { Person } from './spec.ts'

/** Ages of one person. Plan year t begins t years after the as-of date. For taxes it is the calendar year of the as-of date plus t. */
export interface PersonTimeline {
  birthYear: number
  /** Completed months of age on the as-of date. */
  openingAgeMonths: number
  /** Completed years of age on the first day of plan year 0. */
  openingAge: number
  /** Age at the end of the calendar year of plan year 0: the age that tax law uses. */
  openingTaxAge: number
  /** The same for laws under which an age is reached on the day before the birthday. */
  openingAttainedAge: number
  /** First plan year without work; 0 if retired already. */
  retirementYear: number
}

export function personTimeline({ birthDate, retirementAge }: Person, asOfDate: string): PersonTimeline {
  const birthYear = yearOf(birthDate)
  const taxYear = taxYearOf(asOfDate)
  const openingAge = ageInYears(birthDate, asOfDate)
  return {
    birthYear,
    openingAgeMonths: ageInMonths(birthDate, asOfDate),
    openingAge,
    openingTaxAge: taxYear - birthYear,
    openingAttainedAge: attainedAgeInYears(birthDate, taxYearDays(taxYear).last),
    retirementYear: Math.max(0, retirementAge - openingAge),
  }
}
