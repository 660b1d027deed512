import { ageInMonths, ageInYears, attainedAgeInYears, taxYearDays, taxYearOf, yearOf } from '../../shared/index.ts'
import { retirementOf } from '../retirement.ts'
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
  /** Worked share of the plan year before it, by days; 1 if work ends with that year. */
  finalWorkShare: number
  /** Age at the end of the calendar year in which work ends. */
  leavingAge: number
}

/** @param stopsIn plan year with which a milestone ends work; when left out, work ends on the birthday of the retirement age */
export function personTimeline({ birthDate, retirementAge }: Person, asOfDate: string, stopsIn?: number): PersonTimeline {
  const birthYear = yearOf(birthDate)
  const taxYear = taxYearOf(asOfDate)
  const openingAge = ageInYears(birthDate, asOfDate)
  const openingTaxAge = taxYear - birthYear
  const retirement = stopsIn === undefined ? retirementOf(birthDate, retirementAge, asOfDate) : { year: stopsIn, finalShare: 1 }
  // Whoever retires at the age of the as-of date leaves on that date.
  const leavesByYear = stopsIn !== undefined || retirementAge === openingAge
  return {
    birthYear,
    openingAgeMonths: ageInMonths(birthDate, asOfDate),
    openingAge,
    openingTaxAge,
    openingAttainedAge: attainedAgeInYears(birthDate, taxYearDays(taxYear).last),
    retirementYear: retirement.year,
    finalWorkShare: retirement.finalShare,
    leavingAge: leavesByYear ? openingTaxAge + retirement.year : retirementAge,
  }
}
