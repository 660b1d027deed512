import type { Checklist } from './checklist.ts'
import { cholesky } from './cholesky.ts'
import type { ResamplingModel } from './markets/resampling.ts'
import { log1p } from '../numeric/index.ts'
import type { HistoricalReplayModel, Regime, RegimeModel, ReturnModel } from './return-models.ts'
import { SPEC_LIMITS, type SimulationSpec } from './spec.ts'

/** Every fault of a specification's return model, and of what it has to agree with. */
export function checkReturns(check: Checklist, spec: SimulationSpec): void {
  const model = spec.returns
  switch (model.kind) {
    case 'lognormal':
      checkAssets(check, model)
      return checkMoments(check, 'returns', model, keysOf(model))
    case 'student_t':
      checkAssets(check, model)
      checkDegreesOfFreedom(check, model.degreesOfFreedom)
      return checkMoments(check, 'returns', model, keysOf(model))
    case 'regime':
      checkAssets(check, model)
      return checkRegimes(check, model, spec.stepsPerYear)
    case 'bootstrap':
    case 'block_bootstrap':
    case 'stationary_bootstrap':
    case 'historical_replay':
      checkAssets(check, model)
      checkHistory(check, model, spec.stepsPerYear)
      checkGrowth(check, model, spec.years * spec.stepsPerYear)
      return checkWayThroughHistory(check, model, spec)
    default:
      check.that(false, 'returns.kind', `must be one of ${KINDS.join(', ')}`)
  }
}

const KINDS = [
  'lognormal',
  'student_t',
  'regime',
  'bootstrap',
  'block_bootstrap',
  'stationary_bootstrap',
  'historical_replay',
] as const satisfies readonly ReturnModel['kind'][]

const keysOf = (model: ReturnModel): string[] => model.assets.map(asset => asset.key)

function checkAssets(check: Checklist, { assets }: ReturnModel): void {
  check.that(assets.length >= 1 && assets.length <= SPEC_LIMITS.assets, 'returns.assets', `must have 1 to ${SPEC_LIMITS.assets} entries`)
  const keys = new Set<string>()
  let total = 0
  for (const [index, { key, weight }] of assets.entries()) {
    check.that(key !== '' && !keys.has(key), `returns.assets.${index}.key`, 'must be a name no other asset has')
    check.number(`returns.assets.${index}.weight`, weight, 0, 1)
    keys.add(key)
    total += weight
  }
  check.that(Math.abs(total - 1) <= 1e-9, 'returns.assets', `must have weights that sum to 1, not ${total}`)
}

function checkDegreesOfFreedom(check: Checklist, value: number): void {
  const { maximum } = SPEC_LIMITS.degreesOfFreedom
  const holds = value > 2 && value <= maximum
  check.that(holds, 'returns.degreesOfFreedom', `must be a number above 2, at most ${maximum}: with 2 or fewer there is no variance`)
}

/** @param path of what holds the moments */
function checkMoments(check: Checklist, path: string, { assets, correlation, inflation }: Regime, keys: readonly string[]): void {
  const { meanReturn, volatility, meanInflation, inflationVolatility } = SPEC_LIMITS
  for (const [index, asset] of assets.entries()) {
    check.number(`${path}.assets.${index}.meanReturn`, asset.meanReturn, meanReturn.minimum, meanReturn.maximum)
    check.number(`${path}.assets.${index}.volatility`, asset.volatility, 0, volatility)
  }
  check.number(`${path}.inflation.mean`, inflation.mean, meanInflation.minimum, meanInflation.maximum)
  check.number(`${path}.inflation.volatility`, inflation.volatility, 0, inflationVolatility)
  checkCorrelation(check, `${path}.correlation`, correlation, [...keys, 'inflation'])
}

function checkCorrelation(check: Checklist, path: string, matrix: readonly (readonly number[])[], names: readonly string[]): void {
  const size = names.length
  if (matrix.length !== size || matrix.some(row => row.length !== size)) {
    check.that(false, path, `must be ${size} x ${size}: the assets in their order, then inflation`)
    return
  }
  let symmetric = true
  for (const [i, row] of matrix.entries()) {
    check.numbers(`${path}.${i}`, row, -1, 1)
    check.that(row[i] === 1, `${path}.${i}.${i}`, 'must be 1, as everything correlates with itself')
    for (let j = 0; j < i; j++) {
      const mirrored = Math.abs(row[j]! - matrix[j]![i]!) <= 1e-12
      check.that(mirrored, `${path}.${i}.${j}`, `must equal its mirror image ${matrix[j]![i]}`)
      symmetric &&= mirrored
    }
  }
  if (!symmetric) return
  const factored = cholesky(matrix)
  if (factored.kind === 'factor') return
  const words = `no variables can have these correlations (those of ${names[factored.row]} contradict those of the ones before it)`
  check.that(false, path, `is not positive semi-definite: ${words}`)
}

