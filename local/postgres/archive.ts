import { randomUUID } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { platform } from 'node:os'
import { join } from 'node:path'
import type { Sql } from '../../db/connections.ts'
import { copyDataFolder } from '../../db/migrate/index.ts'
import { replaceFile } from '../replace-file.ts'
import type { Identity } from './identity.ts'

/** The log files (WAL) that the server of a folder has archived, and the copies of its data folder from which they lead on. */
export interface WalArchive {
  readonly folder: string
  readonly name: string
}

/** Settings of a server that uses an archive. */
export interface ArchiveUse {
  readonly settings: readonly string[]
  /** The folder that the server gets open, as file 3. */
  readonly openFolder?: string
}

/** A copy of the data folder. It can be led on to every later moment. */
export interface BaseCopy {
  readonly folder: string
  /** The earliest moment to which it can be led on. */
  readonly completedAt: Date
  /** The first log file that it needs. */
  readonly firstSegment: string
}

/** The file in the data folder that names its archive. */
const markerName = 'nestegg_archive'
const segmentFile = /^([0-9A-F]{24})\.gz$/
const baseMilliseconds = 7 * 24 * 3_600_000
const keptBases = 2

const archivesOf = (root: string): string => join(root, 'archive')
const walOf = ({ folder }: WalArchive): string => join(folder, 'wal')
const basesOf = ({ folder }: WalArchive): string => join(folder, 'base')

const makeOwnFolder = (path: string, identity: Identity | undefined): void => {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  if (identity) chownSync(path, identity.uid, identity.gid)
}

/** The archive of a server's folder; undefined if it has none. */
export const findArchive = (root: string): WalArchive | undefined => {
  const marker = join(root, 'data', markerName)
  if (!existsSync(marker)) return undefined
  const name = readFileSync(marker, 'utf8').trim()
  return { name, folder: join(archivesOf(root), name) }
}

/**
 * The archive of a data folder, before its server starts. A data folder that was put back from a copy has `backup_label`: what it writes from
 * then on does not follow what was archived, so it begins a new archive.
 */
const openArchive = (root: string, identity: Identity | undefined): WalArchive => {
  const data = join(root, 'data')
  const found = existsSync(join(data, 'backup_label')) ? undefined : findArchive(root)
  const name = found?.name ?? randomUUID()
  const archive = { name, folder: join(archivesOf(root), name) }
  makeOwnFolder(archivesOf(root), identity)
  makeOwnFolder(archive.folder, identity)
  makeOwnFolder(walOf(archive), identity)
  makeOwnFolder(basesOf(archive), undefined)
  if (!found) replaceFile(join(data, markerName), name)
  return archive
}

/**
 * How commands of the server name the folder of the log files. If the server runs as another user, that user may not be able to enter the
 * folders above it. So the server gets the folder open, and its commands inherit that (Linux only).
 */
