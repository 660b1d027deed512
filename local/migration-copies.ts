import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Sql } from '../db/connections.ts'
import { copyDataFolder } from '../db/migrate/index.ts'

const keptMilliseconds = 30 * 24 * 3_600_000

const copiesOf = (folder: string): string => join(folder, 'backups')
const nameAt = (moment: Date): string => moment.toISOString().replaceAll(':', '-')

/**
 * Copies the data folder of a running platform before a migration.
 * @param administrator a connection of the superuser that no other code uses meanwhile
 * @returns the folder of the copy
 */
export const copyBeforeMigration = async (folder: string, administrator: Sql): Promise<string> => {
  const copy = join(copiesOf(folder), nameAt(new Date()))
  await copyDataFolder(administrator, join(folder, 'postgres', 'data'), copy)
  return copy
}

/** Removes copies that are older than 30 days: they hold persons who were erased since, and take space. Other files in that place stay. */
export const removeOldCopies = (folder: string, now: Date): void => {
  if (!existsSync(copiesOf(folder))) return
  const oldest = nameAt(new Date(now.getTime() - keptMilliseconds))
  for (const name of readdirSync(copiesOf(folder)))
    if (/^\d{4}-\d{2}-\d{2}T[\d-]{8}\.\d{3}Z$/.test(name) && name < oldest) rmSync(join(copiesOf(folder), name), { recursive: true })
}
