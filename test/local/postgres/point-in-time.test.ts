import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, type DatabaseLocation, type Sql } from '../../../db/connections.ts'
import { openDatabase } from '../../../db/database.ts'
import { dropPrevious } from '../../../lambdas/operations/backups/replace.ts'
import { restoreMoment } from '../../../lambdas/operations/backups/restore-moment.ts'
import type { BackupContext } from '../../../lambdas/operations/backups/run.ts'
import { findArchive, findGap, listBases, listSegments, makeBase, needsBase } from '../../../local/postgres/archive.ts'
import { pointInTimeOf } from '../../../local/postgres/recover.ts'
import { startPostgres } from '../../../local/postgres.ts'
import { makePlace } from '../../lambdas/operations/backups/place.ts'
import { locate, onConnection, type PrivateServer, startPrivateServer } from '../../support/postgres.ts'

let started: PrivateServer & { readonly location: DatabaseLocation }
let context: BackupContext
const place = makePlace()
const timeout = 480_000
/** A moment after the first user. */
let first: Date
beforeAll(async () => {
  // Durable: a commit must be in the log before the server is killed.
  started = await startPrivateServer({ archives: true, durable: true })
  const { location } = started
  const inTransaction: BackupContext['inTransaction'] = async work => {
    const sql = connect(location, 'nestegg_operator')
    try {
      return await openDatabase(sql).transaction(work)
    } finally {
      await sql.end()
    }
  }
  context = { ...place, location, environment: 'local', inTransaction }
}, timeout)
afterAll(async () => {
  await started.remove()
  place.remove()
})

const query = <Row>(work: (sql: Sql) => Promise<readonly Row[]>, database = 'nestegg'): Promise<readonly Row[]> =>
  onConnection(locate(started.server, database), 'postgres', async sql => [...(await work(sql))])
const emails = async () =>
  (await query(sql => sql<{ email: string }[]>`select email from identity.users order by email`)).map(({ email }) => email)
const addUser = (name: string) =>
  query(sql => sql`insert into identity.users (cognito_sub, email) values (${name}, ${`${name}@nestegg.example`}) returning id`)
const base = () => onConnection(locate(started.server, 'postgres'), 'postgres', sql => makeBase(started.folder, sql))
const archive = () => findArchive(started.folder)!
/** A moment after which something can be written that is not part of it. */
const passing = async (): Promise<Date> => {
  await delay(50)
  const moment = new Date()
  await delay(50)
  return moment
}
const restore = (moment: Date, isDrill = false) =>
  restoreMoment(context, pointInTimeOf(started.folder, started.location), { moment, isDrill })

