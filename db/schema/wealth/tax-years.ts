import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, integer, numeric, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { filingStatuses, hsaCoverages, sepBases } from '../../../domain/us-tax/index.ts'
import { oneOf, stamps } from '../columns.ts'
import { householdId } from '../identity/households.ts'
import { people } from '../identity/people.ts'
import { wealth } from './schema.ts'

const money = (name: string) => numeric(name, { precision: 15, scale: 2 })

/** What a household states about one of its tax years. Null: not stated. */
export const taxYears = wealth.table(
  'tax_years',
  {
    householdId: householdId(),
    year: smallint('year').notNull(),
    /** Of the person and the spouse of the household. */
    filingStatus: text('filing_status', { enum: filingStatuses }),
    /** Two letters. */
    state: text('state'),
    /** Of spouses who file separately: they lived apart for the whole year. */
    livedApart: boolean('lived_apart'),
    /** Ordinary income without wages and earnings from self-employment: interest, rents, pensions. */
    ordinaryIncome: money('ordinary_income'),
    itemizedDeductions: money('itemized_deductions'),
    /** Capital losses of earlier years, as amounts of zero or more. */
    shortTermLossCarryover: money('short_term_loss_carryover'),
    longTermLossCarryover: money('long_term_loss_carryover'),
    /** Modified adjusted gross income of the return, as IRAs need it: IRC 219(g)(3)(A), 408A(c)(3)(B). */
    modifiedAgi: money('modified_agi'),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    primaryKey({ name: 'tax_years_pkey', columns: [table.householdId, table.year] }),
    check('tax_years_year', sql`${table.year} between 1900 and 2199`),
    check('tax_years_filing_status_known', oneOf(table.filingStatus, filingStatuses)),
    check('tax_years_state_code', sql`${table.state} ~ '^[A-Z]{2}$'`),
    check('tax_years_losses_not_negative', sql`least(${table.shortTermLossCarryover}, ${table.longTermLossCarryover}) >= 0`),
  ],
)

/** What a household states about one person in a tax year. Null: not stated. */
export const taxYearPeople = wealth.table(
  'tax_year_people',
  {
    householdId: uuid('household_id').notNull(),
    year: smallint('year').notNull(),
    personId: uuid('person_id').notNull(),
    wages: money('wages'),
    /** Net earnings: net profit less the deductible half of the self-employment tax. */
    selfEmployment: money('self_employment'),
    sepBasis: text('sep_basis', { enum: sepBases }),
    /** Wages of the year before that were subject to social security tax, from the employer of the plan. */
    wagesYearBefore: money('wages_year_before'),
    coveredAtWork: boolean('covered_at_work'),
    /** Twelve values, January first. */
    hsaCoverage: text('hsa_coverage').array(),
    /** The first month on Medicare, 1 to 12. Null: not on Medicare in the year. From January too if it began in an earlier year. */
    medicareFromMonth: smallint('medicare_from_month'),
    /** Of a person who is not on the return of the household, or of spouses who file separately. */
    filingStatus: text('filing_status', { enum: filingStatuses }),
    modifiedAgi: money('modified_agi'),
    /** Beneficiaries of 529 accounts for whom the person elects to spread the gifts of the year over five years: IRC 529(c)(2)(B). */
    fiveYearBeneficiaries: uuid('five_year_beneficiaries').array().notNull().default(sql`'{}'::uuid[]`),
  },
  table => [
    primaryKey({ name: 'tax_year_people_pkey', columns: [table.householdId, table.year, table.personId] }),
    index('tax_year_people_person').on(table.personId),
    foreignKey({
      name: 'tax_year_people_year_fk',
      columns: [table.householdId, table.year],
      foreignColumns: [taxYears.householdId, taxYears.year],
    }).onDelete('cascade'),
    foreignKey({
      name: 'tax_year_people_person_fk',
      columns: [table.personId, table.householdId],
      foreignColumns: [people.id, people.householdId],
    }).onDelete('cascade'),
    check('tax_year_people_filing_status_known', oneOf(table.filingStatus, filingStatuses)),
    check('tax_year_people_sep_basis_known', oneOf(table.sepBasis, sepBases)),
    check(
      'tax_year_people_hsa_coverage',
      sql`cardinality(${table.hsaCoverage}) = 12 and ${table.hsaCoverage} <@ array[${sql.raw(hsaCoverages.map(each => `'${each}'`).join(', '))}]`,
    ),
    check('tax_year_people_medicare_month', sql`${table.medicareFromMonth} between 1 and 12`),
  ],
)
