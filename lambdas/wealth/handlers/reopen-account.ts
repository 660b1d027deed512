import { accountRows } from '../../../db/queries/wealth/accounts.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { accounts } from '../resources/accounts.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['reopen-account'], async ({ expectedVersion, params, transaction }) => {
  const account = requireRow(await accountRows.update(transaction, params.accountId, { closedOn: null }, expectedVersion), accounts)
  return ok(accounts.present(account), account.version)
})
