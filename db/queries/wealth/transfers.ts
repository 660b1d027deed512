import { and, eq, getTableColumns, inArray, ne, or, type SQL, sql } from 'drizzle-orm'
import type { TransferAccount, TransferPair, TransferTransaction } from '../../../domain/wealth/index.ts'
import type { Transaction } from '../../database.ts'
import { accounts } from '../../schema/wealth/accounts.ts'
import { type CategoryBefore, transfers } from '../../schema/wealth/transfers.ts'
import { transactions } from '../../schema/wealth/transactions.ts'
import { rowsOf } from '../rows.ts'

/** A transaction of a transfer, as an answer has it. */
export interface TransferSide {
  readonly transactionId: string
  readonly accountId: string
  readonly accountName: string
  readonly currency: string
  readonly date: string
  readonly amount: string
  readonly description: string
}

const side = (column: string): SQL<TransferSide> => sql<TransferSide>`(
  select jsonb_build_object('transactionId', t.id, 'accountId', a.id, 'accountName', a.name, 'currency', a.currency, 'date', t.date,
    'amount', t.amount::text, 'description', t.description)
  from wealth.transactions t join wealth.accounts a on a.id = t.account_id where t.id = transfers.${sql.raw(column)})`

const transferSelection = { ...getTableColumns(transfers), outflow: side('outflow_id'), inflow: side('inflow_id') }
export const transferRows = rowsOf(transfers, { selection: transferSelection })

/** The confirmed transfers of the transactions of an import. */
export const confirmedOfImport = (transaction: Transaction, importId: string) => {
  const imported = transaction.select({ id: transactions.id }).from(transactions).where(eq(transactions.importId, importId))
  return transaction
    .select(transferSelection)
    .from(transfers)
    .where(and(eq(transfers.status, 'confirmed'), or(inArray(transfers.outflowId, imported), inArray(transfers.inflowId, imported))))
    .orderBy(transfers.id)
}

/** The accounts of a household, as the matcher reads them. */
export const accountsForTransfers = (transaction: Transaction, householdId: string): Promise<TransferAccount[]> =>
  transaction
    .select({
      id: accounts.id,
      name: accounts.name,
      type: accounts.type,
      mask: accounts.mask,
      institutionName: accounts.institutionName,
      currency: accounts.currency,
    })
    .from(accounts)
    .where(eq(accounts.householdId, householdId))

export type DetectedTransaction = TransferTransaction & { readonly isUnlinked: boolean }

/** The posted cash transactions of a household, as detections read them. `isUnlinked`: a person has said that it does not repeat. */
export const transactionsForDetection = (transaction: Transaction, householdId: string): Promise<DetectedTransaction[]> =>
  transaction
    .select({
      id: transactions.id,
      accountId: transactions.accountId,
      date: transactions.date,
      amount: transactions.amount,
      description: transactions.description,
      merchantName: transactions.merchantName,
      category: transactions.category,
      transferAccountId: transactions.transferAccountId,
      isUnlinked: sql<boolean>`coalesce(${transactions.provenance} ->> 'recurringId' = 'person', false)`,
    })
    .from(transactions)
    .where(
      and(
        eq(transactions.householdId, householdId),
        eq(transactions.isPending, false),
        inArray(transactions.type, ['cash', 'contribution', 'withdrawal', 'transfer_in', 'transfer_out']),
        sql`${transactions.reversesId} is null`,
      ),
    )

/** The pairs of a household in any status. */
export const pairsOfHousehold = (transaction: Transaction, householdId: string) =>
  transaction
    .select({ outflowId: transfers.outflowId, inflowId: transfers.inflowId, status: transfers.status })
    .from(transfers)
    .where(eq(transfers.householdId, householdId))

/** Replaces the proposals of a household. Those that are found again stay, so that a person who looks at them can decide on them. */
export const replaceProposals = async (transaction: Transaction, householdId: string, pairs: readonly TransferPair[]): Promise<void> => {
  const found = sql`jsonb_to_recordset(${JSON.stringify(pairs)}::text::jsonb)
    as p ("outflowId" uuid, "inflowId" uuid, confidence numeric, reasons jsonb)`
  await transaction.execute(sql`
    delete from wealth.transfers t where t.household_id = ${householdId} and t.status = 'proposed'
      and (t.outflow_id, t.inflow_id, t.confidence, t.reasons) not in (select "outflowId", "inflowId", confidence, reasons from ${found})`)
  // A conflict is one of these, or what a person has decided meanwhile.
  await transaction.execute(sql`
    insert into wealth.transfers (household_id, outflow_id, inflow_id, confidence, reasons, source)
    select ${householdId}, "outflowId", "inflowId", confidence, reasons, 'detection' from ${found} on conflict do nothing`)
}

/** The two transactions of a household that a person wants to pair, locked. */
export const lockPair = (transaction: Transaction, householdId: string, ids: readonly [string, string]) =>
  transaction
    .select({
      id: transactions.id,
      accountId: transactions.accountId,
      amount: transactions.amount,
      category: transactions.category,
      categoryId: transactions.categoryId,
      provenance: transactions.provenance,
    })
    .from(transactions)
    .where(and(eq(transactions.householdId, householdId), inArray(transactions.id, [...ids])))
    .orderBy(transactions.id)
    .for('no key update')

/** The pair of the two in any status, or undefined. */
export const findPair = async (transaction: Transaction, outflowId: string, inflowId: string) => {
  const [row] = await transaction
    .select({ id: transfers.id })
    .from(transfers)
    .where(and(eq(transfers.outflowId, outflowId), eq(transfers.inflowId, inflowId)))
  return row
}

/** Removes the other proposals of two transactions. */
export const dropProposals = async (transaction: Transaction, keptId: string, ids: readonly [string, string]): Promise<void> => {
  const of = sql`(${inArray(transfers.outflowId, [...ids])} or ${inArray(transfers.inflowId, [...ids])})`
  await transaction.delete(transfers).where(and(eq(transfers.status, 'proposed'), ne(transfers.id, keptId), of))
}

/** Gives a transaction the category of a transfer, by a person. */
export const setTransferCategory = async (transaction: Transaction, id: string): Promise<void> => {
  await transaction
    .update(transactions)
    .set({
      category: 'transfer',
      categoryId: null,
      provenance: sql`${transactions.provenance} || '{"category": "person"}'`,
      version: sql`${transactions.version} + 1`,
    })
    .where(eq(transactions.id, id))
}

/** Gives a transaction its category of before again, if it still is that of a transfer. */
export const restoreCategory = async (transaction: Transaction, id: string, before: CategoryBefore): Promise<void> => {
  const { category, categoryId, provenance } = before
  await transaction
    .update(transactions)
    .set({
      category,
      categoryId,
      provenance:
        provenance === null
          ? sql`${transactions.provenance} - 'category'`
          : sql`${transactions.provenance} || ${JSON.stringify({ category: provenance })}::text::jsonb`,
      version: sql`${transactions.version} + 1`,
    })
    .where(and(eq(transactions.id, id), eq(transactions.category, 'transfer')))
}
