import * as z from 'zod'
import { investmentTransactions, transactions as table, transactionSplits } from '../../../db/schema/wealth/transactions.ts'
import { changes, creates, gets, lists } from '../../runtime/resource/declarations.ts'
import type { Filter } from '../../runtime/resource/filters.ts'
import { reply } from '../../runtime/responses.ts'
import { calendarDate, patchOf, uuid } from '../../runtime/schemas.ts'
import { deletes, inserts, updates } from '../../runtime/writes.ts'
import { lotWrites } from './lot-writes.ts'
import { ruleWrites } from './rules.ts'
import { transactionFilters, transactions } from '../resources/transactions.ts'
import {
  accountBalance,
  bulkChange,
  bulkChanged,
  bulkLimit,
  labelFields,
  newTransaction,
  restoration,
  restored,
  reversal,
  reversed,
  splitList,
  transaction,
} from '../schemas/transactions.ts'

const database = ['database'] as const
const transactionPath = z.strictObject({ transactionId: uuid.describe('The transaction.') })
/** The detections that follow an entry are done afterwards. */
const entryBackends = ['database', 'ledger-work'] as const
const entryWrites = [inserts(investmentTransactions), ...ruleWrites, ...lotWrites]
const bulkColumns = ['category', 'categoryId', 'merchantName', 'notes', 'tags', 'provenance', 'version'] as const

/** The filters of the list, without the household, which the body names, and without imports, which have an undo of their own. */
const { householdId: _household, importId: _import, ...bulkFilters } = transactionFilters
type Filters = typeof bulkFilters
type Optional = { readonly [Name in keyof Filters]: Filters[Name] extends Filter<infer Schema> ? z.ZodOptional<Schema> : never }
const filterBody = z.strictObject(
  Object.fromEntries(Object.entries(bulkFilters).map(([name, { schema }]) => [name, schema.optional()])),
) as unknown as z.ZodObject<Optional, z.core.$strict>

export const transactionDeclarations = {
  'list-transactions': {
    ...lists(transactions, {
      description:
        'Newest first. With `accountId`, each posted row has the balance of the account after it. A back-dated entry changes the balances after it at once. A pending row is not in any balance.',
    }),
    transactions: 'snapshot',
  },
  'create-transaction': {
    ...creates(transactions, {
      summary: 'Create a transaction by hand',
      description:
        'Account, date and amount can never be changed afterwards: reverse the transaction instead. A trade needs symbol, quantity and price, and its amount is quantity times price with the fees, to a cent. No more shares can leave an account than it holds.',
      body: newTransaction,
      writes: entryWrites,
      example: {
        body: { accountId: '01990000-0000-7000-8000-000000000004', date: '2026-03-02', amount: '-42.50', description: 'Corner shop' },
      },
    }),
    backends: entryBackends,
  },
  'get-transaction': gets(transactions),
  'label-transaction': changes(transactions, {
    summary: 'Change the labels of a transaction',
    description:
      'A label that you set is yours: no rule, import or sync overwrites it. A label that you clear with null goes back to these. Labels are no correction: account, date and amount stay.',
    body: patchOf(labelFields),
    writes: [updates(table, ['provenance'])],
    example: { body: { category: 'shopping', notes: 'A present' } },
  }),
  'label-transactions': {
    method: 'POST',
    path: '/v1/wealth/transactions/labels',
    summary: 'Change the labels of many transactions',
    description: `Of those with the ids, or of all that match a filter, at most ${bulkLimit}. The answer has the labels before, which a restoration takes.`,
    access: 'write',
    backends: database,
    body: bulkChange(filterBody),
    writes: [updates(table, bulkColumns)],
    responses: { 200: reply('What the transactions had before.', bulkChanged) },
    example: {
      body: {
        householdId: '01990000-0000-7000-8000-000000000001',
        filter: { search: 'market', isUncategorised: 'true' },
        labels: { category: 'food_and_drink' },
      },
    },
  },
  'restore-labels': {
    method: 'POST',
    path: '/v1/wealth/transactions/labels/restorations',
    summary: 'Restore the labels of many transactions',
    description: 'Takes the answer to the change. Transactions that were changed since are left as they are.',
    access: 'write',
    backends: database,
    body: restoration,
    writes: [updates(table, bulkColumns)],
    responses: { 200: reply('The number of transactions.', restored) },
  },
  'reverse-transaction': {
    method: 'POST',
    path: '/v1/wealth/transactions/{transactionId}/reversals',
    summary: 'Create a reversal of a transaction',
    description:
      'Adds a transaction of the opposite amount that points to this one, and the right one if you send it. Both stay in the history. A transaction is reversed once; a reversal and a pending transaction cannot be reversed.',
    access: 'write',
    backends: entryBackends,
    idempotency: 'key',
    params: transactionPath,
    body: reversal,
    writes: [inserts(table), ...entryWrites],
    responses: { 201: reply('The new transactions.', reversed) },
    example: { body: { notes: 'Entered twice' } },
  },
  'split-transaction': {
    method: 'PUT',
    path: '/v1/wealth/transactions/{transactionId}/splits',
    summary: 'Replace the parts of a transaction',
    description:
      'Divides it among categories. Amounts add up exactly to the transaction and have its sign. Weights give each part its share to the smallest unit of the currency, the rest to the largest remainders.',
    access: 'write',
    backends: database,
    ifMatch: 'required',
    params: transactionPath,
    body: splitList,
    example: {
      body: {
        splits: [
          { weight: '60', category: 'food_and_drink' },
          { weight: '40', category: 'shopping' },
        ],
      },
    },
    writes: [inserts(transactionSplits), deletes(transactionSplits), updates(table, ['provenance', 'version'])],
    responses: { 200: reply('The transaction with its parts.', transaction) },
  },
  'export-transactions': {
    method: 'GET',
    path: '/v1/wealth/accounts/{accountId}/export',
    summary: 'Export the transactions of an account',
    description:
      'A file that an import reads back to the same transactions. CSV and JSON have everything; OFX has the posted transactions of a bank or card. The oldest are first.',
    access: 'read',
    backends: database,
    params: z.strictObject({ accountId: uuid.describe('The account.') }),
    query: z.strictObject({
      format: z.enum(['csv', 'json', 'ofx']).describe('The format of the file.'),
      from: calendarDate.optional().describe('The first day. Left out: from the first transaction on.'),
      to: calendarDate.optional().describe('The last day. Left out: up to the last transaction.'),
    }),
    refuses: [409],
    responses: { 200: { description: 'The file.', body: z.string(), contentType: 'text/csv; charset=utf-8' } },
    timeoutSeconds: 29,
    memoryMegabytes: 1024,
  },
  'get-balance': {
    method: 'GET',
    path: '/v1/wealth/accounts/{accountId}/balance',
    summary: 'Get the balance of an account at a date',
    description: 'The opening balance and all posted transactions up to the date, with it. Of an account with a stated balance, too.',
    access: 'read',
    backends: database,
    params: z.strictObject({ accountId: uuid.describe('The account.') }),
    query: z.strictObject({ date: calendarDate.optional().describe('The day. Left out: after all transactions.') }),
    responses: { 200: reply('The balance.', accountBalance) },
  },
} as const
