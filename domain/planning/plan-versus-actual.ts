import { daysBetween, DomainError } from '../shared/index.ts'

/** Balances at [percentile][year] in money of each year, year 0 at the as-of date. */
export interface ExpectedBalances {
  readonly percentiles: readonly number[]
  readonly nominal: readonly (readonly number[])[]
}

/** Where real balances lie among those that a run expected on a day. Amounts are dollars of that day. */
export interface PlanVersusActual {
  readonly date: string
  /** Since the plan's as-of date, in years of 365.25 days. */
  readonly elapsedYears: number
  readonly actual: number
  /** Balance of each percentile on that day, linear between the plan's years. */
  readonly expected: readonly { readonly percentile: number; readonly balance: number }[]
  /** Share of paths that the actual balance is above, linear between percentiles; at the outermost one where it lies beyond. */
  readonly rank: number
  readonly aboveMedian: number
}

const between = (values: readonly number[], at: number): number => {
  const below = Math.floor(at)
  const low = values[below]!
  return low + (at - below) * ((values[below + 1] ?? low) - low)
}

const rankOf = (actual: number, expected: PlanVersusActual['expected']): number => {
  const above = expected.findIndex(({ balance }) => balance > actual)
  if (above === 0) return expected[0]!.percentile
  if (above < 0) return expected.at(-1)!.percentile
  const [low, high] = [expected[above - 1]!, expected[above]!]
  return low.percentile + ((actual - low.balance) / (high.balance - low.balance)) * (high.percentile - low.percentile)
}

/**
 * Compares what is really there with what a run expected.
 * @param actual the balances of the plan's accounts on `date`, added up, in dollars
 * Throws DomainError naming `date` when the run says nothing of that day.
 */
export const planVersusActual = (
  { nominal, percentiles }: ExpectedBalances,
  asOfDate: string,
  date: string,
  actual: number,
): PlanVersusActual => {
  const elapsedYears = daysBetween(asOfDate, date) / 365.25
  const horizonYears = (nominal[0]?.length ?? 1) - 1
  if (!(elapsedYears >= 0 && elapsedYears <= horizonYears)) {
    throw new DomainError([{ path: 'date', message: `must lie within the ${horizonYears} years from ${asOfDate}` }])
  }
  const expected = percentiles.map((percentile, index) => ({ percentile, balance: between(nominal[index]!, elapsedYears) }))
  const median = expected.find(({ percentile }) => percentile === 0.5)?.balance ?? 0
  return { date, elapsedYears, actual, expected, rank: rankOf(actual, expected), aboveMedian: actual - median }
}
