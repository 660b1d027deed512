import * as z from 'zod'
import { pageOf, pageQuery } from '../../runtime/pagination.ts'
import { reply } from '../../runtime/responses.ts'
import { uuid, wholeNumberText } from '../../runtime/schemas.ts'
import { ofAccount, ofSecurity, requiredHousehold } from '../schemas/household.ts'
import { closing, positions, taxLot, washSale, watch } from '../schemas/lots.ts'

const database = ['database'] as const
const ofHousehold = z.strictObject({ householdId: requiredHousehold })
export const taxYear = wholeNumberText(z.int().min(1900).max(2199))

export const lotDeclarations = {
  'list-positions': {
    method: 'GET',
    path: '/v1/wealth/positions',
    summary: 'List the positions of a household',
    description: 'Each security in each account, with the sums of its tax lots and what is incomplete; and the cost basis of each account.',
    access: 'read',
    backends: database,
    query: ofHousehold,
    refuses: [404],
    responses: { 200: reply('The positions.', positions) },
  },
  'list-tax-lots': {
    method: 'GET',
    path: '/v1/wealth/tax-lots',
    summary: 'List tax lots',
    description: 'Shares that are held, by security, account and day of acquisition.',
    access: 'read',
    backends: database,
    query: z.strictObject({ householdId: requiredHousehold, accountId: ofAccount.optional(), symbol: ofSecurity.optional(), ...pageQuery }),
    refuses: [404],
    responses: { 200: reply('A page.', pageOf(taxLot)) },
  },
  'list-lot-closings': {
    method: 'GET',
    path: '/v1/wealth/lot-closings',
    summary: 'List closed lots',
    description: 'What sales and corporate actions have closed, with the gain of each, the oldest first.',
    access: 'read',
    backends: database,
    query: z.strictObject({
      householdId: requiredHousehold,
      taxYear: taxYear.optional().describe('Only this year.'),
      accountId: ofAccount.optional(),
      symbol: ofSecurity.optional(),
      transactionId: uuid.optional().describe('Only what this transaction has closed.'),
      ...pageQuery,
    }),
    refuses: [404],
    responses: { 200: reply('A page.', pageOf(closing)) },
  },
  'list-wash-sales': {
    method: 'GET',
    path: '/v1/wealth/wash-sales',
    summary: 'List losses with their wash sales',
    description:
      'Each loss of an account that is taxed, with the shares that replaced those that were sold, in all accounts of the household, and whether that is certain.',
    access: 'read',
    backends: database,
    query: z.strictObject({
      householdId: requiredHousehold,
      taxYear: taxYear.optional().describe('Only this year.'),
      accountId: ofAccount.optional(),
      symbol: ofSecurity.optional(),
      transactionId: uuid.optional().describe('Only the losses of this transaction.'),
      ...pageQuery,
    }),
    refuses: [404],
    responses: { 200: reply('A page.', pageOf(washSale)) },
  },
  'get-wash-sale-watch': {
    method: 'GET',
    path: '/v1/wealth/wash-sale-watch',
    summary: 'Get the trades to avoid now',
    description:
      'Securities that must not be bought because of a loss of the last 30 days, or not be sold at a loss because of a purchase.',
    access: 'read',
    backends: database,
    query: ofHousehold,
    refuses: [404],
    responses: { 200: reply('The trades.', watch) },
  },
} as const
