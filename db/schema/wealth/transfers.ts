import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, jsonb, numeric, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Provenance, TransactionCategory, TransferReason } from '../../../domain/wealth/index.ts'
import { between, id, oneOf, stamps } from '../columns.ts'
import { householdId } from '../identity/households.ts'
import { wealth } from './schema.ts'
import { transactions } from './transactions.ts'

export const transferStatuses = ['proposed', 'confirmed', 'dismissed'] as const
export const transferSources = ['detection', 'person'] as const

/** The category of a transaction before its transfer was confirmed. */
export interface CategoryBefore {
  readonly category: TransactionCategory
  readonly categoryId: string | null
  readonly provenance: Provenance | null
}

/** Two transactions that move money between accounts of the household. A dismissed pair stays, so that it is not proposed again. */
export const transfers = wealth.table(
  'transfers',
  {
    id: id(),
    householdId: householdId(),
    outflowId: uuid('outflow_id').notNull(),
    inflowId: uuid('inflow_id').notNull(),
    confidence: numeric('confidence', { precision: 3, scale: 2 }).notNull(),
    reasons: jsonb('reasons').$type<readonly TransferReason[]>().notNull().default([]),
    status: text('status', { enum: transferStatuses }).notNull().default('proposed'),
    source: text('source', { enum: transferSources }).notNull(),
    /** Of a confirmed transfer. */
    outflowBefore: jsonb('outflow_before').$type<CategoryBefore | null>(),
    inflowBefore: jsonb('inflow_before').$type<CategoryBefore | null>(),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('transfers_pair_key').on(table.outflowId, table.inflowId),
    uniqueIndex('transfers_outflow_key').on(table.outflowId).where(sql`${table.status} <> 'dismissed'`),
    uniqueIndex('transfers_inflow_key').on(table.inflowId).where(sql`${table.status} <> 'dismissed'`),
    index('transfers_inflow').on(table.inflowId),
    index('transfers_household').on(table.householdId, table.id),
    foreignKey({
      name: 'transfers_outflow_fk',
      columns: [table.outflowId, table.householdId],
      foreignColumns: [transactions.id, transactions.householdId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'transfers_inflow_fk',
      columns: [table.inflowId, table.householdId],
      foreignColumns: [transactions.id, transactions.householdId],
    }).onDelete('cascade'),
    check('transfers_status_known', oneOf(table.status, transferStatuses)),
    check('transfers_source_known', oneOf(table.source, transferSources)),
    check('transfers_confidence', between(table.confidence, { minimum: 0, maximum: 1 })),
    check('transfers_two_transactions', sql`${table.outflowId} <> ${table.inflowId}`),
  ],
)
