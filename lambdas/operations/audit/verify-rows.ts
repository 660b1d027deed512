import { readSealContent } from '../../../db/queries/operations/audit-chain.ts'
import {
  findAuditRows,
  findErasedRows,
  findLastRemoval,
  hasAuditRows,
  type PresentRow,
  type Removal,
} from '../../../db/queries/operations/audit-rows.ts'
import type { Transaction } from '../../../db/database.ts'
import { type AuditFinding, noHash, rootOf, type Seal, sealedRows } from '../../../domain/operations/index.ts'

type Read = <Result>(work: (transaction: Transaction) => Promise<Result>) => Promise<Result>

/** The latest records of erasures are kept, with up to 5,000 ids each. */
const keptRecords = 20

/** Answers whether a record of an erasure names a row. */
const erasureRecords = (read: Read) => {
  const records = new Map<string, ReadonlySet<string> | undefined>()
  return async (row: PresentRow): Promise<boolean> => {
    const { erasedBy, id } = row
    if (erasedBy === null) return false
    if (!records.has(erasedBy)) {
      if (records.size >= keptRecords) records.clear()
      records.set(erasedBy, await read(transaction => findErasedRows(transaction, erasedBy)))
    }
    return records.get(erasedBy)?.has(id) ?? false
  }
}

export interface RowVerifier {
  /** Verifies the rows of a seal. Returns how many there are. */
  verify(seal: Seal): Promise<number>
}

/**
 * Verifies the rows of seals: the ids and hashes of a seal have its root, and each row is there with its hash and the values of its digest, or
 * a record says that they were erased or that the month was removed.
 * @param known the newest record of a removal when the verification began, and whether the seals confirm it
 */
export const rowVerifier = (
  read: Read,
  known: { readonly removal: Removal | undefined; readonly isConfirmed: boolean },
  found: (finding: AuditFinding) => void,
): RowVerifier => {
  const isErased = erasureRecords(read)
  const missingMonths = new Set<string>()
  let lastRemoved = known.isConfirmed ? (known.removal?.month ?? '') : ''

  /** True if the whole month is gone. It is reported once, unless it was removed during the verification. */
  const isMonthGone = async (month: string): Promise<boolean> => {
    if (month <= lastRemoved || missingMonths.has(month)) return true
    if (await read(transaction => hasAuditRows(transaction, `${month}-01`))) return false
    const removal = await read(findLastRemoval)
    if (removal !== undefined && removal.row !== known.removal?.row) lastRemoved = removal.month
    if (month <= lastRemoved) return true
    missingMonths.add(month)
    found({ kind: 'removed-month', month, detail: `All rows of ${month} are missing, and no record says that they were removed.` })
    return true
  }

  const verifyRow = async (seal: Seal, id: string, hash: string, row: PresentRow | undefined): Promise<void> => {
    const at = { row: id, seal: seal.number }
    if (row === undefined) {
      const when = hash === noHash ? 'before it was sealed' : 'after it was sealed'
      found({ kind: 'deleted-row', ...at, detail: `The row ${id} of seal ${seal.number} was removed ${when}.` })
    } else if (row.hash !== hash)
      found({ kind: 'changed-row', ...at, detail: `The row ${id} of seal ${seal.number} was changed: it has another hash.` })
    else if (row.values === 'changed')
      found({
        kind: 'changed-values',
        ...at,
        detail: `The values of the row ${id} of seal ${seal.number} were changed: they have another digest.`,
      })
    else if (row.values === 'erased' && !(await isErased(row)))
      found({
        kind: 'erased-without-record',
        ...at,
        detail: `The values of the row ${id} of seal ${seal.number} were erased, and no record of an erasure names the row.`,
      })
  }

  return {
    verify: async seal => {
      const content = await read(transaction => readSealContent(transaction, seal.number))
      // A seal that is missing was reported.
      if (content === undefined) return 0
      const { rowHashes, rowIds } = content
      const isWhole = rowIds.length === 16 * seal.rowCount && rowHashes.length === 32 * seal.rowCount
      if (!isWhole || rootOf(rowIds, rowHashes) !== seal.root) {
        found({ kind: 'changed-seal', seal: seal.number, detail: `Seal ${seal.number} was changed. Its rows do not have its root.` })
        return 0
      }
      const month = seal.month.slice(0, 7)
      if (month <= lastRemoved) return seal.rowCount
      const sealed = sealedRows(rowIds, rowHashes)
      const present = new Map(
        (await read(transaction => findAuditRows(transaction, seal.month, [...sealed.keys()]))).map(row => [row.id, row]),
      )
      if (present.size === 0 && (await isMonthGone(month))) return seal.rowCount
      for (const [id, hash] of sealed) {
        const row = present.get(id)
        if (row?.hash !== hash || row.values !== 'kept') await verifyRow(seal, id, hash, row)
      }
      return seal.rowCount
    },
  }
}
