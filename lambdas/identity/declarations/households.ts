import * as z from 'zod'
import { householdInvitations, householdMembers } from '../../../db/schema/identity/households.ts'
import { changes, creates, gets, lists, removes } from '../../runtime/resource/declarations.ts'
import { reply } from '../../runtime/responses.ts'
import { patchOf, uuid } from '../../runtime/schemas.ts'
import { updates } from '../../runtime/writes.ts'
import { households, invitations, members } from '../resources.ts'
import { email, householdFields, householdRole, invitation, member } from '../schemas.ts'

const householdPath = z.strictObject({ householdId: uuid })
const ownersOnly = true

export const householdDeclarations = {
  'list-households': lists(households, { description: 'Your households, with your role in each.' }),
  'create-household': creates(households, {
    description: 'You become the first owner.',
    body: z.strictObject(householdFields),
    example: { body: { name: 'Home', timezone: 'America/New_York' } },
  }),
  'get-household': gets(households),
  'update-household': changes(households, {
    ownersOnly,
    body: patchOf({ ...householdFields, currency: householdFields.currency.unwrap() }),
    example: { body: { name: 'Our home' } },
  }),
  'list-members': lists(members),
  'get-member': gets(members),
  'update-member': changes(members, {
    summary: 'Change the role of a member',
    description: 'The last owner of a household keeps the role.',
    ownersOnly,
    body: z.strictObject({ role: householdRole.describe('The new role.') }),
    refuses: [409],
    example: { body: { role: 'editor' } },
  }),
  'remove-member': removes(members, {
    summary: 'Remove a member of a household',
    description: 'Owners can remove any member. To leave a household, remove yourself. Access ends at once. The last owner cannot leave.',
    refuses: [409],
  }),
  'create-handover': {
    method: 'POST',
    path: '/v1/identity/households/{householdId}/handovers',
    summary: 'Hand a household over',
    description: 'The member becomes an owner, and you become an editor, in one step.',
    access: 'write',
    backends: ['database'],
    ownersOnly,
    params: householdPath,
    body: z.strictObject({ userId: uuid.describe('The member who becomes an owner.') }),
    writes: [updates(householdMembers, ['role', 'version'])],
    responses: { 200: reply('The two members as they are now.', z.strictObject({ newOwner: member, previousOwner: member })) },
    example: { body: { userId: '01990000-0000-7000-8000-000000000001' } },
  },
  'list-invitations': lists(invitations, { ownersOnly }),
  'create-invitation': {
    method: 'POST',
    path: '/v1/identity/households/{householdId}/invitations',
    summary: 'Send an invitation',
    description:
      'A mail with a token goes to the address. Anyone with the token can accept the invitation, once, within seven days. A new ' +
      'invitation replaces an open one to the same address, whose token then stops working. A household has at most 20 open invitations. ' +
      'A user sends at most 50 in 24 hours.',
    access: 'write',
    backends: ['invitation-functions', 'mail'],
    ownersOnly,
    params: householdPath,
    body: z.strictObject({
      email: email.describe('The address to which the mail goes.'),
      role: householdRole.describe('The role that the invited person gets.'),
    }),
    idempotency: 'key',
    responses: { 201: reply('The invitation. Its mail was sent.', invitation) },
    example: { body: { email: 'grace@example.com', role: 'viewer' } },
  },
  'revoke-invitation': {
    method: 'DELETE',
    path: '/v1/identity/households/{householdId}/invitations/{invitationId}',
    summary: 'Revoke an invitation',
    description: 'Its token no longer works.',
    access: 'write',
    backends: ['database'],
    ownersOnly,
    params: householdPath.extend({ invitationId: uuid }),
    writes: [updates(householdInvitations, ['revokedAt', 'version'])],
    responses: { 204: reply('Revoked.') },
  },
  'accept-invitation': {
    method: 'POST',
    path: '/v1/identity/invitation-acceptances',
    summary: 'Accept an invitation',
    description: 'You become a member of the household. A member who has a lower role gets the role of the invitation.',
    access: 'write',
    backends: ['database'],
    body: z.strictObject({ token: z.string().trim().min(1).max(100).describe('The token in the mail.') }),
    idempotency: 'key',
    responses: { 201: reply('Your membership.', member) },
    example: { body: { token: 'qGm3Qy2dXH0oT1kY8bq4VJ5w7sN6uZ9cRfLxPaEeDiM' } },
  },
} as const
