import { DomainError, yearsBetween } from '../shared/index.ts'

/** Balances at [percentile][year] in money of each year, year 0 at the as-of date. */
export interface ExpectedBalances {
  readonly percentiles: readonly number[]
  readonly nominal: readonly (readonly number[])[]
}

/** The actual balance on a day, compared with the balances that a run expected. Amounts are in dollars of that day. */
export interface PlanVersusActual {
  readonly date: string
  /** Since the plan's as-of date: whole years up to the last anniversary, then the share of days up to the next one. */
  readonly elapsedYears: number
  readonly actual: number
  /** Balance of each percentile on that day, linear between the plan's years. */
  readonly expected: readonly { readonly percentile: number; readonly balance: number }[]
  /** Share of paths below the actual balance, linear between percentiles; beyond the outermost percentile, that percentile itself. */
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
 * Compares the actual balance with the balances that a run expected.
 * @param actual sum of the balances of the plan's accounts on `date`, in dollars
 * @throws DomainError naming `date` when the day is outside the run's years
 */
export const planVersusActual = (
  { nominal, percentiles }: ExpectedBalances,
  asOfDate: string,
  date: string,
  actual: number,
): PlanVersusActual => {
  const horizonYears = (nominal[0]?.length ?? 1) - 1
  const elapsedYears = date < asOfDate ? -1 : yearsBetween(asOfDate, date)
  if (!(elapsedYears >= 0 && elapsedYears <= horizonYears)) {
    throw new DomainError([{ path: 'date', message: `must be within the ${horizonYears} years from ${asOfDate}` }])
  }
  const expected = percentiles.map((percentile, index) => ({ percentile, balance: between(nominal[index]!, elapsedYears) }))
  const median = expected.find(({ percentile }) => percentile === 0.5)?.balance ?? 0
  return { date, elapsedYears, actual, expected, rank: rankOf(actual, expected), aboveMedian: actual - median }
}
