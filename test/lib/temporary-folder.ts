import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder for the test run, deleted when its process ends. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'nestegg-lib-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}
