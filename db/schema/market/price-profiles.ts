import { boolean, check, integer, jsonb, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { duplicatePolicies } from '../../../domain/market/index.ts'
import { sql } from 'drizzle-orm'
import { id, oneOf, stamps } from '../columns.ts'
import { market } from './schema.ts'

/** How the price files of a source are read, as an administrator has confirmed it. The next file with the same header is read so. */
export const priceProfiles = market.table(
  'price_profiles',
  {
    id: id(),
    name: text('name').notNull(),
    /** SHA-256 of the names of the columns, in hexadecimal. */
    headerHash: text('header_hash').notNull(),
    profile: jsonb('profile').$type<unknown>().notNull(),
    duplicates: text('duplicates', { enum: duplicatePolicies }).notNull().default('refuse'),
    skipFaults: boolean('skip_faults').notNull().default(false),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('price_profiles_header_key').on(table.headerHash),
    check('price_profiles_duplicates_known', oneOf(table.duplicates, duplicatePolicies)),
    check('price_profiles_profile_small', sql`length(${table.profile}::text) <= 20000`),
  ],
)
