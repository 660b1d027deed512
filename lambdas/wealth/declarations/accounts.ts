import * as z from 'zod'
import { lotWrites } from './lot-writes.ts'
import { accounts as accountTable } from '../../../db/schema/wealth/accounts.ts'
import { accountValuations } from '../../../db/schema/wealth/valuations.ts'
import { changes, creates, gets, lists } from '../../runtime/resource/declarations.ts'
import { reply } from '../../runtime/responses.ts'
import { calendarDate, patchOf, uuid } from '../../runtime/schemas.ts'
import { inserts, updates } from '../../runtime/writes.ts'
import { accounts } from '../resources/accounts.ts'
import { account, accountFields, accountPatchFields } from '../schemas/accounts.ts'

export const accountPath = z.strictObject({ accountId: uuid.describe('The account.') })

export const accountsDeclarations = {
  'list-accounts': lists(accounts, { description: 'With their balances today, in the timezone of each household.' }),
  'create-account': creates(accounts, {
    description:
      'The type decides which balances are possible: what a loan or mortgage owes is zero or less, a checking account is not below minus its credit limit, cards and other accounts can be both, all else is zero or more.',
    body: z.strictObject(accountFields),
    writes: [inserts(accountValuations)],
    example: {
      body: {
        householdId: '01990000-0000-7000-8000-000000000001',
        name: 'House',
        type: 'property',
        currentBalance: '420000.00',
      },
    },
  }),
  'get-account': gets(accounts),
  'update-account': {
    ...changes(accounts, {
      description: 'Type, currency and source of the balance never change.',
      body: patchOf(accountPatchFields),
      writes: lotWrites,
      example: { body: { name: 'Our house' } },
    }),
    backends: ['database', 'ledger-work'],
  },
  'close-account': {
    method: 'POST',
    path: '/v1/wealth/accounts/{accountId}/closures',
    summary: 'Close an account',
    description: 'Its history stays.',
    access: 'write',
    backends: ['database'],
    ifMatch: 'required',
    params: accountPath,
    body: z.strictObject({
      closedOn: calendarDate.optional().describe('When it was closed. By default today in the household’s timezone.'),
    }),
    writes: [updates(accountTable, ['closedOn', 'version'])],
    responses: { 200: reply('The account as it is now.', account) },
    example: { body: {} },
  },
  'reopen-account': {
    method: 'POST',
    path: '/v1/wealth/accounts/{accountId}/reopenings',
    summary: 'Reopen a closed account',
    access: 'write',
    backends: ['database'],
    ifMatch: 'required',
    params: accountPath,
    writes: [updates(accountTable, ['closedOn', 'version'])],
    responses: { 200: reply('The account as it is now.', account) },
  },
} as const
