import type { Market } from './market.ts'
import { accountTargets, createPortfolio, keptAfterFee } from './portfolio.ts'
import type { PortfolioAccount, SimulationSpec } from './spec.ts'
import { BLOCK_PATHS } from './stages.ts'
import { type BlockWealth, createWealth, NOT_DEPLETED, openWealth } from './wealth.ts'

/** The wealth of a block of paths in accounts, each with its balance, its weights and its fee. */
export function createAccountWealth(spec: SimulationSpec, accounts: readonly PortfolioAccount[], market: Market): BlockWealth {
  const { stepsPerYear } = spec
  const wealth = createWealth()
  const books = accounts.map(account => ({
    account,
    balance: new Float64Array(BLOCK_PATHS),
    share: new Float64Array(BLOCK_PATHS),
    kept: keptAfterFee(account, stepsPerYear),
    portfolio: createPortfolio(accountTargets(spec, account), market.assetGrowth, stepsPerYear),
  }))

  /** Of all accounts together, in the step. */
  const growth = new Float64Array(BLOCK_PATHS)
  const held = new Float64Array(BLOCK_PATHS)

  return {
    wealth,
    open() {
      openWealth(wealth, spec.openingBalance)
      for (const { account, balance, share } of books) {
        balance.fill(account.openingBalance)
        share.fill(1 / accounts.length)
      }
    },
    pay(year) {
      const { balance: total, priceIndex, depletedIn } = wealth
      const realFlow = spec.realFlows[year]! / stepsPerYear
      const nominalFlow = spec.nominalFlows[year]! / stepsPerYear
      total.fill(0)
      for (const { account, balance } of books) {
        const real = account.realContributions[year]! / stepsPerYear
        const nominal = account.nominalContributions[year]! / stepsPerYear
        for (let lane = 0; lane < BLOCK_PATHS; lane++) {
          if (depletedIn[lane] === NOT_DEPLETED) balance[lane] = balance[lane]! + (real * priceIndex[lane]! + nominal)
          total[lane] = total[lane]! + balance[lane]!
        }
      }
      if (realFlow === 0 && nominalFlow === 0) return
      for (let lane = 0; lane < BLOCK_PATHS; lane++) {
        if (depletedIn[lane] !== NOT_DEPLETED) continue
        const before = total[lane]!
        const after = before + (realFlow * priceIndex[lane]! + nominalFlow)
        if (after < 0) depletedIn[lane] = year
        total[lane] = after > 0 ? after : 0
        const left = after > 0 ? after / before : 0
        for (const { balance } of books) balance[lane] = balance[lane]! * left
      }
    },
    grow(year, step) {
      const { balance: total, priceIndex, yearGrowth, yearInflation } = wealth
      growth.fill(0)
      held.fill(0)
      for (const { balance } of books) for (let lane = 0; lane < BLOCK_PATHS; lane++) held[lane] = held[lane]! + balance[lane]!
      total.fill(0)
      for (const { balance, kept, portfolio, share } of books) {
        portfolio.step(year, step)
        for (let lane = 0; lane < BLOCK_PATHS; lane++) {
          const net = portfolio.growth[lane]! * kept
          if (held[lane]! > 0) share[lane] = balance[lane]! / held[lane]!
          growth[lane] = growth[lane]! + share[lane]! * net
          balance[lane] = balance[lane]! * net
          total[lane] = total[lane]! + balance[lane]!
        }
      }
      for (let lane = 0; lane < BLOCK_PATHS; lane++) {
        priceIndex[lane] = priceIndex[lane]! * market.inflation[lane]!
        yearGrowth[lane] = yearGrowth[lane]! * growth[lane]!
        yearInflation[lane] = yearInflation[lane]! * market.inflation[lane]!
      }
    },
  }
}
