import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { couple, householdPlan } from '../../support/household.ts'
import { type Answer, newPlan } from '../../support/platform.ts'
import { startLargeRunPlatform } from './large-run-platform.ts'

const { administrator, planId, platform, queue, read, shardsOf, simulate, user } = await startLargeRunPlatform()
afterAll(() => platform.close())

const ended = async (runId: string, progress: number[] = []): Promise<Answer['body']> => {
  for (;;) {
    const run = await read(runId)
    progress.push(run.completedPaths)
    if (!['queued', 'running'].includes(run.status)) return run
    await delay(50)
  }
}

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

  test('continues when a worker ends in the middle of a shard', async () => {
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

  test('can have more paths than a run in a request, and is verified', async () => {
    const run = await ended((await queue({ iterations: 200_001 })).body.id)
    expect(run).toMatchObject({ status: 'succeeded', pathCount: 200_001, shardCount: 5 })
    expect((await user.request('POST', `/v1/planning/runs/${run.id}/verify`)).body).toMatchObject({ matched: true })
    expect((await queue({ iterations: 1_000_001 })).status).toBe(400)
  })

  test('is verified by a queued run, which sees what was altered', async () => {
    const run = await ended((await queue({ iterations: 300, shards: 2 })).body.id)
    const queueVerification = () => user.request('POST', `/v1/planning/runs/${run.id}/large-verifications`)
    const verifying = await queueVerification()
    expect(verifying).toMatchObject({ status: 202, body: { status: 'queued', verifiesRunId: run.id } })
    expect(await ended(verifying.body.id)).toMatchObject({ status: 'succeeded', outputHash: run.outputHash })
    expect(await read(run.id)).toMatchObject({ lastVerificationMatched: true })
    // A verification has no figures of its own, and can be verified too.
    expect((await user.request('POST', `/v1/planning/runs/${verifying.body.id}/verify`)).body).toMatchObject({
      matched: true,
      differences: [],
    })
    const again = await user.request('POST', `/v1/planning/runs/${verifying.body.id}/large-verifications`)
    await ended(again.body.id)
    expect(await read(verifying.body.id)).toMatchObject({ lastVerificationMatched: true })
    await administrator`update planning.plan_outputs set output_value = '0.5' where run_id = ${run.id} and output_name = 'success_probability'`
    expect((await ended((await queueVerification()).body.id)).status).toBe('succeeded')
    expect(await read(run.id)).toMatchObject({ lastVerificationMatched: false })
  })

  test('that is too long for a request has its verification redirected to the queue, once at a time', async () => {
    const ownPlan = await householdPlan(user, couple)
    const { id } = (await user.request('POST', `/v1/planning/plans/${ownPlan}/runs`, { body: { iterations: 100 } })).body
    await administrator`update planning.runs set path_count = 1000000, specification = jsonb_set(specification, '{paths}', '1000000') where id = ${id}`
    const redirected = await fetch(`${platform.services.url}/v1/planning/runs/${id}/verify`, {
      method: 'POST',
      headers: { authorization: `Bearer ${user.token}` },
      redirect: 'manual',
    })
    expect([redirected.status, redirected.headers.get('location')]).toEqual([307, `/v1/planning/runs/${id}/large-verifications`])
    const verifying = await user.request('POST', `/v1/planning/runs/${id}/verify`)
    expect(verifying).toMatchObject({ status: 202, body: { pathCount: 1_000_000, verifiesRunId: id } })
    expect((await user.request('POST', `/v1/planning/runs/${id}/verify`)).body.id).toBe(verifying.body.id)
    await user.request('POST', `/v1/planning/runs/${verifying.body.id}/cancellations`)
  })

  test('becomes of a run that is too long for a request', async () => {
    const many = Array.from({ length: 50 }, (_, index) => ({
      inputType: 'expense',
      inputName: `Expense ${index}`,
      inputValue: { annualAmount: '100.00' },
    }))
    const ownPlan = await householdPlan(user, [...couple, ...many], { planningHorizonYears: 60 })
    const answer = await user.request('POST', `/v1/planning/plans/${ownPlan}/runs`, { body: { iterations: 100_000 } })
    expect(answer).toMatchObject({ status: 202, body: { status: 'queued', pathCount: 100_000 } })
    await user.request('POST', `/v1/planning/runs/${answer.body.id}/cancellations`)
  })

  test('can have more paths of a household too, counts them, and is verified, or compared with another run', async () => {
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

  test('has no grid of sensitivities with more paths than are kept', async () => {
    const householdPlanId = await householdPlan(user, couple)
    const body = { iterations: 100_001, sensitivities: ['spending'] }
    expect(await user.request('POST', `/v1/planning/plans/${householdPlanId}/large-runs`, { body })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'body.sensitivities', message: expect.stringContaining('100000 paths') }] },
    })
  })
})