const nameOfWal = (archive: WalArchive, identity: Identity | undefined): string =>
  identity && platform() === 'linux' ? '/proc/self/fd/3' : `'${walOf(archive).replaceAll("'", `'\\''`).replaceAll('%', '%%')}'`

/**
 * Settings with which a server archives its log files, each at most a minute after its first change. A file gets its name when it is whole and
 * on the disk. None on Windows, which has no such commands.
 */
export const archiving = (root: string, identity: Identity | undefined): ArchiveUse => {
  if (platform() === 'win32') return { settings: [] }
  const archive = openArchive(root, identity)
  const wal = nameOfWal(archive, identity)
  const command = `gzip -1 -c "%p" > ${wal}/%f.part && sync ${wal}/%f.part && mv ${wal}/%f.part ${wal}/%f.gz && sync ${wal}`
  return { settings: ['archive_mode=on', `archive_command=${command}`, 'archive_timeout=60'], openFolder: walOf(archive) }
}

/** Settings with which a server leads a copy of the data folder on to a moment, and then accepts changes. */
export const recovering = (archive: WalArchive, moment: Date, identity: Identity | undefined): ArchiveUse => {
  const stored = `${nameOfWal(archive, identity)}/%f.gz`
  const settings = [
    `restore_command=test -f ${stored} && gzip -d -c ${stored} > "%p"`,
    // It is read before names of time zones are known, such as Z.
    `recovery_target_time=${moment.toISOString().replace('T', ' ').replace('Z', '+00')}`,
    'recovery_target_action=promote',
    // Else it lets readers in, and is called ready, before it has reached the moment.
    'hot_standby=off',
  ]
  return { settings, openFolder: walOf(archive) }
}

/** The archived log files in their order. */
export const listSegments = (archive: WalArchive): string[] =>
  readdirSync(walOf(archive))
    .flatMap(name => segmentFile.exec(name)?.[1] ?? [])
    .toSorted()

const archivedAt = (archive: WalArchive, segment: string): Date => statSync(join(walOf(archive), `${segment}.gz`)).mtime

/** When the newest log file was archived. */
export const newestSegmentAt = (archive: WalArchive): Date | undefined => {
  const newest = listSegments(archive).at(-1)
  return newest === undefined ? undefined : archivedAt(archive, newest)
}

/** The log file that was archived first after a moment: no change of that moment is in a later one. */
export const segmentAt = (archive: WalArchive, moment: Date): string | undefined =>
  listSegments(archive).find(segment => archivedAt(archive, segment) > moment)

/** The log file after another one: 256 files of 16 MB have the same middle part (PostgreSQL, xlog_internal.h: XLogFileName). */
const segmentAfter = (segment: string): string => {
  const next = BigInt(`0x${segment.slice(8, 16)}`) * 256n + BigInt(`0x${segment.slice(16)}`) + 1n
  const hex = (value: bigint) => value.toString(16).toUpperCase().padStart(8, '0')
  return `${segment.slice(0, 8)}${hex(next / 256n)}${hex(next % 256n)}`
}

/** The first log file that is missing between two, which are included; undefined if there is none. */
export const findGap = (archive: WalArchive, first: string, last: string): string | undefined => {
  const present = new Set(listSegments(archive))
  for (let segment = first; segment <= last; segment = segmentAfter(segment)) if (!present.has(segment)) return segment
  return undefined
}

/** The copies of the data folder in the archive, the oldest first. */
export const listBases = (archive: WalArchive): BaseCopy[] =>
  readdirSync(basesOf(archive))
    .filter(name => /^\d+$/.test(name))
    .map(name => {
      const folder = join(basesOf(archive), name)
      const firstSegment = /\(file ([0-9A-F]{24})\)/.exec(readFileSync(join(folder, 'backup_label'), 'utf8'))?.[1]
      if (firstSegment === undefined) throw new Error(`${folder}/backup_label names no log file.`)
      return { folder, completedAt: new Date(Number(name)), firstSegment }
    })
    .toSorted((a, b) => a.completedAt.getTime() - b.completedAt.getTime())

/** Keeps the newest copies and the log files that they need. Archives of earlier data folders go when this one reaches back far enough. */
const prune = (root: string, archive: WalArchive): void => {
  const bases = listBases(archive)
  for (const { folder } of bases.slice(0, -keptBases)) rmSync(folder, { recursive: true, force: true })
  const kept = bases.slice(-keptBases)
  for (const segment of listSegments(archive)) if (segment < kept[0]!.firstSegment) rmSync(join(walOf(archive), `${segment}.gz`))
  if (kept.length < keptBases) return
  for (const name of readdirSync(archivesOf(root))) if (name !== archive.name) rmSync(join(archivesOf(root), name), { recursive: true })
}

/**
 * Copies the data folder of the running server into its archive, and removes what is no longer needed.
 * @param administrator a connection of the superuser that no other code uses meanwhile
 */
export const makeBase = async (root: string, administrator: Sql): Promise<void> => {
  const archive = findArchive(root)
  if (archive === undefined) throw new Error(`The server in ${root} archives nothing.`)
  const making = join(basesOf(archive), 'making')
  rmSync(making, { recursive: true, force: true })
  await copyDataFolder(administrator, join(root, 'data'), making)
  await rename(making, join(basesOf(archive), String(Date.now())))
  prune(root, archive)
}

/** Whether the newest copy is missing or a week old, or a log file after it is missing. */
export const needsBase = (root: string): boolean => {
  const archive = findArchive(root)
  if (archive === undefined) return false
  const newest = listBases(archive).at(-1)
  if (newest === undefined || Date.now() - newest.completedAt.getTime() > baseMilliseconds) return true
  return findGap(archive, newest.firstSegment, listSegments(archive).at(-1) ?? '') !== undefined
}
