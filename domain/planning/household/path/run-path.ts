import type { MarketBlock } from '../market-block.ts'
import { giveFromIras } from './charity.ts'
import { contribute, decideContributions } from './contributions.ts'
import { convertToRoth, measureBracketRoom, requireDistributions } from './distributions.ts'
import { wantGoals } from './goals.ts'
import { growAccounts } from './growth.ts'
import { type HouseholdPath, openPath } from './household-path.ts'
import { openYear, receiveIncome } from './income.ts'
import { meetMilestones } from './milestones.ts'
import { payYear } from './payments.ts'
import { decideSpending } from './spending.ts'

/** Sees each year of a path when it is complete. */
export interface PathObserver {
  year(path: HouseholdPath): void
}

/*
 * A year of a household, in this order. All cash moves on its first day, at the prices of that day.
 *
 *  1. Ages; who lives (deaths fall on the last day of the year before); filing status; whether everybody alive has retired, as planned or by a
 *     milestone that the accounts have come to.
 *  2. Income: work, pensions, annuities, rents; Social Security; sales of property; dividends, which are reinvested.
 *  3. Required minimum distributions are reckoned of the opening balances.
 *  4. Spending is decided: planned expenses, moved by the spending rule once everybody has retired. Debts are paid beside it.
 *  5. Gifts to charity are given from IRAs as far as these may, which counts towards required distributions. Goals, by priority.
 *  6. Contributions: as planned, within the law's limits, as far as income after tax, spending and debts goes.
 *  7. Roth conversions, up to what required distributions leave; the accounts pay the tax.
 *  8. Withdrawals: required ones and gifts first, then what is missing in the plan's order, with the tax that they cause themselves.
 *     What cannot be paid is taken from goals (last priority first), discretionary spending, essential spending, debts, tax, in this order.
 *     What is left over is saved in the first taxable account, or spent.
 *  9. Contributions and employers' matches go into their accounts.
 * 10. Every account grows by its allocation, pays its fee and is rebalanced where due; prices move on.
 * 11. Deaths: accounts pass to the survivor. With the last death, or the horizon, the path ends.
 */

/** Lives through one path. Allocates nothing but what its observer does, and households of retirement ages that no path had come to. */
export function runPath(path: HouseholdPath, market: MarketBlock, pathIndex: number, lane: number, observer: PathObserver): void {
  openPath(path, pathIndex)
  for (let year = 0; year <= path.lastYear; year++) {
    openYear(path, year)
    meetMilestones(path)
    receiveIncome(path)
    requireDistributions(path)
    decideSpending(path)
    giveFromIras(path)
    wantGoals(path)
    decideContributions(path)
    convertToRoth(path)
    measureBracketRoom(path)
    payYear(path)
    contribute(path)
    growAccounts(path, market, lane)
    observer.year(path)
    path.priceIndex = path.closingPriceIndex
  }
}
