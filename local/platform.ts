import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { connect, type DatabaseLocation } from '../db/connections.ts'
import { migrate } from '../db/migrate/index.ts'
import { loadReferenceData } from '../db/reference-data/index.ts'
import { recordSystemEvent } from '../db/queries/operations/index.ts'
import { jobs } from '../lambdas/jobs.ts'
import { inTransaction } from '../lambdas/runtime/database.ts'
import type { Mail } from '../lambdas/runtime/mail.ts'
import { noteEvent } from '../lambdas/runtime/noted-events.ts'
import { recordNoted } from '../lambdas/runtime/record-events.ts'
import { startBaseCopies } from './base-copies.ts'
import { lockFolder } from './folder-lock.ts'
import { makeDatabase } from './make-database.ts'
import { copyBeforeMigration } from './migration-copies.ts'
import { PlatformError } from './platform-error.ts'
import { freePort, type LocalPostgres, startPostgres } from './postgres.ts'
import { replaceFile } from './replace-file.ts'
import { startSchedules } from './schedules.ts'
import { startServices } from './services.ts'

export interface PlatformOptions {
  /** The folder for all data of the platform: database, users, demonstration credentials. */
  readonly folder: string
  /** Preferred port of the gateway. If it is in use, another free port is taken. 0: any free port. */
  readonly port: number
  /** false: the data may be lost, so writes do not wait for the disk. */
  readonly durable?: boolean
  /** The folder of the built web application. Left out: the API only. */
  readonly webFolder?: string
  /** Called with each step as it begins. */
  readonly onStep?: (step: string) => void
  /** Receives each mail that SES and Cognito would send. Each is also written to a file in the folder `mails`. */
  readonly deliverMail?: (mail: Mail) => void
}

export interface Platform {
  readonly url: string
  readonly folder: string
  readonly postgres: LocalPostgres
  readonly location: DatabaseLocation
  /** Resolves with the reason when the platform cannot continue. It must be stopped then. */
  readonly failed: Promise<PlatformError>
  /** Ends the requests and jobs in progress, then stops everything in the reverse order of its start. */
  stop(): Promise<void>
}

/** The folder of the mails, in the folder of a platform. */
export const mailFolderOf = (folder: string): string => join(folder, 'mails')

/** The URL of the platform that runs from a folder, as part of a message; empty until that platform serves. */
const runningUrl = (markerFile: string): string => {
  try {
    return `: ${(JSON.parse(readFileSync(markerFile, 'utf8')) as { url: string }).url}`
  } catch {
    return ''
  }
}

const prepareDatabase = async (postgres: LocalPostgres, location: DatabaseLocation, folder: string): Promise<void> => {
  const administrator = connect({ ...location, database: 'postgres' }, 'postgres')
  try {
    const isNew = await makeDatabase(location, postgres.password)
    const backup = async () => void (await copyBeforeMigration(folder, administrator))
    await migrate(location, { backup: isNew ? 'none' : backup })
    const owner = connect(location, 'nestegg_owner')
    try {
      await loadReferenceData(owner)
    } finally {
      await owner.end()
    }
  } finally {
    await administrator.end()
  }
}

const programEvent = { eventCategory: 'system', severity: 'info', component: 'local' } as const

const recordStart = (): Promise<void> =>
  inTransaction('nestegg_operator', { requestId: randomUUID(), route: 'local' }, transaction =>
    recordSystemEvent(transaction, { ...programEvent, eventType: 'startup', message: 'The platform has started on this machine.' }),
  )

/** Records the stop, and the events that wait. */
const recordStop = (): Promise<void> => {
  noteEvent({ ...programEvent, eventType: 'shutdown', message: 'The platform stops on this machine.' })
  return recordNoted({ role: 'nestegg_operator' }, { all: true })
}

/**
 * Starts the whole platform on this machine: PostgreSQL, migrations, reference data, the user pool, the Data API, the gateway with
 * the same handlers as in AWS, and the schedules.
 * @throws PlatformError if another platform runs from the same folder, or if the folder or the database cannot be used.
 */
export const startPlatform = async (options: PlatformOptions): Promise<Platform> => {
  const { deliverMail, durable = true, folder, onStep, port, webFolder } = options
  const markerFile = join(folder, 'platform.json')
  const lock = lockFolder(folder)
  if (!lock)
    throw new PlatformError(`Nestegg is already running from this folder${runningUrl(markerFile)}. Stop it first, or use that one.`)
  // A killed process leaves this file behind.
  rmSync(markerFile, { force: true })

  const stops: (() => Promise<void> | void)[] = [() => lock.release()]
  const stop = async () => {
    for (const close of stops.toReversed()) await close()
    stops.length = 0
  }
  try {
    onStep?.('Starting PostgreSQL 16')
    const postgres = await startPostgres(join(folder, 'postgres'), { durable, archives: durable })
    stops.push(() => postgres.stop())
    const authentication = { kind: 'password-file', path: postgres.passwordFile } as const
    const location: DatabaseLocation = { host: postgres.host, port: postgres.port, database: 'nestegg', authentication }

    onStep?.('Applying migrations and reference data')
    await prepareDatabase(postgres, location, folder)

    onStep?.('Starting the user pool, the Data API and the gateway')
    const stateFile = join(folder, 'user-pool.json')
    const storeFolder = join(folder, 'simulations')
    const dropFolder = join(folder, 'drop')
    const services = await startServices({
      location,
      password: postgres.password,
      port: await freePort(port),
      stateFile,
      plaidStateFile: join(folder, 'plaid.json'),
      storeFolder,
      credentialsFile: join(folder, 'credentials.json'),
      dropFolder,
      dataFolder: folder,
      mailFolder: mailFolderOf(folder),
      deliverMail,
      webFolder,
    })
    stops.push(() => services.close())
    await recordStart()
    stops.push(recordStop)
    const schedules = startSchedules(jobs)
    stops.push(() => schedules.close())
    const baseCopies = startBaseCopies(folder, location)
    stops.push(() => baseCopies.close())

    const marker = { pid: process.pid, host: postgres.host, port: postgres.port, passwordFile: postgres.passwordFile, url: services.url }
    replaceFile(markerFile, JSON.stringify(marker))
    stops.push(() => rmSync(markerFile, { force: true }))
    return { url: services.url, folder, postgres, location, failed: postgres.failed, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
