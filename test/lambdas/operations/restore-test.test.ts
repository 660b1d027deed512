import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { readMigrations, rollback } from '../../../db/migrate/index.ts'
import { compareRestored } from '../../../lambdas/operations/backups/compare-restored.ts'
import { handler as validateRestore } from '../../../lambdas/operations/handlers/validate-restore.ts'
import { closeDatabases } from '../../../lambdas/runtime/database.ts'
import { lambdaContext } from '../../../local/api-event.ts'
import { startTrialTrail, type TrialTrail } from '../../support/audit-trail.ts'
import { createTestDatabase, pointEnvironmentTo, type TestDatabase } from '../../support/postgres.ts'
import { fillDatabase } from './backups/place.ts'

/** The database in use, with its audit trail sealed and anchored twice, and more rows since. */
let trail: TrialTrail
let copy: TestDatabase
let auditRows: string[]
const request = { requestId: randomUUID(), route: 'operations/validate-restore' }
/** Anchors of the last minutes count too. */
const soon = () => new Date(Date.now() + 11 * 60_000)

beforeAll(async () => {
  trail = await startTrialTrail()
  await fillDatabase(trail.database)
  await trail.sealAndAnchor()
  auditRows = await trail.write(4)
  await trail.sealAndAnchor()
})
beforeEach(async () => {
  copy = await createTestDatabase({ copyOf: trail.database })
})
afterEach(async () => {
  await closeDatabases()
  vi.unstubAllEnvs()
  await copy.drop()
})
afterAll(() => trail.close())

const compare = (restored = copy, more: { hasTime?: () => boolean; recoveryPoint?: Date } = {}) =>
  compareRestored({
    live: work => trail.inTransaction(work),
    restored: restored.location,
    anchors: trail.store,
    recoveryPoint: soon(),
    hasTime: () => true,
    request,
    ...more,
  })

/** Changes the copy as no function can. */
const damage = async (...statements: readonly string[]) => {
  const administrator = copy.connect('postgres')
  await administrator.begin(async sql => {
    await sql`set local session_replication_role = replica`
    for (const statement of statements) await sql.unsafe(statement)
  })
}

const cutOff = expect.stringMatching(
  /^Audit trail: The chain ends with seal \d+, and .*audit\/.+ names seal \d+: the newest seals were removed/,
) as unknown

describe('a restored copy', () => {
  it('is good, also when the database in use goes on', async () => {
    await trail.write(3)
    await trail.sealAndAnchor()
    const report = await compare(copy, { recoveryPoint: new Date(Date.now() - 60_000) })
    expect(report.findings).toEqual([])
    expect(report.tables).toBeGreaterThan(30)
    expect(report.rows).toBeGreaterThan(80)
    expect(report.rowsByTable).toMatchObject({ 'identity.households': 2, 'planning.plans': 1 })
    expect(report.checks).toBeGreaterThan(50)
    expect(report.verifiedAuditRows).toBeGreaterThan(4)
    expect(report.appliedMigrations).toEqual([])
  })

  it('that lacks an audit row is found, and the row is named', async () => {
    await damage(`delete from operations.audit_logs where id = '${auditRows[1]}'`)
    expect((await compare()).findings).toEqual([
      expect.stringMatching(new RegExp(`^Audit trail: The row ${auditRows[1]} of seal \\d+ was removed`)),
    ])
  })

  it('that lacks a row that others need is found, and the rule is named', async () => {
    await damage('delete from identity.households')
    const { findings } = await compare()
    expect(findings).toContainEqual(expect.stringMatching(/^The check .*household.* found 1 rows/))
    expect(findings.filter(finding => !finding.startsWith('The check'))).toEqual([])
  })

  it('with a chain that was cut is found, and the anchor is named', async () => {
    const newest = 'number = (select max(number) from operations.audit_seals)'
    await damage(
      `delete from operations.audit_logs a using operations.audit_seals s, generate_series(0, s.row_count - 1) as place
       where s.${newest} and a.id = encode(substring(s.row_ids from 16 * place + 1 for 16), 'hex')::uuid`,
      `delete from operations.audit_anchors where seal_${newest}`,
      `delete from operations.audit_seals where ${newest}`,
    )
    expect((await compare()).findings).toEqual([cutOff])
  })

  it('that is older than it says is found: it lacks an anchored seal', async () => {
    await trail.write(3)
    await trail.sealAndAnchor()
    expect((await compare()).findings).toEqual([cutOff])
    expect((await compare(copy, { recoveryPoint: new Date(Date.now() - 60_000) })).findings).toEqual([])
  })

  it('with another seal than the database in use is found', async () => {
    const other = await startTrialTrail()
    try {
      await fillDatabase(other.database)
      await other.sealAndAnchor()
      const { findings } = await compareRestored({
        live: work => trail.inTransaction(work),
        restored: other.database.location,
        anchors: other.store,
        recoveryPoint: soon(),
        hasTime: () => true,
        request,
      })
      expect(findings).toEqual([
        expect.stringMatching(/^Audit trail: seal 1 has the hash .+ in the copy, and .+ in the database in use\.$/),
      ])
    } finally {
      await other.close()
    }
  })

  it('with an edited migration is found, and the migration is named', async () => {
    const { tag, when } = readMigrations()[3]!
    await damage(`update drizzle.__drizzle_migrations set hash = 'edited' where created_at = ${when}`)
    expect((await compare()).findings).toEqual([`The migration ${tag} is not the one that was applied: it was edited.`])
  })

  it('without a table is found, and the table is named', async () => {
    await damage('drop table operations.restores')
    expect((await compare()).findings).toContain('The table operations.restores is missing.')
  })

  it('that could not be compared in time is no good copy', async () => {
    expect((await compare(copy, { hasTime: () => false })).findings).toEqual([
      'Audit trail: there was no time to verify all rows of two months.',
      expect.stringMatching(/^There was no time for \d+ checks of the data\.$/),
    ])
  })

  it('of an older release gets the migrations since', async () => {
    const newest = await rollback(copy.location, 1, { backup: async () => undefined })
    expect(await compare()).toMatchObject({ findings: [], appliedMigrations: newest })
  })
})

