import { createHash } from 'node:crypto'
import type { Transaction } from '../../../db/database.ts'
import { findImportParts, findImportProfile, type Import, importRows, readImportParts } from '../../../db/queries/wealth/imports.ts'
import { DomainError } from '../../../domain/shared/index.ts'
import {
  type CsvProfileChange,
  csvProfileChange,
  headerOf,
  readTransactionFile,
  type TransactionFile,
} from '../../../domain/wealth/index.ts'
import { fieldProblem, Problem } from '../../runtime/problem.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import type { Reading } from '../declarations/imports.ts'
import { imports } from '../resources/imports.ts'

/** The import, locked for a change. Throws 404, 403 for viewers, 412 for another version, 409 if it is not open. */
export const lockOpenImport = async (transaction: Transaction, importId: string, version?: number): Promise<Import> => {
  const locked = requireRow(await importRows.lock(transaction, importId, version), imports)
  if (locked.status !== 'open') throw new Problem('import-not-open', `This import is ${locked.status}. Begin a new one.`)
  return locked
}

/** The bytes of the whole file. Throws a 409 while parts are missing. */
const readBytes = async (transaction: Transaction, { id, sizeBytes }: Import): Promise<Buffer> => {
  const parts = await findImportParts(transaction, id)
  const sent = parts.reduce((sum, part) => sum + part.sizeBytes, 0)
  if (sent !== sizeBytes || parts.some(({ part }, index) => part !== index))
    throw new Problem(
      'import-incomplete',
      `The file has ${sizeBytes} bytes, and its ${parts.length} parts have ${sent}. Send all parts first.`,
    )
  return Buffer.concat(await Array.fromAsync(readImportParts(transaction, id, parts)))
}

export interface ReadImport {
  readonly file: TransactionFile
  readonly contentHash: string
  /** Of the header of a table, to find its profile. */
  readonly headerHash: string | undefined
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
    const file = readTransactionFile(bytes, { profile, dateOrder: reading.dateOrder, idsAreUnique: reading.idsAreUnique })
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
