import * as z from 'zod'
import { recurringTransactions as recurringTable } from '../../../db/schema/wealth/recurring.ts'
import { transactions } from '../../../db/schema/wealth/transactions.ts'
import { transfers as transferTable } from '../../../db/schema/wealth/transfers.ts'
import { gets, lists } from '../../runtime/resource/declarations.ts'
import { reply } from '../../runtime/responses.ts'
import { patchOf } from '../../runtime/schemas.ts'
import { deletes, inserts, updates } from '../../runtime/writes.ts'
import { recurring, transfers } from '../resources/transfers.ts'
import {
  detected,
  newTransfer,
  ofHousehold,
  recurring as recurringAnswer,
  recurringFields,
  transfer,
  transferDecision,
  unlink,
} from '../schemas/transfers.ts'

const database = ['database'] as const
const householdId = '01990000-0000-7000-8000-000000000001'
const heavy = { timeoutSeconds: 29, memoryMegabytes: 1769 } as const
const onTransfer = z.strictObject(transfers.parameter!)
const onRecurring = z.strictObject(recurring.parameter!)
const category = updates(transactions, ['category', 'categoryId', 'provenance', 'version'])
const decision = updates(transferTable, ['status', 'outflowBefore', 'inflowBefore', 'version'])
/** The writes of a route that calls `decideTransfer` to take a transfer back. */
export const decisionWrites = [decision, category]
const proposalWrites = [inserts(transferTable), deletes(transferTable)]
const found = ['amountLow', 'amountHigh', 'lastAmount', 'lastDate', 'nextDate', 'confidence', 'missed', 'priceChanges', 'period'] as const
const recurringWrites = [
  inserts(recurringTable),
  deletes(recurringTable),
  updates(recurringTable, [...found, 'version']),
  updates(transactions, ['recurringId', 'version']),
]

/** The writes of both detections. */
export const detectionWrites = [...proposalWrites, ...recurringWrites]

export const transferDeclarations = {
  'list-transfers': lists(transfers, { description: 'Without `sort`, the most certain first.' }),
  'detect-transfers': {
    ...heavy,
    method: 'POST',
    path: '/v1/wealth/transfers/detections',
    summary: 'Compute transfers between the accounts of a household',
    description:
      'Pairs opposite amounts within four days. A transaction is in at most one pair. Replaces the proposals; confirmed and dismissed pairs stay.',
    access: 'write',
    backends: database,
    body: ofHousehold,
    writes: proposalWrites,
    responses: { 200: reply('How many were proposed.', detected) },
    example: { body: { householdId } },
  },
  'create-transfer': {
    method: 'POST',
    path: '/v1/wealth/transfers',
    summary: 'Create a transfer of two transactions',
    description: 'Both get the category transfer.',
    access: 'write',
    backends: database,
    idempotency: 'key',
    body: newTransfer,
    writes: [...proposalWrites, decision, category],
    responses: { 201: reply('The confirmed transfer.', transfer) },
    example: { body: { householdId, outflowId: '01990000-0000-7000-8000-000000000005', inflowId: '01990000-0000-7000-8000-000000000006' } },
  },
  'decide-transfer': {
    method: 'POST',
    path: '/v1/wealth/transfers/{transferId}/decisions',
    summary: 'Change the status of a transfer',
    description:
      'Confirming gives both transactions the category transfer. Taking it back gives them the category of before, if they still have it.',
    access: 'write',
    backends: database,
    params: onTransfer,
    body: transferDecision,
    writes: decisionWrites,
    refuses: [409],
    responses: { 200: reply('The transfer as it is now.', transfer) },
    example: { body: { status: 'confirmed' } },
  },
  'list-recurring': lists(recurring, { description: 'Without `sort`, the next expected first.' }),
  'get-recurring': gets(recurring, { summary: 'Get a payment or income that repeats' }),
  'detect-recurring': {
    ...heavy,
    method: 'POST',
    path: '/v1/wealth/recurring-transactions/detections',
    summary: 'Compute payments and incomes of a household that repeat',
    description:
      'Transactions of transfers are left out. What was dismissed is not found again; what was confirmed keeps its name and period.',
    access: 'write',
    backends: database,
    body: ofHousehold,
    writes: recurringWrites,
    responses: { 200: reply('How many were found.', detected) },
    example: { body: { householdId } },
  },
  'update-recurring': {
    ...heavy,
    method: 'PATCH',
    path: '/v1/wealth/recurring-transactions/{recurringId}',
    summary: 'Change a payment or income that repeats',
    description: 'Dismissing takes the links of its transactions.',
    access: 'write',
    backends: database,
    params: onRecurring,
    ifMatch: 'required',
    body: patchOf(recurringFields),
    writes: [updates(recurringTable, ['name', 'category', 'period', 'nextDate', 'status', 'version']), ...recurringWrites],
    responses: { 200: reply('As it is now.', recurringAnswer) },
    example: { body: { status: 'confirmed' } },
  },
  'unlink-recurring': {
    method: 'POST',
    path: '/v1/wealth/recurring-transactions/{recurringId}/unlinks',
    summary: 'Remove a transaction from a payment that repeats',
    access: 'write',
    backends: database,
    params: onRecurring,
    body: unlink,
    writes: [updates(transactions, ['recurringId', 'provenance', 'version'])],
    responses: { 204: reply('Unlinked.') },
  },
} as const
