import { type Market, openStreams } from '../market.ts'
import { isBelow, nextInteger, nextWord, type SeedKey } from '../../numeric/index.ts'
import type {
  BlockBootstrapModel,
  BootstrapModel,
  HistoricalReplayModel,
  HistoricalReturns,
  StationaryBootstrapModel,
} from '../return-models.ts'
import { BLOCK_PATHS, rowsOf } from '../stages.ts'
export type ResamplingModel = BootstrapModel | BlockBootstrapModel | StationaryBootstrapModel | HistoricalReplayModel

/** Gross returns of the assets in their order, then gross inflation, by period. */
export function historicalGross(history: HistoricalReturns): Float64Array[] {
  return [...history.assets.map(asset => asset.returns), history.inflation].map(rates => Float64Array.from(rates, rate => 1 + rate))
}

/**
 * The period that comes next on a path.
 *
 * @param state holds the path's generator at `state[at..at + 3]`
 * @param previous the period before; ignored in the path's first step
 * @param step number of the step since the path's start
 */
export type NextPeriod = (state: Int32Array, at: number, path: number, previous: number, step: number) => number

/** How a model goes through its history. Random models draw from the path's market stream. */
export function nextPeriodOf(model: ResamplingModel): NextPeriod {
  const periods = model.inflation.length
  const following = (period: number): number => (period + 1) % periods
  switch (model.kind) {
    case 'bootstrap':
      return (state, at) => nextInteger(state, at, periods)
    case 'block_bootstrap':
      return (state, at, _path, previous, step) =>
        step % model.blockLengthPeriods === 0 ? nextInteger(state, at, periods) : following(previous)
    case 'stationary_bootstrap': {
      const ending = 1 / model.meanBlockLengthPeriods
      return (state, at, _path, previous, step) =>
        step === 0 || isBelow(nextWord(state, at), ending) ? nextInteger(state, at, periods) : following(previous)
    }
    default:
      return (_state, _at, path, _previous, step) => (path * (model.periodsPerYear ?? 1) + step) % periods
  }
}

/** Periods of the past, drawn or replayed: all assets and inflation of a step come from the same period. */
export function createResamplingMarket(model: ResamplingModel, key: SeedKey): Market {
  const history = historicalGross(model)
  const nextPeriod = nextPeriodOf(model)
  const states = new Int32Array(4 * BLOCK_PATHS)
  const periods = new Int32Array(BLOCK_PATHS)
  const grossRows = rowsOf(new Float64Array(history.length * BLOCK_PATHS))
  let firstPath = 0
  let step = 0
  return {
    assetGrowth: grossRows.slice(0, -1),
    inflation: grossRows.at(-1)!,
    open(path) {
      firstPath = path
      step = 0
      openStreams(states, key, path)
    },
    step() {
      for (let lane = 0; lane < BLOCK_PATHS; lane++) periods[lane] = nextPeriod(states, 4 * lane, firstPath + lane, periods[lane]!, step)
      for (const [factor, gross] of history.entries()) pick(gross, periods, grossRows[factor]!)
      step++
    },
  }
}

/** out[lane] = values[at[lane]]. */
function pick(values: Float64Array, at: Int32Array, out: Float64Array): void {
  for (let lane = 0; lane < BLOCK_PATHS; lane++) out[lane] = values[at[lane]!]!
}
