import { createHash } from 'node:crypto'
import { listSeals } from '../../../db/queries/operations/audit-chain.ts'
import type { Removal } from '../../../db/queries/operations/audit-rows.ts'
import type { Transaction } from '../../../db/database.ts'
import { type AuditFinding, noHash, type Seal, sealHash } from '../../../domain/operations/index.ts'
import type { AnchoredSeal, SupersededSeal } from './verify-anchors.ts'

type Read = <Result>(work: (transaction: Transaction) => Promise<Result>) => Promise<Result>

export interface ChainReport {
  /** The newest seal; null if there is none. */
  readonly head: Pick<Seal, 'hash' | 'number' | 'totalRows'> | null
  /** The first days of the months that have seals, in ascending order. */
  readonly months: readonly string[]
  /** Whether the seals confirm the record of removed months. */
  readonly isRemovalConfirmed: boolean
}

const pageSize = 1_000

/** What is wrong with a seal by itself and after the one before it, or undefined. `hash` is that of its fields. */
const faultOf = (seal: Seal, hash: string, before: Pick<Seal, 'hash' | 'number' | 'totalRows'>): string | undefined => {
  if (hash !== seal.hash) return 'Its fields do not have its hash.'
  if (seal.number !== before.number + 1) return undefined
  if (seal.previousHash !== before.hash) return `It does not carry the hash of seal ${before.number}, which is ${before.hash}.`
  if (seal.totalRows !== before.totalRows + seal.rowCount) return 'Its number of all rows is not that of the seal before and its own.'
  return undefined
}

/**
 * Verifies every seal in order, in constant memory: each number is there, each hash is that of the fields, each carries the hash of the one
 * before, and each anchor names the hash of its seal, unless a record of a restore supersedes it, and then it does not. Also whether the seals confirm what the record of removed months says.
 */
export const verifyChain = async (
  read: Read,
  { anchored, superseded }: { readonly anchored: readonly AnchoredSeal[]; readonly superseded: readonly SupersededSeal[] },
  removal: Removal | undefined,
  found: (finding: AuditFinding) => void,
): Promise<ChainReport> => {
  const anchorsOf = Map.groupBy(anchored, ({ sealNumber }) => sealNumber)
  const supersededOf = Map.groupBy(superseded, ({ sealNumber }) => sealNumber)
  const months = new Set<string>()
  const removed = { seals: 0, rows: 0, hash: createHash('sha256') }
  let before = { number: 0, hash: noHash, totalRows: 0 }
  for (;;) {
    const after = before.number
    const seals = await read(transaction => listSeals(transaction, after, pageSize))
    if (seals.length === 0) break
    for (const seal of seals) {
      for (let number = before.number + 1; number < seal.number; number += 1)
        found({ kind: 'missing-seal', seal: number, detail: `Seal ${number} is missing.` })
      const hash = sealHash(seal)
      const fault = faultOf(seal, hash, before)
      if (fault !== undefined) found({ kind: 'changed-seal', seal: seal.number, detail: `Seal ${seal.number} was changed. ${fault}` })
      for (const anchor of anchorsOf.get(seal.number) ?? []) {
        if (anchor.sealHash !== hash)
          found({
            kind: 'rewritten-chain',
            seal: seal.number,
            anchor: anchor.key,
            detail: `Seal ${seal.number} is not the one that was anchored: ${anchor.key} has the hash ${anchor.sealHash}. It was written again, or a restore has lost the other one and nobody has declared it.`,
          })
      }
      for (const anchor of supersededOf.get(seal.number) ?? []) {
        if (anchor.sealHash === hash)
          found({
            kind: 'false-restore-record',
            seal: seal.number,
            anchor: anchor.key,
            restore: anchor.restore,
            detail: `The record ${anchor.restore} of a restore supersedes the anchor ${anchor.key}, and the chain has its seal ${seal.number}.`,
          })
      }
      months.add(seal.month)
      if (removal !== undefined && seal.month.slice(0, 7) <= removal.month) {
        removed.seals += 1
        removed.rows += seal.rowCount
        removed.hash.update(Buffer.from(hash, 'hex'))
      }
      before = { number: seal.number, hash, totalRows: seal.totalRows }
    }
  }
  const last = anchored.toSorted((a, b) => a.sealNumber - b.sealNumber).at(-1)
  if (last !== undefined && last.sealNumber > before.number)
    found({
      kind: 'cut-off-tail',
      seal: before.number + 1,
      anchor: last.key,
      detail: `The chain ends with seal ${before.number}, and ${last.key} names seal ${last.sealNumber}: the newest seals were removed, or a restore has lost them and nobody has declared it.`,
    })
  const isConfirmed =
    removal !== undefined &&
    removed.seals === removal.removedSeals &&
    removed.rows === removal.removedRows &&
    removed.hash.digest('hex') === removal.removedHash
  if (removal !== undefined && !isConfirmed)
    found({
      kind: 'changed-removal',
      row: removal.row,
      month: removal.month,
      detail: `The audit row ${removal.row} says that the months up to ${removal.month} were removed, and does not fit the seals of these months.`,
    })
  return { head: before.number === 0 ? null : before, months: [...months].toSorted(), isRemovalConfirmed: isConfirmed }
}
