import * as z from 'zod'
import { auditAnchorStore } from '../../runtime/object-store.ts'
import { runJobOutside } from '../../runtime/run-job-outside.ts'
import { declareLoss } from '../audit/declare-loss.ts'
import { sealAndAnchor } from '../audit/seal.ts'
import { platformSigner } from '../audit/signer.ts'
import { operationsJobs } from '../jobs.ts'

/** The answer of operations.seal_audit_rows. */
const sealing = z.object({
  sealed: z.int(),
  isBusy: z.boolean(),
  hasMore: z.boolean(),
  seal: z.object({ number: z.int(), hash: z.string(), totalRows: z.int() }).nullable(),
  anchor: z.object({ key: z.string(), sealNumber: z.int(), sha256: z.string() }).nullable(),
})

const unrecorded = z.object({ keys: z.array(z.string()) })
const seals = z.object({ seals: z.array(z.object({ number: z.int(), hash: z.string() })) })

/**
 * An operator who may invoke this function adds what a restore has lost: see `audit declare-loss`. Only this function may sign, and a request in
 * the database could be written by everybody with the rights of its owner.
 */
const firing = z.object({
  declareLoss: z.strictObject({ reason: z.string().trim().min(1).max(500), declaredBy: z.string().trim().min(1).max(300) }).optional(),
})

export const handler = runJobOutside(operationsJobs['seal-audit-trail'], 'audit', async ({ event, functions, hasTime }) => {
  const { declareLoss: declaration } = firing.parse(event)
  const place = { store: auditAnchorStore(), signer: await platformSigner() }
  const calls = {
    seal: async () => sealing.parse(await functions.call('operations.seal_audit_rows', {}, { idempotent: true })),
    recordAnchor: (anchor: object) => functions.call('operations.record_audit_anchor', { ...anchor }, { idempotent: true }),
    recordRestore: (restore: object) => functions.call('operations.record_audit_restore', { ...restore }, { idempotent: true }),
    findUnrecordedAnchors: async (keys: readonly string[]) =>
      unrecorded.parse(await functions.call('operations.find_unrecorded_anchors', { keys }, { idempotent: true })).keys,
    findSeals: async (numbers: readonly number[]) =>
      seals.parse(await functions.call('operations.find_audit_seals', { numbers }, { idempotent: true })).seals,
  }
  const now = new Date()
  if (declaration !== undefined) return { ...(await declareLoss(place, calls, { ...declaration, now })) }
  return { ...(await sealAndAnchor(place, calls, { hasTime, now })) }
})
