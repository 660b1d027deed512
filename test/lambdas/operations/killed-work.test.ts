import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DatabaseLocation, Sql } from '../../../db/connections.ts'
import { openDatabase } from '../../../db/database.ts'
import { verifyAuditTrail } from '../../../lambdas/operations/audit/verify.ts'
import { readStore } from '../../../lambdas/operations/backups/catalogue.ts'
import type { CreatedBackup } from '../../../lambdas/operations/backups/create-backup.ts'
import { compareWithManifest } from '../../../lambdas/operations/backups/restore-backup.ts'
import { restoreArchive } from '../../../lambdas/operations/retention/archive.ts'
import { folderStore } from '../../../lambdas/runtime/object-store.ts'
import { type LocalPostgres, startPostgres } from '../../../local/postgres.ts'
import { storeVariables } from '../../../local/store-variables.ts'
import { type WorkName, works, type WorkTarget } from '../../support/interrupted-work.ts'
import { locate, onConnection, type PrivateServer, startPrivateServer } from '../../support/postgres.ts'

const folder = mkdtempSync(join(tmpdir(), 'nestegg-killed-'))
const { AUDIT_ANCHOR_FOLDER, BACKUP_FOLDER } = storeVariables(folder)
let made: PrivateServer
let server: LocalPostgres
let location: DatabaseLocation
/** Durable: a commit must be in the log before the server is killed. */
const durable = true
beforeAll(async () => {
  made = await startPrivateServer({ durable })
  await made.server.stop()
})
afterAll(async () => {
  await made.remove()
  rmSync(folder, { recursive: true, force: true })
})
// A server of its own for each test, because one that ends again and again is not started again.
beforeEach(async () => {
  server = await startPostgres(made.folder, { durable })
  location = locate(server, 'nestegg')
})
afterEach(() => server.stop())

const query = <Result>(work: (sql: Sql) => Promise<Result>, role: 'postgres' | 'nestegg_owner' = 'postgres'): Promise<Result> =>
  onConnection(location, role, work)
const count = async (statement: string): Promise<number> =>
  (await query(sql => sql.unsafe(`select count(*)::int as count from ${statement}`)))[0]!['count']

/** Waits until the server, which starts again by itself, and its lock accept the work. */
const repeated = async (name: WorkName, subject: string): Promise<unknown> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await works[name]({ location, folder, subject }, async () => undefined)
    } catch (error) {
      if (attempt === 100 || !/runs on this database|starting up|recovery mode|ECONN|CONNECTION_/.test(String(error))) throw error
      await wait(100)
    }
  }
}

