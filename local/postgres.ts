import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { PlatformError } from './platform-error.ts'
import { type ArchiveUse, archiving, recovering, type WalArchive } from './postgres/archive.ts'
import { installedBinaries, reachableBinaries } from './postgres/binaries.ts'
import { inFolder, makeDataFolder } from './postgres/data-folder.ts'
import { serverIdentity } from './postgres/identity.ts'
import { findLeftOver } from './postgres/left-over.ts'
import { launch, type ServerProcess } from './postgres/server-process.ts'

const run = promisify(execFile)

export interface LocalPostgres {
  readonly host: string
  readonly port: number
  /** The file that holds the password of the superuser `postgres`; readable by its owner only. */
  readonly passwordFile: string
  readonly password: string
  /** Resolves with the reason when the server has ended by itself and could not be started again. */
  readonly failed: Promise<PlatformError>
  /** Fast shutdown: open transactions are rolled back, committed data is kept. */
  stop(): Promise<void>
  /** Ends the server as a power failure would: no checkpoint, recovery at the next start. For tests. */
  kill(): Promise<void>
  /** Starts the same server again on the same port, after `stop` or `kill`. */
  restart(): Promise<void>
}

export interface PostgresOptions {
  /** false turns fsync off, for data that may be lost, as in tests. */
  readonly durable?: boolean
  /** Archives the log files in the folder, so that the data can be led back to a moment. Once begun, every start must do so. */
  readonly archives?: boolean
  /** Leads a copy of the data folder on to a moment. */
  readonly recovery?: { readonly archive: WalArchive; readonly moment: Date }
}

/** A free TCP port on the loopback address; `preferred` if that one is free. Another program may take it before it is used. */
export const freePort = (preferred = 0): Promise<number> =>
  new Promise((fulfil, reject) => {
    const probe = createServer()
    probe.once('error', error => (preferred === 0 ? reject(error) : fulfil(freePort())))
    probe.listen(preferred, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => fulfil(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** A server that ends by itself is started again, but not this often in a row without having run for the shortest life. */
const maximumEnds = 3
const shortestLifeMilliseconds = 10_000

/**
 * Boots a real PostgreSQL server on the loopback address with its data under `folder`, which is created on first use.
 * A server that a killed process left running on the same folder is shut down first. A server that ends by itself is started again.
 * @throws PlatformError if it cannot run here.
 */
export const startPostgres = async (folder: string, options: PostgresOptions = {}): Promise<LocalPostgres> => {
  const root = resolve(folder)
  const data = join(root, 'data')
  const passwordFile = join(root, 'password')
  const identity = serverIdentity()
  const binaries = await reachableBinaries(identity, await installedBinaries())
  await makeDataFolder(root, binaries, identity, options)

  const { name, options: spawnOptions } = inFolder(data, identity)
  const shutDown = (mode: 'fast' | 'immediate') =>
    run(binaries.pg_ctl, [`--pgdata=${name}`, '--silent', '--wait', `--mode=${mode}`, 'stop'], spawnOptions)
  const leftOver = findLeftOver(data)
  // Fails if it ends by itself at this moment.
  if (leftOver.running) await shutDown('fast').catch(() => undefined)

  const port = await freePort()
  const durability = options.durable === false ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : []
  const { archives = false, recovery } = options
  const archive: ArchiveUse = recovery
    ? recovering(recovery.archive, recovery.moment, identity)
    : archives
      ? archiving(root, identity)
      : { settings: [] }
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'timezone=UTC',
    // Test files that run side by side share a server.
    `max_connections=${options.durable === false ? 300 : 100}`,
    // Counts what each statement takes, as in Aurora, for the report of maintenance.
    'shared_preload_libraries=pg_stat_statements',
    ...durability,
    ...archive.settings,
  ]
  // PostgreSQL does not start while the process that postmaster.pid names is alive, whatever it is, except its own parents.
  const env = leftOver.otherPid === undefined ? spawnOptions.env : { ...spawnOptions.env, PG_GRANDPARENT_PID: String(leftOver.otherPid) }
  const launching = {
    postgres: binaries.postgres,
    data,
    name,
    log: join(root, 'server.log'),
    settings: ['-p', String(port), ...settings.flatMap(setting => ['-c', setting])],
    options: { ...spawnOptions, env },
    openFolder: archive.openFolder,
  }

  const failed = Promise.withResolvers<PlatformError>()
  /** The running server, unless it was asked to end. */
  let server: ServerProcess | undefined
  let restarting: Promise<unknown> = Promise.resolve()
  let ends = 0
  const start = async () => {
    const started = await launch(launching)
    const startedAt = performance.now()
    server = started
    const onEnd = () => {
      if (server !== started) return
      server = undefined
      ends = performance.now() - startedAt < shortestLifeMilliseconds ? ends + 1 : 1
      if (ends === maximumEnds) failed.resolve(new PlatformError(`PostgreSQL ended by itself several times: see ${launching.log}.`))
      else restarting = start().catch((error: PlatformError) => failed.resolve(error))
    }
    void started.ended.then(onEnd)
  }
  const end = async (mode: 'fast' | 'immediate') => {
    await restarting
    const ending = server
    server = undefined
    if (!ending) return
    await shutDown(mode)
    await ending.end()
  }
  await start()

  return {
    host: '127.0.0.1',
    port,
    passwordFile,
    password: readFileSync(passwordFile, 'utf8'),
    failed: failed.promise,
    stop: () => end('fast'),
    kill: () => end('immediate'),
    restart: start,
  }
}
