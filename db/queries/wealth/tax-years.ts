import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { FilingStatus, FiveYearElection, HsaCoverage, SepBasis } from '../../../domain/us-tax/index.ts'
import type { Transaction } from '../../database.ts'
import { taxYearPeople, taxYears } from '../../schema/wealth/tax-years.ts'
import { rowsOf } from '../rows.ts'

/** What is stated about a person in a tax year. Amounts are exact text. */
export interface PersonInTaxYear {
  readonly personId: string
  readonly wages: string | null
  readonly selfEmployment: string | null
  readonly sepBasis: SepBasis | null
  readonly wagesYearBefore: string | null
  readonly coveredAtWork: boolean | null
  readonly hsaCoverage: HsaCoverage[] | null
  readonly medicareFromMonth: number | null
  readonly filingStatus: FilingStatus | null
  readonly modifiedAgi: string | null
  readonly fiveYearBeneficiaries: string[]
}

const people = sql<PersonInTaxYear[]>`coalesce((
  select jsonb_agg(jsonb_build_object('personId', p.person_id, 'wages', p.wages::text, 'selfEmployment', p.self_employment::text,
    'sepBasis', p.sep_basis, 'wagesYearBefore', p.wages_year_before::text, 'coveredAtWork', p.covered_at_work, 'hsaCoverage', to_jsonb(p.hsa_coverage),
    'medicareFromMonth', p.medicare_from_month, 'filingStatus', p.filing_status, 'modifiedAgi', p.modified_agi::text, 'fiveYearBeneficiaries', (
      select coalesce(jsonb_agg(b.id order by b.id), '[]') from identity.people b
      where b.household_id = p.household_id and b.id = any (p.five_year_beneficiaries))) order by p.person_id)
  from wealth.tax_year_people p where p.household_id = tax_years.household_id and p.year = tax_years.year), '[]')`

/** Tax years with what is stated about their people. The year is the key within a household. */
export const taxYearRows = rowsOf(taxYears, { key: 'year', nested: true, selection: { ...getTableColumns(taxYears), people } })
export type TaxYear = Awaited<ReturnType<typeof taxYearRows.insert>>

/** What a household has stated about a tax year. */
export const findTaxYear = (transaction: Transaction, householdId: string, year: number): Promise<TaxYear | undefined> =>
  taxYearRows.find(transaction, String(year), eq(taxYears.householdId, householdId))

/** Adds a tax year of which nothing is stated yet. False: there is one already. */
export const addTaxYear = async (transaction: Transaction, values: typeof taxYears.$inferInsert): Promise<boolean> => {
  const added = await transaction.insert(taxYears).values(values).onConflictDoNothing().returning({ year: taxYears.year })
  return added.length > 0
}

/** Replaces what is stated about the people of a tax year. */
export const replacePeopleOfYear = async (
  transaction: Transaction,
  of: { readonly householdId: string; readonly year: number },
  stated: readonly PersonInTaxYear[],
): Promise<void> => {
  await transaction.delete(taxYearPeople).where(and(eq(taxYearPeople.householdId, of.householdId), eq(taxYearPeople.year, of.year)))
  if (stated.length > 0) await transaction.insert(taxYearPeople).values(stated.map(person => ({ ...person, ...of })))
}

/** The elections of a household, from a year to a year, to spread gifts to 529 accounts. */
export const findElections = async (
  transaction: Transaction,
  householdId: string,
  from: number,
  to: number,
): Promise<FiveYearElection[]> => [
  ...(await transaction.execute<FiveYearElection & Record<string, unknown>>(sql`
    select p.year, p.person_id as "personId", b.id as "beneficiaryId"
    from wealth.tax_year_people p join identity.people b on b.household_id = p.household_id and b.id = any (p.five_year_beneficiaries)
    where p.household_id = ${householdId}::uuid and p.year between ${from} and ${to}
    order by p.year, p.person_id, b.id`)),
]
