import { sql } from 'drizzle-orm'
import { check, customType, foreignKey, index, integer, jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { fileFormats } from '../../../domain/wealth/index.ts'
import { id, instant, oneOf, stamps } from '../columns.ts'
import { householdId } from '../identity/households.ts'
import { wealth } from './schema.ts'

const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })

/**
 * `open`: its file is being sent or previewed. `storing`: it was committed, and its transactions are being stored. `committed`: they are in
 * the ledger. `undone`: they were, and are removed.
 */
export const importStatuses = ['open', 'storing', 'committed', 'undoing', 'undone'] as const

/** A file of transactions that a person imports. */
export const imports = wealth.table(
  'imports',
  {
    id: id(),
    householdId: householdId(),
    fileName: text('file_name').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    status: text('status', { enum: importStatuses }).notNull().default('open'),
    format: text('format', { enum: fileFormats }),
    institutionName: text('institution_name'),
    /** SHA-256 of the file, in hexadecimal; null until it was read. */
    contentHash: text('content_hash'),
    /** The accounts of the file and those of the household that received their rows. */
    accounts: jsonb('accounts').$type<unknown>(),
    newCount: integer('new_count'),
    duplicateCount: integer('duplicate_count'),
    rejectedCount: integer('rejected_count'),
    /** How the file is read while its transactions are being stored. */
    reading: jsonb('reading').$type<unknown>(),
    /** Since when its transactions are being stored or removed. */
    workingSince: instant('working_since'),
    /** Why its transactions could not be stored or removed after the answer. */
    failure: text('failure'),
    committedAt: instant('committed_at'),
    undoneAt: instant('undone_at'),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('imports_id_household_key').on(table.id, table.householdId),
    index('imports_household').on(table.householdId, table.id),
    check('imports_status_known', oneOf(table.status, importStatuses)),
    check('imports_format_known', oneOf(table.format, fileFormats)),
    check('imports_size', sql`${table.sizeBytes} between 1 and 52428800`),
    check('imports_committed_whole', sql`(${table.status} in ('open', 'storing')) = (${table.committedAt} is null)`),
    check(
      'imports_working_whole',
      sql`(${table.status} = 'storing') = (${table.reading} is not null) and (${table.status} in ('storing', 'undoing')) = (${table.workingSince} is not null)`,
    ),
    check('imports_undone_whole', sql`(${table.status} = 'undone') = (${table.undoneAt} is not null)`),
  ],
)

/** The bytes of a file in parts, until the import is committed. */
export const importParts = wealth.table(
  'import_parts',
  {
    importId: uuid('import_id').notNull(),
    householdId: uuid('household_id').notNull(),
    /** From 0. */
    part: integer('part').notNull(),
    bytes: bytea('bytes').notNull(),
    createdAt: instant('created_at').notNull().default(sql`now()`),
  },
  table => [
    primaryKey({ name: 'import_parts_pkey', columns: [table.importId, table.part] }),
    foreignKey({
      name: 'import_parts_import_fk',
      columns: [table.importId, table.householdId],
      foreignColumns: [imports.id, imports.householdId],
    }).onDelete('cascade'),
    index('import_parts_household').on(table.householdId),
    check('import_parts_number', sql`${table.part} between 0 and 63`),
  ],
)

/** How the CSV files of an institution are read, as a person has confirmed it. The next file with the same header is read so. */
export const importProfiles = wealth.table(
  'import_profiles',
  {
    id: id(),
    householdId: householdId(),
    name: text('name').notNull(),
    /** SHA-256 of the names of the columns, in hexadecimal. */
    headerHash: text('header_hash').notNull(),
    profile: jsonb('profile').$type<unknown>().notNull(),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('import_profiles_header_key').on(table.householdId, table.headerHash),
    check('import_profiles_profile_small', sql`length(${table.profile}::text) <= 20000`),
  ],
)
