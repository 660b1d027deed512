import * as z from 'zod'
import { lotChoices } from '../../../db/schema/wealth/lots.ts'
import { transactions } from '../../../db/schema/wealth/transactions.ts'
import { changes, creates, gets, lists, removes } from '../../runtime/resource/declarations.ts'
import { reply } from '../../runtime/responses.ts'
import { patchOf, uuid } from '../../runtime/schemas.ts'
import { deletes, inserts, updates } from '../../runtime/writes.ts'
import { identicalSecurities } from '../resources/identical-securities.ts'
import { lotElections } from '../resources/lot-elections.ts'
import { choice, choiceBody, electionFields, newElection, newPair, pairFields, preview, previewBody } from '../schemas/lot-choices.ts'
import { lotWrites } from './lot-writes.ts'

/** The lots of many securities are calculated after the answer. */
const calculating = ['database', 'ledger-work'] as const
const onTransaction = z.strictObject({ transactionId: uuid.meta({ description: 'The sale.', parameter: 'Sale' }) })
const accountId = '01990000-0000-7000-8000-000000000004'

export const lotChoiceDeclarations = {
  'list-lot-elections': lists(lotElections),
  'create-lot-election': {
    ...creates(lotElections, {
      description:
        'Holds for sales from its day on. Average cost is for one fund, or shares of a dividend reinvestment plan, and changes their basis for good.',
      body: newElection,
      writes: lotWrites,
      example: { body: { accountId, method: 'hifo', effectiveOn: '2026-01-01' } },
    }),
    backends: calculating,
  },
  'get-lot-election': gets(lotElections),
  'update-lot-election': {
    ...changes(lotElections, { body: patchOf(electionFields), writes: lotWrites, example: { body: { effectiveOn: '2026-02-01' } } }),
    backends: calculating,
  },
  'delete-lot-election': { ...removes(lotElections, { writes: lotWrites }), backends: calculating },
  'list-identical-securities': lists(identicalSecurities),
  'create-identical-securities': {
    ...creates(identicalSecurities, {
      summary: 'Create a pair of substantially identical securities',
      description: 'A purchase of one then replaces a loss of the other. Pairs are not transitive.',
      body: newPair,
      writes: lotWrites,
      example: {
        body: { householdId: '01990000-0000-7000-8000-000000000001', symbol: 'VOO', otherSymbol: 'IVV', reason: 'The same index' },
      },
    }),
    backends: calculating,
  },
  'get-identical-securities': gets(identicalSecurities),
  'update-identical-securities': changes(identicalSecurities, {
    body: patchOf(pairFields),
    example: { body: { reason: 'The same index' } },
  }),
  'delete-identical-securities': { ...removes(identicalSecurities, { writes: lotWrites }), backends: calculating },
  'get-lot-choice': {
    method: 'GET',
    path: '/v1/wealth/transactions/{transactionId}/lot-choice',
    summary: 'Get how the lots of a sale are chosen',
    access: 'read',
    backends: ['database'],
    params: onTransaction,
    refuses: [422],
    responses: { 200: reply('The choice.', choice) },
  },
  'replace-lot-choice': {
    method: 'PUT',
    path: '/v1/wealth/transactions/{transactionId}/lot-choice',
    summary: 'Replace the choice of lots of a sale',
    description:
      'By a method, or lot by lot. The law takes the lots that the broker was given until the sale was settled: for a sale that is settled, `identifiedOn` says when that was.',
    access: 'write',
    backends: calculating,
    ifMatch: 'required',
    params: onTransaction,
    body: choiceBody,
    writes: [inserts(lotChoices), deletes(lotChoices), updates(transactions, ['version']), ...lotWrites],
    refuses: [409],
    responses: { 200: reply('The choice as it is now.', choice) },
    example: { body: { method: 'lifo', identifiedOn: '2026-03-02' } },
  },
  'create-lot-preview': {
    method: 'POST',
    path: '/v1/wealth/lot-previews',
    summary: 'Compare the ways to choose the lots of a sale',
    description: 'Nothing is stored.',
    access: 'read',
    backends: ['database'],
    body: previewBody,
    responses: { 200: reply('The sale by each way.', preview) },
    example: { body: { accountId, symbol: 'VTI', quantity: '10', price: '250' } },
    memoryMegabytes: 1024,
  },
} as const
