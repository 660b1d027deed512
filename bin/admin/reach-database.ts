import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { connect, type DatabaseLocation } from '../../db/connections.ts'
import { copyDataFolder } from '../../db/migrate/index.ts'
import { databaseLocation } from '../../lambdas/runtime/database.ts'
import { readEnvironment } from '../../lambdas/runtime/environment.ts'
import { lockFolder } from '../../local/folder-lock.ts'
import { startPostgres } from '../../local/postgres.ts'

export interface ReachOptions {
  /** The data folder of a platform on this machine. */
  readonly data: string
  readonly urlFile?: string
}

export interface ReachedDatabase {
  readonly location: DatabaseLocation
  /** Copies the data before a change, and tells where to; only for a platform on this machine. */
  readonly copyData?: () => Promise<string>
  readonly close: () => Promise<void>
}

const markerForm = z.object({ pid: z.number().int(), host: z.string(), port: z.number().int(), passwordFile: z.string() })
type Server = Pick<z.infer<typeof markerForm>, 'host' | 'port' | 'passwordFile'>

const locate = ({ host, port, passwordFile }: Server, database: string): DatabaseLocation => ({
  host,
  port,
  database,
  authentication: { kind: 'password-file', path: passwordFile },
})

/**
 * A file instead of an argument, which every user of the machine could read: `postgresql://HOST:PORT/DATABASE?region=REGION` to sign
 * in with IAM, or `?passwordFile=PATH`.
 */
const readUrlFile = (path: string): DatabaseLocation => {
  const text = readFileSync(path, 'utf8').trim()
  const url = URL.parse(text)
  if (!url || !/^postgres(ql)?:$/.test(url.protocol))
    throw new Error(`${path} does not hold a URL of the form postgresql://HOST:PORT/DATABASE?region=REGION.`)
  if (url.username || url.password)
    throw new Error(`${path}: leave user and password out; give ?region=REGION for IAM, or ?passwordFile=PATH.`)
  const region = url.searchParams.get('region')
  const passwordFile = url.searchParams.get('passwordFile')
  if (!region === !passwordFile) throw new Error(`${path}: give either ?region=REGION for IAM, or ?passwordFile=PATH.`)
  return {
    host: url.hostname,
    port: Number(url.port || 5432),
    database: decodeURIComponent(url.pathname.slice(1)) || 'nestegg',
    authentication: region ? { kind: 'iam', region } : { kind: 'password-file', path: passwordFile ?? '' },
  }
}

/** The server of a platform that is running from this folder. A killed one leaves its marker behind, but nobody answers. */
const findRunning = async (folder: string): Promise<Server | undefined> => {
  const path = join(folder, 'platform.json')
  if (!existsSync(path)) return undefined
  const marker = markerForm.parse(JSON.parse(readFileSync(path, 'utf8')))
  const sql = connect(locate(marker, 'postgres'), 'postgres')
  try {
    process.kill(marker.pid, 0)
    await sql`select 1`
    return marker
  } catch {
    return undefined
  } finally {
    await sql.end()
  }
}

const reachLocal = async (folder: string): Promise<ReachedDatabase> => {
  const postgresFolder = join(folder, 'postgres')
  const dataFolder = join(postgresFolder, 'data')
  if (!existsSync(dataFolder)) {
    throw new Error(
      `There is no database in ${folder} yet: start the platform there first (npm start), or name another folder with --data.`,
    )
  }
  const running = await findRunning(folder)
  // Held while the server is ours, so that a platform that starts meanwhile does not take it over, nor we its.
  const lock = running ? undefined : await lockFolder(folder)
  if (!running && !lock) throw new Error(`Another process is starting or stopping in ${folder}; try again in a moment.`)
  const started = running ? undefined : await startPostgres(postgresFolder)
  const server: Server | undefined = running ?? started
  if (!server) throw new Error(`The database in ${folder} did not start.`)
  const copyData = async () => {
    const copy = join(folder, 'backups', new Date().toISOString().replaceAll(':', '-'))
    const administrator = connect(locate(server, 'postgres'), 'postgres')
    try {
      await copyDataFolder(administrator, dataFolder, copy)
    } finally {
      await administrator.end()
    }
    return copy
  }
  return {
    location: locate(server, 'nestegg'),
    copyData,
    close: async () => {
      await started?.stop()
      lock?.release()
    },
  }
}

/**
 * Finds the database that a command is for: the one that the URL file names, or the environment (DATABASE_HOST and what belongs to
 * it, as for the functions in AWS), or else the platform on this machine, whose server is started for the command if need be.
 */
export const reachDatabase = async ({ data, urlFile }: ReachOptions): Promise<ReachedDatabase> => {
  const elsewhere = (location: DatabaseLocation): ReachedDatabase => ({ location, close: async () => undefined })
  if (urlFile !== undefined) return elsewhere(readUrlFile(urlFile))
  const environment = readEnvironment()
  return environment.DATABASE_HOST === undefined ? reachLocal(data) : elsewhere(databaseLocation(environment))
}