function checkRegimes(check: Checklist, model: RegimeModel, stepsPerYear: number): void {
  const keys = keysOf(model)
  check.that(model.regimes.length === 2, 'returns.regimes', `must have two entries, not ${model.regimes.length}`)
  for (const [index, regime] of model.regimes.entries()) {
    const path = `returns.regimes.${index}`
    const { length } = regime.assets
    check.that(length === keys.length, `${path}.assets`, `must have one entry for each of the ${keys.length} assets, not ${length}`)
    checkMoments(check, path, regime, keys)
  }
  check.that(model.transition.length === 2, 'returns.transition', 'must be 2 x 2: from a regime (row) to a regime (column)')
  for (const [index, row] of model.transition.entries()) checkProbabilities(check, `returns.transition.${index}`, row)
  checkProbabilities(check, 'returns.start', model.start)
  const persistence = (model.transition[0]?.[0] ?? 0) + (model.transition[1]?.[1] ?? 0)
  check.that(
    stepsPerYear === 1 || persistence >= 1,
    'returns.transition',
    'must have a diagonal that sums to 1 or more: no monthly chain alternates so often within a year',
  )
}

function checkProbabilities(check: Checklist, path: string, probabilities: readonly number[]): void {
  check.numbers(path, probabilities, 0, 1)
  const total = probabilities.reduce((sum, probability) => sum + probability, 0)
  check.that(probabilities.length === 2 && Math.abs(total - 1) <= 1e-9, path, 'must have two probabilities that sum to 1')
}

function checkHistory(check: Checklist, model: ResamplingModel, stepsPerYear: number): void {
  const { historicalYears, historicalReturn, historicalInflation } = SPEC_LIMITS
  const { length } = model.years
  const periodsPerYear = model.periodsPerYear ?? 1
  const periods = length * periodsPerYear
  const noun = periodsPerYear === 1 ? 'years' : 'months'
  check.that(periodsPerYear === 1 || periodsPerYear === 12, 'returns.periodsPerYear', 'must be 1 or 12')
  check.that(stepsPerYear === periodsPerYear, 'stepsPerYear', `must be ${periodsPerYear}, the periods a year of the returns that are drawn`)
  check.that(length >= 1 && length <= historicalYears, 'returns.years', `must have 1 to ${historicalYears} entries`)
  for (const [index, year] of model.years.entries()) {
    const follows = index === 0 || year > model.years[index - 1]!
    check.that(Number.isInteger(year) && follows, `returns.years.${index}`, 'must be a whole number above the one before it')
  }
  for (const [index, asset] of model.assets.entries()) {
    const path = `returns.assets.${index}.returns`
    check.that(
      asset.returns.length === periods,
      path,
      `must have one entry for each of the ${periods} ${noun}, not ${asset.returns.length}`,
    )
    check.numbers(path, asset.returns, -1, historicalReturn)
    for (const [row, value] of asset.returns.entries())
      check.that(value !== -1, `${path}.${row}`, 'must be above -1: nothing is left to go on with')
  }
  check.that(model.inflation.length === periods, 'returns.inflation', `must have one entry for each of the ${periods} ${noun}`)
  check.numbers('returns.inflation', model.inflation, historicalInflation.minimum, historicalInflation.maximum)
}

/** Far from the 709 at which e^x leaves the doubles, so that no run of luck gets there: only months beyond all experience do. */
const MAX_LOG_GROWTH = 300

/** Wealth may vanish; it must not outgrow the doubles, nor the price index that divides it do either. */
function checkGrowth(check: Checklist, { assets, inflation }: ResamplingModel, steps: number): void {
  const logGrowth = (rates: number[]): number =>
    (steps / rates.length) * rates.reduce((total, rate) => total + (rate > -1 ? log1p(rate) : 0), 0)
  const message = `must not compound over ${steps} steps to more than a number can hold`
  for (const [index, { returns }] of assets.entries())
    check.that(!(logGrowth(returns) > MAX_LOG_GROWTH), `returns.assets.${index}.returns`, message)
  check.that(!(Math.abs(logGrowth(inflation)) > MAX_LOG_GROWTH), 'returns.inflation', message)
}

function checkWayThroughHistory(check: Checklist, model: ResamplingModel, spec: SimulationSpec): void {
  const periods = model.inflation.length
  if (model.kind === 'block_bootstrap') check.integer('returns.blockLengthPeriods', model.blockLengthPeriods, 1, periods)
  if (model.kind === 'stationary_bootstrap') check.number('returns.meanBlockLengthPeriods', model.meanBlockLengthPeriods, 1, periods)
  if (model.kind === 'historical_replay') checkReplay(check, model, spec)
}

function checkReplay(check: Checklist, { years }: HistoricalReplayModel, spec: SimulationSpec): void {
  for (const [index, year] of years.entries()) {
    const consecutive = index === 0 || year === years[index - 1]! + 1
    check.that(consecutive, `returns.years.${index}`, 'must be the year after the one before it: a replay leaves none out')
  }
  const starts = years.length - spec.years + 1
  check.that(starts >= 1, 'years', `must be at most ${years.length}, the years that there are to replay`)
  check.that(
    starts < 1 || spec.paths === starts,
    'paths',
    `must be ${starts}, one for each year that a replay of ${spec.years} years can start in`,
  )
}
