import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn'
import type { Context } from 'aws-lambda'
import { type AwsClientStub, mockClient } from 'aws-sdk-client-mock'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lambdaContext } from '../../../local/api-event.ts'
import { fireJob } from '../../../local/schedules.ts'
import { jobs } from '../../../lambdas/jobs.ts'
import { handler as endStoppedRun } from '../../../lambdas/planning/handlers/end-stopped-run.ts'
import { handler as failRun } from '../../../lambdas/planning/handlers/fail-run.ts'
import { handler as mergeRun } from '../../../lambdas/planning/handlers/merge-run.ts'
import { handler as simulateShard } from '../../../lambdas/planning/handlers/simulate-shard.ts'
import type { LargeRunExecution } from '../../../lambdas/planning/large-run-events.ts'
import { newPlan } from '../../support/platform.ts'
import { startLargeRunPlatform } from './large-run-platform.ts'

const { administrator, planId, platform, queue, read, shardsOf, simulate, user } = await startLargeRunPlatform()
afterAll(() => platform.close())

const cancel = (runId: string) => user.request('POST', `/v1/planning/runs/${runId}/cancellations`)

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
    return { name, stateMachineArn, input: JSON.parse(input!) as LargeRunExecution }
  }
  const queued = async (body: unknown = { shards: 3 }) => {
    expect((await queue(body)).status).toBe(202)
    const { runId, userId } = started().input
    return { run: { runId, userId }, shard: (shardIndex: number) => ({ runId, userId, shardIndex }), execution: started().input }
  }

  test('is started once, under its own name, with one item per shard', async () => {
    const { run } = await queued()
    expect(stateMachine.commandCalls(StartExecutionCommand)).toHaveLength(1)
    expect(started()).toEqual({
      name: run.runId,
      stateMachineArn: platform.services.stepFunctions.stateMachineArn,
      input: { ...run, householdId: expect.any(String), shards: [0, 1, 2] },
    })
    expect(await read(run.runId)).toMatchObject({ status: 'queued', startedAt: null, finishedAt: null })
  })

  test('makes progress shard by shard, and counts a shard that is delivered twice once', async () => {
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
    expect(await failRun({ ...run, stage: 'merge-run', error: {} }, context)).toEqual({ runStatus: 'unchanged' })
    expect((await read(run.runId)).status).toBe('succeeded')
  })

  test('is cancelled: new shards do nothing, and the results of running shards are not used', async () => {
    const { run, shard } = await queued()
    await simulateShard(shard(0), context)
    expect((await cancel(run.runId)).body).toMatchObject({ status: 'cancelled', completedPaths: 333, finishedAt: expect.any(String) })
    expect(await simulateShard(shard(1), context)).toEqual({ runStatus: 'cancelled', shardStatus: 'queued' })
    expect(await mergeRun(run, context)).toEqual({ runStatus: 'cancelled' })
    await failRun({ ...run, stage: 'merge-run', error: {} }, context)
    expect(await read(run.runId)).toMatchObject({ status: 'cancelled', completedPaths: 333, result: null, error: null })
    expect((await shardsOf(run.runId)).map(each => each.attempts)).toEqual([1, 0, 0])
    expect((await cancel(run.runId)).body.status).toBe('cancelled')
    for (const path of ['verify', 'chart.svg', 'bands.csv', 'years.csv']) {
      const method = path === 'verify' ? 'POST' : 'GET'
      expect((await user.request(method, `/v1/planning/runs/${run.runId}/${path}`)).status).toBe(409)
    }
  })

  test('detects a changed shard, and fails with a reason', async () => {
    const { run, shard } = await queued({ shards: 2 })
    for (const index of [0, 1]) await simulateShard(shard(index), context)
    const file = join(process.env['SIMULATION_STORE_FOLDER']!, 'runs', run.runId, 'shards', '1')
    const bytes = readFileSync(file)
    bytes[bytes.length - 1]! ^= 1
    writeFileSync(file, bytes)
    await expect(mergeRun(run, context)).rejects.toThrow('The checksum of shard')
    const failure = { Error: 'Error', Cause: 'The checksum of shard 1 is wrong' }
    expect(await failRun({ ...run, stage: 'merge-run', error: failure }, context)).toEqual({ runStatus: 'failed' })
    expect(await read(run.runId)).toMatchObject({
      status: 'failed',
      error: 'The parts could not be merged, after several attempts.',
      finishedAt: expect.any(String),
    })
  })

  test('that cannot be started is marked as failed, and may be tried again', async () => {
    stateMachine.on(StartExecutionCommand).rejects(new Error('no such state machine'))
    const answer = await queue()
    expect(answer).toMatchObject({ status: 503, body: { detail: 'The run could not be started. Try again.' } })
    expect(JSON.stringify(answer.body)).not.toContain('state machine')
    const { body } = await user.request('GET', `/v1/planning/plans/${planId}/runs?limit=1`)
    expect(body.items[0]).toMatchObject({ status: 'failed', error: 'The run could not be started.', successProbability: null })
  })

  test('is queued once per idempotency key, and started again when the first start may have failed', async () => {
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

  describe('of which the execution ended', () => {
    const ended = (execution: LargeRunExecution, status = 'ABORTED') =>
      endStoppedRun({ source: 'aws.states', detail: { name: execution.runId, status, input: JSON.stringify(execution) } }, context)

    test.each(['ABORTED', 'TIMED_OUT'])('by %s is marked as failed at once, and no other run', async status => {
      const [{ execution }, { run: alive }] = [await queued(), await queued()]
      expect(await ended(execution, status)).toEqual({ runStatus: 'failed' })
      expect(await read(execution.runId)).toMatchObject({
        status: 'failed',
        error: 'Its simulation was stopped, or took too long.',
        finishedAt: expect.any(String),
      })
      expect((await read(alive.runId)).status).toBe('queued')
      expect(await ended(execution, status)).toEqual({ runStatus: 'unchanged' })
    })

    test('stays as it is if it has failed itself, or succeeded', async () => {
      const { execution, run } = await queued()
      await failRun({ ...run, stage: 'merge-run', error: {} }, context)
      const before = await read(run.runId)
      expect(await ended(execution, 'FAILED')).toEqual({ runStatus: 'unchanged' })
      expect(await read(run.runId)).toEqual(before)
      const done = await simulate()
      expect(await ended({ ...execution, runId: done.id })).toEqual({ runStatus: 'unchanged' })
      expect((await read(done.id)).status).toBe('succeeded')
    })

    test('is not found in another household', async () => {
      const { execution } = await queued()
      expect(await ended({ ...execution, householdId: randomUUID() })).toEqual({ runStatus: 'unchanged' })
      expect((await read(execution.runId)).status).toBe('queued')
    })
  })

  test('that was abandoned is marked as failed by the daily job, which changes no other run', async () => {
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

  test('waits for other runs of its user, but not for abandoned ones', async () => {
    const runs: string[] = []
    for (let count = 0; count < 4; count += 1) runs.push((await queued()).run.runId)
    expect((await queue()).status).toBe(429)
    await cancel(runs[0]!)
    runs.push((await queued()).run.runId)
    expect((await queue()).status).toBe(429)
    await administrator.begin(async transaction => {
      // Without the trigger that protects the time of creation.
      await transaction`set local session_replication_role = replica`
      await transaction`update planning.runs set created_at = now() - interval '61 minutes' where id = any (${`{${runs.join()}}`}::uuid[])`
    })
    expect((await queue()).status).toBe(202)
    expect(await read(runs[1]!)).toMatchObject({ status: 'failed', error: 'It was not finished within an hour.' })
    expect((await read(runs[0]!)).status).toBe('cancelled')
  })

  test('is refused and not started when the plan cannot be simulated or belongs to another user, or the account is closed', async () => {
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
