import * as z from 'zod'
import { changes, creates, gets, lists, removes } from '../../runtime/resource/declarations.ts'
import { reply } from '../../runtime/responses.ts'
import { patchOf } from '../../runtime/schemas.ts'
import { valuations } from '../resources/valuations.ts'
import { accountTrend, householdTrend, trendQuery, valuationFields, valuationPatchFields } from '../schemas/valuations.ts'
import { accountPath } from './accounts.ts'
import { requiredHousehold } from '../schemas/household.ts'

export const valuationsDeclarations = {
  'list-valuations': lists(valuations, { description: 'What a stated account was worth, by date. The latest up to today is its balance.' }),
  'create-valuation': creates(valuations, {
    description: 'Only for an account with a stated balance.',
    body: z.strictObject(valuationFields),
    example: { body: { date: '2026-01-31', balance: '425000.00', note: 'Appraisal' } },
  }),
  'get-valuation': gets(valuations),
  'update-valuation': changes(valuations, {
    description: 'Corrects a value that a person has entered.',
    body: patchOf(valuationPatchFields),
    refuses: [409],
    example: { body: { balance: '426000.00' } },
  }),
  'delete-valuation': removes(valuations, { description: 'Removes a value that a person has entered.', refuses: [409] }),
  'list-account-balances': {
    method: 'GET',
    path: '/v1/wealth/accounts/{accountId}/balances',
    summary: 'Get the balances of an account over time',
    description:
      'They are computed from what is entered now, so a back-dated transaction changes them. The snapshots of each day, which say what was known on that day, stay as they are.',
    access: 'read',
    backends: ['database'],
    params: accountPath,
    query: z.strictObject(trendQuery),
    responses: { 200: reply('The balances.', accountTrend) },
  },
  'list-household-balances': {
    method: 'GET',
    path: '/v1/wealth/balances',
    summary: 'Get the balances of all accounts of a household over time',
    description: 'With the sums of each currency, and of all in the currency of the household.',
    access: 'read',
    backends: ['database'],
    query: z.strictObject({ householdId: requiredHousehold, ...trendQuery }),
    refuses: [404],
    responses: { 200: reply('The balances.', householdTrend) },
  },
} as const
