import * as z from 'zod'
import { auditAnchorStore } from '../../runtime/object-store.ts'
import { runJobOutside } from '../../runtime/run-job-outside.ts'
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

export const handler = runJobOutside(operationsJobs['seal-audit-trail'], 'audit', async ({ functions, hasTime }) => {
  const place = { store: auditAnchorStore(), signer: await platformSigner() }
  const calls = {
    seal: async () => sealing.parse(await functions.call('operations.seal_audit_rows', {}, { idempotent: true })),
    recordAnchor: (anchor: object) => functions.call('operations.record_audit_anchor', { ...anchor }, { idempotent: true }),
  }
  return { ...(await sealAndAnchor(place, calls, { hasTime, now: new Date() })) }
})
