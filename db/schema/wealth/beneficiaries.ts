import { sql } from 'drizzle-orm'
import { check, foreignKey, index, numeric, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { beneficiaryKinds, beneficiaryRanks } from '../../../domain/wealth/index.ts'
import { id, oneOf, stamps } from '../columns.ts'
import { people } from '../identity/people.ts'
import { accounts } from './accounts.ts'
import { wealth } from './schema.ts'

/** Who gets an account after the death of its owner: a person of the household, or somebody who is named. */
export const beneficiaries = wealth.table(
  'beneficiaries',
  {
    id: id(),
    householdId: uuid('household_id').notNull(),
    accountId: uuid('account_id').notNull(),
    /** A contingent one gets it if no primary one lives. */
    rank: text('rank', { enum: beneficiaryRanks }).notNull(),
    position: smallint('position').notNull(),
    personId: uuid('person_id'),
    name: text('name'),
    kind: text('kind', { enum: beneficiaryKinds }).notNull().default('person'),
    /** Per cent. Those of one rank sum to 100. */
    share: numeric('share', { precision: 6, scale: 3 }).notNull(),
    ...stamps(),
  },
  table => [
    uniqueIndex('beneficiaries_place_key').on(table.accountId, table.rank, table.position),
    index('beneficiaries_household').on(table.householdId),
    index('beneficiaries_person').on(table.personId),
    foreignKey({
      name: 'beneficiaries_account_fk',
      columns: [table.accountId, table.householdId],
      foreignColumns: [accounts.id, accounts.householdId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'beneficiaries_person_fk',
      columns: [table.personId, table.householdId],
      foreignColumns: [people.id, people.householdId],
    }),
    check('beneficiaries_rank_known', oneOf(table.rank, beneficiaryRanks)),
    check('beneficiaries_kind_known', oneOf(table.kind, beneficiaryKinds)),
    check('beneficiaries_named', sql`(${table.personId} is null) <> (${table.name} is null)`),
    check('beneficiaries_share', sql`${table.share} > 0 and ${table.share} <= 100`),
  ],
)
