import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'

let platform: TestPlatform
let user: TestUser
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
})
afterAll(() => platform.close())

describe('plans', () => {
  test('a plan is created, read, changed under its version, and listed', async () => {
    const { etag, plan, planId } = await newPlan(user)
    expect(plan).toMatchObject({ name: 'Retire at 65', version: 3, status: 'draft', randomSeed: '42', monteCarloIterations: 1000 })
    const changed = await user.request('PATCH', `/v1/planning/plans/${planId}`, {
      body: { name: 'Retire at 60', tags: ['early'] },
      headers: { 'if-match': etag },
    })
    expect(changed.status).toBe(200)
    expect(changed.body).toMatchObject({ name: 'Retire at 60', version: 4, tags: ['early'], planningHorizonYears: 30 })
    const stale = await user.request('PATCH', `/v1/planning/plans/${planId}`, { body: { name: 'Lost' }, headers: { 'if-match': etag } })
    expect(stale.status).toBe(412)
    expect((await user.request('PATCH', `/v1/planning/plans/${planId}`, { body: { name: 'Lost' } })).status).toBe(428)
    const read = await user.request('GET', `/v1/planning/plans/${planId}`)
    expect(read.body.name).toBe('Retire at 60')
    expect(read.headers.get('etag')).toBe('"v4"')
    const listed = await user.request('GET', '/v1/planning/plans?status=draft')
    expect(listed.body.items.map((item: { id: string }) => item.id)).toContain(planId)
    expect((await user.request('GET', '/v1/planning/plans?status=archived')).body.items).toEqual([])
  })

  test('null clears a field, leaving it out keeps it', async () => {
    const { etag, planId } = await newPlan(user, { description: 'first', category: 'retirement' })
    const changed = await user.request('PATCH', `/v1/planning/plans/${planId}`, {
      body: { description: null },
      headers: { 'if-match': etag },
    })
    expect(changed.body).toMatchObject({ description: null, category: 'retirement' })
  })

  test('a plan has by default the newest published assumption set, today in its household and a random seed', async () => {
    const { plan: other } = await newPlan(user)
    const household = await user.request('POST', '/v1/identity/households', { body: { name: 'Far east', timezone: 'Pacific/Kiritimati' } })
    const { body: plan } = await user.request('POST', '/v1/planning/plans', {
      body: { householdId: household.body.id, name: 'Defaults', portfolioModelId: other.portfolioModelId, planningHorizonYears: 20 },
    })
    expect(plan.cmaId).toBe(other.cmaId)
    expect(plan.randomSeed).toMatch(/^\d+$/)
    const there = new Intl.DateTimeFormat('en-CA', { timeZone: 'Pacific/Kiritimati' }).format(new Date())
    expect(plan.asOfDate).toBe(there)
  })

  test('pages follow one another without overlap and without gaps', async () => {
    const other = await platform.newUser()
    const { householdId, plan } = await newPlan(other)
    for (let index = 0; index < 4; index += 1) {
      const body = { householdId, name: `Plan ${index}`, portfolioModelId: plan.portfolioModelId, planningHorizonYears: 10 }
      await other.request('POST', '/v1/planning/plans', { body })
    }
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await other.request('GET', `/v1/planning/plans?limit=2${cursor ? `&cursor=${cursor}` : ''}`)
      seen.push(...page.body.items.map((item: { name: string }) => item.name))
      cursor = page.body.nextCursor
    } while (cursor !== null)
    expect(seen).toEqual(['Plan 3', 'Plan 2', 'Plan 1', 'Plan 0', 'Retire at 65'])
  })

  test('a plan shows its newest run that has succeeded, and no verification', async () => {
    const { householdId, planId } = await newPlan(user)
    const latest = async () => (await user.request('GET', `/v1/planning/plans/${planId}`)).body.latestRun
    expect(await latest()).toBeNull()
    await user.request('POST', `/v1/planning/plans/${planId}/runs`, { body: {} })
    const { body: second } = await user.request('POST', `/v1/planning/plans/${planId}/runs`, { body: { iterations: 500 } })
    const expected = { id: second.id, successProbability: second.successProbability, createdAt: second.createdAt }
    expect(await latest()).toEqual(expected)
    const owner = platform.database.connect('postgres')
    const copyAs = async (status: string, verifies: string | null) => {
      await owner`
        insert into planning.runs (household_id, plan_id, plan_version, status, specification, provenance, engine_version, random_seed, path_count,
          shard_count, input_hash, output_hash, result, computation_time_ms, finished_at, verifies_run_id)
        select household_id, plan_id, plan_version, ${status}, specification, provenance, engine_version, random_seed, path_count, shard_count, input_hash,
          case when ${status} = 'succeeded' then output_hash end, case when ${status} = 'succeeded' then result end,
          case when ${status} = 'succeeded' then 1 end, now(), ${verifies}
        from planning.runs where id = ${second.id}`
    }
    await copyAs('failed', null)
    await copyAs('succeeded', second.id)
    expect(await latest()).toEqual(expected)
    const listed = await user.request('GET', `/v1/planning/plans?householdId=${householdId}`)
    expect(listed.body.items).toMatchObject([{ id: planId, latestRun: expected }])
  })

  test('the same Idempotency-Key and body make one plan; another body is refused', async () => {
    const other = await platform.newUser()
    const { householdId, plan } = await newPlan(other)
    const body = { householdId, name: 'Once', portfolioModelId: plan.portfolioModelId, planningHorizonYears: 10 }
    const post = (sent: unknown) =>
      other.request('POST', '/v1/planning/plans', { body: sent, headers: { 'idempotency-key': 'make-it-once' } })
    const [first, second, third] = await Promise.all([post(body), post(body), post(body)])
    expect([first.status, second.status, third.status]).toEqual([201, 201, 201])
    expect(new Set([first.body.id, second.body.id, third.body.id]).size).toBe(1)
    expect([first, second, third].filter(answer => answer.headers.get('idempotent-replay') === 'true')).toHaveLength(2)
    expect(first.headers.get('location')).toBe(second.headers.get('location'))
    expect((await post({ ...body, name: 'Twice' })).status).toBe(409)
    const names = (await other.request('GET', '/v1/planning/plans')).body.items.map((item: { name: string }) => item.name)
    expect(names).toEqual(['Once', 'Retire at 65'])
  })

  test('a refused request does not use its key up', async () => {
    const { plan } = await newPlan(user)
    const headers = { 'idempotency-key': 'second-try-counts' }
    const body = { householdId: plan.householdId, name: 'Retry', portfolioModelId: plan.householdId, planningHorizonYears: 10 }
    expect((await user.request('POST', '/v1/planning/plans', { body, headers })).status).toBe(422)
    const repaired = { ...body, portfolioModelId: plan.portfolioModelId }
    expect((await user.request('POST', '/v1/planning/plans', { body: repaired, headers })).status).toBe(201)
  })
})

