import { allowsAverageCost, findBalance } from '../../../db/queries/wealth/index.ts'
import { standingMethods } from '../../../domain/wealth/index.ts'
import { invalidReference } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { previewSale } from '../preview-sale.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['create-lot-preview'], async ({ body, transaction }) => {
  const account = await findBalance(transaction, body.accountId, null)
  if (!account) throw invalidReference('body.accountId', 'account')
  const withAverage = await allowsAverageCost(transaction, account.id, body.symbol)
  const methods = withAverage ? standingMethods : standingMethods.filter(method => method !== 'average')
  return ok(await previewSale(transaction, account, body, methods))
})
