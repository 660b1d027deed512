import { listHouseholds } from '../../../db/queries/identity/identity.ts'
import { page, readCursor } from '../../runtime/pagination.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { presentHousehold } from '../present.ts'
import { identityRoutes } from '../routes.ts'

export const handler = serve(identityRoutes['list-households'], async ({ query, transaction }) => {
  const rows = await listHouseholds(transaction, { limit: query.limit, after: readCursor(query.cursor) })
  return ok(page(rows, query.limit, presentHousehold))
})
