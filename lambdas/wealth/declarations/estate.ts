import * as z from 'zod'
import { accounts as accountTable } from '../../../db/schema/wealth/accounts.ts'
import { beneficiaries } from '../../../db/schema/wealth/beneficiaries.ts'
import { reply } from '../../runtime/responses.ts'
import { deletes, inserts, updates } from '../../runtime/writes.ts'
import { beneficiariesBody, beneficiaryLists, estate } from '../schemas/estate.ts'
import { accountPath } from './accounts.ts'
import { requiredHousehold } from '../schemas/household.ts'

export const estateDeclarations = {
  'get-beneficiaries': {
    method: 'GET',
    path: '/v1/wealth/accounts/{accountId}/beneficiaries',
    summary: 'Get the beneficiaries of an account',
    access: 'read',
    backends: ['database'],
    params: accountPath,
    responses: { 200: reply('The beneficiaries.', beneficiaryLists) },
  },
  'replace-beneficiaries': {
    method: 'PUT',
    path: '/v1/wealth/accounts/{accountId}/beneficiaries',
    summary: 'Replace the beneficiaries of an account',
    description:
      'The shares of the primary ones, and those of the contingent ones, sum to exactly 100 per cent. An empty list removes them.',
    access: 'write',
    backends: ['database'],
    ifMatch: 'required',
    params: accountPath,
    body: beneficiariesBody,
    writes: [inserts(beneficiaries), deletes(beneficiaries), updates(accountTable, ['version'])],
    responses: { 200: reply('The beneficiaries as they are now.', beneficiaryLists) },
    example: { body: { primary: [{ name: 'Red Cross', kind: 'charity', share: '100' }], contingent: [] } },
  },
  'get-estate': {
    method: 'GET',
    path: '/v1/wealth/estate',
    summary: 'Get the accounts of a household with their beneficiaries',
    description: 'All open accounts that are no debts, and what each beneficiary would receive of their balances today.',
    access: 'read',
    backends: ['database'],
    query: z.strictObject({ householdId: requiredHousehold }),
    refuses: [404],
    responses: { 200: reply('The accounts.', estate) },
  },
} as const