describe('a restore to a moment', { timeout }, () => {
  it('needs a copy of the data folder', async () => {
    expect(needsBase(started.folder)).toBe(true)
    await expect(restore(new Date())).rejects.toThrow('There is no copy of the data folder yet.')
  })

  it('brings exactly the rows of that moment, and keeps the audit trail', async () => {
    const before = await passing()
    await base()
    expect(needsBase(started.folder)).toBe(false)
    await addUser('first')
    first = await passing()
    await addUser('second')
    const second = await passing()
    await addUser('third')

    await expect(restore(before)).rejects.toThrow(
      /is before the first copy of the data folder\. Possible are moments from 20.*Z until now\.$/,
    )
    await expect(restore(new Date(Date.now() + 60_000))).rejects.toThrow('is in the future. Possible are moments from 20')
    expect(await emails()).toEqual(['first@nestegg.example', 'second@nestegg.example', 'third@nestegg.example'])

    const { rows } = await restore(second)
    expect(rows).toBeGreaterThan(20)
    expect(await emails()).toEqual(['first@nestegg.example', 'second@nestegg.example'])
    await restore(first)
    expect(await emails()).toEqual(['first@nestegg.example'])
    const audited = await query(
      sql => sql`select new_values ->> 'email' as email from operations.audit_logs where resource_type = 'identity.users' order by id`,
    )
    expect(audited).toEqual(['first', 'second', 'third'].map(name => ({ email: `${name}@nestegg.example` })))
    const [record] = await query(
      sql => sql`select status, recovery_point = ${first} as same, result ->> 'isDrill' as drill
      from operations.restores order by id desc limit 1`,
    )
    expect(record).toEqual({ status: 'succeeded', same: true, drill: 'false' })
    expect(readdirSync(started.folder)).not.toContain('recovery')
  })

  it('lets nobody read before it has reached the moment', async () => {
    for (let file = 0; file < 10; file += 1) await query(sql => sql`select pg_logical_emit_message(false, 'test', 'file'), pg_switch_wal()`)
    const moment = await passing()
    // Recovery ends at the first commit after the moment.
    await query(sql => sql`select pg_current_xact_id()`)
    await pointInTimeOf(started.folder, started.location).recoverTo(moment, async recovered => {
      const sql = connect(recovered, 'nestegg_backup')
      expect(await sql`select pg_is_in_recovery() as reads`).toEqual([{ reads: false }])
      await sql.end()
    })
  })

  it('reaches moments before an end of the server without a shutdown', async () => {
    await addUser('kept')
    const moment = await passing()
    await started.server.kill()
    await started.server.restart()
    await addUser('late')
    await restore(moment)
    expect(await emails()).toEqual(['first@nestegg.example', 'kept@nestegg.example'])
  })

  it('is measured by a drill, which changes nothing', async () => {
    const { newestArchivedAt } = pointInTimeOf(started.folder, started.location)
    const { dataLossMs, recoveryTimeMs, replaced } = await restore(newestArchivedAt()!, true)
    expect(replaced).toBeNull()
    expect(recoveryTimeMs).toBeGreaterThan(0)
    expect(dataLossMs).toBeLessThan(600_000)
    expect(await emails()).toEqual(['first@nestegg.example', 'kept@nestegg.example'])
  })

  it('names a log file that is missing, if it is needed', async () => {
    const wal = join(archive().folder, 'wal')
    const [needed] = listSegments(archive()).slice(-2)
    renameSync(join(wal, `${needed}.gz`), join(wal, 'elsewhere'))
    await expect(restore(new Date())).rejects.toThrow(`The log file ${needed} is missing in ${archive().folder}.`)
    expect(needsBase(started.folder)).toBe(true)
    // Moments before the gap can be reached.
    expect(await restore(first, true)).toMatchObject({ replaced: null })
    renameSync(join(wal, 'elsewhere'), join(wal, `${needed}.gz`))
    expect(await emails()).toEqual(['first@nestegg.example', 'kept@nestegg.example'])
  })
})

describe('the archive', { timeout }, () => {
  it('keeps two copies and the log files that they need', async () => {
    await base()
    await base()
    const bases = listBases(archive())
    expect(bases).toHaveLength(2)
    expect(listSegments(archive())[0]! >= bases[0]!.firstSegment).toBe(true)
  })

  it('goes on after a stop, and begins anew with a data folder that was put back', async () => {
    await dropPrevious(context.location)
    const { name } = archive()
    await started.server.stop()
    const newest = listSegments(archive()).at(-1)!
    const again = await startPostgres(started.folder, { archives: true })
    const sql = connect(locate(again, 'postgres'), 'postgres')
    await sql`select pg_switch_wal()`
    await sql.end()
    await expect.poll(() => listSegments(archive()).at(-1)! > newest, { timeout: 30_000 }).toBe(true)
    expect(findGap(archive(), listBases(archive())[0]!.firstSegment, listSegments(archive()).at(-1)!)).toBeUndefined()
    expect(archive().name).toBe(name)
    await again.stop()

    const data = join(started.folder, 'data')
    rmSync(data, { recursive: true })
    renameSync(listBases(archiveOf(name))[1]!.folder, data)
    const back = await startPostgres(started.folder, { archives: true })
    expect(archive().name).not.toBe(name)
    expect(existsSync(join(started.folder, 'archive', name))).toBe(true)
    await back.stop()
  })
})

const archiveOf = (name: string) => ({ name, folder: join(started.folder, 'archive', name) })
