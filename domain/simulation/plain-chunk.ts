import { createMarket } from './markets/create-market.ts'
import { createPortfolio } from './portfolio.ts'
import type { SimulateChunk } from './paths.ts'
import type { SimulationSpec } from './spec.ts'
import { BLOCK_PATHS } from './stages.ts'
import { applyFlow, closeYear, createWealth, grow, openWealth, openYear } from './wealth.ts'

/** The simulation of paths in plain TypeScript, block by block. */
export function plainChunks(spec: SimulationSpec): SimulateChunk {
  const { flowTiming, stepsPerYear, years } = spec
  const market = createMarket(spec.returns, stepsPerYear, spec.seed)
  const portfolio = createPortfolio(spec.returns.assets, market.assetGrowth, stepsPerYear)
  const wealth = createWealth()

  const simulateYear = (year: number): void => {
    const realFlow = spec.realFlows[year]! / stepsPerYear
    const nominalFlow = spec.nominalFlows[year]! / stepsPerYear
    openYear(wealth)
    for (let step = 0; step < stepsPerYear; step++) {
      market.step()
      portfolio.step(step)
      if (flowTiming === 'begin') applyFlow(wealth, year, realFlow, nominalFlow)
      grow(wealth, portfolio.growth, market.inflation)
      if (flowTiming === 'end') applyFlow(wealth, year, realFlow, nominalFlow)
    }
    closeYear(wealth)
  }

  return (fromPath, toPath) => {
    const paths = toPath - fromPath
    const doubles = (): Float64Array => new Float64Array(paths)
    const nominal = new Float64Array(years * paths)
    const real = new Float64Array(years * paths)
    const depletedIn = new Int32Array(paths)
    const ends = { priceIndex: doubles(), growth: doubles(), nominalReturnSum: doubles(), realReturnSum: doubles() }
    for (let offset = 0; offset < paths; offset += BLOCK_PATHS) {
      const lanes = Math.min(BLOCK_PATHS, paths - offset)
      market.open(fromPath + offset)
      openWealth(wealth, spec.openingBalance)
      for (let year = 0; year < years; year++) {
        simulateYear(year)
        const at = year * paths + offset
        const { balance, priceIndex } = wealth
        for (let lane = 0; lane < lanes; lane++) {
          nominal[at + lane] = balance[lane]!
          real[at + lane] = balance[lane]! / priceIndex[lane]!
        }
      }
      depletedIn.set(wealth.depletedIn.subarray(0, lanes), offset)
      for (const name of ['priceIndex', 'growth', 'nominalReturnSum', 'realReturnSum'] as const) {
        ends[name].set(wealth[name].subarray(0, lanes), offset)
      }
    }
    return { nominal, real, depletedIn, ...ends }
  }
}
