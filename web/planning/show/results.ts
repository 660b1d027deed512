import type { ApiAnswer, ApiItem } from '../../../lambdas/api-types.ts'

export type Run = ApiAnswer<'GET /v1/planning/runs/{runId}'>
export type RunSummary = ApiItem<'GET /v1/planning/plans/{planId}/runs'>
export type Result = NonNullable<Run['result']>
export type Ledger = ApiAnswer<'GET /v1/planning/runs/{runId}/paths/{pathIndex}'>['years']
export type HouseholdYear = Extract<Ledger, readonly { readonly calendarYear: number }[]>[number]
export type PortfolioYear = Exclude<Ledger, readonly HouseholdYear[]>[number]

export const isHouseholdLedger = (years: Ledger): years is HouseholdYear[] => years.some(year => 'calendarYear' in year)

/** The calendar year of plan year 0. */
export const firstYearOf = (run: Pick<Run, 'provenance'>, plan: { readonly asOfDate: string }): number =>
  Number((run.provenance.asOfDate ?? plan.asOfDate).slice(0, 4))

/** Whether a result is that of a household, not of a portfolio. */
export const isHouseholdResult = ({ surviving }: Result): boolean => surviving !== undefined

/** What the list of a plan's runs says: the newest result, what is still simulated, and a failure since. */
export interface RunsOfPlan {
  readonly newest: RunSummary | undefined
  readonly active: readonly RunSummary[]
  /** The newest run, if it has failed. */
  readonly failed: RunSummary | undefined
}

/** @param runs newest first. Queued verifications have no figures of their own. */
export const sortRuns = (runs: readonly RunSummary[]): RunsOfPlan => {
  const own = runs.filter(run => run.verifiesRunId === null)
  const last = own.find(run => run.status !== 'cancelled')
  return {
    newest: own.find(run => run.status === 'succeeded'),
    active: own.filter(run => run.status === 'queued' || run.status === 'running'),
    failed: last?.status === 'failed' ? last : undefined,
  }
}

/** The place of a percentile in a list of percentiles; the nearest if it is not there. */
export const placeOf = (percentiles: readonly number[], percentile: number): number => {
  const distances = percentiles.map(each => Math.abs(each - percentile))
  return distances.indexOf(Math.min(...distances))
}

export type Cause = keyof NonNullable<Exclude<Result['depletion'][number], number>['causes']>

/** The paths that first fail in a plan year. */
export interface FailuresOfYear {
  readonly year: number
  /** The age of the older person, of a household. */
  readonly age?: number
  readonly paths: number
  /** The same paths by the most essential payment that they miss. Runs of older engines have none. */
  readonly causes?: Readonly<Record<Cause, number>>
}

/** Paths that first fail, by plan year: of both engines in one form, with the years in between that have none. */
export const failuresByYear = ({ depletion }: Result): readonly FailuresOfYear[] => {
  const listed = depletion.map((each, year) => (typeof each === 'number' ? { year, paths: each } : each)).filter(({ paths }) => paths > 0)
  const [first, last] = [listed[0], listed.at(-1)]
  if (!first || !last) return []
  return Array.from({ length: last.year - first.year + 1 }, (_, index) => {
    const year = first.year + index
    const age = 'age' in first ? { age: first.age + index } : {}
    return { paths: 0, ...listed.find(each => each.year === year), year, ...age }
  })
}

/** The causes of failures, from the least essential payment on. */
const causes = ['discretionarySpending', 'essentialSpending', 'debts', 'taxes'] as const satisfies readonly Cause[]

/** Failed paths by cause, at [cause][year of the failures]; undefined if the run does not know the causes. Causes without a path are left out. */
export const failuresByCause = (
  failures: readonly FailuresOfYear[],
): readonly { readonly cause: Cause; readonly paths: number; readonly values: readonly number[] }[] | undefined => {
  if (failures.some(({ causes: known, paths }) => paths > 0 && !known)) return undefined
  return causes
    .map(cause => {
      const values = failures.map(each => each.causes?.[cause] ?? 0)
      return { cause, values, paths: values.reduce((sum, paths) => sum + paths, 0) }
    })
    .filter(({ paths }) => paths > 0)
}

/** Paths that have failed by certain ages, of a household: at every fifth year of age from the first failure to the last, and at the last. */
export const failedByAge = (failures: readonly FailuresOfYear[]): readonly { readonly age: number; readonly paths: number }[] => {
  let passed = 0
  return failures.flatMap(({ age, paths }, index) => {
    passed += paths
    return age !== undefined && (age % 5 === 0 || index === failures.length - 1) ? [{ age, paths: passed }] : []
  })
}

/** The plan year in which half of the paths that fail have failed; undefined if none fails. */
export const middleFailure = (failures: readonly FailuresOfYear[]): FailuresOfYear | undefined => {
  const all = failures.reduce((sum, { paths }) => sum + paths, 0)
  let passed = 0
  return failures.find(({ paths }) => (passed += paths) * 2 >= all && all > 0)
}

/** The simulated path that stands at a percentile of ending wealth, if the result has such paths. */
export const sampleAt = ({ bands, samplePaths }: Result, percentile: number) => samplePaths?.[placeOf(bands.percentiles, percentile)]

/** The sample path to explain failure with: the richest of those that fail. */
export const failingSample = ({ samplePaths = [] }: Result) => samplePaths.findLast(({ success }) => !success)

/** The sample path to compare a failure with: the poorest of those that succeed. */
export const succeedingSample = ({ samplePaths = [] }: Result) => samplePaths.find(({ success }) => success)

/** The mean return of a path's first years, per year, after fees and inflation; undefined if there was no money in them. */
export const meanRealReturn = (years: readonly HouseholdYear[], count: number): number | undefined => {
  const invested = years.slice(0, count).filter(({ closing, fees, growth }) => closing - growth + fees > 0.01)
  if (invested.length === 0) return undefined
  const product = invested.reduce((total, { closing, closingPriceIndex, fees, growth, priceIndex }) => {
    const gross = closing / (closing - growth + fees)
    return total * ((gross * priceIndex) / closingPriceIndex)
  }, 1)
  return product ** (1 / invested.length) - 1
}

/** What a path could not pay in a year, in dollars of the year. */
export const shortfallsOf = (year: HouseholdYear) => ({
  spending: Math.max(0, year.spending - year.spendingPaid),
  debts: Math.max(0, year.debtPayment - year.debtPaid),
  taxes: Math.max(0, year.tax - year.taxPaid),
  goals: Math.max(0, year.goalsWanted - year.goalsPaid),
})

/** The first year of a path in which it could not pay what success asks for. */
export const firstFailedYear = (years: readonly HouseholdYear[]): HouseholdYear | undefined => years.find(({ succeeding }) => !succeeding)

/** Whether an interval of a difference leaves its sign open. */
export const mayBeChance = ({ lower, upper }: { readonly lower: number; readonly upper: number }): boolean => lower <= 0 && upper >= 0
