import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { withLock } from '../../../db/backup/index.ts'
import { handler as backUpDatabase } from '../../../lambdas/operations/handlers/back-up-database.ts'
import { handler as measureBackups } from '../../../lambdas/operations/handlers/measure-backups.ts'
import { handler as verifyBackup } from '../../../lambdas/operations/handlers/verify-backup.ts'
import { assumedBytesPerSecond } from '../../../lambdas/operations/backups/time-limit.ts'
import { closeDatabases } from '../../../lambdas/runtime/database.ts'
import { lambdaContext } from '../../../local/api-event.ts'
import { bucketInMemory } from '../../support/bucket.ts'
import { createTestDatabase, pointEnvironmentTo } from '../../support/postgres.ts'
import { fillDatabase } from './backups/place.ts'

const database = await createTestDatabase()
let bucket: ReturnType<typeof bucketInMemory>
beforeAll(() => fillDatabase(database))
beforeEach(async () => {
  pointEnvironmentTo(database.location)
  vi.stubEnv('BACKUP_BUCKET', 'backups')
  vi.stubEnv('AWS_REGION', 'us-east-2')
  bucket = bucketInMemory()
  await administrator()`truncate operations.backups, operations.restores`
})
afterEach(() => bucket.restore())
afterAll(async () => {
  await closeDatabases()
  await database.drop()
})

const administrator = () => database.connect('postgres')
const seconds = 900
let day = 1
/** Another night for each firing. */
const nextNight = (): string => `2027-03-${String(day++).padStart(2, '0')}T05:40:00Z`
const fire = (job: typeof backUpDatabase, scheduledTime = nextNight(), timeoutSeconds = seconds) =>
  job({ scheduledTime }, lambdaContext('job', randomUUID(), timeoutSeconds))
const backUp = async () => (await fire(backUpDatabase)).result as { id: string; rows: number; removed: number; removedUnfinished: number }
const backups = () =>
  administrator()`select id, status, reason, error, verified_at is not null as verified from operations.backups order by id`
const restores = () => administrator()`select backup_id as id, kind, status, error from operations.restores order by id`
const scratches = () => administrator()`select from pg_database where starts_with(datname, ${`${database.location.database}_scratch`})`
const keysOf = (prefix: string) => [...bucket.objects.keys()].filter(key => key.startsWith(prefix))

