/** Filing statuses of Form 1040. A qualifying surviving spouse (a widow or widower with a dependent child) is not modelled. */
export const filingStatuses = ['single', 'marriedFilingJointly', 'marriedFilingSeparately', 'headOfHousehold'] as const

export type FilingStatus = (typeof filingStatuses)[number]

/** A figure for each filing status. */
export type ByStatus<T> = Readonly<Record<FilingStatus, T>>

/** Position of a status in prepared tables. A simulation sets it on a household each year. */
export const FILING: ByStatus<number> = {
  single: 0,
  marriedFilingJointly: 1,
  marriedFilingSeparately: 2,
  headOfHousehold: 3,
}

/** The same figure for every status. */
export const everyStatus = <T>(figure: T): ByStatus<T> => ({
  single: figure,
  marriedFilingJointly: figure,
  marriedFilingSeparately: figure,
  headOfHousehold: figure,
})
