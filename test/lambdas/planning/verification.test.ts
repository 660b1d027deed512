import { afterAll, describe, expect, test } from 'vitest'
import { newPlan, startTestPlatform } from '../../support/platform.ts'

const platform = await startTestPlatform()
const administrator = platform.database.connect('postgres')
const user = await platform.newUser()
afterAll(() => platform.close())

const { planId } = await newPlan(user)
const { body: run } = await user.request('POST', `/v1/planning/plans/${planId}/runs`, { body: { iterations: 200 } })
const other = await newPlan(user, { householdId: (await user.request('GET', `/v1/planning/plans/${planId}`)).body.householdId })
await user.request('POST', `/v1/planning/runs/${run.id}/plan-versus-actual-reports`, {
  body: { date: '2027-01-01', balances: [{ account: 'Savings', balance: '900000.00' }] },
})
const verify = async () => (await user.request('POST', `/v1/planning/runs/${run.id}/verify`)).body

/** Columns that no reader sees, or that verification itself writes. */
const unseen = new Set(['id', 'household_id', 'record_hash', 'verifies_run_id', 'created_by', 'updated_by', 'updated_at'])
const unseenOfRuns = new Set([...unseen, 'last_verified_at', 'last_verification_matched', 'status'])

/** SQL of another value for a column of a type. */
const altered = (column: string, type: string): string => {
  if (column === 'plan_id') return `'${other.planId}'::uuid`
  if (type === 'jsonb')
    return `case jsonb_typeof(${column}) when 'object' then ${column} || '{"planVersion": 99, "paths": 150}' when 'array' then ${column} || '["x"]' else '0.5' end`
  if (type === 'uuid') return 'gen_random_uuid()'
  if (type.startsWith('timestamp')) return `coalesce(${column}, now()) + interval '1 microsecond'`
  if (/int|numeric/.test(type)) return `coalesce(${column}, 0) + 1`
  return `overlay(coalesce(${column}, 'x') placing 'z' from 1 for 1)`
}

const columnsOf = (table: string) => administrator<{ name: string; type: string }[]>`
  select attname::text as name, format_type(atttypid, atttypmod) as type from pg_attribute
  where attrelid = ${`planning.${table}`}::regclass and attnum > 0 and not attisdropped order by attnum`

const columns = [
  ...(await columnsOf('runs')).filter(({ name }) => !unseenOfRuns.has(name)).map(column => ['runs', column] as const),
  ...(await columnsOf('plan_outputs')).filter(({ name }) => !unseen.has(name)).map(column => ['plan_outputs', column] as const),
].map(([table, column]) => [table, column.name, column.type] as const)

/** Columns that are not sealed: they change later, or another hash covers them. */
const unsealed = {
  runs: [
    'created_by',
    'last_verification_matched',
    'last_verified_at',
    'record_hash',
    'result',
    'specification',
    'updated_at',
    'updated_by',
  ],
  plan_outputs: ['created_by', 'record_hash', 'updated_at', 'updated_by'],
} as const

test.each(['runs', 'plan_outputs'] as const)('the seal of %s names every column that must not change', async table => {
  const [row] = await administrator<{ body: string }[]>`
    select prosrc as body from pg_proc where oid = ${`planning.record_hash(planning.${table})`}::regprocedure`
  const sealed = [...row!.body.matchAll(/\b(?:run|output)\.(\w+)/g)].map(([, column]) => column!)
  const names = (await columnsOf(table)).map(({ name }) => name)
  expect([...sealed, ...unsealed[table]].toSorted()).toEqual(names.toSorted())
})

describe('verification', () => {
  test('finds nothing in a run that is as it was stored', async () => {
    expect(await verify()).toMatchObject({ matched: true, differences: [] })
  })

  test.each(columns)('sees an alteration of %s.%s', async (table, name, type) => {
    const key = table === 'runs' ? 'id' : 'run_id'
    // An output of another run is not one of this run. The number of reports of a run is not stored.
    const only = name === 'run_id' ? "and output_type = 'simulation'" : ''
    const rows = await administrator.unsafe(`select id, ${name}::text as before from planning.${table} where ${key} = '${run.id}' ${only}`)
    for (const { before, id } of rows) {
      await administrator.begin(async sql => {
        // Stamps are kept by a trigger, which a superuser can turn off.
        await sql`set local session_replication_role = replica`
        await sql.unsafe(`update planning.${table} set ${name} = ${altered(name, type)} where id = '${id}'`)
      })
      const found = await user.request('POST', `/v1/planning/runs/${run.id}/verify`)
      // A specification or an engine that cannot be read is refused by name.
      if (found.status === 200) expect(found.body.matched).toBe(false)
      else expect([found.status, name]).toEqual([422, expect.stringMatching(/^(specification|engine_version)$/)])
      await administrator.begin(async sql => {
        await sql`set local session_replication_role = replica`
        await sql.unsafe(`update planning.${table} set ${name} = $1::text::${type} where id = '${id}'`, [before])
      })
    }
    expect(await verify()).toMatchObject({ matched: true, differences: [] })
  })

  test('does not see a column that was added later', async () => {
    for (const table of ['runs', 'plan_outputs']) await administrator.unsafe(`alter table planning.${table} add added text default 'later'`)
    const found = await verify()
    for (const table of ['runs', 'plan_outputs']) await administrator.unsafe(`alter table planning.${table} drop added`)
    expect(found).toMatchObject({ matched: true, differences: [] })
  })

  test('sees that an output is missing', async () => {
    const removed = await administrator.begin(async sql => {
      const rows = await sql`delete from planning.plan_outputs where run_id = ${run.id} and output_name = 'success_probability' returning *`
      return rows.length
    })
    expect(removed).toBe(1)
    expect((await verify()).differences).toEqual(['outputs'])
  })
})
