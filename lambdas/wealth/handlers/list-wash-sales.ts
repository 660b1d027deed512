import { findCoverage, findLongSales, findReplacements, type SharesOfLoss } from '../../../db/queries/wealth/index.ts'
import { Decimal } from '../../../domain/shared/index.ts'
import { washSaleCoverage, washSaleWindow } from '../../../domain/wealth/index.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { todayOf } from '../household-day.ts'
import { closingsPage } from '../list-closings-page.ts'
import { presentClosing } from '../present-lots.ts'
import { wealthRoutes } from '../routes.ts'

const byLoss = <Shares extends SharesOfLoss>(all: readonly Shares[]): ReadonlyMap<string, readonly Shares[]> =>
  Map.groupBy(all, ({ lossId, lossPosition }) => `${lossId} ${lossPosition}`)

const present = <Shares extends SharesOfLoss>({ lossId: _lossId, lossPosition: _lossPosition, ...shares }: Shares) => shares

export const handler = serve(wealthRoutes['list-wash-sales'], async ({ query: { cursor, limit, ...filter }, transaction }) => {
  const today = await todayOf(transaction, filter.householdId)
  const { nextCursor, rows } = await closingsPage(transaction, { ...filter, isTaxable: true, isLoss: true }, { cursor, limit })
  const coverage = await findCoverage(transaction, filter.householdId)
  const idsOf = (closings: typeof rows) => [...new Set(closings.map(({ transactionId }) => transactionId))]
  const replacements = byLoss(await findReplacements(transaction, idsOf(rows)))
  const longSales = byLoss(await findLongSales(transaction, idsOf(rows.filter(({ kind }) => kind === 'short'))))
  return ok({
    items: rows.map(row => {
      const key = `${row.transactionId} ${row.position}`
      const replaced = replacements.get(key) ?? []
      const open = replaced.reduce((left, { quantity }) => left.minus(quantity), new Decimal(row.quantity))
      const sold = open.isZero() ? [] : (longSales.get(key) ?? [])
      return {
        loss: presentClosing(row),
        window: washSaleWindow(row.closedOn),
        ...washSaleCoverage(row.closedOn, coverage, today),
        ...(sold.length > 0 && { state: 'incomplete' as const }),
        openQuantity: open.toFixed(),
        openLoss: new Decimal(row.gain ?? 0).negated().toFixed(2),
        replacements: replaced.map(present),
        longSales: sold.map(present),
      }
    }),
    nextCursor,
  })
})
