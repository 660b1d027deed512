import { findTransactionIds, restoreLabels } from '../../../db/queries/wealth/index.ts'
import { requireEditableHousehold } from '../../runtime/household-rights.ts'
import { invalidReference } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { referredCategory } from '../label-changes.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['restore-labels'], async ({ body, transaction }) => {
  const { before, householdId } = body
  await requireEditableHousehold(transaction, householdId)
  const ids = await findTransactionIds(
    transaction,
    householdId,
    before.map(({ id }) => id),
  )
  const unknown = before.findIndex(({ id }) => !ids.has(id))
  if (unknown !== -1) throw invalidReference(`body.before.${unknown}.id`, 'transaction')
  const parents = new Map<string, (typeof before)[number]['category']>()
  for (const [index, { categoryId }] of before.entries()) {
    if (categoryId === null || parents.has(categoryId)) continue
    const { parent } = await referredCategory(transaction, householdId, categoryId, `body.before.${index}.categoryId`)
    parents.set(categoryId, parent)
  }
  const labels = before.map(row => ({ ...row, category: parents.get(row.categoryId ?? '') ?? row.category }))
  return ok({ restored: await restoreLabels(transaction, householdId, labels) })
})
