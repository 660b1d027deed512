import { sql } from 'drizzle-orm'
import {
  exchangeBy,
  type LotAccount,
  type LotChoice,
  type LotElection,
  lotEvents,
  lotEventTypes,
  type LotHistory,
  type LotTransaction,
} from '../../../domain/wealth/index.ts'
import type { Transaction } from '../../database.ts'
import { arrayText, plainArrayText } from '../array-text.ts'
import { findRates } from './exchange-rates.ts'
import { isAdvantaged, isCounted, securityOf } from './read-lots.ts'

const security = securityOf('i')

/** Transactions that count for tax lots. */
const counted = sql`${isCounted} and t.type = any (${plainArrayText(lotEventTypes)}::text[])`

/** The links between securities of a household: corporate actions, and pairs that a person has declared substantially identical. */
export const findSecurityLinks = async (transaction: Transaction, householdId: string) => {
  const events = await transaction.execute<{ symbol: string; newSymbol: string }>(sql`
    select distinct ${security} as symbol, i.new_symbol as "newSymbol"
    from wealth.investment_transactions i join wealth.transactions t on t.id = i.transaction_id
    where i.household_id = ${householdId}::uuid and i.new_symbol is not null and ${security} is not null and ${counted}`)
  const pairs = await transaction.execute<{ symbol: string; otherSymbol: string }>(sql`
    select symbol, other_symbol as "otherSymbol" from wealth.identical_securities where household_id = ${householdId}::uuid`)
  return { events: [...events], identicalPairs: pairs.map(({ otherSymbol, symbol }) => [symbol, otherSymbol] as const) }
}

/** The elections of a household. */
export const findLotElections = async (transaction: Transaction, householdId: string): Promise<LotElection[]> => [
  ...(await transaction.execute<LotElection & Record<string, unknown>>(sql`
    select account_id as "accountId", symbol, method, effective_on::text as "effectiveOn"
    from wealth.lot_elections where household_id = ${householdId}::uuid`)),
]

/**
 * The transactions of securities of a household that its tax lots are made of, with the elections and choices for them.
 * @param through later transactions are left out; null: none
 */
export const readLotHistory = async (
  transaction: Transaction,
  householdId: string,
  symbols: readonly string[],
  identicalPairs: LotHistory['identicalPairs'],
  through: string | null = null,
): Promise<LotHistory> => {
  const rows = await transaction.execute<LotTransaction & Record<string, unknown>>(sql`
    select t.id, t.account_id as "accountId", t.type, t.date::text as date, ${security} as symbol, i.new_symbol as "newSymbol", a.currency,
      t.amount::text as amount, i.quantity::text as quantity, i.price::text as price, i.value::text as value, i.cost_basis::text as "costBasis",
      (coalesce(i.tax_withheld, 0) + coalesce(i.state_tax_withheld, 0))::text as "taxWithheld", i.acquired_date::text as "acquiredDate",
      i.lot_origin as "lotOrigin", i.basis_share::text as "basisShare", i.split_numerator as "splitNumerator",
      i.split_denominator as "splitDenominator", t.transfer_account_id as "transferAccountId",
      t.fingerprint || lpad(t.occurrence::text, 10, '0') as tie
    from wealth.investment_transactions i join wealth.transactions t on t.id = i.transaction_id join wealth.accounts a on a.id = t.account_id
    where i.household_id = ${householdId}::uuid and ${security} = any (${arrayText(symbols)}::text[]) and ${counted}
      -- A movement of money alone opens no lot.
      and (t.type not in ('transfer_in', 'transfer_out') or i.quantity > 0) ${through === null ? sql`` : sql`and t.date <= ${through}::date`}
    -- Lots are calculated fastest if the transactions of a security are together in memory.
    order by (${security}) collate "C", t.date`)
  const accounts = await transaction.execute<LotAccount & Record<string, unknown>>(sql`
    select id, ${isAdvantaged('a')} as "isTaxAdvantaged" from wealth.accounts a where a.household_id = ${householdId}::uuid`)
  const elections = await findLotElections(transaction, householdId)
  const choices = await transaction.execute<LotChoice & { transactionId: string } & Record<string, unknown>>(sql`
    select c.transaction_id as "transactionId", c.method, c.lots from wealth.lot_choices c
    join wealth.investment_transactions i on i.transaction_id = c.transaction_id
    where c.household_id = ${householdId}::uuid and ${security} = any (${arrayText(symbols)}::text[])`)
  const foreign = rows.filter(({ currency }) => currency !== 'USD')
  const rates =
    foreign.length === 0
      ? []
      : await findRates(
          transaction,
          [...new Set(foreign.map(({ currency }) => currency)), 'USD'],
          [...new Set(foreign.map(({ date }) => date))],
        )
  return {
    accounts,
    events: lotEvents(rows, {
      elections,
      choices: new Map(choices.map(({ lots, method, transactionId }) => [transactionId, { lots, method }])),
      exchange: exchangeBy(rates),
    }),
    identicalPairs,
  }
}

/** How many transactions of the ledger each of some securities has. */
export const countLotTransactions = async (
  transaction: Transaction,
  householdId: string,
  symbols: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  const rows = await transaction.execute<{ symbol: string; count: number }>(sql`
    select ${security} as symbol, count(*)::integer as count from wealth.investment_transactions i
    where i.household_id = ${householdId}::uuid and ${security} = any (${arrayText(symbols)}::text[]) group by 1`)
  return new Map(rows.map(({ count, symbol }) => [symbol, count]))
}