const pidOfServer = () => Number(readFileSync(join(made.folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
/** Returns whether there was such a process. */
const signal = (pid: number, name: NodeJS.Signals | 0): boolean => {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}
/** All processes of the server: a session that is left alone for a moment could still commit. */
const killServer = async () => {
  const sessions = await query(sql => sql<{ pid: number }[]>`select pid from pg_stat_activity where pid <> pg_backend_pid()`)
  const pids = [pidOfServer(), ...sessions.map(({ pid }) => pid)]
  for (const pid of pids) signal(pid, 'SIGKILL')
  while (pids.some(pid => signal(pid, 0))) await wait(10)
}

/** Starts a work and kills the process or the server in its middle. */
const killed = {
  process: async (name: WorkName, target: WorkTarget) => {
    const program = join(import.meta.dirname, '../../support/interrupted-work.ts')
    const ended = spawnSync(process.execPath, [program, name, JSON.stringify(target)], { encoding: 'utf8' })
    expect({ signal: ended.signal, stderr: ended.stderr }).toEqual({ signal: 'SIGKILL', stderr: '' })
  },
  server: async (name: WorkName, target: WorkTarget) => {
    let kills = 0
    const work = works[name](target, async () => {
      kills += 1
      await killServer()
    })
    const failure: unknown = await work.then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(kills).toBe(1)
    // No transaction is open while an anchor is stored, so the work goes on if the server is there again in time.
    if (name !== 'anchoring') expect(failure).toBeInstanceOf(Error)
    await expect.poll(() => count('identity.users').catch(() => undefined), { timeout: 30_000 }).toBeDefined()
  },
}

const oldRuns = `operations.job_runs where started_at < '2021-01-01Z'`
const makeOldRuns = async (action: string): Promise<string> => {
  const subject = `Trial ${action} ${Math.random()}`
  await query(async sql => {
    await sql`delete from operations.job_runs`
    await sql`insert into operations.job_runs (job, scheduled_for, started_at, status)
      select 'trial', timestamptz '2020-01-01Z' + n * interval '1 hour', timestamptz '2020-01-01Z' + n * interval '1 hour', 'succeeded' from generate_series(1, 300) n`
    await sql`insert into operations.data_retention_policies (name, table_name, action, conditions, retention_period_days, schedule_cron)
      values (${subject}, 'operations.job_runs', ${action}, '[]', 365, '0 2 * * *')`
  })
  return subject
}
const verify = () =>
  query(sql =>
    verifyAuditTrail({
      read: work => openDatabase(sql).transaction(work),
      store: folderStore(AUDIT_ANCHOR_FOLDER),
      hasTime: () => true,
      namedFindings: 10,
    }),
  )
const write = () =>
  query(sql => sql`insert into operations.audit_logs (action, resource_type) select 'CREATE', 'test.' || n from generate_series(1, 5) n`)

describe.each(['process', 'server'] as const)('after kill -9 of the %s in its middle', { timeout: 120_000 }, victim => {
  const kill = (name: WorkName, subject = '') => killed[victim](name, { location, folder, subject })

  it('a backup does not exist, and the next one is made', async () => {
    const before = (await readStore(folderStore(BACKUP_FOLDER))).backups
    await kill('backup')
    const content = await readStore(folderStore(BACKUP_FOLDER))
    expect(content.backups).toEqual(before)
    expect(content.unfinished.length).toBeGreaterThan(0)
    const { manifest } = (await repeated('backup', '')) as CreatedBackup
    expect(await compareWithManifest(location, manifest)).toEqual([])
  })

  it('a restore has changed nothing, and the next one removes what it left', async () => {
    const { manifest } = (await repeated('backup', '')) as CreatedBackup
    await kill('restore', manifest.id)
    expect(await compareWithManifest(location, manifest)).toEqual([])
    await repeated('restore', manifest.id)
    expect(await count(`pg_database where datname like 'nestegg_scratch%'`)).toBe(0)
  })

  it('retention has removed whole batches, and the next firing removes the rest', async () => {
    const subject = await makeOldRuns('delete')
    await kill('retention', subject)
    expect(await count(oldRuns)).toBe(180)
    await repeated('retention', subject)
    expect(await count(oldRuns)).toBe(0)
    const runs = await query(sql => sql`select status, records_processed from operations.retention_runs order by id desc limit 1`)
    expect([...runs]).toEqual([{ status: 'success', records_processed: '300' }])
  })

  it('an archive holds the removed rows, no others, and the next firing archives the rest', async () => {
    const subject = await makeOldRuns('archive')
    const rows = () =>
      query(sql => sql.unsafe<{ row: string }[]>(`select t::text as row from ${oldRuns.replace(' where', ' t where')} order by 1`))
    const before = [...(await rows())]
    const archived = () => count(`operations.retention_archives a, generate_series(1, a.row_count) where policy_name = '${subject}'`)
    await kill('archive', subject)
    expect([await count(oldRuns), await archived()]).toEqual([180, 120])
    expect(readdirSync(join(BACKUP_FOLDER, 'archives'), { recursive: true }).length).toBeGreaterThan(2)
    await repeated('archive', subject)
    expect([await count(oldRuns), await archived()]).toEqual([0, 300])
    const archives = await query(sql => sql<{ id: string }[]>`select id from operations.retention_archives where policy_name = ${subject}`)
    for (const { id } of archives)
      await query(
        sql => openDatabase(sql).transaction(transaction => restoreArchive(transaction, folderStore(BACKUP_FOLDER), id)),
        'nestegg_owner',
      )
    expect([...(await rows())]).toEqual(before)
  })

  it('an erasure is undone, and the next one is complete', async () => {
    const address = `person-${victim}@nestegg.example`
    const [person] = await query(
      sql => sql<{ id: string }[]>`insert into identity.users (cognito_sub, email) values (${address}, ${address}) returning id`,
    )
    await kill('erasure', person!.id)
    expect(await count(`identity.users where email = '${address}'`)).toBe(1)
    expect(await count(`operations.erasures where user_id = '${person!.id}'`)).toBe(0)
    await repeated('erasure', person!.id)
    expect(await count(`identity.users where email = '${address}'`)).toBe(0)
    expect(await count(`operations.erasures where user_id = '${person!.id}'`)).toBe(1)
  })

  it.each(['sealing', 'anchoring'] as const)('%s leaves a valid trail, and the next one seals and anchors the rest', async name => {
    await write()
    const before = await verify()
    await kill(name)
    const after = await verify()
    expect(after.isValid).toBe(true)
    // A seal that has committed stays, also without its anchor.
    expect(after.unsealedRows).toBe(name === 'sealing' ? before.unsealedRows : 0)
    await repeated(name, '')
    expect(await verify()).toMatchObject({ isValid: true, unsealedRows: 0, unanchoredSeals: 0 })
  })
})
