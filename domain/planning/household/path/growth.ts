import { FACTOR_LANES, type MarketBlock } from '../market-block.ts'
import type { HouseholdPath } from './household-path.ts'

/** Grows every account by its allocation, takes its fee, rebalances it when due, and sets the next year's prices. */
export function growAccounts(path: HouseholdPath, market: MarketBlock, lane: number): void {
  const { household, flows, slots, grossReturns } = path
  const { accounts, years } = household
  const { assets } = accounts
  const at = path.year * (assets + 1) * FACTOR_LANES + lane
  for (let asset = 0; asset <= assets; asset++) grossReturns[asset] = market.gross[at + asset * FACTOR_LANES]!
  let invested = 0
  let closing = 0
  let fees = 0
  for (let account = 0; account < accounts.count; account++) {
    const before = slots.balance[account]!
    const target = (account * years + path.year) * assets
    const growth =
      accounts.startsAtTarget[account] === 1
        ? weightedGrowth(accounts.targets, target, grossReturns, assets)
        : driftingGrowth(path, account, target)
    const grown = before * growth
    const fee = grown * accounts.feeRate[account]!
    slots.balance[account] = grown - fee
    invested += before
    closing += grown - fee
    fees += fee
  }
  flows.closing = closing
  flows.fees = fees
  flows.growth = closing + fees - invested
  path.portfolioReturn = invested > 0 ? closing / invested - 1 : 0
  path.inflation = grossReturns[assets]! - 1
  path.closingPriceIndex = path.priceIndex * grossReturns[assets]!
  const { valuation } = household.spending
  if (valuation !== null) path.cape *= grossReturns[valuation.asset]! / grossReturns[assets]! / valuation.steadyGrowthReal
}

function weightedGrowth(weights: Float64Array, at: number, gross: Float64Array, assets: number): number {
  let growth = 0
  for (let asset = 0; asset < assets; asset++) growth += weights[at + asset]! * gross[asset]!
  return growth
}

/** Growth of an account with drifting weights. Sets the weights for the start of the next year. An empty account buys at its target weights. */
function driftingGrowth(path: HouseholdPath, account: number, target: number): number {
  const { household, weights, grossReturns, year } = path
  const { assets, targets, rebalanceEvery, rebalanceDrift } = household.accounts
  const at = account * assets
  const growth = weightedGrowth(weights, at, grossReturns, assets)
  const next = year + 1 < household.years ? target + assets : target
  const every = rebalanceEvery[account]!
  let due = path.slots.balance[account] === 0 || (every > 0 && (year + 1) % every === 0)
  for (let asset = 0; asset < assets; asset++) {
    const drifted = (weights[at + asset]! * grossReturns[asset]!) / growth
    weights[at + asset] = drifted
    if (Math.abs(drifted - targets[next + asset]!) > rebalanceDrift[account]!) due = true
  }
  if (due) for (let asset = 0; asset < assets; asset++) weights[at + asset] = targets[next + asset]!
  return growth
}
