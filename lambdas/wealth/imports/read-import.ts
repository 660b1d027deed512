import { createHash } from 'node:crypto'
import type { Transaction } from '../../../db/database.ts'
import { findImportParts, findImportProfile, type Import, importRows, readImportParts } from '../../../db/queries/wealth/imports.ts'
import { DomainError } from '../../../domain/shared/index.ts'
import { unpack } from '../../../domain/files/index.ts'
import {
  type CsvContent,
  type CsvProfileChange,
  csvProfileChange,
  detectCsv,
  type FileContent,
  findFormat,
  readFile,
} from '../../../domain/wealth/index.ts'
import { fieldProblem, Problem } from '../../runtime/problem.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import type { Reading } from '../declarations/imports.ts'
import { imports } from '../resources/imports.ts'
import { wealthTasks } from '../tasks.ts'

/** The task has ended after this time, well or not. */
const abandonedAfterMilliseconds = 1000 * wealthTasks['continue-ledger-work'].timeoutSeconds

const isAbandoned = ({ workingSince }: Import): boolean =>
  workingSince !== null && Date.parse(workingSince) < Date.now() - abandonedAfterMilliseconds

/** Whether the task is working on the transactions of an import: it holds the lock for minutes. */
const isBusy = (row: Import | undefined): row is Import => row !== undefined && row.workingSince !== null && !isAbandoned(row)

const statusTexts = {
  open: 'This import is open',
  storing: 'The rows of this import are being stored',
  committed: 'This import is committed',
  undoing: 'The transactions of this import are being removed',
  undone: 'This import is undone',
} as const satisfies Record<Import['status'], string>

const requireOpen = (row: Import): void => {
  if (row.status === 'open' || (row.status === 'storing' && isAbandoned(row))) return
  const more = isBusy(row) ? '' : ' Begin a new one.'
  throw new Problem('import-not-open', `${statusTexts[row.status]}.${more}`)
}

const requireCommitted = (row: Import): void => {
  if (row.status === 'committed' || (row.status === 'undoing' && isAbandoned(row))) return
  throw new Problem('import-not-committed', `${statusTexts[row.status]}: there is nothing to undo.`)
}

const lockWith =
  (require: (row: Import) => void) =>
  async (transaction: Transaction, importId: string, version?: number): Promise<Import> => {
    const seen = await importRows.find(transaction, importId)
    if (isBusy(seen)) require(seen)
    const locked = requireRow(await importRows.lock(transaction, importId, version), imports)
    require(locked)
    return locked
  }

/**
 * The import, locked for a change. An import counts as open when the task had no time to store its rows.
 * Throws 404, 403 for viewers, 412 for another version, 409 if it is not open.
 */
export const lockOpenImport = lockWith(requireOpen)

/**
 * The import, locked for its undo. An import counts as committed when the task had no time to remove its transactions.
 * Throws 404, 403 for viewers, 412 for another version, 409 if it is not committed.
 */
export const lockCommittedImport = lockWith(requireCommitted)

/** The bytes of the whole file. Throws a 409 while parts are missing. */
const readBytes = async (transaction: Transaction, { id, sizeBytes }: Import): Promise<Buffer> => {
  const parts = await findImportParts(transaction, id)
  const sent = parts.reduce((sum, part) => sum + part.sizeBytes, 0)
  if (sent !== sizeBytes || parts.some(({ part }, index) => part !== index))
    throw new Problem(
      'import-incomplete',
      `The file has ${sizeBytes} bytes, and its ${parts.length} parts have ${sent}. Send all parts first.`,
    )
  const chunks: Uint8Array[] = []
  for await (const bytes of readImportParts(transaction, id, parts)) chunks.push(bytes)
  return Buffer.concat(chunks)
}

export interface ReadImport {
  readonly file: FileContent | CsvContent
  readonly contentHash: string
  /** Of the header of a table, to find its profile. */
  readonly headerHash: string | undefined
}

/** The beginning of a table, which has its header. */
const startBytes = 65_536

/** The names of the columns of a table; undefined for another file. */
const headerOf = (bytes: Uint8Array): readonly string[] | undefined => {
  if (findFormat(bytes) !== 'csv') return undefined
  const content = unpack(bytes)
  const end = content.length > startBytes ? content.lastIndexOf(10, startBytes) + 1 : content.length
  return detectCsv(content.subarray(0, end > 0 ? end : startBytes)).table.header
}

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')

/**
 * Reads the file of an import, a table by the profile that the household keeps for its header, with the caller's changes.
 * Throws a 422 if it cannot be read at all.
 */
export const readImport = async (transaction: Transaction, row: Import, reading: Reading): Promise<ReadImport> => {
  const bytes = await readBytes(transaction, row)
  try {
    const header = headerOf(bytes)
    const headerHash = header && sha256(header.join('\n'))
    const kept = headerHash && (await findImportProfile(transaction, row.householdId, headerHash))
    const profile: CsvProfileChange = { ...(kept ? csvProfileChange.parse(kept.profile) : {}), ...reading.profile }
    const file = readFile(bytes, { ...reading, profile })
    return { file, contentHash: sha256(bytes), headerHash }
  } catch (error) {
    if (error instanceof DomainError)
      throw fieldProblem(
        'invalid-value',
        error.issues.map(({ message, path }) => ({ path: path === '' ? 'file' : `file.${path}`, message })),
        {
          cause: error,
        },
      )
    throw error
  }
}
