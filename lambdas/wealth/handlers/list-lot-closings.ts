import { ok, serve } from '../../runtime/serve.ts'
import { todayOf } from '../household-day.ts'
import { closingsPage } from '../list-closings-page.ts'
import { presentClosing } from '../present-lots.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['list-lot-closings'], async ({ query: { cursor, limit, ...filter }, transaction }) => {
  await todayOf(transaction, filter.householdId)
  const { nextCursor, rows } = await closingsPage(transaction, filter, { cursor, limit })
  return ok({ items: rows.map(presentClosing), nextCursor })
})
