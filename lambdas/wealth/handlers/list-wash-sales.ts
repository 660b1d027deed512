import { findCoverage, findLongSales, findReplacements } from '../../../db/queries/wealth/index.ts'
import { Decimal } from '../../../domain/shared/index.ts'
import { washSaleCoverage, washSaleWindow } from '../../../domain/wealth/index.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { todayOf } from '../household-day.ts'
import { closingsPage } from '../list-closings-page.ts'
import { presentClosing } from '../present-lots.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['list-wash-sales'], async ({ query: { cursor, limit, ...filter }, transaction }) => {
  const today = await todayOf(transaction, filter.householdId)
  const { nextCursor, rows } = await closingsPage(transaction, { ...filter, isTaxable: true, isLoss: true }, { cursor, limit })
  const coverage = await findCoverage(transaction, filter.householdId)
  const replacements = Map.groupBy(
    await findReplacements(transaction, [...new Set(rows.map(({ transactionId }) => transactionId))]),
    ({ lossId, lossPosition }) => `${lossId} ${lossPosition}`,
  )
  const shorts = rows.filter(({ kind }) => kind === 'short').map(({ transactionId }) => transactionId)
  const longSales = Map.groupBy(
    await findLongSales(transaction, [...new Set(shorts)]),
    ({ lossId, lossPosition }) => `${lossId} ${lossPosition}`,
  )
  return ok({
    items: rows.map(row => {
      const replaced = replacements.get(`${row.transactionId} ${row.position}`) ?? []
      const open = replaced.reduce((left, { quantity }) => left.minus(quantity), new Decimal(row.quantity))
      const sold = open.isZero() ? [] : (longSales.get(`${row.transactionId} ${row.position}`) ?? [])
      return {
        loss: presentClosing(row),
        window: washSaleWindow(row.closedOn),
        ...washSaleCoverage(row.closedOn, coverage, today),
        ...(sold.length > 0 && { state: 'incomplete' as const }),
        openQuantity: open.toFixed(),
        openLoss: new Decimal(row.gain ?? 0).negated().toFixed(2),
        replacements: replaced.map(({ lossId: _lossId, lossPosition: _lossPosition, ...replacement }) => replacement),
        longSales: sold.map(({ lossId: _lossId, lossPosition: _lossPosition, ...sale }) => sale),
      }
    }),
    nextCursor,
  })
})