describe('the jobs on backups', () => {
  it('make a backup in the bucket, with its key beside it, and verify it later the same night', { timeout: 60_000 }, async () => {
    const { id, rows } = await backUp()
    expect(rows).toBeGreaterThan(80)
    expect(keysOf('keys/')).toEqual([`keys/${id}`])
    expect(keysOf(`backups/${id}/`)).toContain(`backups/${id}/manifest.json`)
    expect(await backups()).toMatchObject([{ id, status: 'complete', reason: 'schedule', error: null, verified: false }])

    expect(await fire(verifyBackup)).toMatchObject({ status: 'succeeded', result: { id, rows } })
    expect(keysOf(`backups/${id}/`)).toContain(`backups/${id}/good.json`)
    expect(await backups()).toMatchObject([{ id, status: 'good', verified: true }])
    expect(await restores()).toMatchObject([{ id, kind: 'verification', status: 'succeeded' }])
    expect(await scratches()).toEqual([])
    expect(await fire(verifyBackup)).toMatchObject({ status: 'succeeded', result: { id: null } })
  })

  it('give one result if a schedule fires twice, at the same time or later', { timeout: 60_000 }, async () => {
    const scheduledTime = nextNight()
    await withLock(database.location, 'backup', async () => {
      await expect(fire(backUpDatabase, scheduledTime)).rejects.toThrow('Another backup runs on this database.')
      expect(await backups()).toEqual([])
    })
    expect(await fire(backUpDatabase, scheduledTime)).toMatchObject({ status: 'succeeded' })
    expect(await fire(backUpDatabase, scheduledTime)).toMatchObject({ status: 'already-done' })
    expect(await backups()).toMatchObject([{ status: 'complete' }])
    expect(keysOf('keys/')).toHaveLength(1)
  })

  it('remove backups that are no longer kept with their keys, and what a stopped one has left after a day', {
    timeout: 90_000,
  }, async () => {
    const { id: old } = await backUp()
    const manifestKey = `backups/${old}/manifest.json`
    const stored = JSON.parse(bucket.objects.get(manifestKey)!.bytes.toString()) as { manifest: string }
    const manifest = JSON.parse(stored.manifest) as object
    const aged = { ...stored, manifest: JSON.stringify({ ...manifest, snapshotAt: '2026-01-05T05:40:00Z' }) }
    bucket.objects.set(manifestKey, { bytes: Buffer.from(JSON.stringify(aged)), storedAt: new Date() })
    const [recent, stopped] = [randomUUID(), randomUUID()]
    for (const [id, hours] of [
      [recent, 23],
      [stopped, 25],
    ] as const) {
      const storedAt = new Date(Date.now() - hours * 3_600_000)
      bucket.objects.set(`backups/${id}/identity.users.rows`, { bytes: randomBytes(10), storedAt })
      bucket.objects.set(`keys/${id}`, { bytes: randomBytes(32), storedAt })
    }
    await administrator()`insert into operations.backups (id, reason, status) values (${stopped}, 'schedule', 'running')`

    const { id, removed, removedUnfinished } = await backUp()
    expect({ removed, removedUnfinished }).toEqual({ removed: 1, removedUnfinished: 1 })
    expect(keysOf('keys/').toSorted()).toEqual([`keys/${id}`, `keys/${recent}`].toSorted())
    expect([...new Set(keysOf('backups/').map(key => key.split('/')[1]!))].toSorted()).toEqual([id, recent].toSorted())
    expect(new Map((await backups()).map(row => [row['id'], row]))).toEqual(
      new Map([
        [old, expect.objectContaining({ status: 'removed' })],
        [stopped, expect.objectContaining({ status: 'failed', error: 'The backup was stopped before its end.' })],
        [id, expect.objectContaining({ status: 'complete' })],
      ]),
    )
  })

  it('refuse a backup that would not end in time, before they store a row', async () => {
    const [size] = await administrator()`select pg_database_size(current_database())::int as bytes`
    expect(size!['bytes'] as number).toBeLessThan(100 * assumedBytesPerSecond.backup)
    await expect(fire(backUpDatabase, nextNight(), 60)).rejects.toThrow(
      /^A backup of \d+\.\d GB can take \d+ s, and there are -?\d+ s\. Larger databases are restored from snapshots/,
    )
    expect(keysOf('backups/')).toEqual([])
    expect(await backups()).toMatchObject([{ status: 'failed', error: expect.stringContaining('A backup of') }])
  })

  it('stop a backup whose time runs out, so that nobody sees it', async () => {
    let left = 900_000
    const context = { ...lambdaContext('job', randomUUID(), seconds), getRemainingTimeInMillis: () => (left -= 40_000) }
    await expect(backUpDatabase({ scheduledTime: nextNight() }, context)).rejects.toThrow('The time of the function has run out.')
    expect(keysOf('backups/').filter(key => key.endsWith('manifest.json'))).toEqual([])
    expect(await backups()).toMatchObject([{ status: 'failed', error: expect.stringContaining('The time of the function has run out.') }])
    expect(bucket.uploads.size).toBe(0)
    expect(await fire(verifyBackup)).toMatchObject({ result: { id: null } })
  })

  it('stop a verification whose time runs out, without a scratch database, and verify the backup the next time', {
    timeout: 60_000,
  }, async () => {
    const { id } = await backUp()
    let left = 900_000
    const context = { ...lambdaContext('job', randomUUID(), seconds), getRemainingTimeInMillis: () => (left -= 40_000) }
    await expect(verifyBackup({ scheduledTime: nextNight() }, context)).rejects.toThrow('The time of the function has run out.')
    expect(await restores()).toMatchObject([{ id, status: 'failed', error: expect.stringContaining('has run out') }])
    expect(await scratches()).toEqual([])
    expect(await fire(verifyBackup)).toMatchObject({ result: { id } })
    expect(await backups()).toMatchObject([{ id, status: 'good', error: null }])
  })

  it('refuse a backup without its key, or with the key of another one, and record why', { timeout: 60_000 }, async () => {
    const { id } = await backUp()
    const key = bucket.objects.get(`keys/${id}`)!
    bucket.objects.delete(`keys/${id}`)
    await expect(fire(verifyBackup)).rejects.toThrow(expect.objectContaining({ name: 'KeyRefused' }))
    expect(await backups()).toMatchObject([{ id, status: 'failed', error: `The backup ${id} has no key in the store.` }])

    bucket.objects.set(`keys/${id}`, { bytes: randomBytes(32), storedAt: new Date() })
    await expect(fire(verifyBackup)).rejects.toThrow('The signature of the manifest is not valid.')
    bucket.objects.set(`keys/${id}`, key)
    expect(await fire(verifyBackup)).toMatchObject({ result: { id } })
    expect((await restores()).map(({ status }) => status as string)).toEqual(['failed', 'failed', 'succeeded'])
  })
})

it('the ages of the newest good backup and of the newest good restore test are published in hours, and nothing while there is none', async () => {
  const measure = async () => {
    const lines: string[] = []
    vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false')
    const spy = vi.spyOn(process.stdout, 'write').mockImplementation(text => lines.push(String(text)) > 0)
    try {
      return { result: (await fire(measureBackups)).result, lines: lines.filter(line => line.includes('HoursSince')) }
    } finally {
      spy.mockRestore()
    }
  }
  await administrator()`insert into operations.backups (reason, status, snapshot_at) values ('schedule', 'complete', now())`
  expect(await measure()).toEqual({ result: { hours: null, hoursSinceRestoreTest: null }, lines: [] })
  await administrator()`insert into operations.backups (reason, status, snapshot_at, verified_at)
    values ('schedule', 'good', now() - interval '30 hours', now()), ('schedule', 'good', now() - interval '50 hours', now())`
  await administrator()`insert into operations.restores (kind, status, started_at, finished_at) values
    ('restore-test', 'succeeded', now() - interval '201 hours', now() - interval '200 hours'),
    ('restore-test', 'failed', now() - interval '11 hours', now() - interval '10 hours'), ('drill', 'succeeded', now(), now())`
  const { lines, result } = await measure()
  expect(result).toEqual({ hours: 30, hoursSinceRestoreTest: 200 })
  expect(lines.map(line => JSON.parse(line))).toMatchObject([
    { environment: 'local', HoursSinceGoodBackup: expect.closeTo(30, 1) },
    { environment: 'local', HoursSinceRestoreTest: expect.closeTo(200, 1) },
  ])
})
