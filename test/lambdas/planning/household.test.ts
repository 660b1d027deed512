import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { couple, householdPlan as planOf } from '../../support/household.ts'
import { startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'

let platform: TestPlatform
let user: TestUser
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
})
afterAll(() => platform.close())

const householdPlan = (inputs: readonly object[], overrides: Record<string, unknown> = {}) => planOf(user, inputs, overrides)
const simulate = (planId: string, body: unknown = {}) => user.request('POST', `/v1/planning/plans/${planId}/runs`, { body })

describe('a household plan', () => {
  test('is simulated account by account, with taxes, benefits and goals, and with the same bits in any number of shards', async () => {
    const planId = await householdPlan(couple)
    const runs = [await simulate(planId), await simulate(planId, { shards: 3 }), await simulate(planId, { shards: 16 })]
    expect(runs.map(run => run.status)).toEqual([201, 201, 201])
    expect(new Set(runs.map(run => run.body.outputHash)).size).toBe(1)
    const { engineVersion, result } = runs[0]!.body
    expect(engineVersion).toMatch(/^nestegg-household-/)
    expect(result.success.criterion).toBe('essential_spending')
    expect(result.success.probability).toBeGreaterThan(0.5)
    expect(result.bands.real[3][0]).toBe(1_150_000)
    expect(result.goals).toMatchObject([{ key: 'New roof' }])
    expect(result.taxes.lifetimeReal.mean).toBeGreaterThan(50_000)
    expect((await user.request('POST', `/v1/planning/runs/${runs[0]!.body.id}/verify`)).body.matched).toBe(true)
  })

  test('explains one path year by year: persons alive, income, taxes, reasons for changed spending', async () => {
    const planId = await householdPlan(couple)
    const { body: run } = await simulate(planId)
    const { body } = await user.request('GET', `/v1/planning/runs/${run.id}/paths/47`)
    const [first] = body.years
    expect(first).toMatchObject({ year: 0, calendarYear: 2026, wages: 120_000, reasons: ['planned'] })
    expect(first.people.map((person: { key: string; age: number }) => [person.key, person.age])).toEqual([
      ['Alex', 61],
      ['Robin', 59],
    ])
    expect(first.employerMatch).toBeCloseTo(0.5 * 0.06 * 120_000, 6)
    expect(first.taxes.state).toBeGreaterThan(0)
    const reasons = new Set(body.years.flatMap((year: { reasons: string[] }) => year.reasons))
    expect(reasons.size).toBeGreaterThan(1)
  })

  test('is refused with the name of the faulty field', async () => {
    const unknownAsset = couple.map(input =>
      input.inputName === 'Brokerage'
        ? { ...input, inputValue: { balance: '1.00', allocation: [{ year: 0, weights: { moon_dust: 1 } }] } }
        : input,
    )
    const moon = await simulate(await householdPlan(unknownAsset))
    expect(moon.status).toBe(422)
    expect(JSON.stringify(moon.body.errors)).toContain('moon_dust')

    const nobodysAccount = couple.map(input =>
      input.inputName === 'Roth IRA' ? { ...input, inputValue: { ...input.inputValue, owner: 'Sam' } } : input,
    )
    const sam = await simulate(await householdPlan(nobodysAccount))
    expect(sam.status).toBe(422)
    expect(sam.body.errors[0].path).toMatch(/^inputs\.Roth IRA\.owner$/)

    expect((await simulate(await householdPlan(couple, { planningHorizonYears: 70 }))).body.errors[0].path).toBe(
      'plan.planningHorizonYears',
    )
    expect((await simulate(await householdPlan(couple, { stepsPerYear: 12 }))).body.errors[0].path).toBe('plan.stepsPerYear')
    expect((await simulate(await householdPlan(couple), { flowTiming: 'end' })).body.errors[0].path).toBe('body.flowTiming')
  })
})
