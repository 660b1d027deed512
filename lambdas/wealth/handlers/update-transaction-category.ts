import { ownCategoryRows, replaceCategory } from '../../../db/queries/wealth/index.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { transactionCategories } from '../resources/categories.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['update-transaction-category'], async ({ body, expectedVersion, params, transaction }) => {
  const { categoryId } = params
  const row = requireRow(await ownCategoryRows.update(transaction, categoryId, body, expectedVersion), transactionCategories)
  if (body.parent !== undefined) await replaceCategory(transaction, categoryId, { category: row.parent, categoryId })
  return ok(transactionCategories.present(row), row.version)
})
