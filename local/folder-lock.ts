import { accessSync, chmodSync, constants, mkdirSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { PlatformError, reasonOf } from './platform-error.ts'

export interface FolderLock {
  release(): void
}

/** The result codes of SQLite for a file that another connection has locked, and for a file that is no database. */
const busy = 5
const notDatabase = 26

const resultCode = (error: unknown): unknown => (error instanceof Error && 'errcode' in error ? error.errcode : undefined)

const unwritable = (folder: string, cause: unknown): PlatformError =>
  new PlatformError(`The folder ${folder} cannot be written (${reasonOf(cause)}): choose another one with --data, or change its rights.`, {
    cause,
  })

const lockFile = (file: string): DatabaseSync | undefined => {
  const database = new DatabaseSync(file)
  try {
    chmodSync(file, 0o600)
    database.exec('begin exclusive')
    return database
  } catch (error) {
    database.close()
    if (resultCode(error) === busy) return undefined
    if (resultCode(error) !== notDatabase) throw error
    // Nobody holds a file with other content: its holder would have been seen first.
    truncateSync(file)
    return lockFile(file)
  }
}

/**
 * Locks a folder for this process until it ends, and creates the folder if it is missing. It is SQLite's lock of the file `lock`, which
 * the operating system releases when the process ends, even when it is killed. The file stays, with no content: removing it would let two
 * processes lock two files of the same name. Returns undefined when another process holds the folder.
 * @throws PlatformError if the folder cannot be written.
 */
export const lockFolder = (folder: string): FolderLock | undefined => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    const database = lockFile(join(folder, 'lock'))
    return database && { release: () => database.close() }
  } catch (error) {
    throw unwritable(folder, error)
  }
}
