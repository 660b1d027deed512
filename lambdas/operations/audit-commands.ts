import * as z from 'zod'
import { listRecordedAnchors } from '../../db/queries/operations/audit-chain.ts'
import { alignColumns } from '../runtime/align-columns.ts'
import { defineCommand, exitCodes } from '../runtime/command.ts'
import { counted } from '../runtime/counted.ts'
import { auditAnchors } from '../runtime/object-store.ts'
import { anchorPlaceHere, chainFunctions } from './audit/chain-here.ts'
import { declareLoss, describeDeclared } from './audit/declare-loss.ts'
import { anchorHead, sealRows } from './audit/seal.ts'
import { type Verification, verifyAuditTrail } from './audit/verify.ts'
import type { RestoreNote } from './audit/verify-restores.ts'
import { month } from './schemas.ts'

const seal = defineCommand({
  name: 'audit seal',
  summary: 'Seals the new rows of the audit trail',
  role: 'nestegg_operator',
  arguments: z.strictObject({}),
  run: async (_, { hasTime, inTransaction, out }) => {
    const functions = chainFunctions(inTransaction)
    const { hasMore, isBusy, sealedRows, ...head } = await sealRows(functions, hasTime)
    if (isBusy) out('Another sealing is at work.\n')
    out(`Sealed ${counted(sealedRows, 'row')}. The newest seal is ${head.seal?.number ?? 'none'}.\n`)
    const place = anchorPlaceHere()
    if (place === undefined) out('The job operations/seal-audit-trail anchors it at minute 25 of each hour.\n')
    else out(`The newest anchor is ${(await anchorHead(place, functions, head, new Date())) ?? 'none'}.\n`)
    return hasMore ? exitCodes.outOfDate : exitCodes.done
  },
})

const declare = defineCommand({
  name: 'audit declare-loss',
  summary: 'Declares that a restore has lost the part of the audit trail that newer anchors name',
  role: 'nestegg_operator',
  arguments: z.strictObject({
    reason: z.string().trim().min(1).max(500),
    yes: z.literal(true, {
      error: 'Give --yes: this signs a record that nobody can remove, and the newer anchors are no longer a failure.',
    }),
  }),
  run: async ({ reason }, { caller, inTransaction, out }) => {
    const place = anchorPlaceHere()
    if (place === undefined) throw new Error('Only a platform on this machine declares so. In AWS the job that seals the trail may sign.')
    const declared = await declareLoss(place, chainFunctions(inTransaction), { reason, declaredBy: caller, now: new Date() })
    return out(describeDeclared(declared))
  },
})

const describeRestore = ({ counts, declaredAt, declaredBy, key, lastSeal, reason, supersededAnchors }: RestoreNote): string =>
  `note: ${key}: on ${declaredAt} ${declaredBy} declared that a restore lost the seals after ${lastSeal}. ${counts ? `It supersedes ${counted(supersededAnchors, 'anchor')}` : 'A later record supersedes it'}. Reason: ${reason}\n`

const describeVerification = (verification: Verification): string => {
  const { anchors, findings, from, head, isComplete, isValid, keyFingerprints, moreFindings, newestAnchor, to } = verification
  const range = from === null && to === null ? 'all months' : `${from ?? 'the first month'} to ${to ?? 'now'}`
  const valid = isComplete ? 'The audit trail is valid.' : 'The time was over before all rows were verified. What was verified is valid.'
  return [
    ...findings.map(({ detail, kind }) => `${kind}: ${detail}\n`),
    ...verification.restores.map(describeRestore),
    moreFindings === 0 ? '' : `and ${counted(moreFindings, 'more finding')}\n`,
    isValid ? `${valid}\n` : `The audit trail was changed: ${counted(findings.length + moreFindings, 'finding')}.\n`,
    alignColumns([
      ['  Seals', head === null ? 'none' : `1 to ${head.number}, hash ${head.hash}`],
      ['  Rows', `${verification.verifiedRows} verified (${range}), back to seal ${verification.verifiedFromSeal ?? 'none'}`],
      ['  Not sealed', `${counted(verification.unsealedRows, 'newest row')}, since ${verification.oldestUnsealed ?? 'now'}`],
      [
        '  Anchors',
        `${anchors} verified${verification.supersededAnchors === 0 ? '' : `, ${verification.supersededAnchors} of them superseded`}, the newest is ${newestAnchor ?? 'none'}; ${counted(verification.unanchoredSeals, 'seal')} after it`,
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

export const auditCommands = { seal, verify, listAnchors, declare }
