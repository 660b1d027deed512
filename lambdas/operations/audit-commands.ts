import * as z from 'zod'
import { listRecordedAnchors, recordAuditAnchor, sealAuditRows } from '../../db/queries/operations/audit-chain.ts'
import { alignColumns } from '../runtime/align-columns.ts'
import { defineCommand, exitCodes } from '../runtime/command.ts'
import { readEnvironment } from '../runtime/environment.ts'
import { auditAnchors, folderStore } from '../runtime/object-store.ts'
import { anchorHead, sealRows } from './audit/seal.ts'
import { fileSigner } from './audit/signing.ts'
import { type Verification, verifyAuditTrail } from './audit/verify.ts'
import { month } from './schemas.ts'

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`

const seal = defineCommand({
  name: 'audit seal',
  summary: 'Seals the new rows of the audit trail',
  role: 'nestegg_operator',
  arguments: z.strictObject({}),
  run: async (_, { hasTime, inTransaction, out }) => {
    const { hasMore, isBusy, sealedRows, ...head } = await sealRows({ seal: () => inTransaction(sealAuditRows) }, hasTime)
    if (isBusy) out('Another sealing is at work.\n')
    out(`Sealed ${counted(sealedRows, 'row')}. The newest seal is ${head.seal?.number ?? 'none'}.\n`)
    const { AUDIT_ANCHOR_FOLDER: folder, AUDIT_SIGNING_KEY_FILE: keyFile } = readEnvironment()
    if (folder === undefined || keyFile === undefined) out('The job operations/seal-audit-trail anchors it at minute 25 of each hour.\n')
    else {
      const place = { store: folderStore(folder), signer: fileSigner(keyFile) }
      const recordAnchor = (anchor: Parameters<typeof recordAuditAnchor>[1]) =>
        inTransaction(transaction => recordAuditAnchor(transaction, anchor))
      out(`The newest anchor is ${(await anchorHead(place, { recordAnchor }, head, new Date())) ?? 'none'}.\n`)
    }
    return hasMore ? exitCodes.outOfDate : exitCodes.done
  },
})

const describeVerification = (verification: Verification): string => {
  const { anchors, findings, from, head, isComplete, isValid, keyFingerprints, moreFindings, newestAnchor, to } = verification
  const range = from === null && to === null ? 'all months' : `${from ?? 'the first month'} to ${to ?? 'now'}`
  const valid = isComplete ? 'The audit trail is valid.' : 'The time was over before all rows were verified. What was verified is valid.'
  return [
    ...findings.map(({ detail, kind }) => `${kind}: ${detail}\n`),
    moreFindings === 0 ? '' : `and ${counted(moreFindings, 'more finding')}\n`,
    isValid ? `${valid}\n` : `The audit trail was changed: ${counted(findings.length + moreFindings, 'finding')}.\n`,
    alignColumns([
      ['  Seals', head === null ? 'none' : `1 to ${head.number}, hash ${head.hash}`],
      ['  Rows', `${verification.verifiedRows} verified (${range}), back to seal ${verification.verifiedFromSeal ?? 'none'}`],
      ['  Not sealed', `${counted(verification.unsealedRows, 'newest row')}, since ${verification.oldestUnsealed ?? 'now'}`],
      [
        '  Anchors',
        `${anchors} verified, the newest is ${newestAnchor ?? 'none'}; ${counted(verification.unanchoredSeals, 'seal')} after it`,
      ],
      ['  Signed by', keyFingerprints.join(', ') || 'no key'],
    ]),
  ].join('')
}

/** All findings of a small forgery are named. Of a large one, the first ones say enough. */
const namedFindings = 10_000

const verify = defineCommand({
  name: 'audit verify',
  summary: 'Verifies the audit trail and names what was changed, inserted or removed',
  role: 'nestegg_operator',
  arguments: z.strictObject({ from: month.optional(), to: month.optional(), json: z.boolean().default(false) }),
  run: async ({ from, json, to }, { hasTime, inTransaction, out, progress }) => {
    const verification = await verifyAuditTrail({
      read: inTransaction,
      store: auditAnchors(),
      from,
      to,
      hasTime,
      onProgress: rows => progress(`Verified ${counted(rows, 'row')}`),
      namedFindings,
    })
    out(json ? `${JSON.stringify(verification)}\n` : describeVerification(verification))
    if (!verification.isValid) return exitCodes.failed
    return verification.isComplete ? exitCodes.done : exitCodes.outOfDate
  },
})

const listAnchors = defineCommand({
  name: 'audit list-anchors',
  summary: 'Lists the newest anchors of the audit trail',
  role: 'nestegg_operator',
  arguments: z.strictObject({ limit: z.int().min(1).max(1_000).default(20), json: z.boolean().default(false) }),
  run: async ({ json, limit }, { inTransaction, out }) => {
    const anchors = (await inTransaction(listRecordedAnchors)).toReversed().slice(0, limit)
    if (json) return out(`${JSON.stringify(anchors)}\n`)
    const rows = anchors.map(({ key, keyFingerprint, sealHash, sealNumber }) => [key, String(sealNumber), sealHash, keyFingerprint])
    return out(alignColumns([['ANCHOR', 'SEAL', 'HASH', 'SIGNED BY'], ...rows]))
  },
})

export const auditCommands = { seal, verify, listAnchors }
