import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { directCaller, type JsonValue } from '../../db/data-api.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { insertHousehold } from './household.ts'
import { asUser } from './requests.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())
const administrator = database.connect('postgres')
const functions = directCaller(database.connect('nestegg_runs'))

const zeroHash = '0'.repeat(64)
const call = async (name: string, document: Record<string, JsonValue>) => functions.call(`planning.${name}`, document)

let alice = ''
let mallory = ''
let planId = ''
beforeAll(async () => {
  const people = await administrator<{ id: string }[]>`
    insert into identity.users (cognito_sub) values ('alice'), ('mallory') returning id`
  ;[alice, mallory] = people.map(person => person.id) as [string, string]
  const householdId = await asUser(database.connect('nestegg_write'), 'alice', transaction => insertHousehold(transaction))
  const [model] = await administrator<{ id: string; cma_id: string }[]>`select id, cma_id from planning.portfolio_models limit 1`
  const [plan] = await administrator<{ id: string }[]>`
    insert into planning.plans (household_id, name, cma_id, portfolio_model_id, random_seed, planning_horizon_years, as_of_date)
    values (${householdId}, 'Plan', ${model!.cma_id}, ${model!.id}, 9223372036854775807, 30, '2026-01-01') returning id`
  planId = plan!.id
})

const request = (subject: string) => ({ subject, requestId: 'request', route: 'planning/create-large-run' })
const run = () => ({
  planId,
  planVersion: 1,
  specification: { text: 'é'.repeat(60_000), seed: '1' },
  provenance: { inputIds: [] },
  engineVersion: '1',
  randomSeed: '-9223372036854775808',
  pathCount: 10,
  inputHash: zeroHash,
  shards: [
    [0, 4],
    [4, 10],
  ],
})
const queue = async () => {
  const queued = await call('queue_run', { request: request('alice'), ...run() })
  return (queued as { id: string }).id
}
const named = (runId: string, userId = alice) => ({ userId, runId, request: { requestId: 'task', route: 'planning/simulate-shard' } })
const completion = { checksum: zeroHash, computationTimeMs: 5 }
const stored = async (runId: string) => {
  const rows = await administrator<{ status: string; attempts: number; checksum: string | null }[]>`
    select status, attempts, checksum from planning.run_shards where run_id = ${runId} order by shard_index`
  return [...rows]
}

it('refuses to queue a run of another user’s plan', async () => {
  await expect(call('queue_run', { request: request('mallory'), ...run() })).rejects.toThrow('There is no such plan.')
})

it('reads nothing of another user’s plan, and the seed of the user’s own plan to its last digit', async () => {
  const read = async (subject: string) => {
    const answer = (await call('read_run_material', { request: request(subject), planId, datasetId: null, fromByte: 0 })) as {
      part: string
    }
    return JSON.parse(Buffer.from(answer.part, 'base64').toString('utf8'))
  }
  expect(await read('alice')).toMatchObject({ user: { id: alice }, plan: { randomSeed: '9223372036854775807' }, inputs: [] })
  expect(await read('mallory')).toMatchObject({ user: { id: mallory }, plan: null, inputs: [], assumptions: null, model: null })
})

it('returns a specification in parts that fit an answer, whatever its characters', async () => {
  const runId = await queue()
  const parts = []
  for (const fromByte of [0, 45_000, 90_000]) {
    const answer = (await call('read_run_specification', { ...named(runId), fromByte })) as { part: string; sizeBytes: number }
    expect(JSON.stringify(answer).length).toBeLessThan(64 * 1024)
    parts.push(Buffer.from(answer.part, 'base64'))
  }
  expect(JSON.parse(Buffer.concat(parts).toString('utf8'))).toEqual(run().specification)
})

it('does nothing with a run of another user or a missing one', async () => {
  const runId = await queue()
  for (const target of [named(runId, mallory), named(randomUUID())]) {
    expect(await call('begin_shard', { ...target, shardIndex: 0 })).toBeNull()
    expect(await call('complete_shard', { ...target, shardIndex: 0, ...completion })).toEqual({ counted: false })
    expect(await call('read_run_shards', target)).toBeNull()
    expect(await call('read_run_specification', { ...target, fromByte: 0 })).toBeNull()
    expect(await call('fail_run', { ...target, error: 'mine' })).toEqual({ failed: false })
    const result = { engineVersion: '1', outputHash: zeroHash, result: {}, computationTimeMs: 1, figures: [] }
    expect(await call('finish_run', { ...target, ...result })).toEqual({ finished: false })
  }
  expect(await stored(runId)).toEqual([0, 1].map(() => ({ status: 'queued', attempts: 0, checksum: null })))
})

it('counts a shard once, and keeps the first result', async () => {
  const runId = await queue()
  const shard = { ...named(runId), shardIndex: 1 }
  expect(await call('begin_shard', shard)).toEqual({
    runStatus: 'running',
    shardStatus: 'running',
    fromPath: 4,
    toPath: 10,
    inputHash: zeroHash,
  })
  const both = await Promise.all([call('complete_shard', { ...shard, ...completion }), call('complete_shard', { ...shard, ...completion })])
  expect(both.filter(answer => (answer as { counted: boolean }).counted)).toHaveLength(1)
  expect(await call('complete_shard', { ...shard, checksum: '1'.repeat(64), computationTimeMs: 9 })).toEqual({ counted: false })
  expect(await call('begin_shard', shard)).toMatchObject({ shardStatus: 'succeeded' })
  expect(await stored(runId)).toEqual([
    { status: 'queued', attempts: 0, checksum: null },
    { status: 'succeeded', attempts: 2, checksum: zeroHash },
  ])
  expect(await call('read_run_shards', named(runId))).toMatchObject({ runStatus: 'running', computationTimeMs: 5 })
})

it('writes to the audit trail who queued a run, and its outcome', async () => {
  const runId = await queue()
  await call('fail_run', { ...named(runId), error: 'It could not be started.' })
  const trail = await administrator<{ user_id: string; action: string; route: string }[]>`
    select user_id, action, route from operations.audit_logs where resource_id = ${runId} order by id`
  expect([...trail]).toEqual([
    { user_id: alice, action: 'CREATE', route: 'planning/create-large-run' },
    { user_id: alice, action: 'UPDATE', route: 'planning/simulate-shard' },
  ])
})
