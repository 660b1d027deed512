import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folders: string[] = []

/** A new folder that is removed at the end of the process. */
export const temporaryFolder = (): string => {
  // One listener for all folders: Node warns of more than ten.
  if (folders.length === 0) process.on('exit', () => folders.forEach(folder => rmSync(folder, { recursive: true, force: true })))
  const folder = mkdtempSync(join(tmpdir(), 'nestegg-'))
  folders.push(folder)
  return folder
}
