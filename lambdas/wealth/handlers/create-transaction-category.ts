import { requireEditableHousehold } from '../../runtime/household-rights.ts'
import { creating } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { transactionCategories } from '../resources/categories.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(
  wealthRoutes['create-transaction-category'],
  creating(transactionCategories, async ({ body, transaction }) => {
    await requireEditableHousehold(transaction, body.householdId)
    return body
  }),
)
