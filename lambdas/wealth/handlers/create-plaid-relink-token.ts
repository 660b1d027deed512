import { serve } from '../../runtime/serve.ts'
import { plaidClient } from '../plaid/client.ts'
import { openConnection } from '../plaid/functions.ts'
import { createLinkToken } from '../plaid/link.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['create-plaid-relink-token'], async ({ params: { connectionId }, request }) => {
  const plaid = await plaidClient()
  const { accessToken, connection } = await openConnection(request, connectionId)
  return { status: 201, body: await createLinkToken(plaid, connection.householdId, accessToken) }
})
