import { sql } from 'drizzle-orm'
import { boolean, check, date, foreignKey, index, integer, jsonb, numeric, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant, oneOf, stamps } from '../columns.ts'
import { householdId, householdMembers } from './households.ts'
import { identity } from './schema.ts'

export const relationships = ['self', 'spouse', 'partner', 'child', 'parent', 'other'] as const
export const kycStatuses = ['not_started', 'pending', 'verified', 'rejected', 'expired'] as const

/** The persons of a household, with or without an account of the platform: owners of accounts, beneficiaries, people of a plan. */
export const people = identity.table(
  'people',
  {
    id: id(),
    householdId: householdId(),
    /** The member of the household who is this person; null for a person who does not sign in. */
    userId: uuid('user_id'),
    name: text('name').notNull(),
    relationship: text('relationship', { enum: relationships }).notNull().default('other'),
    birthDate: date('birth_date', { mode: 'string' }),
    /** From 0, no risk, to 1. */
    riskTolerance: numeric('risk_tolerance', { precision: 3, scale: 2 }),
    /** Years until the money is needed. */
    investmentHorizon: smallint('investment_horizon'),
    accreditedInvestor: boolean('accredited_investor'),
    kycStatus: text('kyc_status', { enum: kycStatuses }).notNull().default('not_started'),
    /** What was checked: citizenship, tax residence, document. Audit rows do not contain it. */
    kycData: jsonb('kyc_data').$type<Record<string, unknown>>().notNull().default({}),
    kycVerifiedAt: instant('kyc_verified_at'),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('people_id_household_key').on(table.id, table.householdId),
    uniqueIndex('people_user_key').on(table.householdId, table.userId).where(sql`${table.userId} is not null`),
    index('people_household').on(table.householdId, table.id),
    foreignKey({
      name: 'people_member_fk',
      columns: [table.householdId, table.userId],
      foreignColumns: [householdMembers.householdId, householdMembers.userId],
    }).onDelete('set null'),
    check('people_relationship_known', oneOf(table.relationship, relationships)),
    check('people_kyc_status_known', oneOf(table.kycStatus, kycStatuses)),
    check('people_risk_tolerance', sql`${table.riskTolerance} between 0 and 1`),
    check('people_investment_horizon', sql`${table.investmentHorizon} between 0 and 100`),
    check('people_kyc_verified_whole', sql`${table.kycStatus} <> 'verified' or ${table.kycVerifiedAt} is not null`),
  ],
)
