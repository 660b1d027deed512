import { countUses, ownCategoryRows, replaceCategory } from '../../../db/queries/wealth/index.ts'
import { invalidValue, Problem } from '../../runtime/problem.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { noContent, serve } from '../../runtime/serve.ts'
import { referredCategory } from '../label-changes.ts'
import { transactionCategories } from '../resources/categories.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['delete-transaction-category'], async ({ expectedVersion, params, query, transaction }) => {
  const { categoryId } = params
  const { householdId } = requireRow(await ownCategoryRows.lock(transaction, categoryId, expectedVersion), transactionCategories)
  const { replacement, replacementId } = query
  if (replacementId === categoryId) throw invalidValue('query.replacementId', 'must be another category')
  if (replacementId !== undefined) {
    const { parent } = await referredCategory(transaction, householdId, replacementId, 'query.replacementId')
    await replaceCategory(transaction, categoryId, { category: parent, categoryId: replacementId })
  } else if (replacement === undefined) {
    const uses = await countUses(transaction, categoryId)
    if (uses > 0)
      throw new Problem('category-in-use', `${uses} transactions or parts of transactions have this category. Name one that replaces it.`)
  } else await replaceCategory(transaction, categoryId, { category: replacement, categoryId: null })
  requireRow(await ownCategoryRows.remove(transaction, categoryId, undefined), transactionCategories)
  return noContent()
})
