import * as z from 'zod'
import { reply } from '../../runtime/responses.ts'
import type { RouteDeclaration } from '../../runtime/route.ts'
import { passkey, passkeyCreationOptions, passkeyId, passkeyRegistration } from '../passkey-schemas.ts'
import { password } from '../schemas.ts'

const cognito = ['user-pool', 'identity-functions'] as const

export const passkeyDeclarations = {
  'create-passkey': {
    method: 'POST',
    path: '/v1/identity/passkeys',
    summary: 'Create a passkey',
    description:
      'Needs the password again. Give the options to the browser (`navigator.credentials.create`), and verify the passkey with its answer within ' +
      'five minutes. A user has at most 20 passkeys: then the answer is 409.',
    access: 'write',
    backends: cognito,
    body: z.strictObject({ password }),
    refuses: [409],
    responses: { 201: reply('What the browser needs.', z.strictObject({ options: passkeyCreationOptions })) },
  },
  'verify-passkey': {
    method: 'POST',
    path: '/v1/identity/passkeys/verifications',
    summary: 'Verify a passkey',
    description: 'Send the answer of the browser. From then on, you can sign in with the passkey instead of the password and a code.',
    access: 'write',
    backends: cognito,
    body: z.strictObject({ credential: passkeyRegistration }),
    responses: { 204: reply('Enrolled.') },
  },
  'list-passkeys': {
    method: 'GET',
    path: '/v1/identity/passkeys',
    summary: 'List your passkeys',
    access: 'read',
    backends: cognito,
    responses: { 200: reply('All of them: a user has at most 20.', z.strictObject({ items: z.array(passkey) })) },
  },
  'remove-passkey': {
    method: 'POST',
    path: '/v1/identity/passkeys/removals',
    summary: 'Remove a passkey',
    description: 'Needs the password again. From then on, no sign-in with the passkey succeeds. Remove it from the device too.',
    access: 'write',
    backends: cognito,
    body: z.strictObject({ password, passkeyId }),
    responses: { 204: reply('Removed.') },
  },
} as const satisfies Record<string, RouteDeclaration>
