import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noHash, rootOf, sealedRows, sealHash } from '../../domain/operations/index.ts'
import { listSeals, readSealContent } from '../../db/queries/operations/audit-chain.ts'
import { startTrialTrail, type TrialTrail } from '../support/audit-trail.ts'
import { asUser } from './requests.ts'

let trail: TrialTrail
beforeAll(async () => {
  trail = await startTrialTrail()
})
afterAll(() => trail.close())

const unsealed = async () => {
  const [row] = await trail.administrator<{ count: number }[]>`select count(*)::int from operations.unsealed_audit_rows`
  return row!.count
}
const sealAll = async () => {
  while ((await trail.seal()).hasMore);
}
const allSeals = () => trail.inTransaction(transaction => listSeals(transaction, 0, 10_000))
/** The ids of all seals, in the order of the seals. */
const sealedIds = async () => {
  const ids: string[] = []
  for (const { number } of await allSeals()) {
    const content = await trail.inTransaction(transaction => readSealContent(transaction, number))
    ids.push(...sealedRows(content!.rowIds, content!.rowHashes).keys())
  }
  return ids
}

describe('a seal', () => {
  it('has the number, the rows, the root and the hash that follow from the one before', async () => {
    await sealAll()
    const written = await trail.write(5)
    const { seal, sealed } = await trail.seal()
    expect(sealed).toBe(5)
    const [before, newest] = (await allSeals()).slice(-2)
    expect(newest).toMatchObject({
      number: before!.number + 1,
      previousHash: before!.hash,
      rowCount: 5,
      totalRows: before!.totalRows + 5,
      firstRow: written[0],
      lastRow: written[4],
      month: `${new Date().toISOString().slice(0, 7)}-01`,
    })
    expect(seal).toEqual({ number: newest!.number, hash: sealHash(newest!), totalRows: newest!.totalRows })
    const content = await trail.inTransaction(transaction => readSealContent(transaction, newest!.number))
    expect(rootOf(content!.rowIds, content!.rowHashes)).toBe(newest!.root)
    expect([...sealedRows(content!.rowIds, content!.rowHashes).keys()]).toEqual(written)
    expect((await allSeals())[0]).toMatchObject({ number: 1, previousHash: noHash })
  })

  it('has the hash of every column but the erasable ones, which the digest with its salt covers', async () => {
    const [id] = await trail.write(1, { request_id: 'a "request"', changed_fields: ['name'], metadata: { more: 1 }, execution_time_ms: 3 })
    await trail.seal()
    const [row] = await trail.administrator<{ digest: Buffer; salt: Buffer; values: string; columns: string }[]>`
      select values_digest as digest, values_salt as salt,
        '["session", "192.0.2.1", "browser", {"name": "Before"}, {"name": "After"}, {"more": 1}]' as values,
        format('["%s", %s, null, null, "UPDATE", "test.things", null, null, "a \\"request\\"", ["name"], "info", null, %s, 3, "%s"]', id,
          (extract(epoch from timestamp) * 1000000)::bigint, (extract(epoch from retention_until) * 1000000)::bigint, encode(values_digest, 'hex')) as columns
      from operations.audit_logs where id = ${id!}`
    const sha256 = (...parts: (string | Buffer)[]) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex')
    expect(row!.digest.toString('hex')).toBe(sha256(row!.salt, row!.values))
    const [content] = await trail.administrator<
      { hashes: Buffer }[]
    >`select row_hashes as hashes from operations.audit_seals order by number desc limit 1`
    expect(content!.hashes.toString('hex')).toBe(sha256(row!.columns))
    const columns = await trail.administrator<{ name: string }[]>`
      select attname as name from pg_attribute where attrelid = 'operations.audit_logs'::regclass and attnum > 0 and not attisdropped`
    const erasable = ['session_id', 'ip_address', 'user_agent', 'old_values', 'new_values', 'metadata', 'values_salt', 'erased_by']
    const covered = [
      'id',
      'timestamp',
      'user_id',
      'household_id',
      'action',
      'resource_type',
      'resource_id',
      'route',
      'request_id',
      'changed_fields',
      'severity',
      'compliance_category',
      'retention_until',
      'execution_time_ms',
      'values_digest',
    ]
    expect(columns.map(({ name }) => name).toSorted()).toEqual([...erasable, ...covered].toSorted())
  })

  it('has the salt of its row only: equal values have other digests', async () => {
    const ids = await trail.write(2)
    const rows = await trail.administrator`select distinct values_digest from operations.audit_logs where id in ${trail.administrator(ids)}`
    expect(rows).toHaveLength(2)
  })

  it('holds rows of one month only', async () => {
    await sealAll()
    await trail.administrator`select operations.make_audit_partitions(2)`
    const now = new Date()
    const nextMonth = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)).toISOString().slice(0, 7)
    await trail.write(2)
    await trail.write(3, { timestamp: `${nextMonth}-10T00:00:00Z` })
    expect(await trail.seal()).toMatchObject({ sealed: 5, hasMore: false })
    const [first, second] = (await allSeals()).slice(-2)
    expect([first!.rowCount, second!.rowCount]).toEqual([2, 3])
    expect(first!.month < second!.month).toBe(true)
    expect(await trail.verify()).toMatchObject({ isValid: true })
  })

  it('holds a bounded number of rows', async () => {
    await sealAll()
    await trail.write(7)
    expect(await trail.seal(3)).toMatchObject({ sealed: 3, hasMore: true })
    expect(await trail.seal(3)).toMatchObject({ sealed: 3, hasMore: true })
    expect(await trail.seal(3)).toMatchObject({ sealed: 1, hasMore: false })
    expect(await trail.seal(3)).toMatchObject({ sealed: 0, hasMore: false })
  })
})

