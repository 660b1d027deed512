import { householdRows } from '../../../db/queries/identity/index.ts'
import { recurringRows, unlinkAll } from '../../../db/queries/wealth/recurring.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { todayIn } from '../../runtime/today.ts'
import { findRecurring } from '../detect.ts'
import { recurring } from '../resources/transfers.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['update-recurring'], async ({ body, expectedVersion, params, transaction }) => {
  const before = requireRow(await recurringRows.lock(transaction, params.recurringId, expectedVersion), recurring)
  const changed = requireRow(await recurringRows.update(transaction, before.id, body, before.version), recurring)
  if (changed.status === 'dismissed') await unlinkAll(transaction, changed.id)
  if (before.status !== 'dismissed' || changed.status === 'dismissed') return ok(recurring.present(changed), changed.version)
  // Its transactions are linked again.
  const household = await householdRows.find(transaction, changed.householdId)
  await findRecurring(transaction, changed.householdId, todayIn(household!.timezone))
  const row = (await recurringRows.find(transaction, changed.id)) ?? changed
  return ok(recurring.present(row), row.version)
})
