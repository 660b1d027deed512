import { accounts as accountTable } from '../../../db/schema/wealth/accounts.ts'
import { accountLiabilities } from '../../../db/schema/wealth/liabilities.ts'
import { reply } from '../../runtime/responses.ts'
import { deletes, inserts, updates } from '../../runtime/writes.ts'
import { liability, liabilityBody } from '../schemas/liabilities.ts'
import { accountPath } from './accounts.ts'

export const liabilityDeclarations = {
  'get-liability-terms': {
    method: 'GET',
    path: '/v1/wealth/accounts/{accountId}/liability-terms',
    summary: 'Get the terms of a debt',
    access: 'read',
    backends: ['database'],
    params: accountPath,
    responses: { 200: reply('The terms.', liability) },
  },
  'replace-liability-terms': {
    method: 'PUT',
    path: '/v1/wealth/accounts/{accountId}/liability-terms',
    summary: 'Replace the terms of a debt',
    description: 'Of a card, loan or mortgage. Not if the institution of a connected account states them.',
    access: 'write',
    backends: ['database'],
    ifMatch: 'required',
    params: accountPath,
    body: liabilityBody,
    writes: [inserts(accountLiabilities), deletes(accountLiabilities), updates(accountTable, ['version'])],
    refuses: [409],
    responses: { 200: reply('The terms as they are now.', liability) },
    example: { body: { terms: { interestRate: '0.0399', minimumPayment: '1402.11', maturesOn: '2048-06-01' } } },
  },
} as const
