import { log1p } from '../numeric/index.ts'
import { type Issue, type Rule, unless } from '../shared/index.ts'
import { cholesky } from './cholesky.ts'
import type { ResamplingModel } from './markets/resampling.ts'
import type { HistoricalReplayModel, Regime, RegimeModel } from './return-models.ts'
import { SPEC_LIMITS, type SimulationSpec } from './spec.ts'

/** A return model, and the settings that it must agree with. */
export type Drawn = Pick<SimulationSpec, 'returns' | 'years' | 'stepsPerYear' | 'paths'>

/** The rules between a return model's members and the other settings, except for the weights of its assets. */
export const returnRules: Rule<Drawn> = spec => {
  const model = spec.returns
  const keys = model.assets.map(asset => asset.key)
  const unique = keys.flatMap((key, index) =>
    unless(keys.indexOf(key) === index, `returns.assets.${index}.key`, 'must be a name no other asset has'),
  )
  switch (model.kind) {
    case 'lognormal':
    case 'student_t':
      return [...unique, ...correlationIssues('returns.correlation', model.correlation, [...keys, 'inflation'])]
    case 'regime':
      return [...unique, ...regimeIssues(model, keys, spec.stepsPerYear)]
    case 'bootstrap':
    case 'block_bootstrap':
    case 'stationary_bootstrap':
    case 'historical_replay':
      return [
        ...unique,
        ...historyIssues(model, spec.stepsPerYear),
        ...growthIssues(model, spec.years * spec.stepsPerYear),
        ...drawIssues(model, spec),
      ]
  }
}

/** The weights of the portfolio must sum to one. */
export const weightRule: Rule<Drawn> = ({ returns: { assets } }) => {
  const total = assets.reduce((sum, { weight }) => sum + weight, 0)
  return unless(Math.abs(total - 1) <= 1e-9, 'returns.assets', `must have weights that sum to 1, not ${total}`)
}

function correlationIssues(path: string, matrix: readonly (readonly number[])[], names: readonly string[]): readonly Issue[] {
  const size = names.length
  if (matrix.length !== size || matrix.some(row => row.length !== size))
    return [{ path, message: `must be ${size} x ${size}: the assets in their order, then inflation` }]
  const diagonal = matrix.flatMap((row, i) => unless(row[i] === 1, `${path}.${i}.${i}`, 'must be 1, as everything correlates with itself'))
  const mirrored = matrix.flatMap((row, i) =>
    row.slice(0, i).flatMap((value, j) => {
      const opposite = matrix[j]![i]!
      return unless(Math.abs(value - opposite) <= 1e-12, `${path}.${i}.${j}`, `must equal its mirror image ${opposite}`)
    }),
  )
  return [...diagonal, ...mirrored, ...(mirrored.length > 0 ? [] : definiteIssues(path, matrix, names))]
}

function definiteIssues(path: string, matrix: readonly (readonly number[])[], names: readonly string[]): readonly Issue[] {
  const factored = cholesky(matrix)
  if (factored.kind === 'factor') return []
  const words = `no variables can have these correlations (those of ${names[factored.row]} contradict those of the ones before it)`
  return [{ path, message: `is not positive semi-definite: ${words}` }]
}

function regimeIssues({ regimes, start, transition }: RegimeModel, keys: readonly string[], stepsPerYear: number): readonly Issue[] {
  const persistence = (transition[0]?.[0] ?? 0) + (transition[1]?.[1] ?? 0)
  return [
    ...regimes.flatMap((regime, index) => momentIssues(`returns.regimes.${index}`, regime, keys)),
    ...unless(transition.length === 2, 'returns.transition', 'must be 2 x 2: from a regime (row) to a regime (column)'),
    ...transition.flatMap((row, index) => probabilityIssues(`returns.transition.${index}`, row)),
    ...probabilityIssues('returns.start', start),
    ...unless(
      stepsPerYear === 1 || persistence >= 1,
      'returns.transition',
      'must have a diagonal that sums to 1 or more: no monthly chain alternates so often within a year',
    ),
  ]
}

function momentIssues(path: string, { assets, correlation }: Regime, keys: readonly string[]): readonly Issue[] {
  const message = `must have one entry for each of the ${keys.length} assets, not ${assets.length}`
  return [
    ...unless(assets.length === keys.length, `${path}.assets`, message),
    ...correlationIssues(`${path}.correlation`, correlation, [...keys, 'inflation']),
  ]
}

