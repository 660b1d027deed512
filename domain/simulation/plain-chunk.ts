import { createMarket } from './markets/create-market.ts'
import { createAccountWealth } from './account-wealth.ts'
import type { Market } from './market.ts'
import { constantTargets, createPortfolio } from './portfolio.ts'
import type { SimulateChunk } from './paths.ts'
import type { SimulationSpec } from './spec.ts'
import { BLOCK_PATHS } from './stages.ts'
import { applyFlow, type BlockWealth, closeYear, createWealth, grow, openWealth, openYear } from './wealth.ts'

/** The wealth of a block of paths in one portfolio. */
function createOnePortfolio(spec: SimulationSpec, market: Market): BlockWealth {
  const { stepsPerYear } = spec
  const portfolio = createPortfolio(constantTargets(spec), market.assetGrowth, stepsPerYear)
  const wealth = createWealth()
  return {
    wealth,
    open: () => openWealth(wealth, spec.openingBalance),
    pay: year => applyFlow(wealth, year, spec.realFlows[year]! / stepsPerYear, spec.nominalFlows[year]! / stepsPerYear),
    grow(year, step) {
      portfolio.step(year, step)
      grow(wealth, portfolio.growth, market.inflation)
    },
  }
}

/** The simulation of paths in plain TypeScript, block by block. */
export function plainChunks(spec: SimulationSpec): SimulateChunk {
  const { flowTiming, stepsPerYear, years } = spec
  const market = createMarket(spec.returns, stepsPerYear, spec.seed)
  const block = spec.accounts ? createAccountWealth(spec, spec.accounts, market) : createOnePortfolio(spec, market)
  const { wealth } = block

  const simulateYear = (year: number): void => {
    openYear(wealth)
    for (let step = 0; step < stepsPerYear; step++) {
      market.step()
      if (flowTiming === 'begin') block.pay(year)
      block.grow(year, step)
      if (flowTiming === 'end') block.pay(year)
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
      block.open()
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
