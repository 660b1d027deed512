/** A person of a plan, as far as ages need them. */
export interface Born {
  readonly name: string
  readonly birthDate: string
}

/** Calendar year in which a plan year begins: plan year 0 begins on the as-of date. */
export const calendarYear = (asOfDate: string, planYear: number): number => Number(asOfDate.slice(0, 4)) + planYear

/** Age in completed years on a day. */
export const ageOn = (birthDate: string, date: string): number =>
  Number(date.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (date.slice(5) < birthDate.slice(5) ? 1 : 0)

/** Age in completed years at the beginning of the plan year that begins in a calendar year. */
export const ageInYear = (birthDate: string, asOfDate: string, year: number): number => ageOn(birthDate, `${year}${asOfDate.slice(4)}`)

/** Today in the timezone of the person: YYYY-MM-DD. */
export const todayIn = (timezone: string): string => new Intl.DateTimeFormat('sv-SE', { timeZone: timezone }).format(new Date())