function probabilityIssues(path: string, probabilities: readonly number[]): readonly Issue[] {
  const total = probabilities.reduce((sum, probability) => sum + probability, 0)
  return unless(probabilities.length === 2 && Math.abs(total - 1) <= 1e-9, path, 'must have two probabilities that sum to 1')
}

function historyIssues({ assets, inflation, periodsPerYear = 1, years }: ResamplingModel, stepsPerYear: number): readonly Issue[] {
  const { length } = years
  const periods = length * periodsPerYear
  const message = `must have one entry for each of the ${periods} ${periodsPerYear === 1 ? 'years' : 'months'}`
  return [
    ...unless(
      stepsPerYear === periodsPerYear,
      'stepsPerYear',
      `must be ${periodsPerYear}, the periods per year of the returns that are drawn`,
    ),
    ...unless(
      length >= 1 && length <= SPEC_LIMITS.historicalYears,
      'returns.years',
      `must have 1 to ${SPEC_LIMITS.historicalYears} entries`,
    ),
    ...years.flatMap((year, index) => {
      const follows = index === 0 || year > years[index - 1]!
      return unless(Number.isInteger(year) && follows, `returns.years.${index}`, 'must be a whole number above the one before it')
    }),
    ...assets.flatMap(({ returns }, index) => [
      ...unless(returns.length === periods, `returns.assets.${index}.returns`, `${message}, not ${returns.length}`),
      ...lossIssues(`returns.assets.${index}.returns`, returns),
    ]),
    ...unless(inflation.length === periods, 'returns.inflation', message),
  ]
}

/** A return must leave something to invest. */
function lossIssues(path: string, returns: readonly number[]): readonly Issue[] {
  const issues: Issue[] = []
  for (const [row, value] of returns.entries())
    if (value === -1) issues.push({ path: `${path}.${row}`, message: 'must be above -1: a loss of 100 % leaves nothing to invest' })
  return issues
}

/** e^x overflows a double at 709. This limit is far below, so no lucky sequence reaches it: only impossible monthly returns do. */
const MAX_LOG_GROWTH = 300

/** Wealth may fall to zero. Neither wealth nor the price index that divides it may overflow a double. */
function growthIssues({ assets, inflation }: ResamplingModel, steps: number): readonly Issue[] {
  const logGrowth = (rates: readonly number[]): number =>
    (steps / rates.length) * rates.reduce((total, rate) => total + (rate > -1 ? log1p(rate) : 0), 0)
  const message = `must not compound over ${steps} steps to more than a number can hold`
  return [
    ...assets.flatMap(({ returns }, index) => unless(!(logGrowth(returns) > MAX_LOG_GROWTH), `returns.assets.${index}.returns`, message)),
    ...unless(!(Math.abs(logGrowth(inflation)) > MAX_LOG_GROWTH), 'returns.inflation', message),
  ]
}

function drawIssues(model: ResamplingModel, spec: Drawn): readonly Issue[] {
  const most = model.inflation.length
  // A history without periods has a fault of its own.
  if (most === 0) return []
  const message = `must be at most ${most}, the number of periods in the history`
  switch (model.kind) {
    case 'bootstrap':
      return []
    case 'block_bootstrap':
      return unless(!(model.blockLengthPeriods > most), 'returns.blockLengthPeriods', message)
    case 'stationary_bootstrap':
      return unless(!(model.meanBlockLengthPeriods > most), 'returns.meanBlockLengthPeriods', message)
    case 'historical_replay':
      return replayIssues(model, spec)
  }
}

function replayIssues({ years }: HistoricalReplayModel, spec: Drawn): readonly Issue[] {
  const starts = years.length - spec.years + 1
  return [
    ...years.flatMap((year, index) => {
      const consecutive = index === 0 || year === years[index - 1]! + 1
      return unless(consecutive, `returns.years.${index}`, 'must be the year after the one before it: a replay leaves none out')
    }),
    ...unless(starts >= 1 || years.length === 0, 'years', `must be at most ${years.length}, the years that there are to replay`),
    ...unless(
      starts < 1 || spec.paths === starts,
      'paths',
      `must be ${starts}, one for each year that a replay of ${spec.years} years can start in`,
    ),
  ]
}
