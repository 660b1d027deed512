import { and, eq, sql } from 'drizzle-orm'
import type { Recurring } from '../../../domain/wealth/index.ts'
import type { Transaction } from '../../database.ts'
import { recurringTransactions } from '../../schema/wealth/recurring.ts'
import { transactions } from '../../schema/wealth/transactions.ts'
import { rowsOf } from '../rows.ts'

export const recurringRows = rowsOf(recurringTransactions)

/**
 * Stores what was found. What a person has dismissed stays so; what a person has confirmed keeps its name, category and period. What was detected
 * before and is not found any more is removed.
 */
export const storeRecurring = async (transaction: Transaction, householdId: string, found: readonly Recurring[]): Promise<void> => {
  const rows = JSON.stringify(found)
  await transaction.execute(sql`
    delete from wealth.recurring_transactions r where r.household_id = ${householdId} and r.status = 'detected' and not exists (
      select from jsonb_to_recordset(${rows}::text::jsonb) as f ("accountId" uuid, key text, direction text)
      where f."accountId" = r.account_id and f.key = r.key and f.direction = r.direction)`)
  await transaction.execute(sql`
    insert into wealth.recurring_transactions as r (household_id, account_id, key, direction, name, period, amount_low, amount_high, last_amount,
      first_date, last_date, next_date, confidence, missed, price_changes)
    select ${householdId}, "accountId", key, direction, name, period, "amountLow", "amountHigh", "lastAmount", "firstDate", "lastDate", "nextDate",
      confidence, missed, "priceChanges"
    from jsonb_to_recordset(${rows}::text::jsonb) as f ("accountId" uuid, key text, direction text, name text, period text, "amountLow" numeric,
      "amountHigh" numeric, "lastAmount" numeric, "firstDate" date, "lastDate" date, "nextDate" date, confidence numeric, missed jsonb,
      "priceChanges" jsonb)
    on conflict (account_id, key, direction) do update set amount_low = excluded.amount_low, amount_high = excluded.amount_high,
      last_amount = excluded.last_amount, last_date = excluded.last_date, next_date = excluded.next_date, confidence = excluded.confidence,
      missed = excluded.missed, price_changes = excluded.price_changes, version = r.version + 1,
      period = case r.status when 'confirmed' then r.period else excluded.period end
    where r.status <> 'dismissed' and (r.last_date, r.next_date, r.confidence, r.missed, r.price_changes, r.amount_low, r.amount_high)
      is distinct from (excluded.last_date, excluded.next_date, excluded.confidence, excluded.missed, excluded.price_changes, excluded.amount_low,
        excluded.amount_high)`)
  await linkRecurring(transaction, householdId, found)
}

/** Links transactions to what was found, where no person has unlinked them. */
const linkRecurring = async (transaction: Transaction, householdId: string, found: readonly Recurring[]): Promise<void> => {
  const links = JSON.stringify(
    found.map(({ accountId, direction, key, transactionIds }) => ({ accountId, direction, key, transactionIds })),
  )
  await transaction.execute(sql`
    update wealth.transactions t set recurring_id = r.id, version = t.version + 1
    from jsonb_to_recordset(${links}::text::jsonb) as f ("accountId" uuid, key text, direction text, "transactionIds" jsonb),
      wealth.recurring_transactions r, jsonb_array_elements_text(f."transactionIds") as one (id)
    where r.account_id = f."accountId" and r.key = f.key and r.direction = f.direction and r.status <> 'dismissed' and t.id = one.id::uuid
      and t.household_id = ${householdId} and t.recurring_id is distinct from r.id
      and t.provenance ->> 'recurringId' is distinct from 'person'`)
}

/** Takes the links of transactions to one that was dismissed. */
export const unlinkAll = async (transaction: Transaction, recurringId: string): Promise<void> => {
  await transaction
    .update(transactions)
    .set({ recurringId: null, version: sql`${transactions.version} + 1` })
    .where(eq(transactions.recurringId, recurringId))
}

/** Says for a person that a transaction is not one of these. Whether it was. */
export const unlinkOne = async (transaction: Transaction, recurringId: string, transactionId: string): Promise<boolean> => {
  const rows = await transaction
    .update(transactions)
    .set({
      recurringId: null,
      provenance: sql`${transactions.provenance} || '{"recurringId": "person"}'`,
      version: sql`${transactions.version} + 1`,
    })
    .where(and(eq(transactions.id, transactionId), eq(transactions.recurringId, recurringId)))
    .returning({ id: transactions.id })
  return rows.length > 0
}
