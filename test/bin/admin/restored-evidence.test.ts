import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { connect, type Sql } from '../../../db/connections.ts'
import { storeVariables } from '../../../local/store-variables.ts'
import { makePlace, type TestPlace } from '../../lambdas/operations/backups/place.ts'
import { createTestDatabase, onConnection, pointEnvironmentTo, type TestDatabase } from '../../support/postgres.ts'
import { admin } from './run.ts'

let database: TestDatabase
let place: TestPlace
beforeEach(async () => {
  database = await createTestDatabase()
  place = makePlace()
  pointEnvironmentTo(database.location)
  for (const [name, value] of Object.entries(storeVariables(join(place.folder, '..')))) vi.stubEnv(name, value)
})
afterEach(async () => {
  await admin('backup', 'prune', '--previous')
  vi.unstubAllEnvs()
  await database.drop()
  place.remove()
})

const query = <Row>(work: (sql: Sql) => Promise<readonly Row[]>): Promise<readonly Row[]> =>
  onConnection(database.location, 'postgres', async sql => [...(await work(sql))])
const addUser = async (email: string): Promise<string> => {
  const [row] = await query(
    sql => sql<{ id: string }[]>`insert into identity.users (cognito_sub, email) values (${email}, ${email}) returning id`,
  )
  return row!.id
}
const auditedUsers = () =>
  query(
    sql => sql`select action, resource_id as id, new_values ->> 'email' as email from operations.audit_logs
    where resource_type = 'identity.users' order by id`,
  )
const done = async (...argv: string[]): Promise<string> => {
  const { code, error, out } = await admin(...argv)
  expect({ code, error }).toEqual({ code: 0, error: '' })
  return out
}
/** Changes the chain in use, so that it no longer continues that of an earlier backup. */
const breakFirstSeal = () =>
  query(sql =>
    sql.begin(async transaction => {
      await transaction`set local session_replication_role = replica`
      return transaction`update operations.audit_seals set hash = sha256(hash) where number = 1 returning number`
    }),
  )
const valid = async () => expect(await done('audit', 'verify')).toContain('The audit trail is valid.')

