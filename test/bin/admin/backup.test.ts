import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Sql } from '../../../db/connections.ts'
import { createTestDatabase, onConnection, pointEnvironmentTo } from '../../support/postgres.ts'
import { makePlace } from '../../lambdas/operations/backups/place.ts'
import { admin } from './run.ts'

const database = await createTestDatabase()
const place = makePlace()
beforeAll(() => {
  pointEnvironmentTo(database.location)
  vi.stubEnv('BACKUP_FOLDER', place.folder)
  vi.stubEnv('BACKUP_KEY_FILE', place.keyFile)
})
afterAll(async () => {
  await admin('backup', 'prune', '--previous')
  vi.unstubAllEnvs()
  await database.drop()
  place.remove()
})

const query = <Row>(work: (sql: Sql) => Promise<readonly Row[]>): Promise<readonly Row[]> =>
  onConnection(database.location, 'postgres', async sql => [...(await work(sql))])
const emails = async (): Promise<string[]> => {
  const rows = await query(sql => sql<{ email: string }[]>`select email from identity.users order by email`)
  return rows.map(({ email }) => email)
}
const addUser = (email: string) =>
  query(sql => sql`insert into identity.users (cognito_sub, email) values (${email}, ${email}) returning id`)

interface Listed {
  readonly backups: readonly { readonly id: string; readonly verifiedAt: string | null }[]
  readonly unfinished: readonly unknown[]
  readonly previous: readonly string[]
}
const list = async (): Promise<Listed> => JSON.parse((await admin('backup', 'list', '--json')).out) as Listed

describe('the commands on backups', () => {
  it('have nothing to restore at first', async () => {
    expect(await list()).toEqual({ backups: [], unfinished: [], previous: [], restoreTest: null })
    expect(await admin('backup', 'drill')).toMatchObject({ code: 1, error: 'There is no good backup.\n' })
    expect(await admin('backup', 'verify', '0000')).toMatchObject({ code: 1, error: 'There is no backup 0000.\n' })
  })

  it('show the newest restore test of AWS Backup, with its findings', async () => {
    await query(
      sql => sql`insert into operations.restores (kind, status, recovery_point, started_at, finished_at, error) values
        ('restore-test', 'succeeded', '2026-11-22T03:30:00Z', '2026-11-22T08:30:00Z', '2026-11-22T09:00:00Z', null),
        ('restore-test', 'failed', '2026-11-29T03:30:00Z', '2026-11-29T08:30:00Z', '2026-11-29T09:00:00Z', 'The table planning.plans is missing.')`,
    )
    expect(await list()).toMatchObject({ restoreTest: { kind: 'restore-test', status: 'failed' } })
    expect((await admin('backup', 'list')).out).toMatch(
      /of the backup of 2026-11-29T03:30:00.*: failed at .*\n.*planning\.plans is missing/,
    )
    expect((await admin('status')).out).toMatch(/newest restore test +failed 2026-11-29T09:00:00/)
  })

  it('make a backup, verify it, measure a drill, and put it in the place of the database and back', { timeout: 120_000 }, async () => {
    await addUser('before@nestegg.example')
    const created = await admin('backup', 'create', '--json')
    expect(created).toMatchObject({ code: 0, error: '' })
    const { id } = JSON.parse(created.out) as { id: string }
    expect(await list()).toMatchObject({ backups: [{ id, verifiedAt: expect.any(String) }] })

    await addUser('after@nestegg.example')
    expect((await admin('backup', 'drill')).out).toMatch(
      /^Drill with backup .*\nRecovery time \d+\.\d s \(the longest of 1 drill: \d+\.\d s\)\.\nRecovery point 20.*: changes of \d+\.\d s would have been lost\.\n$/,
    )
    expect(await emails()).toEqual(['after@nestegg.example', 'before@nestegg.example'])

    expect(await admin('backup', 'restore', id.slice(0, 13))).toMatchObject({ code: 2, error: expect.stringContaining('Give --yes') })
    expect(await admin('backup', 'restore', id.slice(0, 13), '--yes')).toMatchObject({ code: 0, error: '' })
    expect(await emails()).toEqual(['before@nestegg.example'])
    expect((await list()).previous).toHaveLength(1)
    // The restored database has the records of the one that it replaced, and knows the backup that it came from.
    const rows = await query(
      sql =>
        sql`select b.status as backup, r.kind, r.status from operations.backups b join operations.restores r on r.backup_id = b.id order by r.id`,
    )
    expect(rows).toEqual(['verification', 'drill', 'full'].map(kind => ({ backup: 'good', kind, status: 'succeeded' })))

    expect(await admin('backup', 'restore', 'previous', '--yes')).toMatchObject({ code: 0, error: '' })
    expect(await emails()).toEqual(['after@nestegg.example', 'before@nestegg.example'])
    expect((await admin('backup', 'prune', '--previous', '--dry-run')).out).toMatch(/^Would remove the database test_\w+_before_\d{14}\n$/)
    expect((await list()).previous).toHaveLength(1)
    expect((await admin('backup', 'prune', '--previous')).out).toMatch(/^Removed the database test_\w+_before_\d{14}\n$/)
    expect((await list()).previous).toEqual([])
    expect((await admin('backup', 'prune')).out).toBe('There is nothing to remove.\n')
  })

  it('make a new key, with which the backups of before are verified', { timeout: 60_000 }, async () => {
    const old = readFileSync(place.keyFile, 'utf8')
    const rotated = await admin('backup', 'rotate-key')
    expect(rotated).toMatchObject({ code: 0, error: '', out: expect.stringContaining('which opens 1 backup.') })
    expect(readFileSync(place.keyFile, 'utf8')).not.toBe(old)
    expect(await admin('backup', 'verify', 'latest')).toMatchObject({ code: 0, error: '' })
    expect(await admin('--environment', 'prod', 'backup', 'rotate-key')).toMatchObject({ code: 2, error: expect.stringContaining('KMS') })
  })

  it('record why a backup is not good', async () => {
    const [{ id }] = (await list()).backups as [Listed['backups'][number]]
    writeFileSync(join(place.folder, 'backups', id, 'identity.users.rows'), 'changed')
    const failed = await admin('backup', 'verify', 'latest')
    expect(failed).toMatchObject({ code: 1, error: expect.stringContaining('identity.users.rows has 7 bytes instead of') })
    const [row] = await query(
      sql => sql<{ status: string; error: string }[]>`select status, error from operations.backups where id = ${id}`,
    )
    expect(row).toEqual({ status: 'failed', error: failed.error.trim() })
    expect(await emails()).toEqual(['after@nestegg.example', 'before@nestegg.example'])
  })
})
