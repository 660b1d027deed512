import * as z from 'zod'
import { gets, lists } from '../../runtime/resource/declarations.ts'
import { reply } from '../../runtime/responses.ts'
import { instant, nameSchemas, uuid } from '../../runtime/schemas.ts'
import { connection } from '../plaid/connection.ts'
import { connections } from '../resources.ts'
import { accountPath } from './accounts.ts'

const linkToken = z.strictObject({
  linkToken: z.string().describe('Names the visit to Plaid’s page. Keep it, to connect what the person has chosen there.'),
  hostedLinkUrl: z.url().describe('Plaid’s page, where the person signs in at the institution.'),
  expiresAt: instant,
})

nameSchemas({ PlaidLinkToken: linkToken })

const household = uuid.describe('The household to which the accounts belong.')
const one = z.strictObject({ connectionId: uuid })
const outside = ['wealth-functions', 'plaid'] as const
const withToken = ['wealth-functions', 'credential-key', 'plaid'] as const
/** The rules follow a synchronisation. */
const syncing = [...withToken, 'ledger-work'] as const
const webhookLimitBytes = 65_536

export const connectionDeclarations = {
  'list-plaid-connections': lists(connections, { description: 'The sign-ins of your households at institutions.' }),
  'get-plaid-connection': gets(connections),
  'create-plaid-link-token': {
    method: 'POST',
    path: '/v1/wealth/plaid/link-tokens',
    summary: 'Request a page to connect an institution',
    description:
      'Open `hostedLinkUrl`: there the person chooses the institution and signs in. Then send `linkToken` to `POST /v1/wealth/plaid/connections`.',
    access: 'write',
    backends: outside,
    body: z.strictObject({ householdId: household }),
    refuses: [429],
    responses: { 201: reply('The page to open.', linkToken) },
    example: { body: { householdId: '01990000-0000-7000-8000-000000000001' } },
    requestsPerSecond: 5,
  },
  'create-plaid-connection': {
    method: 'POST',
    path: '/v1/wealth/plaid/connections',
    summary: 'Create a connection to an institution',
    description:
      'Stores the access to the institution, encrypted, and reads accounts, balances and transactions for the first time. An account that was ' +
      'entered by hand is recognised by its institution, type and last digits. The same token again gives the same connection.',
    access: 'write',
    backends: syncing,
    body: z
      .strictObject({
        householdId: household,
        linkToken: z.string().min(1).max(200).optional().describe('After the person has finished Plaid’s page.'),
        publicToken: z.string().min(1).max(200).optional().describe('Instead: what Plaid’s own component gives to a page.'),
      })
      .refine(({ linkToken, publicToken }) => (linkToken === undefined) !== (publicToken === undefined), {
        path: ['linkToken'],
        message: 'send linkToken or publicToken',
      }),
    refuses: [409, 429],
    responses: { 201: reply('The connection, as it is after the first synchronisation.', connection) },
    example: {
      body: { householdId: '01990000-0000-7000-8000-000000000001', linkToken: 'link-sandbox-01990000-0000-7000-8000-000000000002' },
    },
    requestsPerSecond: 5,
    memoryMegabytes: 512,
  },
  'create-plaid-sync': {
    method: 'POST',
    path: '/v1/wealth/plaid/connections/{connectionId}/syncs',
    summary: 'Refresh a connection now',
    description:
      'Reads balances, and what has changed since the last synchronisation. One runs at a time. What does not fit into the time of a request is ' +
      'read later. Labels that a person has set stay.',
    access: 'write',
    backends: syncing,
    params: one,
    refuses: [409, 429],
    responses: { 200: reply('The connection, as it is now. Its `syncStatus` and `errorMessage` say whether Plaid failed.', connection) },
    requestsPerSecond: 5,
    memoryMegabytes: 512,
  },
  'create-plaid-relink-token': {
    method: 'POST',
    path: '/v1/wealth/plaid/connections/{connectionId}/relink-tokens',
    summary: 'Request a page to sign in at an institution again',
    description:
      'Open `hostedLinkUrl`. After the person has signed in there, synchronise the connection: accounts and transactions are the same.',
    access: 'write',
    backends: withToken,
    params: one,
    refuses: [409, 429],
    responses: { 201: reply('The page to open.', linkToken) },
    requestsPerSecond: 5,
  },
  'delete-plaid-connection': {
    method: 'DELETE',
    path: '/v1/wealth/plaid/connections/{connectionId}',
    summary: 'Remove a connection',
    description: 'Plaid ends the access to the institution. Accounts and transactions stay, and no longer change by themselves.',
    access: 'write',
    backends: withToken,
    params: one,
    refuses: [409, 429],
    responses: { 204: reply('Removed.') },
  },
  'receive-plaid-webhook': {
    method: 'POST',
    path: '/v1/wealth/plaid/webhooks',
    summary: 'Accept a webhook of Plaid',
    description: 'For Plaid only: the header Plaid-Verification must have its signature. A webhook counts once, for five minutes.',
    access: 'public',
    backends: syncing,
    bulkBody: {
      mediaTypes: ['application/json'],
      schema: z.looseObject({
        webhook_type: z.string().describe('The product that the webhook is about, or `ITEM`.'),
        webhook_code: z.string().describe('What has happened.'),
        item_id: z.string().optional().describe('The item of Plaid.'),
      }),
      limitBytes: webhookLimitBytes,
    },
    refuses: [401],
    responses: { 204: reply('Received.') },
    requestsPerSecond: 20,
    memoryMegabytes: 512,
  },
  'put-account-credential': {
    method: 'PUT',
    path: '/v1/wealth/accounts/{accountId}/credentials',
    summary: 'Store the credential of an account',
    description: 'It is encrypted with a key of its own. No answer ever shows it. It replaces the one before.',
    access: 'write',
    backends: ['wealth-functions', 'credential-key'],
    params: accountPath,
    body: z.strictObject({ credential: z.string().min(1).max(4096).describe('A password, a key, or any other text.') }),
    responses: { 204: reply('Stored.') },
    example: { body: { credential: 'correct horse battery staple' } },
  },
  'delete-account-credential': {
    method: 'DELETE',
    path: '/v1/wealth/accounts/{accountId}/credentials',
    summary: 'Remove the credential of an account',
    access: 'write',
    backends: ['wealth-functions'],
    params: accountPath,
    responses: { 204: reply('Removed.') },
  },
} as const
