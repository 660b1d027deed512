import { sql } from 'drizzle-orm'
import { boolean, check, integer, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { id, instant, oneOf, stamps } from '../columns.ts'
import { identity } from './schema.ts'

export const userRoles = ['member', 'admin'] as const

/** A person who signs in. Cognito holds the password and the second factor; this row holds the profile and a copy of Cognito's state. */
export const users = identity.table(
  'users',
  {
    id: id(),
    /** Cognito's `sub`: the only identifier that never changes. */
    cognitoSub: text('cognito_sub').notNull(),
    /** Null until a sign-up or sign-in through this platform gives it: access tokens contain no address. */
    email: text('email'),
    /** Whether Cognito has verified the address. */
    isVerified: boolean('is_verified').notNull().default(false),
    firstName: text('first_name'),
    lastName: text('last_name'),
    role: text('role', { enum: userRoles }).notNull().default('member'),
    isActive: boolean('is_active').notNull().default(true),
    company: text('company'),
    title: text('title'),
    licenseNumber: text('license_number'),
    failedLoginAttempts: integer('failed_login_attempts').notNull().default(0),
    lockedUntil: instant('locked_until'),
    lastLogin: instant('last_login'),
    passwordChangedAt: instant('password_changed_at'),
    /** Access tokens that were issued before are refused; null if sessions were never ended. */
    tokensValidAfter: instant('tokens_valid_after'),
    mfaEnabled: boolean('mfa_enabled').notNull().default(false),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('users_cognito_sub_key').on(table.cognitoSub),
    uniqueIndex('users_email_key').on(sql`lower(${table.email})`),
    check('users_role_known', oneOf(table.role, userRoles)),
    check('users_failed_login_attempts_not_negative', sql`${table.failedLoginAttempts} >= 0`),
  ],
)
