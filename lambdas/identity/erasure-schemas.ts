import * as z from 'zod'
import { lifecycles } from '../../db/schema/lifecycles.ts'
import { ownerColumns } from '../../db/schema/lifecycle.ts'
import { erasureKinds, erasureStatuses } from '../../db/schema/operations/erasures.ts'
import { instant, nameSchemas, uuid } from '../runtime/schemas.ts'

const counts = z.record(z.string(), z.int())

export const erasureRecord = z.strictObject({
  id: uuid,
  userId: uuid,
  kind: z.enum(erasureKinds).describe('`own`: by the person; `admin`: by an administrator; `operator`: by an operator command.'),
  requestedBy: uuid.nullable(),
  status: z
    .enum(erasureStatuses)
    .describe('`completed`: nothing is left to do. Otherwise the job of every hour goes on: the person is gone from the database already.'),
  deleted: counts.describe('Removed rows by table.'),
  anonymized: counts.describe('Rows by table that stay without personal data.'),
  householdIds: z.array(uuid).describe('The households that were erased too, because the person was the only member.'),
  requestedAt: instant,
  userPoolErasedAt: instant.nullable(),
  completedAt: instant.nullable(),
  error: z.string().nullable().describe('Why the last attempt at the user pool failed.'),
})

const kept = z.strictObject({ what: z.string().describe('A table, or another place.'), because: z.string() })
export const erasureResult = z.strictObject({ ...erasureRecord.shape, kept: z.array(kept).describe('What stays, and why.') })

/** What an erasure keeps of a person, with the reasons. */
export const keptAfterErasure: z.output<typeof kept>[] = [
  ...Object.entries(lifecycles).flatMap(([table, { erasure, owner }]) =>
    ownerColumns({ owner }).person !== undefined && erasure.action !== 'delete' ? [{ what: table, because: erasure.because }] : [],
  ),
  {
    what: 'shared households',
    because: 'What members made together belongs to the household. It refers to the person by an id that names nobody.',
  },
  {
    what: 'backups',
    because: 'A backup from before the erasure is encrypted, and removed when its time has passed. A later one has no trace.',
  },
]

/** The answer of the functions that erase. */
export const erasureAnswer = z.object({
  erasure: erasureRecord.nullable(),
  refusal: z.enum(['unknown', 'held', 'last-owner']).nullable(),
  ownedHouseholds: z.array(z.object({ id: uuid, name: z.string() })),
})

nameSchemas({ Erasure: erasureRecord, ErasureResult: erasureResult })
