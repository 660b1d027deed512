import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { connect, type DatabaseLocation } from '../../db/connections.ts'
import { databaseLocation } from '../../lambdas/runtime/database.ts'
import type { PointInTime } from '../../lambdas/runtime/command.ts'
import { readEnvironment } from '../../lambdas/runtime/environment.ts'
import { lockFolder } from '../../local/folder-lock.ts'
import { makeDatabase } from '../../local/make-database.ts'
import { copyBeforeMigration } from '../../local/migration-copies.ts'
import { startPostgres } from '../../local/postgres.ts'
import { pointInTimeOf } from '../../local/postgres/recover.ts'
import { storeVariables } from '../../local/store-variables.ts'

export interface ReachOptions {
  /** The data folder of a platform on this machine. */
  readonly data: string
  readonly urlFile?: string
  /** Makes the folder, the database and its roles if they are not there yet. Only for a platform on this machine. */
  readonly makes?: boolean
}

export interface ReachedDatabase {
  readonly location: DatabaseLocation
  /** Copies the data before a change and returns the folder of the copy. Only for a platform on this machine. */
  readonly copyData?: () => Promise<string>
  /** Leads the data back to moments. Only for a platform on this machine. */
  readonly pointInTime?: PointInTime
  readonly close: () => Promise<void>
}

const markerForm = z.object({ host: z.string(), port: z.number().int(), passwordFile: z.string() })
type Server = z.infer<typeof markerForm>

const locate = ({ host, port, passwordFile }: Server, database: string): DatabaseLocation => ({
  host,
  port,
  database,
  authentication: { kind: 'password-file', path: passwordFile },
})

/**
 * Reads a URL from a file: `postgresql://HOST:PORT/DATABASE?region=REGION` to sign in with IAM, or `?passwordFile=PATH`. It is not an
 * argument of the command, because every user of the machine could read that.
 */
const readUrlFile = (path: string): DatabaseLocation => {
  const text = readFileSync(path, 'utf8').trim()
  const url = URL.parse(text)
  if (!url || !/^postgres(ql)?:$/.test(url.protocol))
    throw new Error(`${path} does not hold a URL of the form postgresql://HOST:PORT/DATABASE?region=REGION.`)
  if (url.username || url.password)
    throw new Error(`${path}: leave out user and password; give ?region=REGION for IAM, or ?passwordFile=PATH.`)
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

/** The server of the platform that runs in this folder; undefined if it does not answer. */
const findRunning = async (folder: string): Promise<Server | undefined> => {
  const path = join(folder, 'platform.json')
  if (!existsSync(path)) return undefined
  const marker = markerForm.parse(JSON.parse(readFileSync(path, 'utf8')))
  const sql = connect(locate(marker, 'postgres'), 'postgres')
  try {
    await sql`select 1`
    return marker
  } catch {
    return undefined
  } finally {
    await sql.end()
  }
}

const reachLocal = async (folder: string, makes: boolean): Promise<ReachedDatabase> => {
  const postgresFolder = join(folder, 'postgres')
  const dataFolder = join(postgresFolder, 'data')
  if (!makes && !existsSync(dataFolder)) {
    throw new Error(
      `There is no database in ${folder} yet: start the platform there first (npm start), or give another folder with --data.`,
    )
  }
  // The lock is held while this command runs the server, so that no platform starts in the same folder meanwhile.
  const lock = lockFolder(folder)
  const running = lock ? undefined : await findRunning(folder)
  if (!running && !lock) throw new Error(`Another process is starting or stopping in ${folder}; try again in a moment.`)
  const started = running ? undefined : await startPostgres(postgresFolder, { archives: true })
  const server: Server | undefined = running ?? started
  if (!server) throw new Error(`The database in ${folder} did not start.`)
  Object.assign(process.env, storeVariables(folder))
  const isNew =
    makes &&
    (await makeDatabase(locate(server, 'nestegg'), readFileSync(server.passwordFile, 'utf8').trim()).catch(async (error: unknown) => {
      await started?.stop()
      lock?.release()
      throw error
    }))
  const copyData = async () => {
    const administrator = connect(locate(server, 'postgres'), 'postgres')
    try {
      return await copyBeforeMigration(folder, administrator)
    } finally {
      await administrator.end()
    }
  }
  return {
    location: locate(server, 'nestegg'),
    ...(isNew ? {} : { copyData }),
    pointInTime: pointInTimeOf(postgresFolder, locate(server, 'nestegg')),
    close: async () => {
      await started?.stop()
      lock?.release()
    },
  }
}

/**
 * Finds the database of a command: the one in the URL file, or the one in the environment (DATABASE_HOST and related variables, as for
 * the functions in AWS), or else that of the platform on this machine. If its server is not running, it is started for the command.
 */
export const reachDatabase = async ({ data, makes = false, urlFile }: ReachOptions): Promise<ReachedDatabase> => {
  const elsewhere = (location: DatabaseLocation): ReachedDatabase => ({ location, close: async () => undefined })
  if (urlFile !== undefined) return elsewhere(readUrlFile(urlFile))
  const environment = readEnvironment()
  return environment.DATABASE_HOST === undefined ? reachLocal(data, makes) : elsewhere(databaseLocation(environment))
}
