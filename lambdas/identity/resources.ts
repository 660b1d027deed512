import { householdRows, preferencesRows, userRows } from '../../db/queries/identity/identity.ts'
import { users as userTable } from '../../db/schema/identity/users.ts'
import { Problem } from '../runtime/problem.ts'
import { equals, flag } from '../runtime/resource/filters.ts'
import { resource } from '../runtime/resource/resource.ts'
import { uuid } from '../runtime/schemas.ts'
import { household, me as meSchema, preferences as preferencesSchema, userSummary } from './schemas.ts'

export const me = resource({ one: 'user', many: 'users', path: '/v1/identity/me', rows: userRows, answer: meSchema })

export const users = resource({
  one: 'user',
  many: 'users',
  path: '/v1/identity/users',
  rows: userRows,
  answer: userSummary,
  filters: { role: equals(userTable.role, userSummary.shape.role), isActive: equals(userTable.isActive, flag) },
  sorts: ['email', 'createdAt', 'lastLogin'],
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
  sorts: ['name', 'createdAt'],
  readOnly: () => new Problem('owners-only', 'Only owners of this household may change this.'),
})