describe('plan inputs', () => {
  test('a replaced input stays in the history, superseded by the new one', async () => {
    const { planId } = await newPlan(user)
    const inputs = await user.request('GET', `/v1/planning/plans/${planId}/inputs`)
    const living = inputs.body.items.find((input: { inputName: string }) => input.inputName === 'Living')
    const replacement = { inputType: 'withdrawal', inputName: 'Living', inputValue: { annualAmount: '50000.00', startYear: 0 } }
    const changed = await user.request('PUT', `/v1/planning/plans/${planId}/inputs/${living.id}`, { body: replacement })
    expect(changed.body).toMatchObject({ version: 2, inputValue: { annualAmount: '50000.00' } })
    const owner = platform.database.connect('postgres')
    const [old] = await owner`select superseded_by, removed_at from planning.plan_inputs where id = ${living.id}`
    expect(old).toMatchObject({ superseded_by: changed.body.id, removed_at: null })
    const current = await user.request('GET', `/v1/planning/plans/${planId}/inputs`)
    expect(current.body.items).toHaveLength(2)
    const again = await user.request('PUT', `/v1/planning/plans/${planId}/inputs/${living.id}`, { body: replacement })
    expect(again.status).toBe(404)
    expect((await user.request('DELETE', `/v1/planning/plans/${planId}/inputs/${changed.body.id}`)).status).toBe(204)
    expect((await user.request('GET', `/v1/planning/plans/${planId}/inputs`)).body.items).toHaveLength(1)
  })

  test('two current inputs of a plan cannot have one name', async () => {
    const { planId } = await newPlan(user)
    const body = { inputType: 'account', inputName: 'Savings', inputValue: { balance: '1.00' } }
    expect((await user.request('POST', `/v1/planning/plans/${planId}/inputs`, { body })).status).toBe(409)
  })
})
