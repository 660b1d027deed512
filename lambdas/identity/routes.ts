import * as z from 'zod'
import { changes, gets, lists } from '../runtime/resource/declarations.ts'
import { reply } from '../runtime/responses.ts'
import { defineRoutes } from '../runtime/route.ts'
import { label, patchOf, uuid } from '../runtime/schemas.ts'
import { householdDeclarations } from './declarations/households.ts'
import { passkeyDeclarations } from './declarations/passkeys.ts'
import { peopleDeclarations } from './declarations/people.ts'
import { todayDeclarations } from './declarations/today.ts'
import { erasureResult } from './erasure-schemas.ts'
import { erasures, me, preferences, users } from './resources.ts'
import { passkeyChallenge } from './passkey-schemas.ts'
import {
  challengeAnswer,
  confirmationCode,
  email,
  meFields,
  password,
  preferenceFields,
  refreshTokenIn,
  sentRefreshToken,
  signInResult,
  tokens,
} from './schemas.ts'

const cognito = ['user-pool', 'identity-functions'] as const
const name = label.max(100).optional()
const ownPassword = z.strictObject({ password }).meta({ id: 'OwnPassword', description: 'The password of the caller, again.' })

/** Anybody may send these. Each sends a mail, and a quota of mails is soon used up. */
const mailsPerSecond = 5
/** Anybody may send these too. Cognito answers some more than that: its quota is 120 sign-ins a second for an account. */
const signInsPerSecond = 50

