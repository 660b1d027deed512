import * as z from 'zod'
import type { JsonValue } from '../../../db/data-api.ts'
import { contentHash } from '../../../domain/shared/index.ts'
import { databaseFunctions } from '../../runtime/database-functions.ts'
import { readVariable } from '../../runtime/environment.ts'
import { RecipientRefusedError, sendMail } from '../../runtime/mail.ts'
import { logger } from '../../runtime/observability.ts'
import { fieldProblem, invalidValue, notFound, ownersOnly, Problem } from '../../runtime/problem.ts'
import { serve } from '../../runtime/serve.ts'
import { invitationMail } from '../invitation-mail.ts'
import { hashOfToken, newInvitationToken } from '../invitation-tokens.ts'
import { identityRoutes } from '../routes.ts'
import { invitation as invitationSchema } from '../schemas.ts'

const validHours = 7 * 24

/** The answer of identity.create_invitation. */
const answer = z.object({
  user: z.object({ isActive: z.boolean() }),
  household: z.object({ name: z.string() }).nullable(),
  inviterName: z.string().nullable(),
  invitation: invitationSchema.nullable(),
  reply: invitationSchema.nullable(),
  refusal: z.enum(['not-owner', 'key-reused', 'already-member', 'too-many-open', 'too-many-today']).nullable(),
})

const refusals = {
  'not-owner': ownersOnly,
  'key-reused': () => new Problem('idempotency-key-reused', 'This Idempotency-Key was used for another request. Use a new one.'),
  'already-member': () => fieldProblem('already-exists', [{ path: 'body.email', message: 'is the address of a member of this household' }]),
  'too-many-open': () => new Problem('too-many-invitations', 'This household has 20 open invitations. Revoke one first.'),
  'too-many-today': () =>
    new Problem('too-many-invitations', 'You sent 50 invitations in the last 24 hours, including revoked ones. Try again later.'),
} as const

export const handler = serve(identityRoutes['create-invitation'], async ({ body, idempotencyKey, params, request: identity }) => {
  const token = newInvitationToken()
  const request = JSON.parse(JSON.stringify(identity)) as JsonValue
  const key: Record<string, string> =
    idempotencyKey === undefined ? {} : { idempotencyKey, requestHash: contentHash({ path: params, body }) }
  const document = { request, ...params, ...body, ...key, tokenHash: hashOfToken(token), expiresInHours: validHours }
  const made = answer.parse(await databaseFunctions('invitations').call('identity.create_invitation', document))
  const { household, invitation, inviterName, refusal, reply, user } = made
  if (!user.isActive) throw new Problem('account-closed', 'This account is closed.')
  if (!household) throw notFound('household')
  if (refusal) throw refusals[refusal]()
  if (reply) return { status: 201, body: reply, headers: { 'idempotent-replay': 'true' } }
  if (!invitation) throw new Error('identity.create_invitation made no invitation and gave no reason.')
  const { email: to, expiresAt, role } = invitation
  const mail = invitationMail({
    to,
    inviterName,
    householdName: household.name,
    role,
    expiresAt,
    token,
    frontUrl: readVariable('FRONT_URL'),
  })
  await sendMail(mail).catch((error: unknown) => {
    if (!(error instanceof RecipientRefusedError)) throw error
    logger.warn('the recipient of an invitation was refused', { error })
    throw invalidValue('body.email', 'cannot receive mail')
  })
  if (idempotencyKey !== undefined) await keepReply({ request, ...key, reply: invitation })
  return { status: 201, body: invitation }
})

/** Stores the reply. A failure is only logged, because the mail is already sent, and a second mail would make its token invalid. */
const keepReply = async (document: JsonValue): Promise<void> => {
  try {
    await databaseFunctions('invitations').call('identity.keep_invitation_reply', document, { idempotent: true })
  } catch (error) {
    logger.error('the reply to an invitation could not be stored', { error })
  }
}