describe('sealing', () => {
  it('does nothing while another one is at work, and does not wait for it', async () => {
    await sealAll()
    await trail.write(4)
    const release = Promise.withResolvers<void>()
    const began = Promise.withResolvers<void>()
    const first = trail.database.connect('nestegg_operator').begin(async transaction => {
      const [row] = await transaction<{ answer: { sealed: number } }[]>`select operations.seal_audit_rows('{}') as answer`
      began.resolve()
      await release.promise
      return row!.answer
    })
    await began.promise
    expect(await trail.seal()).toMatchObject({ sealed: 0, isBusy: true, hasMore: false })
    release.resolve()
    expect(await first).toMatchObject({ sealed: 4, isBusy: false })
    expect(await trail.seal()).toMatchObject({ sealed: 0, isBusy: false })
    expect(await trail.verify()).toMatchObject({ isValid: true, unsealedRows: 0 })
  })

  it('that is stopped in the middle has done nothing, and the next one seals all', async () => {
    await sealAll()
    await trail.write(6)
    const before = await allSeals()
    const victim = trail.database.connect('nestegg_operator')
    const [row] = await victim<{ pid: number }[]>`select pg_backend_pid() as pid`
    const answer = victim`select operations.seal_audit_rows('{}'), pg_sleep(60)`.catch((error: Error) => error)
    await expect
      .poll(() => trail.administrator`select from pg_stat_activity where pid = ${row!.pid} and wait_event = 'PgSleep'`)
      .toHaveLength(1)
    await trail.administrator`select pg_terminate_backend(${row!.pid}, 5000)`
    expect(await answer).toMatchObject({ message: expect.stringMatching(/terminating connection|CONNECTION_|ECONNRESET/) })
    expect(await allSeals()).toEqual(before)
    expect(await unsealed()).toBe(6)
    expect(await trail.seal()).toMatchObject({ sealed: 6 })
    expect(await trail.verify()).toMatchObject({ isValid: true, unsealedRows: 0 })
  })

  it('while others write puts every committed row into exactly one seal, and no row that was rolled back', async () => {
    await sealAll()
    const before = new Set(await sealedIds())
    const writers = trail.database.connect('postgres', 5)
    const ids: string[] = []
    const writing = new AbortController()
    const writer = async (name: number) => {
      for (let turn = 0; turn < 40; turn += 1) {
        await writers
          .begin(async transaction => {
            const rows = await transaction<{ id: string }[]>`
              insert into operations.audit_logs (action, resource_type) select 'CREATE', 'test.' || n from generate_series(1, 5) as n returning id`
            await transaction`select pg_sleep(random() / 100)`
            if ((turn + name) % 4 === 0) throw new Error('rolled back')
            ids.push(...rows.map(row => row.id))
          })
          .catch((error: Error) => expect(error.message).toBe('rolled back'))
      }
    }
    const sealer = async () => {
      while (!writing.signal.aborted) await trail.seal(37)
    }
    const sealers = [sealer(), sealer()]
    await Promise.all([0, 1, 2, 3, 4].map(writer))
    writing.abort()
    await Promise.all(sealers)
    await sealAll()
    const sealed = (await sealedIds()).filter(id => !before.has(id))
    expect(sealed.toSorted()).toEqual(ids.toSorted())
    expect(ids).toHaveLength(5 * 30 * 5)
    expect(await trail.verify()).toMatchObject({ isValid: true, unsealedRows: 0 })
  })

  it('is allowed to the operator and the function that seals, and to no other role', async () => {
    for (const role of ['nestegg_write', 'nestegg_read', 'nestegg_public', 'nestegg_identity'] as const)
      await expect(trail.database.connect(role)`select operations.seal_audit_rows('{}')`).rejects.toThrow('permission denied')
    const [row] = await trail.database.connect('nestegg_audit')`select operations.seal_audit_rows('{}') ->> 'isBusy' as busy`
    expect(row).toEqual({ busy: 'false' })
  })
})

