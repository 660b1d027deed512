import { asc, eq, sql } from 'drizzle-orm'
import type { AnnouncedDividend, TaxAccount, TaxLedgerRow, TransactionType } from '../../../domain/wealth/index.ts'
import type { Transaction } from '../../database.ts'
import { accounts } from '../../schema/wealth/accounts.ts'
import { arrayText, plainArrayText } from '../array-text.ts'

/** The accounts of a household, as tax reports need them, by name. */
export const findTaxAccounts = (transaction: Transaction, householdId: string): Promise<TaxAccount[]> =>
  transaction
    .select({
      id: accounts.id,
      name: accounts.name,
      type: accounts.type,
      taxType: accounts.taxType,
      institutionName: accounts.institutionName,
      currency: accounts.currency,
    })
    .from(accounts)
    .where(eq(accounts.householdId, householdId))
    .orderBy(asc(accounts.name), asc(accounts.id))

/**
 * The transactions that can count for the taxes of a year: all investment transactions, and money that comes into a bank account with a text of
 * interest. A week on both sides of the year is in it, and contributions of other years that count for this one.
 * @param limit one more than this is read, so that the caller knows that there are more; null reads all
 * @param types only transactions of these types
 */
export const findTaxLedger = async (
  transaction: Transaction,
  householdId: string,
  year: number,
  limit: number | null,
  types?: readonly TransactionType[],
): Promise<TaxLedgerRow[]> => [
  ...(await transaction.execute<TaxLedgerRow & Record<string, unknown>>(sql`
    select t.id as "transactionId", t.account_id as "accountId", t.type, t.date::text as date, t.amount::text as amount, t.description, i.symbol,
      i.quantity::text as quantity, i.price::text as price, i.value::text as value,
      (coalesce(i.commission, 0) + coalesce(i.regulatory_fees, 0) + coalesce(i.other_fees, 0) + coalesce(i.load, 0) + coalesce(i.penalty, 0)
        + coalesce(i.taxes, 0))::text as charges,
      coalesce(i.tax_withheld, 0)::text as "taxWithheld", coalesce(i.state_tax_withheld, 0)::text as "stateTaxWithheld",
      i.is_qualified as "isQualified", i.tax_category as "taxCategory", i.tax_year as "taxYear", m.country, t.is_pending as "isPending",
      (t.reverses_id is not null or exists (select from wealth.transactions r where r.reverses_id = t.id)) as "isReversed",
      coalesce(t.transfer_account_id, (select o.account_id from wealth.transfers x
        join wealth.transactions o on o.id = case when x.outflow_id = t.id then x.inflow_id else x.outflow_id end
        where x.status = 'confirmed' and (x.outflow_id = t.id or x.inflow_id = t.id))) as "otherAccountId"
    from wealth.transactions t
    join wealth.accounts a on a.id = t.account_id
    left join wealth.investment_transactions i on i.transaction_id = t.id
    left join market.instruments m on m.symbol = i.symbol
    where t.household_id = ${householdId}::uuid
      and (t.date between make_date(${year}::int, 1, 1) - 7 and make_date(${year}::int, 12, 31) + 7
        or i.tax_year = ${year}::int and t.date between make_date(${year}::int - 1, 1, 1) and make_date(${year}::int + 1, 12, 31))
      and (t.type <> 'cash' or (a.type in ('checking', 'savings') and t.amount > 0 and t.description ilike '%int%'))
      ${types === undefined ? sql`` : sql`and t.type = any (${plainArrayText(types)}::text[])`}
    order by t.date, t.id limit ${limit === null ? null : limit + 1}::int`)),
]

/** The dividends that the market data has of some securities, with ex-dividend dates from a day to a day. */
export const findAnnouncedDividends = async (
  transaction: Transaction,
  symbols: readonly string[],
  from: string,
  to: string,
): Promise<AnnouncedDividend[]> =>
  symbols.length === 0
    ? []
    : [
        ...(await transaction.execute<AnnouncedDividend & Record<string, unknown>>(sql`
          select m.symbol, d.ex_date::text as "exDate", d.pay_date::text as "payDate"
          from market.instruments m join market.dividends d on d.instrument_id = m.id
          where m.symbol = any (${arrayText(symbols)}::text[]) and d.ex_date between ${from}::date and ${to}::date and d.kind <> 'return_of_capital'
          order by m.symbol, d.ex_date`)),
      ]
