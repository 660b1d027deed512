import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn'
import type { Context } from 'aws-lambda'
import { type AwsClientStub, mockClient } from 'aws-sdk-client-mock'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { lambdaContext } from '../../../bin/local/api-event.ts'
import { fireJob } from '../../../bin/local/schedules.ts'
import { jobs } from '../../../lambdas/jobs.ts'
import { handler as failRun } from '../../../lambdas/planning/fail-run.ts'
import { handler as mergeRun } from '../../../lambdas/planning/merge-run.ts'
import { handler as simulateShard } from '../../../lambdas/planning/simulate-shard.ts'
import type { Sql } from '../../../db/connections.ts'
import { couple, householdPlan } from '../../support/household.ts'
import { type Answer, newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'

let platform: TestPlatform
let user: TestUser
let planId: string
let administrator: Sql
beforeAll(async () => {
  platform = await startTestPlatform()
  administrator = platform.database.connect('postgres')
  user = await platform.newUser()
  planId = (await newPlan(user)).planId
})
afterAll(() => platform.close())

const queue = (body: unknown = {}, by: TestUser = user) => by.request('POST', `/v1/planning/plans/${planId}/large-runs`, { body })
const read = async (runId: string): Promise<Answer['body']> => (await user.request('GET', `/v1/planning/runs/${runId}`)).body
const cancel = (runId: string) => user.request('POST', `/v1/planning/runs/${runId}/cancellations`)
const simulate = async (body: unknown = {}): Promise<Answer['body']> =>
  (await user.request('POST', `/v1/planning/plans/${planId}/runs`, { body })).body

const ended = async (runId: string, progress: number[] = []): Promise<Answer['body']> => {
  for (;;) {
    const run = await read(runId)
    progress.push(run.completedPaths)
    if (!['queued', 'running'].includes(run.status)) return run
    await delay(50)
  }
}
const shardsOf = async (runId: string) => [
  ...(await administrator<{ attempts: number; status: string }[]>`
    select attempts, status from planning.run_shards where run_id = ${runId} order by shard_index`),
]

const alone = [
  { inputType: 'person', inputName: 'Ada', inputValue: { birthDate: '1962-05-01', retirementAge: 67 } },
  { inputType: 'account', inputName: 'Savings', inputValue: { balance: '800000.00' } },
  { inputType: 'expense', inputName: 'Living', inputValue: { annualAmount: '45000.00' } },
]

describe('a large run', () => {
  test('gives the bits of the run in the request, in 1, 3 and 16 shards', async () => {
    const small = await simulate()
    const runs = []
    for (const shards of [1, 3, 16]) {
      const queued = await queue({ shards })
      expect(queued).toMatchObject({ status: 202, body: { status: 'queued', completedPaths: 0, result: null, outputHash: null } })
      expect(queued.headers.get('location')).toBe(`/v1/planning/runs/${queued.body.id}`)
      runs.push(await ended(queued.body.id))
    }
    expect(runs.map(run => [run.status, run.shardCount, run.completedPaths])).toEqual([1, 3, 16].map(n => ['succeeded', n, 1000]))
    expect(runs.map(run => [run.inputHash, run.outputHash])).toEqual(runs.map(() => [small.inputHash, small.outputHash]))
    expect(runs[2]).toMatchObject({ result: small.result, provenance: small.provenance, planVersion: small.planVersion, error: null })
    expect((await user.request('POST', `/v1/planning/runs/${runs[1].id}/verify`)).body.matched).toBe(true)
    const outputs = await user.request('GET', `/v1/planning/plans/${planId}/outputs?limit=200`)
    const figuresOf = (runId: string) =>
      outputs.body.items
        .filter((item: { runId: string }) => item.runId === runId)
        .map(({ createdAt: _at, id: _id, runId: _run, computationTimeMs: _ms, ...figure }: Record<string, unknown>) => figure)
        .toSorted((a: { outputName: string }, b: { outputName: string }) => (a.outputName < b.outputName ? -1 : 1))
    expect(figuresOf(runs[2].id)).toEqual(figuresOf(small.id))
    expect(figuresOf(small.id)).toHaveLength(3)
  })

  test('draws from a dataset larger than one answer of the Data API as the run in the request does', async () => {
    const operator = platform.database.connect('nestegg_operator')
    const assets = Array.from({ length: 40 }, (_, index) => `asset_${index}`)
    const series = `{${[...assets, 'cpi_inflation'].join()}}`
    const [dataset] = await operator<{ id: string }[]>`
      insert into market.return_datasets (name, version, source, series, first_year, last_year, content_hash)
      values ('long', 1, 'made for this test', ${series}::text[], 1801, 2000, ${'0'.repeat(64)}) returning id`
    await operator`
      insert into market.annual_returns (dataset_id, series, year, value)
      select ${dataset!.id}, series, year, round((sin(year * place) / 7 + 0.03)::numeric, 8)
      from unnest(${series}::text[]) with ordinality as names(series, place), generate_series(1801, 2000) as year`
    const allocation = Object.fromEntries(assets.map(asset => [asset, 1 / assets.length]))
    const returnModel = { kind: 'bootstrap', datasetId: dataset!.id, allocation }
    const small = await simulate({ returnModel, iterations: 100 })
    const large = await ended((await queue({ returnModel, iterations: 100, shards: 2 })).body.id)
    expect([large.inputHash, large.outputHash]).toEqual([small.inputHash, small.outputHash])
    const absent = await queue({ returnModel: { ...returnModel, datasetId: randomUUID() } })
    expect(absent).toMatchObject({ status: 422, body: { errors: [{ path: 'body.returnModel.datasetId' }] } })
  })

  test('simulates a household too, with the bits of the run in the request', async () => {
    const ownPlan = await householdPlan(user, alone)
    const body = { iterations: 400, shards: 3 }
    const small = await user.request('POST', `/v1/planning/plans/${ownPlan}/runs`, { body })
    const large = await ended((await user.request('POST', `/v1/planning/plans/${ownPlan}/large-runs`, { body })).body.id)
    expect(small.body.engineVersion).toMatch(/household/)
    expect(large).toMatchObject({ status: 'succeeded', engineVersion: small.body.engineVersion, outputHash: small.body.outputHash })
  })

  test('simulates a grid of sensitivities, with the tornado of the request that computes it alone', async () => {
    const householdPlanId = await householdPlan(user, couple)
    const inputs = ['spending', 'retirementAge', 'openingBalances']
    const body = { iterations: 300, sensitivities: inputs }
    const large = async (shards: number) =>
      ended((await user.request('POST', `/v1/planning/plans/${householdPlanId}/large-runs`, { body: { ...body, shards } })).body.id)
    const [whole, parts] = [await large(1), await large(5)]
    expect(whole).toMatchObject({ status: 'succeeded', pathCount: 300, completedPaths: 300 })
    expect(parts.outputHash).toBe(whole.outputHash)
    const alone = await user.request('POST', `/v1/planning/plans/${householdPlanId}/sensitivities`, { body: { iterations: 300, inputs } })
    expect(whole.result.sensitivities).toEqual(alone.body.sensitivities)
    expect(whole.result.sensitivities).toHaveLength(3)
    expect((await user.request('POST', `/v1/planning/runs/${parts.id}/verify`)).body.matched).toBe(true)
    const { result } = (await user.request('POST', `/v1/planning/plans/${householdPlanId}/runs`, { body: { iterations: 300 } })).body
    expect(whole.result).toMatchObject(result)
    expect((await queue(body)).body.errors[0].path).toBe('body.sensitivities')
  })

  test('survives the death of a worker in the middle of a shard', async () => {
    const { planId: longPlan } = await newPlan(user, { stepsPerYear: 12, planningHorizonYears: 90 })
    const body = { iterations: 50_000 }
    const { id } = (await user.request('POST', `/v1/planning/plans/${longPlan}/large-runs`, { body })).body
    while ((await shardsOf(id))[0]!.attempts === 0) await delay(5)
    await platform.services.stepFunctions.killBusy()
    expect(await shardsOf(id)).toEqual([{ attempts: 1, status: 'running' }])
    const run = await ended(id)
    expect(await shardsOf(id)).toEqual([{ attempts: 2, status: 'succeeded' }])
    const small = await user.request('POST', `/v1/planning/plans/${longPlan}/runs`, { body })
    expect(run).toMatchObject({ status: 'succeeded', completedPaths: 50_000, outputHash: small.body.outputHash })
  })

  test('takes more paths than a request does, and is verified', async () => {
    const run = await ended((await queue({ iterations: 200_001 })).body.id)
    expect(run).toMatchObject({ status: 'succeeded', pathCount: 200_001, shardCount: 5 })
    expect((await user.request('POST', `/v1/planning/runs/${run.id}/verify`)).body).toMatchObject({ matched: true })
    expect((await queue({ iterations: 1_000_001 })).status).toBe(400)
  })

  test('is not verified in a request that it would outlast', async () => {
    const householdPlanId = await householdPlan(user, couple)
    const { id } = (await user.request('POST', `/v1/planning/plans/${householdPlanId}/runs`, { body: { iterations: 100 } })).body
    await administrator`update planning.runs set path_count = 1000000, specification = jsonb_set(specification, '{paths}', '1000000') where id = ${id}`
    expect(await user.request('POST', `/v1/planning/runs/${id}/verify`)).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'path.runId', message: expect.stringContaining('of 1000000 paths takes longer than a request may') }] },
    })
  })

  test('takes more paths of a household too, counts them, and is verified, or compared with another run', async () => {
    const householdPlanId = await householdPlan(user, alone, { planningHorizonYears: 4 })
    const plan = `/v1/planning/plans/${householdPlanId}`
    const body = { iterations: 100_001 }
    const queued = await user.request('POST', `${plan}/large-runs`, { body })
    expect(queued).toMatchObject({ status: 202, body: { status: 'queued', pathCount: 100_001, shardCount: 3, completedPaths: 0 } })
    const progress: number[] = []
    const run = await ended(queued.body.id, progress)
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    expect([0, 33_333, 33_334, 66_667, 66_668, 100_001]).toEqual(expect.arrayContaining(progress))
    expect(run).toMatchObject({ status: 'succeeded', completedPaths: 100_001, result: { paths: 100_001 } })
    expect(run.result.definitions.quantiles).toContain('0.2 %')
    expect((await user.request('POST', `/v1/planning/runs/${run.id}/verify`)).body).toMatchObject({ matched: true })
    const again = await ended((await user.request('POST', `${plan}/large-runs`, { body: { ...body, shards: 16 } })).body.id)
    expect([again.shardCount, again.inputHash, again.outputHash]).toEqual([16, run.inputHash, run.outputHash])
    const [sample] = run.result.samplePaths
    const { years } = (await user.request('GET', `/v1/planning/runs/${run.id}/paths/${sample.path}`)).body
    expect(years.map((year: { closingReal: number }) => year.closingReal)).toEqual(sample.wealthReal.slice(1))
    expect((await user.request('GET', `/v1/planning/runs/${run.id}/paths/100000`)).status).toBe(200)
    expect((await user.request('GET', `/v1/planning/runs/${run.id}/bands.csv`)).status).toBe(200)
  })

  test('has no grid of sensitivities above the paths that are kept', async () => {
    const householdPlanId = await householdPlan(user, couple)
    const body = { iterations: 100_001, sensitivities: ['spending'] }
    expect(await user.request('POST', `/v1/planning/plans/${householdPlanId}/large-runs`, { body })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'body.sensitivities', message: expect.stringContaining('100000 paths') }] },
    })
  })
})

