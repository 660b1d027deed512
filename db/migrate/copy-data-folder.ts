import { chownSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { copyFile, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sql } from '../connections.ts'

/** The server that starts on the copy makes these files again (PostgreSQL manual, "Making a Base Backup Using the Low Level API"). */
const leftOut = new Set([
  'postmaster.pid',
  'postmaster.opts',
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
])

/** The copy must have the same owner as the original: a server started as root runs as another user. */
export const giveToOwnerOf = (original: string, copy: string) => {
  const { uid, gid } = lstatSync(original)
  chownSync(copy, uid, gid)
  if (lstatSync(copy).isDirectory()) for (const name of readdirSync(copy)) giveToOwnerOf(original, join(copy, name))
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/**
 * Copies a folder of a running server. Files that the server removes meanwhile are not in the copy: the log says what became of them.
 * @param without names in the folder itself that are left out
 */
export const copyLiveFolder = async (from: string, to: string, without: ReadonlySet<string> = new Set()): Promise<void> => {
  await mkdir(to, { recursive: true, mode: 0o700 })
  const entries = await readdir(from, { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return []
    throw error
  })
  for (const entry of entries) {
    if (without.has(entry.name)) continue
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await copyLiveFolder(source, target)
    else
      await copyFile(source, target).catch((error: unknown) => {
        if (!isMissing(error)) throw error
      })
  }
}

/**
 * Copies the data folder of a laptop's running server, as pg_basebackup does. A server started on the copy recovers to the moment at
 * which this function returned.
 * @param administrator a connection of the superuser that no other code uses meanwhile.
 * @param into a folder that does not exist yet. It appears only when the copy is complete.
 */
export const copyDataFolder = async (administrator: Sql, dataFolder: string, into: string): Promise<void> => {
  const making = `${into}.making`
  mkdirSync(making, { recursive: true, mode: 0o700 })
  try {
    const [start] = await administrator<{ segment: string }[]>`
      select pg_walfile_name(pg_backup_start(${`nestegg ${into}`}, true)) as segment`
    await copyLiveFolder(dataFolder, making, leftOut)
    const [stop] = await administrator<{ label: string }[]>`select labelfile as label from pg_backup_stop(wait_for_archive => false)`
    if (!start || !stop) throw new Error('PostgreSQL gave no label for the copy of its data folder.')
    writeFileSync(join(making, 'backup_label'), stop.label)
    await copyLiveFolder(join(dataFolder, 'pg_wal'), join(making, 'pg_wal'))
    if (!existsSync(join(making, 'pg_wal', start.segment)))
      throw new Error('The server recycled a log file that the copy needs. Try again.')
    for (const name of leftOut) if (name.startsWith('pg_')) mkdirSync(join(making, name), { recursive: true, mode: 0o700 })
    giveToOwnerOf(dataFolder, making)
    renameSync(making, into)
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
}
