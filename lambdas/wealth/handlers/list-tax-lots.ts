import * as z from 'zod'
import { listLots } from '../../../db/queries/wealth/index.ts'
import { calendarDate, uuid } from '../../runtime/schemas.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { todayOf } from '../household-day.ts'
import { presentLot } from '../present-lots.ts'
import { wealthRoutes } from '../routes.ts'
import { readTuple, writeTuple } from '../tuple-cursor.ts'

const place = z.tuple([z.string(), uuid, calendarDate, uuid, z.string().regex(/^\d{1,9}$/)])

export const handler = serve(wealthRoutes['list-tax-lots'], async ({ query: { cursor, limit, ...filter }, transaction }) => {
  const today = await todayOf(transaction, filter.householdId)
  const rows = await listLots(transaction, filter, limit + 1, readTuple(cursor, place))
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return ok({
    items: rows.slice(0, limit).map(presentLot(today)),
    nextCursor: last ? writeTuple([last.symbol, last.accountId, last.acquiredOn, last.openingId, String(last.position)]) : null,
  })
})
