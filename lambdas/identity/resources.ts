import { householdRows, memberRows, openInvitationRows } from '../../db/queries/identity/households.ts'
import { personRows } from '../../db/queries/identity/people.ts'
import { preferencesRows, userRows } from '../../db/queries/identity/users.ts'
import { erasureRows } from '../../db/queries/operations/index.ts'
import { householdInvitations, householdMembers, households as householdTable } from '../../db/schema/identity/households.ts'
import { people as personTable } from '../../db/schema/identity/people.ts'
import { users as userTable } from '../../db/schema/identity/users.ts'
import { erasures as erasureTable } from '../../db/schema/operations/erasures.ts'
import { ownersOnly } from '../runtime/problem.ts'
import { equals, flag, search } from '../runtime/resource/filters.ts'
import { resource } from '../runtime/resource/resource.ts'
import { uuid } from '../runtime/schemas.ts'
import { erasureRecord } from './erasure-schemas.ts'
import { kycData, person } from './people-schemas.ts'
import { household, householdRole, invitation, me as meSchema, member, preferences as preferencesSchema, userSummary } from './schemas.ts'

export const me = resource({ one: 'user', many: 'users', path: '/v1/identity/me', rows: userRows, answer: meSchema })

export const users = resource({
  one: 'user',
  many: 'users',
  path: '/v1/identity/users',
  rows: userRows,
  answer: userSummary,
  filters: { role: equals(userTable.role, userSummary.shape.role), isActive: equals(userTable.isActive, flag), ...search(userTable.email) },
  sorts: ['email', 'createdAt', 'lastLogin'],
})

export const erasures = resource({
  one: 'erasure of a person',
  many: 'erasures of persons',
  path: '/v1/identity/erasures',
  rows: erasureRows,
  answer: erasureRecord,
  filters: {
    userId: equals(erasureTable.userId, uuid.describe('The erased person.')),
    status: equals(erasureTable.status, erasureRecord.shape.status),
  },
  sorts: ['requestedAt'],
})

export const preferences = resource({
  one: 'set of preferences',
  many: 'sets of preferences',
  path: '/v1/identity/preferences',
  rows: preferencesRows,
  answer: preferencesSchema,
})

export const households = resource({
  one: 'household',
  many: 'households',
  path: '/v1/identity/households',
  parameter: { householdId: uuid },
  rows: householdRows,
  answer: household,
  filters: search(householdTable.name),
  sorts: ['name', 'createdAt'],
  // The creator is the first owner, which the statement that creates the household cannot see yet.
  present: { role: row => row.role ?? 'owner' },
  readOnly: ownersOnly,
})

export const members = resource({
  one: 'member of a household',
  many: 'the members of a household',
  path: '/v1/identity/households/{householdId}/members',
  parameter: { userId: uuid },
  within: { parent: households, column: householdMembers.householdId },
  rows: memberRows,
  answer: member,
  filters: { role: equals(householdMembers.role, householdRole) },
  sorts: ['joinedAt', 'role'],
  order: 'joinedAt',
  present: { email: row => row.profile.email, firstName: row => row.profile.firstName, lastName: row => row.profile.lastName },
  readOnly: ownersOnly,
})

export const invitations = resource({
  one: 'invitation',
  many: 'the open invitations to a household',
  path: '/v1/identity/households/{householdId}/invitations',
  parameter: { invitationId: uuid },
  within: { parent: households, column: householdInvitations.householdId },
  rows: openInvitationRows,
  answer: invitation,
  filters: search(householdInvitations.email),
  sorts: ['email', 'createdAt'],
  readOnly: ownersOnly,
})

export const people = resource({
  one: 'person',
  many: 'the people of a household',
  path: '/v1/identity/households/{householdId}/people',
  parameter: { personId: uuid },
  within: { parent: households, column: personTable.householdId },
  rows: personRows,
  answer: person,
  filters: search(personTable.name),
  sorts: ['name', 'birthDate', 'createdAt'],
  order: 'createdAt',
  present: {
    riskTolerance: row => (row.riskTolerance === null ? null : Number(row.riskTolerance)),
    kycData: row => kycData.parse(row.kycData),
  },
})
