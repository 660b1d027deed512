import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { platform } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { PlatformError, reasonOf } from '../platform-error.ts'
import { replaceFile, syncFolder } from '../replace-file.ts'
import type { Binaries } from './binaries.ts'
import type { Identity } from './identity.ts'

const run = promisify(execFile)

export interface SpawnOptions extends Partial<Identity> {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
}

/**
 * How the programs of PostgreSQL get their data folder. If the server runs as another user, that user may not be able to enter the
 * folders above it. So the programs start inside the folder, and know it as their working folder (Linux only).
 */
export const inFolder = (folder: string, identity: Identity | undefined): { readonly name: string; readonly options: SpawnOptions } => ({
  name: identity && platform() === 'linux' ? '/proc/self/cwd' : folder,
  options: { ...identity, cwd: folder, env: { ...process.env, LC_ALL: 'C' } },
})

const unfinishedPrefix = 'making-'

const checkOwner = (data: string, identity: Identity | undefined): void => {
  const expected = identity?.uid ?? process.getuid?.()
  const { uid } = statSync(data)
  if (expected !== undefined && uid !== expected)
    throw new PlatformError(`${data} belongs to another user (uid ${uid}): start as that user, or choose another folder with --data.`)
}

/**
 * Makes the data folder `data` and the superuser's password in a folder, unless they exist. They are made under another name and
 * renamed when complete, so that an interrupted first start leaves no incomplete folder.
 * @param options.durable false does not wait for the disk.
 */
export const makeDataFolder = async (
  root: string,
  { initdb }: Binaries,
  identity: Identity | undefined,
  { durable = true }: { readonly durable?: boolean },
): Promise<void> => {
  const data = join(root, 'data')
  if (existsSync(data)) return checkOwner(data, identity)
  mkdirSync(root, { recursive: true })
  for (const name of readdirSync(root)) if (name.startsWith(unfinishedPrefix)) rmSync(join(root, name), { recursive: true, maxRetries: 10 })
  // A new name, because the programs of a killed start may still be writing to the old one.
  const making = mkdtempSync(join(root, unfinishedPrefix))
  const [unfinished, handover] = [join(making, 'data'), join(making, 'password')]
  mkdirSync(unfinished)
  const password = randomBytes(24).toString('base64url')
  writeFileSync(handover, password, { mode: 0o600 })
  replaceFile(join(root, 'password'), password)
  chmodSync(unfinished, 0o700)
  try {
    if (identity) for (const path of [making, unfinished, handover]) chownSync(path, identity.uid, identity.gid)
  } catch (cause) {
    throw new PlatformError(
      `PostgreSQL does not run as root, and ${root} cannot be given to its system user "postgres" (${reasonOf(cause)}): choose a folder on a local disk with --data, or start as another user.`,
      { cause },
    )
  }
  const { name, options } = inFolder(unfinished, identity)
  const settings = [
    '--username=postgres',
    '--auth=scram-sha-256',
    '--pwfile=../password',
    '--encoding=UTF8',
    '--locale=C',
    ...(durable ? [] : ['--no-sync']),
  ]
  await run(initdb, [`--pgdata=${name}`, ...settings], options)
  renameSync(unfinished, data)
  syncFolder(root)
  rmSync(making, { recursive: true })
}
