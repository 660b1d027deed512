import { sql } from 'drizzle-orm'
import { check, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core'
import { oneOf, stamps } from '../columns.ts'
import { identity } from './schema.ts'
import { users } from './users.ts'

export const themes = ['system', 'light', 'dark'] as const

/** The display, language and notification settings of a user: one row per user, made with the user. */
export const preferences = identity.table(
  'preferences',
  {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    theme: text('theme', { enum: themes }).notNull().default('system'),
    /** BCP 47. */
    locale: text('locale').notNull().default('en-US'),
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
    check('preferences_theme_known', oneOf(table.theme, themes)),
    check('preferences_currency_iso', sql`${table.currency} ~ '^[A-Z]{3}$'`),
  ],
)
