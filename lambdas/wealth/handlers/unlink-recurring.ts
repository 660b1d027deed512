import { recurringRows, unlinkOne } from '../../../db/queries/wealth/recurring.ts'
import { invalidReference } from '../../runtime/problem.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { noContent, serve } from '../../runtime/serve.ts'
import { recurring } from '../resources/transfers.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['unlink-recurring'], async ({ body, params, transaction }) => {
  const row = requireRow(await recurringRows.lock(transaction, params.recurringId), recurring)
  if (!(await unlinkOne(transaction, row.id, body.transactionId)))
    throw invalidReference('body.transactionId', 'transaction of this recurring payment')
  return noContent()
})
