import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, pgSchema, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant, stamps } from '../columns.ts'

export const identity = pgSchema('identity')

/** A person who signs in. Cognito holds the password and the second factor; this row holds what the platform knows and mirrors. */
export const users = identity.table(
  'users',
  {
    id: id(),
    /** Cognito's `sub`: the one identifier that never changes. */
    cognitoSub: text('cognito_sub').notNull(),
    /** Unknown until a sign-up or sign-in through this platform tells it: access tokens carry no address. */
    email: text('email'),
    emailVerified: boolean('email_verified').notNull().default(false),
    firstName: text('first_name'),
    lastName: text('last_name'),
    role: text('role', { enum: ['member', 'admin'] })
      .notNull()
      .default('member'),
    isActive: boolean('is_active').notNull().default(true),
    company: text('company'),
    title: text('title'),
    licenseNumber: text('license_number'),
    failedSignInCount: integer('failed_sign_in_count').notNull().default(0),
    lockedUntil: instant('locked_until'),
    lastSignInAt: instant('last_sign_in_at'),
    passwordChangedAt: instant('password_changed_at'),
    mfaEnabled: boolean('mfa_enabled').notNull().default(false),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('users_cognito_sub_key').on(table.cognitoSub),
    uniqueIndex('users_email_key').on(sql`lower(${table.email})`),
    check('users_role_known', sql`${table.role} in ('member', 'admin')`),
    check('users_failed_sign_ins_not_negative', sql`${table.failedSignInCount} >= 0`),
  ],
)

/** How a user wants the platform to look and speak: one row a user, made with the user. */
export const preferences = identity.table(
  'preferences',
  {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    theme: text('theme', { enum: ['system', 'light', 'dark'] })
      .notNull()
      .default('system'),
    /** BCP 47. */
    language: text('language').notNull().default('en-US'),
    /** IANA name. */
    timezone: text('timezone').notNull().default('UTC'),
    /** ISO 4217. */
    currency: text('currency').notNull().default('USD'),
    notifications: jsonb('notifications').$type<Record<string, boolean>>().notNull().default({}),
    trading: jsonb('trading').$type<Record<string, unknown>>().notNull().default({}),
    dashboardLayout: jsonb('dashboard_layout').$type<Record<string, unknown>>().notNull().default({}),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    check('preferences_theme_known', sql`${table.theme} in ('system', 'light', 'dark')`),
    check('preferences_currency_iso', sql`${table.currency} ~ '^[A-Z]{3}$'`),
  ],
)

/** People who plan and file together. Its timezone decides what "today", a month end and a tax year are. */
export const households = identity.table(
  'households',
  {
    id: id(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    timezone: text('timezone').notNull(),
    currency: text('currency').notNull().default('USD'),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('households_id_user_key').on(table.id, table.userId),
    index('households_user').on(table.userId, table.id),
    check('households_currency_iso', sql`${table.currency} ~ '^[A-Z]{3}$'`),
  ],
)
