import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { limitedPlans } from '../../../domain/us-tax/index.ts'
import type { ContributionSource } from '../../../domain/wealth/index.ts'
import type { Transaction } from '../../database.ts'
import { accounts } from '../../schema/wealth/accounts.ts'

const columns = {
  id: accounts.id,
  name: accounts.name,
  type: accounts.type,
  taxType: accounts.taxType,
  currency: accounts.currency,
  ownerId: accounts.ownerId,
  designatedBeneficiaryId: accounts.designatedBeneficiaryId,
}

/** The accounts of a household with a limit of contributions, open or closed, by name. */
export const accountsWithLimits = (transaction: Transaction, householdId: string) =>
  transaction
    .select(columns)
    .from(accounts)
    .where(and(eq(accounts.householdId, householdId), inArray(accounts.taxType, [...limitedPlans])))
    .orderBy(asc(accounts.name), asc(accounts.id))

export interface StoredDeposit {
  readonly id: string
  readonly accountId: string
  readonly date: string
  /** Exact text; negative for a withdrawal. */
  readonly amount: string
  readonly taxYear: number | null
  readonly source: ContributionSource | null
  readonly contributorId: string | null
}

/**
 * The posted contributions of a household that can count for a tax year, and the withdrawals that return some: not those that are reversed, nor
 * reversals. Of a contribution without a tax year the caller decides by its date; gifts to a 529 account begin four years before, for their elections.
 */
export const depositsFor = async (transaction: Transaction, householdId: string, year: number): Promise<StoredDeposit[]> => [
  ...(await transaction.execute<StoredDeposit & Record<string, unknown>>(sql`
    select t.id, t.account_id as "accountId", t.date::text as date, t.amount::text as amount, i.tax_year as "taxYear",
      i.contribution_source as source, i.contributor_id as "contributorId"
    from wealth.transactions t
    join wealth.accounts a on a.id = t.account_id
    join wealth.investment_transactions i on i.transaction_id = t.id
    where t.household_id = ${householdId}::uuid and t.type in ('contribution', 'withdrawal') and not t.is_pending and t.reverses_id is null
      and not exists (select from wealth.transactions r where r.reverses_id = t.id)
      and case when a.tax_type = '529' then t.type = 'contribution' and t.date between make_date(${year} - 4, 1, 1) and make_date(${year}, 12, 31)
        when t.type = 'withdrawal' then i.tax_year = ${year}
        else coalesce(i.tax_year = ${year}, t.date between make_date(${year}, 1, 1) and make_date(${year} + 1, 12, 31)) end
    order by t.date, t.id`)),
]
