import { and, eq } from 'drizzle-orm'
import { relabel, withIds } from '../../../db/queries/wealth/index.ts'
import { transactions as table } from '../../../db/schema/wealth/transactions.ts'
import { requireEditableHousehold } from '../../runtime/household-rights.ts'
import { invalidReference, invalidValue } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { labelChange, referredCategory } from '../label-changes.ts'
import { filterConditions } from '../resources/transactions.ts'
import { wealthRoutes } from '../routes.ts'
import { bulkLimit } from '../schemas/transactions.ts'
import { requireAccount } from '../store-entry.ts'

export const handler = serve(wealthRoutes['label-transactions'], async ({ body, transaction }) => {
  const { addedTags, filter = {}, householdId, labels, removedTags, transactionIds } = body
  await requireEditableHousehold(transaction, householdId)
  if (filter.accountId !== undefined) await requireAccount(transaction, householdId, filter.accountId, 'body.filter.accountId')
  if (filter.categoryId !== undefined) await referredCategory(transaction, householdId, filter.categoryId, 'body.filter.categoryId')
  const change = await labelChange(transaction, householdId, labels, 'body.labels')
  const tagged =
    addedTags || removedTags ? { addedTags: addedTags ?? [], removedTags: removedTags ?? [], set: [...change.set, 'tags'] } : {}
  const ids = transactionIds && [...new Set(transactionIds)]
  const where = ids ? withIds(householdId, ids) : and(eq(table.householdId, householdId), ...filterConditions(filter))!
  const before = await relabel(transaction, where, { ...change, ...tagged }, bulkLimit + 1)
  if (before.length > bulkLimit) throw invalidValue('body.filter', `must match at most ${bulkLimit} transactions`)
  if (ids && before.length < ids.length) throw invalidReference('body.transactionIds', 'transaction')
  return ok({ changed: before.length, before })
})