describe('an erasure', () => {
  it('of a user removes the values of and about the user, keeps the chain valid, and is recorded', async () => {
    const person = await asUser(trail.owner, 'leaving', async (transaction, person) => {
      await transaction`insert into identity.households (name, timezone) values ('Home of Leaving', 'UTC')`
      return person
    })
    await trail.write(2, { resource_type: 'identity.users', resource_id: person.id, new_values: { email: 'leaving@nestegg.example' } })
    await trail.write(1, { resource_type: 'identity.household_invitations', new_values: { email: 'Leaving@nestegg.example' } })
    const [other] = await trail.write(1)
    await sealAll()
    // A row that no seal holds yet.
    await trail.write(1, { user_id: person.id })
    const first = await trail.call<{ erased: number }>('operations.erase_audit_values', {
      userId: person.id,
      email: 'leaving@nestegg.example',
      maxRows: 2,
    })
    expect(first).toEqual({ erased: 2, isDone: false })
    const second = await trail.call<{ erased: number; isDone: boolean }>('operations.erase_audit_values', {
      userId: person.id,
      email: 'leaving@nestegg.example',
    })
    expect(second).toMatchObject({ isDone: true })
    const left = await trail.administrator`
      select * from operations.audit_logs where values_salt is not null and resource_type not like 'operations.%' and (user_id = ${person.id} or resource_id = ${person.id})`
    expect(left).toEqual([])
    const texts = await trail.administrator<
      { row: string }[]
    >`select a::text as row from operations.audit_logs a where a::text ilike '%leaving@nestegg%' or a::text like '%Home of Leaving%'`
    expect(texts).toEqual([])
    const records = await trail.administrator`
      select metadata ->> 'count' as count, metadata ->> 'scope' as scope from operations.audit_logs where resource_type = 'operations.audit_erasures' and resource_id = ${person.id} order by id`
    expect(records).toEqual([
      { count: '2', scope: 'user' },
      { count: String(second.erased), scope: 'user' },
    ])
    expect((await trail.administrator`select old_values from operations.audit_logs where id = ${other!}`)[0]!['old_values']).not.toBeNull()
    expect(await trail.verify()).toMatchObject({ isValid: true })
    await sealAll()
    expect(await trail.verify()).toMatchObject({ isValid: true, unsealedRows: 0 })
    expect(await trail.call('operations.erase_audit_values', { userId: person.id, email: 'leaving@nestegg.example' })).toEqual({
      erased: 0,
      isDone: true,
    })
  })

  it('of a household removes the values of its rows only', async () => {
    const householdId = '00000000-0000-7000-8000-00000000000b'
    const own = await trail.write(3, { household_id: householdId })
    await trail.seal()
    expect(await trail.call('operations.erase_audit_values', { householdId })).toEqual({ erased: 3, isDone: true })
    const rows = await trail.administrator`
      select distinct num_nonnulls(session_id, ip_address, user_agent, old_values, new_values, metadata, values_salt) as values, household_id
      from operations.audit_logs where id in ${trail.administrator(own)}`
    expect(rows).toEqual([{ values: 0, household_id: householdId }])
    await sealAll()
    expect(await trail.verify()).toMatchObject({ isValid: true })
  })

  it('needs a user or a household, and is allowed to no role but the owner', async () => {
    await expect(trail.call('operations.erase_audit_values', {})).rejects.toThrow('Give either userId or householdId.')
    for (const role of ['nestegg_operator', 'nestegg_write', 'nestegg_audit'] as const)
      await expect(trail.database.connect(role)`select operations.erase_audit_values('{}')`).rejects.toThrow('permission denied')
  })

  it('leaves no path open for what follows in its transaction', async () => {
    const householdId = '00000000-0000-7000-8000-00000000000c'
    await trail.write(1, { household_id: householdId })
    await expect(
      trail.owner.begin(async transaction => {
        await transaction`select operations.erase_audit_values(${JSON.stringify({ householdId })}::text::jsonb)`
        await transaction`update operations.audit_logs set action = 'READ'`
      }),
    ).rejects.toThrow('The audit trail is append-only')
  })
})