export const identityRoutes = defineRoutes('identity', {
  'create-sign-up': {
    method: 'POST',
    path: '/v1/identity/sign-ups',
    summary: 'Sign up',
    description:
      'A six-digit code goes to the address. Confirm the sign-up with it before you sign in. If the address already has an account, the ' +
      'answer is the same, nothing is changed, and a mail tells the owner of the address.',
    access: 'public',
    requestsPerSecond: mailsPerSecond,
    backends: [...cognito, 'mail'],
    body: z.strictObject({ email, password, firstName: name.describe('Given name.'), lastName: name.describe('Family name.') }),
    responses: {
      202: reply('A mail was sent. Confirm the address first.', z.strictObject({ email: z.string(), confirmed: z.literal(false) })),
    },
    example: { body: { email: 'reader@example.com', password: 'a long phrase, 1 digit & Capital' } },
  },
  'confirm-sign-up': {
    method: 'POST',
    path: '/v1/identity/sign-ups/confirmations',
    summary: 'Confirm a sign-up',
    description: 'Send the code that was sent to the address.',
    access: 'public',
    requestsPerSecond: signInsPerSecond,
    backends: cognito,
    body: z.strictObject({ email, code: confirmationCode }),
    responses: { 204: reply('Confirmed. You can sign in.') },
  },
  'resend-sign-up-code': {
    method: 'POST',
    path: '/v1/identity/sign-ups/codes',
    summary: 'Send the sign-up code again',
    access: 'public',
    requestsPerSecond: mailsPerSecond,
    backends: cognito,
    body: z.strictObject({ email }),
    responses: { 202: reply('If the address has an unconfirmed account, a code was sent.') },
  },
  'create-session': {
    method: 'POST',
    path: '/v1/identity/sessions',
    summary: 'Sign in',
    description:
      'The answer has tokens, or a challenge that you must answer first. Send the access token with every request. All sign-ins that fail ' +
      'have the same answer, whether the address has an account or not.',
    access: 'public',
    requestsPerSecond: signInsPerSecond,
    backends: cognito,
    body: z.strictObject({ email, password, refreshTokenIn }),
    refuses: [401, 403],
    responses: { 200: reply('Signed in, or challenged.', signInResult) },
  },
  'create-passkey-challenge': {
    method: 'POST',
    path: '/v1/identity/sessions/passkey-challenges',
    summary: 'Request a challenge for a passkey',
    description:
      'Begins a sign-in. Give the options to the browser (`navigator.credentials.get`), and answer the challenge with its answer within three minutes. The answer ' +
      'looks the same for an address without a passkey, and for one without an account.',
    access: 'public',
    requestsPerSecond: signInsPerSecond,
    backends: cognito,
    body: z.strictObject({ email }),
    responses: { 200: reply('The challenge.', passkeyChallenge) },
  },
  'answer-challenge': {
    method: 'POST',
    path: '/v1/identity/sessions/challenges',
    summary: 'Answer a sign-in challenge',
    access: 'public',
    requestsPerSecond: signInsPerSecond,
    backends: cognito,
    body: challengeAnswer,
    refuses: [401, 403],
    responses: { 200: reply('Signed in, or challenged again.', signInResult) },
  },
  'refresh-session': {
    method: 'POST',
    path: '/v1/identity/sessions/refreshes',
    summary: 'Refresh a session',
    description:
      'Exchanges a refresh token for a new access token and a new refresh token, in the same place: the body or the cookie. The one that was ' +
      'sent works for another minute. The cookie counts only in requests of a page of the same origin.',
    access: 'public',
    requestsPerSecond: signInsPerSecond,
    backends: ['user-pool'],
    body: sentRefreshToken,
    refuses: [401, 403],
    responses: { 200: reply('New tokens.', tokens) },
  },
  'end-session': {
    method: 'POST',
    path: '/v1/identity/sessions/sign-outs',
    summary: 'Sign out here',
    description:
      'Ends the session of the refresh token, in the body or in the cookie, and no other. Its refresh and access tokens stop working at once. ' +
      'The access token may have expired. The answer is the same for a session that has ended before.',
    access: 'public',
    requestsPerSecond: signInsPerSecond,
    backends: cognito,
    body: sentRefreshToken,
    refuses: [403],
    responses: { 204: reply('Signed out.') },
  },
  'delete-sessions': {
    method: 'DELETE',
    path: '/v1/identity/sessions',
    summary: 'Sign out everywhere',
    description: 'Ends every session of the caller. Refresh tokens and access tokens stop working at once.',
    access: 'write',
    backends: cognito,
    responses: { 204: reply('Signed out.') },
  },
  'create-totp-device': {
    method: 'POST',
    path: '/v1/identity/totp-devices',
    summary: 'Create an authenticator device',
    description:
      'Needs the password again. Show the URI as a QR code. Then verify the device with a code of the app. It replaces a device that is enrolled.',
    access: 'write',
    backends: cognito,
    body: ownPassword,
    responses: {
      201: reply('The secret of the device.', z.strictObject({ secret: z.string(), uri: z.string() })),
    },
  },
  'verify-totp-device': {
    method: 'POST',
    path: '/v1/identity/totp-devices/verifications',
    summary: 'Verify an authenticator device',
    description: 'Send a code of the app. From then on, each sign-in needs a code.',
    access: 'write',
    backends: cognito,
    body: z.strictObject({ code: confirmationCode }),
    responses: { 204: reply('Enrolled.') },
  },
  'remove-totp-devices': {
    method: 'POST',
    path: '/v1/identity/totp-devices/removals',
    summary: 'Remove all authenticator devices',
    description: 'Needs the password again. From then on, a sign-in needs only the password.',
    access: 'write',
    backends: cognito,
    body: ownPassword,
    responses: { 204: reply('Removed.') },
  },
  'change-password': {
    method: 'POST',
    path: '/v1/identity/password-changes',
    summary: 'Change your password',
    description: 'Needs the password again. Ends every session of the caller: sign in with the new password.',
    access: 'write',
    backends: cognito,
    body: z.strictObject({ password, newPassword: password }),
    responses: { 204: reply('The password is changed.') },
  },
  'close-account': {
    method: 'POST',
    path: '/v1/identity/me/closures',
    summary: 'Close your account',
    description: 'Needs the password again. Nothing is removed. Every session ends, and only an operator can open the account again.',
    access: 'write',
    backends: cognito,
    body: ownPassword,
    responses: { 204: reply('Closed.') },
  },
  'delete-account': {
    method: 'POST',
    path: '/v1/identity/me/deletions',
    summary: 'Delete your account',
    description:
      'Needs the password again. Erases you: the sign-in, the profile, the preferences, the memberships, and the households of which you are ' +
      'the only member, with all of their data. It cannot be undone. The answer says what was erased and what stays, with the reason. Hand over ' +
      'the households with other members of which you are the only owner first: until then, the answer is 409 and names them.',
    access: 'write',
    backends: cognito,
    body: ownPassword,
    refuses: [409],
    responses: { 200: reply('What was erased.', erasureResult) },
  },
  'export-me': {
    method: 'GET',
    path: '/v1/identity/me/export',
    summary: 'Get all of your data',
    description:
      'All data that belongs to you, as JSON lines. The first line is an index: the tables, their numbers of rows and columns, and what is left ' +
      'out, with the reason. Each other line is a row. Needs a sign-in of the last 15 minutes; until then, the answer is 401. The answer is 409 ' +
      'when there are more than 5 MB: then the operator of the platform can export them.',
    access: 'read',
    backends: ['database'],
    transactions: 'snapshot',
    refuses: [409],
    responses: { 200: { description: 'The data.', body: z.string(), contentType: 'application/x-ndjson' } },
  },
  'create-password-reset': {
    method: 'POST',
    path: '/v1/identity/password-resets',
    summary: 'Request a password reset',
    description: 'A six-digit code goes to the address.',
    access: 'public',
    requestsPerSecond: mailsPerSecond,
    backends: cognito,
    body: z.strictObject({ email }),
    responses: { 202: reply('If the address has an account, a code was sent.') },
  },
  'confirm-password-reset': {
    method: 'POST',
    path: '/v1/identity/password-resets/confirmations',
    summary: 'Confirm a password reset',
    description: 'Sets a new password. Send the code that was sent to the address.',
    access: 'public',
    requestsPerSecond: signInsPerSecond,
    backends: cognito,
    body: z.strictObject({ email, code: confirmationCode, newPassword: password }),
    responses: { 204: reply('The password is changed. You can sign in with it.') },
  },
  'get-me': gets(me, { summary: 'Get your user' }),
  'update-me': changes(me, {
    summary: 'Change your user',
    body: patchOf(meFields),
    example: { body: { firstName: 'Ada', company: null } },
  }),
  'get-preferences': gets(preferences, { summary: 'Get your preferences' }),
  'update-preferences': changes(preferences, {
    summary: 'Change your preferences',
    body: patchOf(preferenceFields),
    example: { body: { theme: 'dark', timezone: 'America/New_York' } },
  }),
  ...passkeyDeclarations,
  ...householdDeclarations,
  ...peopleDeclarations,
  ...todayDeclarations,
  'list-users': lists(users, { access: 'admin' }),
  'erase-user': {
    method: 'POST',
    path: '/v1/identity/users/{userId}/erasures',
    summary: 'Delete a user and all of their data',
    description:
      'Erases a person in the whole database at once, and ends the sessions. A job of every hour removes the person from the user pool and ' +
      'completes the erasure. It cannot be undone. Sent again, it erases what was stored meanwhile. The answer is 409 under a legal hold.',
    access: 'admin',
    backends: ['database'],
    params: z.strictObject({ userId: uuid.describe('The person.') }),
    refuses: [409],
    responses: { 200: reply('What was erased.', erasureResult) },
  },
  'list-erasures': lists(erasures, {
    access: 'admin',
    description: 'The erasures of persons, newest first. Each call is recorded in the audit trail.',
  }),
})
