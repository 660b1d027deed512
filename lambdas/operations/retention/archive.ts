import { randomBytes, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { createInterface } from 'node:readline'
import type { Transaction } from '../../../db/database.ts'
import type { RetainedTable } from '../../../db/queries/operations/retention/covered.ts'
import {
  type ArchiveRow,
  findArchive,
  insertArchive,
  markArchiveRestored,
  type RetentionRunRow,
} from '../../../db/queries/operations/retention/policies.ts'
import { restoreRows } from '../../../db/queries/operations/retention/rows.ts'
import type { KeepingStore } from '../../runtime/object-store.ts'
import { readSealed, storeSealed } from '../../runtime/sealed-object.ts'

/** Pages of rows, each row as JSON text. */
type Pages = AsyncIterable<readonly string[]> | Iterable<readonly string[]>

/**
 * Stores rows as a compressed, encrypted file of JSON lines, and its manifest in the transaction that removes the rows. The file is complete
 * before the transaction commits. If it does not commit, nothing refers to the file, and nobody can read it.
 * @returns the number of rows
 */
export const storeArchive = async (
  transaction: Transaction,
  store: KeepingStore,
  { policyName, run, table }: { readonly policyName: string; readonly run: RetentionRunRow; readonly table: RetainedTable },
  pages: Pages,
): Promise<number> => {
  const dataKey = randomBytes(32)
  const objectKey = `archives/${table.name}/${run.id}/${randomUUID()}.jsonl.zst`
  let rowCount = 0
  const lines = async function* () {
    for await (const page of pages) {
      rowCount += page.length
      if (page.length > 0) yield Buffer.from(`${page.join('\n')}\n`)
    }
  }
  const { content, object } = await storeSealed({ store, key: dataKey, name: objectKey }, Readable.from(lines()))
  await insertArchive(transaction, {
    runId: run.id,
    policyName,
    tableName: table.name,
    objectKey,
    dataKey,
    rowCount,
    contentBytes: content.sizeBytes,
    contentSha256: content.sha256,
    objectSha256: object.sha256,
  })
  return rowCount
}

export class ArchiveRefused extends Error {
  override readonly name = 'ArchiveRefused'
}

const restoredAtOnce = 5_000

/**
 * Puts the rows of an archive back, all or none. Rows that exist stay as they are. As nestegg_owner.
 * @returns how many rows were added, of how many
 */
export const restoreArchive = async (
  transaction: Transaction,
  store: KeepingStore,
  archiveId: string,
): Promise<{ readonly archive: ArchiveRow; readonly restored: number }> => {
  const archive = await findArchive(transaction, archiveId)
  if (!archive) throw new ArchiveRefused('There is no such archive.')
  let restored = 0
  const table = { name: archive.tableName }
  const { content, object } = await readSealed({ store, key: archive.dataKey, name: archive.objectKey }, async source => {
    let lines: string[] = []
    for await (const line of createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY })) {
      lines.push(line)
      if (lines.length < restoredAtOnce) continue
      restored += await restoreRows(transaction, table, lines)
      lines = []
    }
    if (lines.length > 0) restored += await restoreRows(transaction, table, lines)
  })
  if (content.sha256 !== archive.contentSha256 || object.sha256 !== archive.objectSha256)
    throw new ArchiveRefused(`The file ${archive.objectKey} is not the one that was archived.`)
  await markArchiveRestored(transaction, archive.id)
  return { archive, restored }
}
