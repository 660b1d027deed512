import { randomUUID } from 'node:crypto'
import type { PlaidApi } from 'plaid'
import * as z from 'zod'
import { databaseFunctions } from '../../runtime/database-functions.ts'
import { invalidReference, invalidValue, Problem } from '../../runtime/problem.ts'
import { created, serve } from '../../runtime/serve.ts'
import { plaidClient } from '../plaid/client.ts'
import { connection as connectionForm } from '../plaid/connection.ts'
import { ask, forCaller, PlaidFailure } from '../plaid/failure.ts'
import { asDocument, callFor } from '../plaid/functions.ts'
import { syncConnection } from '../plaid/sync.ts'
import { wealthRoutes } from '../routes.ts'
import { sealSecret } from '../secrets/envelope.ts'

/** For the first synchronisation. The route answers within 29 seconds. */
const syncMilliseconds = 12_000

/** A token that Plaid does not know, or no longer, is a wrong value of the caller. */
const withToken = <Answer>(field: 'linkToken' | 'publicToken', work: Promise<Answer>): Promise<Answer> =>
  forCaller(
    work.catch((error: unknown) => {
      const isUnknown =
        error instanceof PlaidFailure && ['INVALID_LINK_TOKEN', 'INVALID_PUBLIC_TOKEN', 'INVALID_FIELD'].includes(error.code)
      throw isUnknown ? invalidValue(`body.${field}`, 'Plaid does not know this token, or no longer') : error
    }),
  )

/** What the person has chosen on Plaid's page. */
const publicTokenOf = async (plaid: PlaidApi, linkToken: string): Promise<string> => {
  const { link_sessions: sessions = [] } = await withToken('linkToken', ask(plaid.linkTokenGet({ link_token: linkToken })))
  const results = sessions.flatMap(({ results }) => results?.item_add_results ?? [])
  const chosen = results.at(-1)
  if (!chosen) throw invalidValue('body.linkToken', 'nothing was chosen on Plaid’s page yet')
  return chosen.public_token
}

export const handler = serve(wealthRoutes['create-plaid-connection'], async ({ body, request }) => {
  const startedAt = performance.now()
  const { householdId } = body
  const plaid = await plaidClient()
  const { isKnown } = await callFor(request, 'check_editor', { householdId }, { isKnown: z.boolean() })
  if (!isKnown) throw invalidReference('body.householdId', 'household')
  const publicToken = body.publicToken ?? (await publicTokenOf(plaid, body.linkToken ?? ''))
  const { access_token, item_id: itemId } = await withToken(
    body.publicToken === undefined ? 'linkToken' : 'publicToken',
    ask(plaid.itemPublicTokenExchange({ public_token: publicToken })),
  )
  const { item } = await forCaller(ask(plaid.itemGet({ access_token })))
  const connectionId = randomUUID()
  const token = await sealSecret(access_token, { householdId, kind: 'plaid-access-token', id: connectionId })
  const document = {
    householdId,
    connectionId,
    itemId,
    token,
    institutionId: item.institution_id ?? null,
    institutionName: item.institution_name ?? 'Institution',
    consentExpiresAt: item.consent_expiration_time,
  }
  const made = await callFor(request, 'create_connection', document, { connection: connectionForm.nullable(), isTaken: z.boolean() })
  if (made.isTaken) throw new Problem('already-exists', 'These accounts are connected to another household. Remove that connection first.')
  if (!made.connection) throw invalidReference('body.householdId', 'household')
  const { id } = made.connection
  const synced = await syncConnection({
    functions: databaseFunctions('wealth'),
    plaid,
    request: asDocument(request),
    connectionId: id,
    hasTime: () => performance.now() - startedAt < syncMilliseconds,
  })
  const connection = synced.state === 'missing' ? made.connection : (synced.connection ?? made.connection)
  return created(connection, `/v1/wealth/plaid/connections/${id}`)
})