describe('a restore of everything', { timeout: 120_000 }, () => {
  it('that has lost audit rows is declared, so that the trail is valid and anchored on, also after a return', async () => {
    const erased = await addUser('erased@nestegg.example')
    const held = await addUser('held@nestegg.example')
    await done('audit', 'seal')
    await done('backup', 'create')
    await addUser('later@nestegg.example')
    await done('audit', 'seal')
    // The trail of the backup is no longer in the database, and the data still is.
    await breakFirstSeal()
    await done('person', 'erase', erased, '--yes')
    await done('holds', 'place', '--user', held, '--reason', 'A claim')
    const restored = await done('backup', 'restore', 'latest', '--audit-lost', '--yes')
    expect(restored).toContain('Signed audit/restores/0001.json, which supersedes 1 anchor. The newest anchor is audit/')
    expect(restored).toMatch(/000000000002-1\.json\.\n/)
    expect(restored).toContain(`The person ${erased} was erased after that moment, and was erased again.`)
    expect(await query(sql => sql`select user_id from operations.legal_holds`)).toEqual([{ user_id: held }])
    const verified = await done('audit', 'verify')
    expect(verified).toContain('The audit trail is valid.')
    expect(verified).toMatch(
      /^note: audit\/restores\/0001\.json: on \S+ \S+@\S+ declared that a restore lost the seals after 2\. It supersedes 1 anchor\. Reason: The backup \S+ of \S+ was restored with --audit-lost\.$/m,
    )
    await addUser('meanwhile@nestegg.example')
    await done('audit', 'seal')
    await valid()
    expect(await done('audit', 'declare-loss', '--reason', 'Again', '--yes')).toContain('there is nothing to declare')

    // The database of before comes back with its own trail: somebody has repaired it meanwhile.
    const [{ previous }] = JSON.parse(await done('backup', 'list', '--json')).previous.map((previous: string) => ({ previous }))
    const before = { ...database.location, database: previous as string }
    const administrator = connect({ ...database.location, database: 'postgres' }, 'postgres')
    await administrator.unsafe(`alter database ${previous} allow_connections true`)
    const repair = connect(before, 'postgres')
    await repair.begin(async transaction => {
      await transaction`set local session_replication_role = replica`
      await transaction`update operations.audit_seals s set hash = operations.audit_seal_hash(s)`
    })
    await repair.end()
    await administrator.unsafe(`alter database ${previous} allow_connections false`)
    await administrator.end()
    expect(await admin('backup', 'restore', 'previous', '--yes')).toMatchObject({
      code: 1,
      error: expect.stringContaining('add --audit-lost'),
    })
    const returned = await done('backup', 'restore', 'previous', '--audit-lost', '--yes')
    expect(returned).toContain('Signed audit/restores/0002.json, which supersedes')
    expect(await query(sql => sql`select email from identity.users where email like 'later%' or email like 'mean%'`)).toEqual([
      { email: 'later@nestegg.example' },
    ])
    await done('audit', 'seal')
    expect(await done('audit', 'verify')).toMatch(/0001\.json: .* A later record supersedes it\./)
  })

  it('says what to do if the loss cannot be declared', async () => {
    await done('audit', 'seal')
    await done('backup', 'create')
    await addUser('later@nestegg.example')
    await done('audit', 'seal')
    await breakFirstSeal()
    const { AUDIT_SIGNING_KEY_FILE } = storeVariables(join(place.folder, '..'))
    vi.stubEnv('AUDIT_SIGNING_KEY_FILE', join(place.folder, 'another.pem'))
    const { code, out } = await admin('backup', 'restore', 'latest', '--audit-lost', '--yes')
    expect(code).toBe(3)
    expect(out).toContain('What the audit trail has lost could not be declared: The anchor store has the object audit/')
    expect(out).toContain("audit declare-loss --reason '…' --yes")
    expect(await admin('audit', 'verify')).toMatchObject({ code: 1, out: expect.stringContaining('nobody has declared it') })
    vi.stubEnv('AUDIT_SIGNING_KEY_FILE', AUDIT_SIGNING_KEY_FILE)
    expect((await admin('audit', 'seal')).error).toContain('(audit declare-loss)')
    expect(await admin('audit', 'declare-loss', '--reason', 'A new disk')).toMatchObject({
      code: 2,
      error: expect.stringContaining('Give --yes'),
    })
    await done('audit', 'declare-loss', '--reason', 'A new disk', '--yes')
    expect(await done('audit', 'verify')).toContain('Reason: A new disk')
  })

  it('keeps the audit trail, the records and what was erased, so that the trail is valid and anchored on', async () => {
    const erased = await addUser('erased@nestegg.example')
    await done('audit', 'seal')
    await addUser('waiting@nestegg.example')
    await done('backup', 'create')
    const later = await addUser('later@nestegg.example')
    await done('person', 'erase', erased, '--yes')
    await done('audit', 'seal')
    const before = await auditedUsers()
    expect(before).toContainEqual({ action: 'CREATE', id: later, email: 'later@nestegg.example' })
    expect(before).toContainEqual({ action: 'CREATE', id: erased, email: null })

    const restored = await done('backup', 'restore', 'latest', '--yes')
    expect(restored).toContain(`The person ${erased} was erased after that moment, and was erased again.`)
    expect(await query(sql => sql`select email from identity.users order by email`)).toEqual([
      { email: 'waiting@nestegg.example' },
      { email: null },
    ])
    expect(await query(sql => sql`select user_id, status from operations.erasures`)).toEqual([
      { user_id: erased, status: 'database-erased' },
    ])
    const after = await auditedUsers()
    expect(after).toEqual(expect.arrayContaining([...before]))
    expect(JSON.stringify(after)).not.toContain('erased@')
    await valid()
    expect(await done('audit', 'seal')).toMatch(/The newest anchor is audit\/.*\/000000000003\.json/)
    await valid()
    const [record] = await query(
      sql => sql`select a.metadata ->> 'moment' = to_char(r.recovery_point, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as same, r.status
        from operations.audit_logs a join operations.restores r on r.id = a.resource_id where a.resource_type = 'operations.restores'`,
    )
    expect(record).toEqual({ same: true, status: 'succeeded' })
    expect(await query(sql => sql`select outcome from operations.operator_commands where command like 'backup %' order by id`)).toEqual([
      { outcome: 'succeeded' },
      { outcome: 'succeeded' },
    ])

    // A return to the database of before also keeps the trail of what happened since.
    await addUser('meanwhile@nestegg.example')
    await done('audit', 'seal')
    await done('backup', 'restore', 'previous', '--yes')
    expect(await query(sql => sql`select email from identity.users where email like 'later%' or email like 'mean%'`)).toEqual([
      { email: 'later@nestegg.example' },
    ])
    expect((await auditedUsers()).map(({ email }: { email?: string | null }) => email)).toContain('meanwhile@nestegg.example')
    await done('audit', 'seal')
    await valid()
  })

  it('keeps legal holds as they are now, on everybody who is in the restored database', async () => {
    const [held, free] = [await addUser('held@nestegg.example'), await addUser('free@nestegg.example')]
    await done('holds', 'place', '--user', free, '--reason', 'An older claim')
    await done('backup', 'create')
    const later = await addUser('later@nestegg.example')
    const list = () => query(sql => sql`select user_id, released_at is null as holds from operations.legal_holds order by id`)
    await done('holds', 'release', (await query(sql => sql<{ id: string }[]>`select id from operations.legal_holds`))[0]!.id)
    for (const user of [held, later]) await done('holds', 'place', '--user', user, '--reason', 'A claim')
    expect(await list()).toHaveLength(3)
    await done('backup', 'restore', 'latest', '--yes')
    expect(await list()).toEqual([
      { user_id: free, holds: false },
      { user_id: held, holds: true },
    ])
  })

  it('leaves months away that were removed since the backup', async () => {
    await query(
      sql =>
        sql`insert into operations.audit_logs (action, resource_type, timestamp) values ('CREATE', 'test.old', '2019-03-05') returning id`,
    )
    await query(sql => sql`select operations.make_audit_partitions(1)`)
    await done('audit', 'seal')
    await done('backup', 'create')
    await query(sql => sql`select operations.drop_audit_month('{"month": "2019-03", "keepMonths": 12}')`)
    await done('backup', 'restore', 'latest', '--yes')
    expect(await query(sql => sql`select from operations.audit_logs where resource_type = 'test.old'`)).toEqual([])
    expect(await query(sql => sql`select to_regclass('operations.audit_logs_2019_03') as gone`)).toEqual([{ gone: null }])
    await valid()
  })

  it('changes nothing when a connection is ended while the trail is carried over', async () => {
    await done('backup', 'create')
    await addUser('later@nestegg.example')
    // A row that cannot be read ends the session that reads it.
    await query(
      sql => sql`alter policy read_by_backups on operations.audit_logs
      using (case when current_setting('application_name') = 'nestegg backup' then pg_terminate_backend(pg_backend_pid()) else true end)`,
    )
    const { code } = await admin('backup', 'restore', 'latest', '--yes')
    expect(code).toBe(1)
    expect(await query(sql => sql`select email from identity.users`)).toEqual([{ email: 'later@nestegg.example' }])
    expect(await query(sql => sql`select datname from pg_database where datname like ${`${database.location.database}_%`}`)).toEqual([])
    await query(sql => sql`alter policy read_by_backups on operations.audit_logs using (true)`)
    await done('backup', 'restore', 'latest', '--yes')
    expect(await query(sql => sql`select email from identity.users`)).toEqual([])
    await valid()
  })

  it('is refused after a change of the audit trail, and changes nothing', async () => {
    await done('audit', 'seal')
    await query(sql => sql`insert into operations.audit_logs (action, resource_type) values ('CREATE', 'test.waiting') returning id`)
    await done('backup', 'create')
    await addUser('later@nestegg.example')
    const changes = [
      ["delete from operations.audit_logs where resource_type = 'test.waiting'", 'The database in use lacks 1 audit rows'],
      ["update operations.audit_anchors set sha256 = '\\x00'", 'The restored audit trail has 1 anchors up to audit/'],
      ['delete from operations.audit_seals', 'The restored audit trail has 1 seals up to 1.'],
    ] as const
    for (const [change, message] of changes) {
      await query(sql =>
        sql.begin(async transaction => {
          await transaction`set local session_replication_role = replica`
          return transaction.unsafe(change)
        }),
      )
      expect(await admin('backup', 'restore', 'latest', '--yes')).toMatchObject({ code: 1, error: expect.stringContaining(message) })
    }
    expect(await query(sql => sql`select email from identity.users`)).toEqual([{ email: 'later@nestegg.example' }])
    expect(await query(sql => sql`select distinct status from operations.restores where kind = 'full'`)).toEqual([{ status: 'failed' }])

    // Somebody who says that it is lost gets the audit trail of the backup, and with it the place of the anchors.
    expect(await done('backup', 'restore', 'latest', '--audit-lost', '--yes')).toContain(
      'The audit trail is that of the restored database.\nNo anchor is ahead',
    )
    expect(await query(sql => sql`select email from identity.users`)).toEqual([])
    expect(await query(sql => sql`select status from operations.restores where kind = 'full'`)).toEqual([{ status: 'succeeded' }])
    await valid()
    expect(await admin('backup', 'restore', 'previous', '--yes')).toMatchObject({
      code: 1,
      error: expect.stringMatching(/The audit trail in use does not continue that of \S+_before_\d{14}: .* add --audit-lost\./),
    })
    expect(await query(sql => sql`select email from identity.users`)).toEqual([])
    expect(await admin('backup', 'restore', 'latest', '--audit-lost', '--yes')).toMatchObject({
      code: 1,
      error: expect.stringContaining('continues that of the backup, so it is not lost: leave out --audit-lost.'),
    })
  })
})
