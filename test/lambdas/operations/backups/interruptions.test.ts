import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readStore } from '../../../../lambdas/operations/backups/catalogue.ts'
import { compareWithManifest, withRestored } from '../../../../lambdas/operations/backups/restore-backup.ts'
import { pruneBackups } from '../../../../lambdas/operations/backups/run.ts'
import { createTestDatabase } from '../../../support/postgres.ts'
import { backUp, fillDatabase, makePlace } from './place.ts'

const database = await createTestDatabase()
const place = makePlace()
const administrator = database.connect('postgres')
beforeAll(() => fillDatabase(database))
afterAll(async () => {
  await database.drop()
  place.remove()
})

const scratches = async (): Promise<string[]> => {
  const rows = await administrator<
    { datname: string }[]
  >`select datname from pg_database where datname like ${`${database.location.database}_scratch%`}`
  return rows.map(({ datname }) => datname)
}

/** The context of a run that makes no records. */
const context = {
  location: database.location,
  environment: 'local',
  ...place,
  inTransaction: async () => Promise.reject(new Error('It records nothing.')),
}

describe('a backup whose process is killed', () => {
  it('does not exist, hinders no other one, and its objects are removed a day later', async () => {
    const id = randomUUID()
    const given = JSON.stringify({ id, location: database.location, folder: place.folder, keyFile: place.keyFile })
    const child = spawn(process.execPath, [join(import.meta.dirname, 'stopped-backup.ts'), given], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    await expect(backUp(database, place)).rejects.toThrow('Another backup runs on this database.')
    child.kill('SIGKILL')
    await once(child, 'exit')

    const content = await readStore(place.store)
    expect(content.backups).toEqual([])
    expect(content.unfinished.map(unfinished => unfinished.id)).toContain(id)
    await expect(withRestored({ ...context, backupId: id }, async () => undefined)).rejects.toThrow('has no manifest: it was not finished')
    // The server notices the end of the process when it sends the next rows.
    const { manifest } = await expect
      .poll(() => backUp(database, place).catch(() => undefined), { timeout: 20_000 })
      .toBeDefined()
      .then(() => backUp(database, place))
    expect(await compareWithManifest(database.location, manifest)).toEqual([])

    expect((await pruneBackups(context, { dryRun: true, now: new Date(), store: place.store })).unfinished).toEqual([])
    const tomorrow = new Date(Date.now() + 25 * 3_600_000)
    expect((await pruneBackups(context, { dryRun: true, now: tomorrow, store: place.store })).unfinished).toContain(id)
    expect(await place.store.list(`backups/${id}/`)).not.toEqual([])
  })
})

describe('a restore that is interrupted', () => {
  it('leaves nothing behind when its connections are ended, and the next one succeeds', async () => {
    const { manifest } = await backUp(database, place)
    const options = { ...context, backupId: manifest.id }
    const end = () =>
      administrator`select pg_terminate_backend(pid) from pg_stat_activity where datname like ${`${database.location.database}_scratch%`}`
    const ended = withRestored({ ...options, onStep: step => void (step === 'Building indexes' && end().execute()) }, async () => undefined)
    await expect(ended).rejects.toThrow(/terminating connection|CONNECTION|ECONNRESET|lost/)
    expect(await scratches()).toEqual([])
    expect(await compareWithManifest(database.location, manifest)).toEqual([])
    expect(await withRestored(options, async ({ manifest: { id } }) => id)).toBe(manifest.id)
  })

  it('that was killed leaves a database, which the next one drops', async () => {
    const { manifest } = await backUp(database, place)
    await administrator.unsafe(`create database ${database.location.database}_scratch_left owner nestegg_owner`)
    expect(await withRestored({ ...context, backupId: manifest.id }, async () => scratches())).toEqual([
      `${database.location.database}_scratch_${manifest.id.replaceAll('-', '')}`,
    ])
  })

  it('does not run beside another one', async () => {
    const { manifest } = await backUp(database, place)
    const options = { ...context, backupId: manifest.id }
    const outcomes = await Promise.allSettled([withRestored(options, async () => 'first'), withRestored(options, async () => 'second')])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })
})
