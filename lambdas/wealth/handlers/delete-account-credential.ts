import * as z from 'zod'
import { notFound } from '../../runtime/problem.ts'
import { noContent, serve } from '../../runtime/serve.ts'
import { callFor } from '../plaid/functions.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['delete-account-credential'], async ({ params: { accountId }, request }) => {
  const { removed } = await callFor(request, 'remove_credential', { accountId }, { removed: z.boolean() })
  if (!removed) throw notFound('credential')
  return noContent()
})