describe('a large run, step by step', () => {
  let stateMachine: AwsClientStub<SFNClient>
  beforeEach(() => {
    stateMachine = mockClient(SFNClient)
    stateMachine.on(StartExecutionCommand).resolves({})
  })
  afterEach(async () => {
    stateMachine.restore()
    await administrator`update planning.runs set status = 'cancelled', finished_at = now() where status in ('queued', 'running')`
  })

  const context: Context = lambdaContext('test', randomUUID(), 300)
  const started = () => {
    const { input, name, stateMachineArn } = stateMachine.commandCalls(StartExecutionCommand).at(-1)!.args[0].input
    return { name, stateMachineArn, input: JSON.parse(input!) as { userId: string; runId: string; shards: number[] } }
  }
  const queued = async (body: unknown = { shards: 3 }) => {
    expect((await queue(body)).status).toBe(202)
    const { runId, userId } = started().input
    return { run: { runId, userId }, shard: (shardIndex: number) => ({ runId, userId, shardIndex }) }
  }

  test('is started once, under its own name, with an item a shard', async () => {
    const { run } = await queued()
    expect(stateMachine.commandCalls(StartExecutionCommand)).toHaveLength(1)
    expect(started()).toEqual({
      name: run.runId,
      stateMachineArn: platform.services.stepFunctions.stateMachineArn,
      input: { ...run, shards: [0, 1, 2] },
    })
    expect(await read(run.runId)).toMatchObject({ status: 'queued', startedAt: null, finishedAt: null })
  })

  test('makes progress shard by shard, and counts one that is delivered twice once', async () => {
    const { run, shard } = await queued()
    await simulateShard(shard(1), context)
    expect(await read(run.runId)).toMatchObject({ status: 'running', completedPaths: 333, startedAt: expect.any(String) })
    await Promise.all([simulateShard(shard(1), context), simulateShard(shard(0), context), simulateShard(shard(0), context)])
    expect((await read(run.runId)).completedPaths).toBe(666)
    await expect(mergeRun(run, context)).rejects.toThrow('runs/')
    await simulateShard(shard(2), context)
    expect(await mergeRun(run, context)).toEqual({ finished: true })
    const { outputHash, status } = await read(run.runId)
    expect({ outputHash, status }).toEqual({ outputHash: (await simulate()).outputHash, status: 'succeeded' })
    expect(await mergeRun(run, context)).toEqual({ runStatus: 'succeeded' })
    const outputs = await user.request('GET', `/v1/planning/plans/${planId}/outputs?limit=200`)
    expect(outputs.body.items.filter((item: { runId: string }) => item.runId === run.runId)).toHaveLength(3)
    await failRun({ ...run, stage: 'merge-run', error: {} }, context)
    expect((await read(run.runId)).status).toBe('succeeded')
  })

  test('is cancelled: shards that have not begun do nothing, and nothing comes of those that have', async () => {
    const { run, shard } = await queued()
    await simulateShard(shard(0), context)
    expect((await cancel(run.runId)).body).toMatchObject({ status: 'cancelled', completedPaths: 333, finishedAt: expect.any(String) })
    expect(await simulateShard(shard(1), context)).toEqual({ runStatus: 'cancelled', shardStatus: 'queued' })
    expect(await mergeRun(run, context)).toEqual({ runStatus: 'cancelled' })
    await failRun({ ...run, stage: 'merge-run', error: {} }, context)
    expect(await read(run.runId)).toMatchObject({ status: 'cancelled', completedPaths: 333, result: null, error: null })
    expect((await shardsOf(run.runId)).map(each => each.attempts)).toEqual([1, 0, 0])
    expect((await cancel(run.runId)).body.status).toBe('cancelled')
    for (const path of ['verify', 'chart.svg', 'bands.csv']) {
      const method = path === 'verify' ? 'POST' : 'GET'
      expect((await user.request(method, `/v1/planning/runs/${run.runId}/${path}`)).status).toBe(409)
    }
  })

  test('notices a shard that is not what was stored, and fails with a reason', async () => {
    const { run, shard } = await queued({ shards: 2 })
    for (const index of [0, 1]) await simulateShard(shard(index), context)
    const file = join(process.env['SIMULATION_STORE_FOLDER']!, 'runs', run.runId, 'shards', '1')
    const bytes = readFileSync(file)
    bytes[bytes.length - 1]! ^= 1
    writeFileSync(file, bytes)
    await expect(mergeRun(run, context)).rejects.toThrow('is not what was stored')
    await failRun({ ...run, stage: 'merge-run', error: { Error: 'Error', Cause: 'is not what was stored' } }, context)
    expect(await read(run.runId)).toMatchObject({
      status: 'failed',
      error: 'Its parts could not be put together, though tried again.',
      finishedAt: expect.any(String),
    })
  })

  test('that cannot be started is marked as failed, and may be tried again', async () => {
    stateMachine.on(StartExecutionCommand).rejects(new Error('no such state machine'))
    const answer = await queue()
    expect(answer).toMatchObject({ status: 503, body: { detail: 'The run could not be started. Try again.' } })
    expect(JSON.stringify(answer.body)).not.toContain('state machine')
    const { body } = await user.request('GET', `/v1/planning/plans/${planId}/runs?limit=1`)
    expect(body.items[0]).toMatchObject({ status: 'failed', error: 'It could not be started.', successProbability: null })
  })

  test('is queued once for an idempotency key, and started again where nobody saw that it was', async () => {
    const withKey = (key: string, body: unknown) =>
      user.request('POST', `/v1/planning/plans/${planId}/large-runs`, { body, headers: { 'idempotency-key': key } })
    const [first, again] = [await withKey('once', { shards: 2 }), await withKey('once', { shards: 2 })]
    expect([first.status, again.status]).toEqual([202, 202])
    expect(again.body).toEqual(first.body)
    expect(stateMachine.commandCalls(StartExecutionCommand).map(call => call.args[0].input.name)).toEqual([first.body.id, first.body.id])
    await cancel(first.body.id)
    expect((await withKey('once', { shards: 2 })).body).toEqual(first.body)
    expect(stateMachine.commandCalls(StartExecutionCommand)).toHaveLength(2)
    expect((await withKey('once', { shards: 3 })).status).toBe(409)
    const other = await withKey('twice', { shards: 2 })
    expect(other.body.id).not.toBe(first.body.id)

    stateMachine.on(StartExecutionCommand).rejects(new Error('no such state machine'))
    expect((await withKey('fails', {})).status).toBe(503)
    stateMachine.on(StartExecutionCommand).resolves({})
    expect((await withKey('fails', {})).status).toBe(202)
  })

  test('that is dead is failed by the hourly job, and no other', async () => {
    const [dead, alive] = [(await queued()).run.runId, (await queued()).run.runId]
    const done = (await simulate()).id
    await administrator.begin(async transaction => {
      await transaction`set local session_replication_role = replica`
      await transaction`update planning.runs set created_at = now() - interval '61 minutes' where id in (${dead}, ${done})`
    })
    const job = jobs.find(candidate => candidate.name === 'fail-abandoned-runs')!
    expect(await fireJob(job, '2026-01-02T03:05:00Z')).toEqual({ status: 'succeeded', result: { failed: 1 } })
    expect(await read(dead)).toMatchObject({
      status: 'failed',
      error: 'It was not finished within an hour.',
      finishedAt: expect.any(String),
    })
    expect([(await read(alive)).status, (await read(done)).status]).toEqual(['queued', 'succeeded'])
  })

  test('waits for others of its user, but not for ever', async () => {
    const runs: string[] = []
    for (let count = 0; count < 4; count += 1) runs.push((await queued()).run.runId)
    expect((await queue()).status).toBe(429)
    await cancel(runs[0]!)
    runs.push((await queued()).run.runId)
    expect((await queue()).status).toBe(429)
    await administrator.begin(async transaction => {
      // Without the trigger that keeps the time of creation.
      await transaction`set local session_replication_role = replica`
      await transaction`update planning.runs set created_at = now() - interval '61 minutes' where id = any (${`{${runs.join()}}`}::uuid[])`
    })
    expect((await queue()).status).toBe(202)
    expect(await read(runs[1]!)).toMatchObject({ status: 'failed', error: 'It was not finished within an hour.' })
    expect((await read(runs[0]!)).status).toBe('cancelled')
  })

  test('is refused where the plan cannot be simulated, is another’s, or the account is closed; nothing is started', async () => {
    const other = await platform.newUser()
    expect((await queue({}, other)).status).toBe(404)
    expect((await queue({ iterations: 99 })).status).toBe(400)
    const inputs = await user.request('GET', `/v1/planning/plans/${planId}/inputs`)
    const empty = await newPlan(other)
    const theirs = await other.request('GET', `/v1/planning/plans/${empty.planId}/inputs`)
    expect(inputs.body.items).toHaveLength(2)
    for (const input of theirs.body.items) await other.request('DELETE', `/v1/planning/plans/${empty.planId}/inputs/${input.id}`)
    const nothing = await other.request('POST', `/v1/planning/plans/${empty.planId}/large-runs`, { body: {} })
    expect(nothing).toMatchObject({ status: 422, body: { errors: [{ path: 'inputs' }] } })
    await administrator`update identity.users set is_active = false where email = ${other.email}`
    expect((await queue({}, other)).status).toBe(403)
    expect(stateMachine.commandCalls(StartExecutionCommand)).toEqual([])
  })
})
