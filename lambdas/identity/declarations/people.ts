import * as z from 'zod'
import { people as personTable } from '../../../db/schema/identity/people.ts'
import { changes, creates, gets, lists, removes } from '../../runtime/resource/declarations.ts'
import { patchOf } from '../../runtime/schemas.ts'
import { updates } from '../../runtime/writes.ts'
import { personFields, personPatchFields } from '../people-schemas.ts'
import { people } from '../resources.ts'

export const peopleDeclarations = {
  'list-people': lists(people, { description: 'Owners of accounts, beneficiaries and dependants. They need no account of the platform.' }),
  'create-person': creates(people, {
    body: z.strictObject(personFields),
    example: { body: { name: 'Robin', relationship: 'spouse', birthDate: '1974-08-09', riskTolerance: 0.5 } },
  }),
  'get-person': gets(people),
  'update-person': changes(people, {
    body: patchOf(personPatchFields),
    writes: [updates(personTable, ['kycVerifiedAt'])],
    example: { body: { investmentHorizon: 20 } },
  }),
  'delete-person': removes(people, {
    description: 'A person who owns accounts, is a beneficiary of some, or is named by a goal cannot be removed: the answer names them.',
    refuses: [409],
  }),
} as const
