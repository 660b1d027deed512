import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The folder `db/` with its SQL files: that of the project, or the copy beside a bundle (`<asset>/db/`). The search goes up from the
 * folder of this module.
 */
export const databaseFolder = (start = import.meta.dirname): string => {
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, 'db')
    if (existsSync(join(candidate, 'migrations', 'meta', '_journal.json'))) return candidate
    if (folder === dirname(folder)) throw new Error(`No db/migrations/meta/_journal.json in ${start} or a folder above it.`)
  }
}
