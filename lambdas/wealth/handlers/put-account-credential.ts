import * as z from 'zod'
import { notFound } from '../../runtime/problem.ts'
import { noContent, serve } from '../../runtime/serve.ts'
import { callFor } from '../plaid/functions.ts'
import { wealthRoutes } from '../routes.ts'
import { sealSecret } from '../secrets/envelope.ts'

const form = { householdId: z.uuid().nullable(), stored: z.boolean() }

export const handler = serve(wealthRoutes['put-account-credential'], async ({ body, params: { accountId }, request }) => {
  const { householdId } = await callFor(request, 'put_credential', { accountId, credential: null }, form)
  if (householdId === null) throw notFound('account')
  const credential = await sealSecret(body.credential, { householdId, kind: 'account-credential', id: accountId })
  const { stored } = await callFor(request, 'put_credential', { accountId, credential }, form)
  if (!stored) throw notFound('account')
  return noContent()
})
