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

/** Called with each complete year of a path. */
export interface PathObserver {
  year(path: HouseholdPath): void
}

/*
 * A year of a household, in this order. All cash moves on its first day, at the prices of that day.
 *
 *  1. Ages; the persons alive (deaths are on the last day of the year before); filing status; whether everybody alive has retired, as planned
 *     or by a milestone.
 *  2. Income: work, pensions, annuities, rents; Social Security; sales of property; dividends, which are reinvested.
 *  3. Required minimum distributions are computed from the opening balances.
 *  4. Spending is decided: planned expenses, changed by the spending rule after everybody has retired. Debts are paid in addition.
 *  5. Gifts to charity are paid from IRAs within the legal limits, and count towards required distributions. Goals, by priority.
 *  6. Contributions: as planned, within the legal limits, as far as income after tax, spending and debts allows.
 *  7. Roth conversions, within the balances after required distributions. The accounts pay the tax.
 *  8. Withdrawals: required ones and gifts first, then the rest of the need in the plan's order, including the tax that they cause.
 *     An unpaid amount reduces goals (last priority first), discretionary spending, essential spending, debts, tax, in this order.
 *     A surplus is saved in the first taxable account, or spent.
 *  9. Contributions and employers' matches go into their accounts.
 * 10. Every account grows by its allocation, pays its fee and is rebalanced when due. The price level changes.
 * 11. Deaths: accounts pass to the survivor. With the last death, or the horizon, the path ends.
 */

/** Simulates one path. It allocates hardly any memory: in its observer, for retirement ages that no path has reached yet, and at a first death with two returns. */
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
