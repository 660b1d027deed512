import { skipReasons } from '../../../domain/wealth/index.ts'
import { compareBudgets, type RebalancingProposal } from '../../../domain/wealth/rebalancing/index.ts'
import { invalidValue } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { todayOf } from '../household-day.ts'
import { requirePortfolio } from '../portfolio-state.ts'
import { readTarget } from '../read-holdings.ts'
import { readRebalancing } from '../read-rebalancing.ts'
import { wealthRoutes } from '../routes.ts'

const present = ({ cash, classes, skips, trades, ...proposal }: RebalancingProposal) => ({
  ...proposal,
  trades: trades.map(({ lots, ...trade }) => ({ ...trade, lots: [...lots] })),
  skips: skips.map(skip => ({ ...skip, message: skipReasons[skip.reason] })),
  classes: [...classes],
  cash: [...cash],
})

export const handler = serve(wealthRoutes['create-rebalancing-proposal'], async ({ body, params, transaction }) => {
  const portfolio = await requirePortfolio(transaction, params.portfolioId)
  const target = await readTarget(transaction, portfolio)
  if (!target) throw invalidValue('path.portfolioId', 'the portfolio has no target: set one first')
  const today = await todayOf(transaction, portfolio.householdId)
  const { assumptions, input, taxSource, untradedValue } = await readRebalancing(transaction, portfolio, target, body, today)
  return ok({
    date: today,
    taxRates: input.rules.taxRates,
    taxSource,
    assumptions,
    untradedValue,
    proposals: compareBudgets(input, body.gainsBudgets).map(({ gainsBudget, proposal }) => ({ gainsBudget, ...present(proposal) })),
  })
})
