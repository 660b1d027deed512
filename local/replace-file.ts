import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { platform } from 'node:os'
import { dirname } from 'node:path'

/** Waits until the names in a folder are on the disk. Windows has no such call for folders. */
export const syncFolder = (folder: string): void => {
  if (platform() === 'win32') return
  const opened = openSync(folder, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}

/**
 * Replaces a whole file, readable by its owner only: after a crash or a power failure, it has the old text or the new one. Only one process
 * may write the file. A draft that an ended process left is used again.
 */
export const replaceFile = (path: string, text: string): void => {
  const draft = `${path}.new`
  try {
    const file = openSync(draft, 'w', 0o600)
    try {
      writeFileSync(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
  syncFolder(dirname(path))
}
