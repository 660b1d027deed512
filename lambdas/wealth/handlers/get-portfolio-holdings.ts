import { Decimal } from '../../../domain/shared/index.ts'
import { allocationOf, holdingGaps } from '../../../domain/wealth/index.ts'
import { fieldProblem } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { todayOf } from '../household-day.ts'
import { requirePortfolio } from '../portfolio-state.ts'
import { readHoldings, readTarget } from '../read-holdings.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['get-portfolio-holdings'], async ({ params, query, transaction }) => {
  const portfolio = await requirePortfolio(transaction, params.portfolioId)
  const today = await todayOf(transaction, portfolio.householdId)
  const date = query.date ?? today
  if (date > today) throw fieldProblem('invalid-request', [{ path: 'query.date', message: `must not be after today, ${today}` }])
  const { holdings, names, ...sums } = await readHoldings(transaction, portfolio, date, today)
  const total = new Decimal(sums.totalValue)
  const weightOf = (value: string | null) =>
    value === null || !total.greaterThan(0) ? null : new Decimal(value).dividedBy(total).toDecimalPlaces(6).toNumber()
  const items = holdings
    .toSorted((left, right) => Number(right.currentValue ?? 0) - Number(left.currentValue ?? 0))
    .map(({ classified, gaps, ...holding }) => ({
      ...holding,
      name: (holding.symbol === null ? undefined : names.get(holding.symbol)) ?? null,
      weight: weightOf(holding.currentValue),
      classes: [...classified.classes],
      classSource: classified.source,
      gaps: gaps.map(kind => ({ kind, message: holdingGaps[kind] })),
    }))
  return ok({
    date,
    currency: portfolio.currency,
    ...sums,
    oldestPriceDate: items.flatMap(({ price }) => price?.priceDate ?? []).toSorted()[0] ?? null,
    items,
    allocation: allocationOf(holdings, await readTarget(transaction, portfolio)),
  })
})
