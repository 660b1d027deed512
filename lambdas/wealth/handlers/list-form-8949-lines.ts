import { listDisposals } from '../../../db/queries/wealth/disposals.ts'
import { boxOf, form8949Line } from '../../../domain/wealth/index.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { readGroups } from '../form-8949.ts'
import { todayOf } from '../household-day.ts'
import { closingPlace } from '../list-closings-page.ts'
import { wealthRoutes } from '../routes.ts'
import { readTuple, writeTuple } from '../tuple-cursor.ts'

export const handler = serve(wealthRoutes['list-form-8949-lines'], async ({ params: { year }, query, transaction }) => {
  const { box, cursor, householdId, isIncomplete, limit, rounding } = query
  await todayOf(transaction, householdId)
  const keys =
    box && (await readGroups(transaction, householdId, year, 'cents')).filter(group => boxOf(group) === box).map(({ key }) => key)
  const filter = { householdId, year, keys, isComplete: isIncomplete === undefined ? undefined : !isIncomplete }
  const rows = await listDisposals(transaction, filter, limit + 1, readTuple(cursor, closingPlace))
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return ok({
    items: shown.map(row => form8949Line(row, rounding)),
    nextCursor: last && rows.length > limit ? writeTuple([last.soldOn, last.transactionId, String(last.position)]) : null,
  })
})
