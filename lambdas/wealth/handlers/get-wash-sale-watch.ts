import { findIdentical, findWatchedTrades } from '../../../db/queries/wealth/index.ts'
import { washSaleWindow } from '../../../domain/wealth/index.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { todayOf } from '../household-day.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['get-wash-sale-watch'], async ({ query: { householdId }, transaction }) => {
  const date = await todayOf(transaction, householdId)
  const trades = await findWatchedTrades(transaction, householdId, date)
  const identicalTo = await findIdentical(transaction, householdId, [...new Set(trades.map(({ symbol }) => symbol))])
  return ok({
    date,
    items: trades.map(({ accountId, date: tradedOn, kind, openLoss, quantity, symbol, transactionId }) => ({
      symbol,
      symbols: identicalTo(symbol),
      kind: kind === 'loss' ? ('do_not_buy' as const) : ('do_not_sell' as const),
      until: washSaleWindow(tradedOn).to,
      transactionId,
      accountId,
      quantity,
      amount: openLoss,
    })),
  })
})