describe('the removal of a month', () => {
  const monthBefore = (months: number) => {
    const now = new Date()
    return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)).toISOString().slice(0, 7)
  }
  const makeOldMonth = async (months: number, rows: number) => {
    const month = monthBefore(months)
    const name = `operations.audit_logs_${month.replace('-', '_')}`
    await trail.owner.unsafe(`
      create table ${name} partition of operations.audit_logs for values from ('${month}-01') to ('${monthBefore(months - 1)}-01');
      select operations.make_append_only('${name}', '{erasure}')`)
    await trail.write(rows, { timestamp: `${month}-15T00:00:00Z` })
    return month
  }
  const drop = (month: string, keepMonths = 3) => trail.call('operations.drop_audit_month', { month, keepMonths })

  it('is refused for a month that is too young, has unsealed rows, or is not the oldest', async () => {
    const older = await makeOldMonth(6, 3)
    const younger = await makeOldMonth(4, 2)
    await expect(drop(monthBefore(0))).rejects.toThrow('must be kept for 3 months')
    await expect(drop(monthBefore(3))).rejects.toThrow('must be kept for 3 months')
    await expect(drop(older)).rejects.toThrow('has 3 audit rows and its seals have 0')
    await sealAll()
    await expect(drop(younger)).rejects.toThrow(`the months before ${younger} must be removed first`)
  })

  it('keeps the chain valid, and is recorded', async () => {
    const [older, younger] = [monthBefore(6), monthBefore(4)]
    expect(await drop(older)).toEqual({ removed: 3 })
    expect(await trail.verify()).toMatchObject({ isValid: true })
    expect(await drop(older)).toEqual({ removed: 0 })
    expect(await drop(younger)).toEqual({ removed: 2 })
    await sealAll()
    expect(await trail.verify()).toMatchObject({ isValid: true, unsealedRows: 0 })
    const records = await trail.administrator`
      select metadata ->> 'month' as month, (metadata -> 'removedRows')::int as rows from operations.audit_logs where resource_type = 'operations.audit_months' order by id`
    expect(records).toEqual([
      { month: older, rows: 3 },
      { month: younger, rows: 5 },
    ])
  })

  it('is found if a record names a month whose seals do not fit', async () => {
    await trail.tamper(async sql => {
      await sql`update operations.audit_logs set metadata = metadata || '{"removedRows": 4}' where resource_type = 'operations.audit_months'`
      await sql`update operations.audit_logs a set values_digest = operations.audit_values_digest(values_salt, session_id, ip_address, user_agent, old_values, new_values, metadata)
        where resource_type = 'operations.audit_months'`
    })
    const { findings } = await trail.verify()
    expect(findings.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['changed-removal', 'removed-month', 'changed-row']))
  })
})
