import { beneficiariesOf } from '../../../db/queries/wealth/beneficiaries.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requireAccount } from '../account-checks.ts'
import { byRank } from '../beneficiary-lists.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['get-beneficiaries'], async ({ params, transaction }) => {
  const { id, version } = await requireAccount(transaction, params.accountId)
  return ok({ accountId: id, ...byRank(await beneficiariesOf(transaction, id)), version }, version)
})
