import * as z from 'zod'
import { invalidReference } from '../../runtime/problem.ts'
import { serve } from '../../runtime/serve.ts'
import { plaidClient } from '../plaid/client.ts'
import { callFor } from '../plaid/functions.ts'
import { createLinkToken } from '../plaid/link.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['create-plaid-link-token'], async ({ body: { householdId }, request }) => {
  const plaid = await plaidClient()
  const { isKnown } = await callFor(request, 'check_editor', { householdId }, { isKnown: z.boolean() })
  if (!isKnown) throw invalidReference('body.householdId', 'household')
  return { status: 201, body: await createLinkToken(plaid, householdId) }
})
