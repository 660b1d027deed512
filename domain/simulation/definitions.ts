import type { ReturnModel } from './return-models.ts'
import { EXACT_QUANTILE_PATHS, type SimulationSpec } from './spec.ts'

const RETURNS: Record<ReturnModel['kind'], string> = {
  lognormal:
    'Independent steps of correlated lognormal gross returns and inflation. Means and volatilities given are arithmetic, of simple annual rates; correlations are of log returns.',
  student_t:
    'Independent steps of simple returns and inflation with a multivariate Student t distribution. Means and volatilities given are arithmetic, of simple annual rates, and those of the result whatever the degrees of freedom.',
  regime:
    'Two regimes that follow one another as a Markov chain, each with correlated lognormal gross returns and inflation. Means and volatilities given are arithmetic, of simple annual rates, while the regime rules; transition probabilities are from year to year.',
  bootstrap:
    'Calendar years drawn independently with replacement; all assets and inflation of a simulated year come from one calendar year.',
  block_bootstrap:
    'Blocks of consecutive periods of the past, of a fixed length, drawn with replacement, the first period following the last; all assets and inflation of a step come from one period.',
  stationary_bootstrap:
    'Blocks of consecutive periods of the past, of random length, drawn with replacement, the first period following the last; all assets and inflation of a step come from one period.',
  historical_replay:
    'The past as it was: each path is the history from the start of one of its years on. Paths overlap, so the interval of the probability does not hold.',
}

const MONTHLY_BOOTSTRAP =
  'Calendar months drawn independently with replacement; all assets and inflation of a simulated month come from one calendar month.'

const ACCOUNTS =
  'Each account has its own balance, weights and fee. Weights are linear between the years of its glide path. The fee is a fraction of the balance per year, taken after the return of each step. Contributions go to their accounts first; a withdrawal then takes the same fraction of every account. The return of the portfolio is that of its accounts after fees, in their shares of the whole; once all accounts are empty, in the last shares, and in equal shares if they have never held anything.'

/** The meaning of the words in a result, stored with it: publications define "success" or "mean return" differently. */
export function definitionsOf(spec: SimulationSpec) {
  return {
    success: 'A path succeeds when every withdrawal is paid in full; a balance of exactly zero after the last payment is a success.',
    depletion:
      'A path is depleted in the year a withdrawal could first not be paid in full: what was there is paid, the balance stays zero, and later contributions do not revive it.',
    flows:
      (spec.stepsPerYear === 1 ? "The year's net flow" : "A twelfth of the year's net flow, each month,") +
      (spec.flowTiming === 'begin'
        ? " comes before the return; its real part is multiplied by the path's price index at that time."
        : " comes after the return; its real part is multiplied by the path's price index at that time, after the same period's inflation.") +
      ' A negative net flow is a withdrawal.',
    nominal: 'In money of each year.',
    ...(spec.accounts ? { accounts: ACCOUNTS } : {}),
    real: "In money of the as-of date: nominal divided by the path's own price index.",
    rebalancing: 'To the target weights at the end of each year; within a year holdings drift, and flows are in proportion to them.',
    returns: spec.returns.kind === 'bootstrap' && spec.stepsPerYear === 12 ? MONTHLY_BOOTSTRAP : RETURNS[spec.returns.kind],
    bands: 'Quantiles across paths at each year end, year 0 being the start: each year by itself, so a band is not a path.',
    quantiles:
      'Sample quantiles of Hyndman and Fan type 7: linear between the two nearest order statistics' +
      (spec.paths <= EXACT_QUANTILE_PATHS ? '.' : ', each known from counts to within 0.2 %; balances under a millionth count as zero.'),
    probability: 'Successful paths over all paths; the interval is for the sampling of paths alone, not for the choice of model.',
    arithmeticMean:
      'Mean over all paths and years of the simple annual return of the portfolio, apart from flows; real: deflated year by year.',
    meanAnnualised: 'Mean over paths of the compound annual return of the portfolio over the whole horizon, apart from flows.',
    standardDeviation: 'Sample standard deviation across paths, divisor n - 1; zero for one path.',
  }
}
