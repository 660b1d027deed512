import { sql } from 'drizzle-orm'
import { char, check, index, integer, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant, oneOf, stamps } from '../columns.ts'
import { identity } from './schema.ts'
import { users } from './users.ts'

/** People who plan and file taxes together. The timezone defines "today", month ends and tax years. The creator becomes the first owner. */
export const households = identity.table(
  'households',
  {
    id: id(),
    name: text('name').notNull(),
    /** IANA name. */
    timezone: text('timezone').notNull(),
    /** ISO 4217. */
    currency: text('currency').notNull().default('USD'),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [check('households_currency_iso', sql`${table.currency} ~ '^[A-Z]{3}$'`)],
)

/** Viewers read the rows of a household, editors also change them, owners also manage the household and its members. */
export const householdRoles = ['owner', 'editor', 'viewer'] as const

export const householdId = () => optionalHouseholdId().notNull()

/** Null: published reference data. All users can read it, no user can change it. */
export const optionalHouseholdId = () => uuid('household_id').references(() => households.id, { onDelete: 'cascade' })

/** The users who may read or change the rows of a household. A household always has at least one owner. */
export const householdMembers = identity.table(
  'household_members',
  {
    householdId: householdId(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text('role', { enum: householdRoles }).notNull(),
    joinedAt: instant('joined_at').notNull().default(sql`now()`),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    primaryKey({ name: 'household_members_pkey', columns: [table.householdId, table.userId] }),
    index('household_members_user').on(table.userId, table.householdId),
    check('household_members_role_known', oneOf(table.role, householdRoles)),
  ],
)

/** An offer by mail to join a household. Anyone who has its token may accept it, once. */
export const householdInvitations = identity.table(
  'household_invitations',
  {
    id: id(),
    householdId: householdId(),
    email: text('email').notNull(),
    role: text('role', { enum: householdRoles }).notNull(),
    /** SHA-256 of the token, in hexadecimal. */
    tokenHash: char('token_hash', { length: 64 }).notNull(),
    expiresAt: instant('expires_at').notNull(),
    acceptedAt: instant('accepted_at'),
    acceptedBy: uuid('accepted_by'),
    revokedAt: instant('revoked_at'),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('household_invitations_token_key').on(table.tokenHash),
    uniqueIndex('household_invitations_open_key')
      .on(table.householdId, sql`lower(${table.email})`)
      .where(sql`${table.acceptedAt} is null and ${table.revokedAt} is null`),
    index('household_invitations_household').on(table.householdId, table.id),
    index('household_invitations_invited')
      .on(sql`lower(${table.email})`)
      .where(sql`${table.acceptedAt} is null and ${table.revokedAt} is null`),
    index('household_invitations_creator').on(table.createdBy, table.createdAt),
    check('household_invitations_role_known', oneOf(table.role, householdRoles)),
    check('household_invitations_accepted_whole', sql`(${table.acceptedAt} is null) = (${table.acceptedBy} is null)`),
    check('household_invitations_accepted_or_revoked', sql`${table.acceptedAt} is null or ${table.revokedAt} is null`),
  ],
)
