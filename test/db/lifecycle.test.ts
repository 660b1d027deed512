import { afterAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../db/database.ts'
import { inForeignKeyOrder } from '../../db/queries/operations/table-order.ts'
import { type Check, ownerColumns } from '../../db/schema/lifecycle.ts'
import { lifecycles } from '../../db/schema/lifecycles.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { insertPlanning, insertWealth, makeHousehold } from './household.ts'
import { asUser } from './requests.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())
const administrator = database.connect('postgres')

interface Column {
  readonly table: string
  readonly name: string
  readonly type: string
}
const columns = await administrator<Column[]>`
  select c.oid::regclass::text as table, attname::text as name, format_type(atttypid, null) as type
  from pg_attribute join pg_class c on c.oid = attrelid join pg_namespace n on n.oid = relnamespace
  where relkind in ('r', 'p') and not relispartition and attnum > 0 and not attisdropped
    and nspname in ('identity', 'planning', 'wealth', 'cashflow', 'market', 'trading', 'operations')`
const columnsOf = (table: string) => columns.filter(column => column.table === table)
const declared = Object.entries(lifecycles)

it('every table declares its lifecycle, and every declaration has a table', () => {
  expect(Object.keys(lifecycles).toSorted()).toEqual([...new Set(columns.map(({ table }) => table))].toSorted())
})

/** Names of columns that hold the id of a person or household. */
const ownership = /^(user_id|household_id|caller|caller_id)$|_by$/
const noPersons = new Set(['superseded_by', 'erased_by'])
const types = { text: /^text|^char/, number: /int|numeric|double/, boolean: /^boolean$/, instant: /^timestamp with/ }

describe.each(declared)('%s', (table, lifecycle) => {
  const { erasure, export: exported, key, mentions, retention } = lifecycle
  const owner = ownerColumns(lifecycle)
  const names = columnsOf(table).map(({ name }) => name)

  it('has the declared key', async () => {
    const rows = await administrator<{ name: string }[]>`
      select attname::text as name from pg_index, unnest(indkey::int[]) with ordinality as k (number, place)
        join pg_attribute on attnum = number where indrelid = ${table}::regclass and attrelid = indrelid and indisprimary and place <= indnkeyatts order by place`
    expect(key).toEqual(rows.map(({ name }) => name))
  })

  it('has the declared columns', () => {
    const anonymized = erasure.action === 'anonymize' ? Object.keys(erasure.columns) : []
    const rules =
      'kept' in retention ? [] : [retention.timeColumn, ...Object.keys(retention.conditions), ...Object.keys(retention.anonymized ?? {})]
    const named = [...Object.values(owner), ...mentions, ...anonymized, ...rules, ...(exported.columns === 'all-but' ? exported.but : [])]
    expect(named.filter(name => !names.includes(name))).toEqual([])
  })

  it('declares each column with the id of a person or household', () => {
    const found = names.filter(name => ownership.test(name) && !noPersons.has(name))
    expect([...new Set([...Object.values(owner), ...mentions])].filter(name => ownership.test(name)).toSorted()).toEqual(found.toSorted())
  })

  it('is erased and exported with its owner, or says why not', () => {
    const texts = [erasure, exported, retention, lifecycle.backup].flatMap(part =>
      typeof part === 'object'
        ? Object.entries(part).flatMap(([name, value]) => (['because', 'kept', 'leftOut'].includes(name) ? [value] : []))
        : [],
    )
    for (const text of texts) expect(text).toMatch(/^[A-Z][^]{10,}\.$/)
    if (lifecycle.owner.kind === 'household' && lifecycle.owner.published !== true) expect(erasure.action).toBe('delete')
  })

  it('can be reached by the policies that it allows', async () => {
    if ('kept' in retention) return
    const typeOf = (name: string) => columnsOf(table).find(column => column.name === name)!.type
    expect(typeOf(retention.timeColumn)).toMatch(types.instant)
    for (const [name, type] of Object.entries(retention.conditions)) expect(typeOf(name)).toMatch(types[type])
    expect(retention.actions.includes('anonymize')).toBe(retention.anonymized !== undefined)
    if (retention.partitions?.onlyWhole !== true) {
      const [right] = await administrator<{ may: boolean }[]>`select has_table_privilege('nestegg_operator', ${table}, 'delete') as may`
      expect(right!.may || !retention.actions.includes('delete')).toBe(true)
    }
    if (!retention.actions.includes('archive')) return
    // What a trigger sets anew or a foreign key removes too would not be restored as it was.
    const triggers = await administrator`select from pg_trigger where tgrelid = ${table}::regclass and tgname = 'stamp_row'`
    const children = await administrator`select from pg_constraint where confrelid = ${table}::regclass and contype = 'f'`
    expect([triggers.length, children.length]).toEqual([0, 0])
  })
})

it('the tables can be put in the order of their foreign keys', async () => {
  const order = await inForeignKeyOrder(openDatabase(database.connect('postgres')), Object.keys(lifecycles))
  expect(order.toSorted()).toEqual(Object.keys(lifecycles).toSorted())
  const place = (table: string) => order.indexOf(table)
  const chain = ['identity.households', 'planning.plans', 'planning.runs', 'planning.plan_outputs']
  expect(chain.map(place)).toEqual(chain.map(place).toSorted((a, b) => a - b))
  expect(place('identity.users')).toBeLessThan(place('identity.preferences'))
})

const checks = declared.flatMap(([table, { key, validation }]) => validation.map(check => [`${table}/${check.id}`, key, check] as const))

describe('checks', () => {
  it('have ids of their own and sentences', () => {
    expect(new Set(checks.map(([id]) => id)).size).toBe(checks.length)
    for (const [, , { rule }] of checks) expect(rule).toMatch(/^[A-Z][^]+\.$/)
  })

  it.each(checks)('%s finds nothing in rows that the platform has written', async (_, key, { broken, repair }) => {
    await filled
    const found = await administrator.unsafe(broken)
    expect([...found]).toEqual([])
    const names = found.columns.map(({ name }) => name).filter(name => name !== 'detail')
    if (key.length > 0) expect(names.toSorted()).toEqual(key.toSorted())
    if (repair !== undefined) await expect(administrator.unsafe(repair)).resolves.toBeDefined()
  })

  const check = (id: string): Check => checks.find(([name]) => name.endsWith(`/${id}`))![2]
  /** Breaks a rule. Returns how many rows its check finds then, and after its repair. */
  const foundAndLeft = async (id: string, breaking: string): Promise<[number, number]> => {
    await filled
    await administrator.unsafe(breaking)
    const found = (await administrator.unsafe(check(id).broken)).length
    await administrator.unsafe(check(id).repair!)
    return [found, (await administrator.unsafe(check(id).broken)).length]
  }

  it.each([
    ['users-have-preferences', 'delete from identity.preferences where user_id = (select min(id::text)::uuid from identity.users)'],
    [
      'job-runs-end',
      "insert into operations.job_runs (job, scheduled_for, status, started_at) values ('trial', now(), 'running', now() - interval '2 days')",
    ],
    [
      'keys-expire',
      "insert into operations.idempotency_keys (user_id, route, key, request_hash, expires_at) select id, 'r', 'k', repeat('0', 64), now() - interval '3 days' from identity.users limit 1",
    ],
  ])('%s is found and repaired', async (id, breaking) => {
    expect(await foundAndLeft(id, breaking)).toEqual([1, 0])
  })

  it('find a household without an owner, which only a person can repair', async () => {
    await filled
    const undo = new Error('Undo.')
    let found = 0
    const breaking = administrator.begin(async transaction => {
      await transaction`alter table identity.household_members disable trigger user`
      await transaction`delete from identity.household_members where role = 'owner'`
      found = (await transaction.unsafe(check('households-have-an-owner').broken)).length
      throw undo
    })
    await expect(breaking).rejects.toBe(undo)
    expect(found).toBeGreaterThan(0)
    expect(check('households-have-an-owner').repair).toBeUndefined()
  })
})

const fill = async () => {
  const household = await makeHousehold(database)
  await asUser(database.connect('nestegg_write'), 'owner', async transaction => {
    await insertPlanning(transaction, household.householdId)
    await insertWealth(transaction, household.householdId)
  })
}
const filled = fill()
