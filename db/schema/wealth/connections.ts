import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, integer, jsonb, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { connectionStates } from '../../../domain/wealth/index.ts'
import { id, instant, oneOf, stamps } from '../columns.ts'
import { householdId } from '../identity/households.ts'
import { accounts } from './accounts.ts'
import { wealth } from './schema.ts'

/** A divided transaction to which the institution has given another amount. Amounts are exact text. */
export interface ChangedSplits {
  readonly transactionId: string
  readonly accountId: string
  readonly currency: string
  readonly date: string
  readonly description: string
  readonly amountBefore: string
  readonly amountAfter: string
  readonly changedAt: string
}

/** A sign-in of a household at an institution, through Plaid: an item of Plaid. */
export const plaidConnections = wealth.table(
  'plaid_connections',
  {
    id: id(),
    householdId: householdId(),
    plaidItemId: text('plaid_item_id').notNull(),
    /** Encrypted, in base64. Only functions of the Data API read it and the two columns that follow. */
    accessToken: text('access_token').notNull(),
    /** The data key of the access token, encrypted with another key, in base64. */
    wrappedKey: text('wrapped_key').notNull(),
    /** The key that has encrypted the data key. */
    keyId: text('key_id').notNull(),
    keyWrappedAt: instant('key_wrapped_at').notNull().default(sql`now()`),
    institutionId: text('institution_id'),
    institutionName: text('institution_name').notNull(),
    isActive: boolean('is_active').notNull().default(true),
    syncStatus: text('sync_status', { enum: connectionStates }).notNull().default('waiting'),
    /** Plaid's code of what failed last. */
    errorCode: text('error_code'),
    /** The same for the person. */
    errorMessage: text('error_message'),
    lastSyncAt: instant('last_sync_at'),
    /** When the next synchronisation is due. After failures it waits longer each time. */
    nextSyncAt: instant('next_sync_at').notNull(),
    failureCount: integer('failure_count').notNull().default(0),
    /** When the consent of the person ends at the institution. */
    consentExpiresAt: instant('consent_expires_at'),
    /** The place in Plaid's changes at which the update of several pages under way began. Empty: before the first. */
    cursor: text('cursor').notNull().default(''),
    /** The place up to which changes are stored. Plaid may ask to begin again at `cursor`. */
    pageCursor: text('page_cursor').notNull().default(''),
    /** The synchronisation that is under way, and until when it may be. */
    syncId: uuid('sync_id'),
    syncUntil: instant('sync_until'),
    /** The labels of pending transactions that Plaid has removed, for the posted ones that replace them. */
    removedPending: jsonb('removed_pending').notNull().default([]),
    /** The newest webhooks, so that none counts twice. */
    seenWebhooks: jsonb('seen_webhooks').notNull().default([]),
    /** Divided transactions with another amount than before: their parts were changed in proportion, in the last thirty days. */
    changedSplits: jsonb('changed_splits').$type<readonly ChangedSplits[]>().notNull().default([]),
    /** The rules have seen what has changed before. Null: nothing yet. */
    rulesAppliedAt: instant('rules_applied_at'),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('plaid_connections_item_key').on(table.plaidItemId),
    uniqueIndex('plaid_connections_id_household_key').on(table.id, table.householdId),
    index('plaid_connections_household').on(table.householdId, table.id),
    index('plaid_connections_due').on(table.nextSyncAt),
    check('plaid_connections_sync_status_known', oneOf(table.syncStatus, connectionStates)),
  ],
)

/** The credential of an account, encrypted. No request reads it back. */
export const accountCredentials = wealth.table(
  'account_credentials',
  {
    accountId: uuid('account_id').primaryKey(),
    householdId: householdId(),
    /** Encrypted, in base64. */
    credential: text('credential').notNull(),
    wrappedKey: text('wrapped_key').notNull(),
    keyId: text('key_id').notNull(),
    keyWrappedAt: instant('key_wrapped_at').notNull().default(sql`now()`),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    index('account_credentials_household').on(table.householdId),
    foreignKey({
      name: 'account_credentials_account_fk',
      columns: [table.accountId, table.householdId],
      foreignColumns: [accounts.id, accounts.householdId],
    }).onDelete('cascade'),
  ],
)
