import { drizzle } from 'drizzle-orm/postgres-js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditLogRows } from '../../db/queries/operations/operations.ts'
import { systemEventRows } from '../../db/queries/operations/system-events.ts'
import { planRows } from '../../db/queries/planning/plans.ts'
import type { ListRequest, Rows } from '../../db/queries/rows.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { insertPlanning, makeHousehold } from './household.ts'
import { asUser } from './requests.ts'

const database = await createTestDatabase()
const administrator = database.connect('postgres')
afterAll(() => database.drop())

const queries: { readonly text: string; readonly parameters: unknown[] }[] = []
const logged = drizzle(database.connect('postgres'), {
  logger: { logQuery: (text, parameters) => void queries.push({ text, parameters }) },
})
/** For the explanations: drizzle changes the parsers of its client. */
const plain = database.connect('postgres')

beforeAll(async () => {
  await administrator`insert into operations.audit_logs (timestamp, action, resource_type, severity, retention_until)
    select now() - n * interval '1 second', 'CREATE', 'planning.plans', 'info', now() + interval '1 year' from generate_series(1, 20000) as n`
  await administrator`insert into operations.system_events (timestamp, event_type, event_category, message, fingerprint, component)
    select now() - n * interval '1 second', 'error', 'api', 'It failed.', n::text, 'planning/create-run' from generate_series(1, 20000) as n`
  await administrator`analyze operations.audit_logs, operations.system_events`
})

interface Node {
  readonly 'Node Type': string
  readonly 'Index Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly Plans?: readonly Node[]
}
const walk = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(walk)]

/** How PostgreSQL reads a page: the kinds of its steps, and the number of rows that the largest step gives. */
const planOf = async <Row, Sortable extends string>(rows: Pick<Rows<Row, never, Sortable>, 'list'>, request: ListRequest<Sortable>) => {
  queries.length = 0
  await rows.list(logged, request)
  const { parameters, text } = queries[0]!
  const [row] = await plain.unsafe<{ 'QUERY PLAN': { Plan: Node }[] }[]>(
    `explain (analyze, format json) ${text}`,
    parameters as (string | number)[],
  )
  const nodes = walk(row!['QUERY PLAN'][0]!.Plan).filter(node => node['Actual Loops'] > 0)
  return {
    steps: new Set(nodes.map(node => node['Node Type'])),
    mostRows: Math.max(...nodes.map(node => node['Actual Rows'] * node['Actual Loops'])),
  }
}

test.each([
  ['the audit trail', auditLogRows],
  ['system events', systemEventRows],
] as const)('a page of %s is read in the order of its index, from its beginning, a value or a place on', async (_, rows) => {
  const [moment] = await administrator<{ at: string }[]>`select to_char(now() - interval '2 hours', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at`
  const place = [moment!.at, 'ffffffff-ffff-7fff-bfff-ffffffffffff'] as const
  for (const sort of ['timestamp', '-timestamp'] as const) {
    for (const start of [{}, { from: moment!.at }, { after: place }]) {
      const { mostRows, steps } = await planOf(rows as Pick<Rows<unknown, never, 'timestamp'>, 'list'>, { limit: 100, sort, ...start })
      expect([...steps].filter(step => step === 'Sort' || step === 'Seq Scan' || step === 'Bitmap Heap Scan')).toEqual([])
      expect(mostRows).toBeLessThan(300)
    }
  }
})

test('a page of plans reads the newest run of each plan, however many runs there are', async () => {
  const { householdId } = await makeHousehold(database)
  const { planId, runId } = await asUser(database.connect('nestegg_write'), 'owner', transaction =>
    insertPlanning(transaction, householdId),
  )
  await administrator`insert into planning.plans
    select (jsonb_populate_record(p, jsonb_build_object('id', operations.uuid_v7()))).* from planning.plans as p, generate_series(1, 99) where p.id = ${planId}`
  await administrator`insert into planning.runs
    select (jsonb_populate_record(r, jsonb_build_object('id', operations.uuid_v7(), 'plan_id', p.id))).*
    from planning.runs as r, planning.plans as p, generate_series(1, 50) where r.id = ${runId}`
  await administrator`insert into planning.plan_outputs (household_id, plan_id, run_id, output_type, output_name, output_value, algorithm_version)
    select household_id, plan_id, id, 'simulation', 'success_probability', '0.5', '1' from planning.runs where id <> ${runId}`
  await administrator`analyze planning.plans, planning.runs, planning.plan_outputs`
  const { mostRows, steps } = await planOf(planRows, { limit: 100, sort: '-id' })
  expect([...steps].filter(step => step === 'Seq Scan' || step === 'Bitmap Heap Scan')).toEqual([])
  expect(mostRows).toBeLessThan(150)
})