describe('the function', () => {
  const restoreJobId = 'AB123456-78C9-0123-456D-789012E34567'
  const run = () => {
    pointEnvironmentTo(trail.database.location)
    vi.stubEnv('AUDIT_ANCHOR_FOLDER', trail.anchors)
    const event = {
      restoreJobId,
      recoveryPointArn: 'arn:aws:rds:us-east-2:333333333333:cluster-snapshot:awsbackup:job-01900000',
      recoveryPointAt: '2026-11-29T03:30:00.000Z',
      restoreStartedAt: '2026-11-29T08:30:00.000Z',
      host: trail.database.location.host,
    }
    return validateRestore(event, lambdaContext('validate-restore', randomUUID(), 900))
  }
  const records = () => trail.administrator`select id, kind, status, error, result ->> 'tables' is not null as compared,
    data_loss_ms::int as "dataLossMs" from operations.restores where kind = 'restore-test'`
  const events = () => trail.administrator`select event_type as type, severity, message from operations.system_events
    where component = 'operations/validate-restore' order by id`

  it('records a good copy, and answers for AWS Backup', async () => {
    expect(await run()).toEqual({
      status: 'SUCCESSFUL',
      message: expect.stringMatching(/^\d+ rows of \d+ tables, \d+ seals of the audit trail, \d+ rules hold\.$/),
    })
    expect(await records()).toEqual([
      { id: restoreJobId.toLowerCase(), kind: 'restore-test', status: 'succeeded', error: null, compared: true, dataLossMs: 5 * 3_600_000 },
    ])
    expect(await events()).toEqual([])
  })

  it('replaces the record of an attempt that failed, and keeps a system event', async () => {
    await trail.administrator`alter table operations.audit_anchors rename to gone`
    await expect(run()).rejects.toThrow('audit_anchors')
    await trail.administrator`alter table operations.gone rename to audit_anchors`
    expect(await records()).toMatchObject([{ status: 'failed', error: expect.any(String), compared: false }])
    expect(await events()).toMatchObject([{ type: 'error', severity: 'error' }])
    await run()
    expect(await records()).toMatchObject([{ status: 'succeeded', error: null, compared: true }])
  })

  it('records the faults of a copy, with a critical system event', async () => {
    await trail.tamper(sql => sql`delete from operations.audit_logs where id = ${auditRows[0]!}`)
    expect(await run()).toEqual({ status: 'FAILED', message: expect.stringContaining(`The row ${auditRows[0]}`) })
    expect(await records()).toMatchObject([{ status: 'failed', error: expect.stringContaining(auditRows[0]!) }])
    expect(await events()).toContainEqual({
      type: 'backup',
      severity: 'critical',
      message: 'A backup that AWS Backup restored for a test has faults.',
    })
  })
})
