import * as z from 'zod'
import { entryStates } from '../../../domain/operations/index.ts'
import { reply } from '../../runtime/responses.ts'
import type { RouteDeclaration } from '../../runtime/route.ts'
import { instant, moment, nameSchemas, uuid, wholeNumberText } from '../../runtime/schemas.ts'

const hash = z.string().describe('SHA-256, in hexadecimal digits.')

const entry = z.strictObject({
  id: uuid,
  timestamp: instant,
  state: z
    .enum(entryStates)
    .describe(
      '`intact`: its hash, computed again, is the one in its seal. `waiting`: it is too new for a seal. `changed`: it has another hash. `values-changed`: its values have another digest. `values-erased`: its values were erased; administrators verify that a record says so. `not-sealed`: no seal has it, and it does not wait for one, so it was inserted.',
    ),
  hash: hash.describe('SHA-256 of the entry, computed now.'),
  sealedHash: hash.nullable().describe('The hash of the entry in its seal.'),
  seal: z.int().nullable().describe('The number of its seal.'),
})

const seal = z.strictObject({
  number: z.int(),
  sealedAt: instant,
  hash,
  previousHash: hash.describe('The hash of the seal before, as this one has it.'),
  nextHash: hash.nullable().describe('The hash of this seal, as the next one has it. Null for the newest seal.'),
  isIntact: z
    .boolean()
    .describe('It has its own hash and that of its list of entries, its neighbours have the same hashes, and they lead to the anchor.'),
  anchor: z
    .strictObject({ key: z.string(), sealNumber: z.int(), anchoredAt: instant })
    .nullable()
    .describe('The first anchor of this seal or of a later one, outside of the database. Null while there is none.'),
})

const ownVerification = z.strictObject({
  entries: z.array(entry).describe('Your entries, newest first.'),
  seals: z.array(seal).describe('The seals of these entries, in the order of the chain.'),
  nextCursor: z.string().nullable().describe('Null when there are no older entries.'),
})

nameSchemas({ VerifiedEntry: entry, SealOfEntries: seal, OwnAuditVerification: ownVerification })

export const ownAuditDeclarations = {
  'verify-own-audit-logs': {
    method: 'GET',
    path: '/v1/operations/audit-logs/verification',
    summary: 'Verify the entries about your own activity',
    description:
      'Computes the hashes of a page of your entries again, and compares them with those in their seals, and the seals with their neighbours in the chain. It says nothing of entries of other people. An entry that was removed is found by the verification of administrators only, since a seal does not say who an entry is about.',
    access: 'read',
    backends: ['database'],
    transactions: 'snapshot',
    query: z.strictObject({
      from: moment.optional().describe('The oldest entries to verify, inclusive.'),
      to: moment.optional().describe('The newest entries to verify, not inclusive.'),
      limit: wholeNumberText(z.int().min(1).max(500)).default(200).describe('Largest number of entries, 1 to 500.'),
      cursor: z.string().max(100).optional().describe('`nextCursor` of the page before.'),
    }),
    responses: { 200: reply('What was verified.', ownVerification) },
  },
} as const satisfies Record<string, RouteDeclaration>
