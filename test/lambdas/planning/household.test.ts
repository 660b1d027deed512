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

describe('a plan’s people', () => {
  const cash = { inputType: 'account', inputName: 'Cash', inputValue: { balance: '900000.00' } }
  const living = { inputType: 'expense', inputName: 'Living', inputValue: { annualAmount: '30000.00' } }
  const person = (inputName: string, inputValue: Record<string, unknown>) => ({
    inputType: 'person',
    inputName,
    inputValue: { retirementAge: 60, lifespan: { kind: 'fixed', age: 95 }, ...inputValue },
  })
  const claim = { benefit: { kind: 'pia', monthlyAmount: '3000.00' }, claimingAgeMonths: 792 }
  const benefitsOf = async (planId: string): Promise<Record<string, number>[]> => {
    const { body: run } = await simulate(planId)
    const { body } = await user.request('GET', `/v1/planning/runs/${run.id}/paths/0`)
    return body.years.map(({ people, priceIndex }: { people: { key: string; socialSecurity: number }[]; priceIndex: number }) =>
      Object.fromEntries(people.map(({ key, socialSecurity }) => [key, Math.round(socialSecurity / priceIndex)])),
    )
  }

  test('have benefits on the record of the spouse where they have none of their own', async () => {
    const worker = person('H', { birthDate: '1955-06-15', lifespan: { kind: 'fixed', age: 80 }, socialSecurity: claim })
    const planId = await householdPlan([worker, person('W', { birthDate: '1956-06-15' }), cash, living], { planningHorizonYears: 12 })
    const years = await benefitsOf(planId)
    expect([years[0], years[11]]).toEqual([{ H: 35_600, W: 18_000 }, { W: 35_600 }])
    expect((await simulate(planId)).body.warnings).toEqual([])
  })

  test('can say when a survivor’s benefit begins', async () => {
    const worker = person('H', { birthDate: '1960-06-15', lifespan: { kind: 'fixed', age: 66 }, socialSecurity: claim })
    const widow = person('W', { birthDate: '1965-06-15', survivorClaimingAgeMonths: 804 })
    const planId = await householdPlan([worker, widow, cash, living], { planningHorizonYears: 8 })
    const years = await benefitsOf(planId)
    // From 67, in June 2032, the 3,000 less 12 months at 5/9 % that H had.
    expect(years.slice(5)).toEqual([{ W: 0 }, { W: 7 * 2800 }, { W: 12 * 2800 }])
  })

  test('cause a warning where nobody has wages, a pension or Social Security', async () => {
    const planId = await householdPlan([person('A', { birthDate: '1960-06-15' }), cash, living])
    const { body } = await simulate(planId)
    expect(body.warnings).toEqual(['Nobody in the plan has wages, a pension or Social Security. Add them if there are any.'])
    expect((await user.request('GET', `/v1/planning/runs/${body.id}`)).body.warnings).toEqual(body.warnings)
  })

  test('can have Social Security from an as-of date of 2000 on; earlier ones are refused by field', async () => {
    const simulated = async (asOfDate: string, birthDate: string) =>
      simulate(
        await householdPlan([person('H', { birthDate, socialSecurity: claim }), cash, living], { asOfDate, planningHorizonYears: 5 }),
      )
    for (const asOfDate of ['2024-12-31', '2010-06-30', '2000-01-01']) expect((await simulated(asOfDate, '1950-03-01')).status).toBe(201)
    const early = await simulated('1999-12-31', '1950-03-01')
    expect([early.status, early.body.errors]).toEqual([
      422,
      [{ path: 'plan.asOfDate', message: 'must be 2000-01-01 or later for a plan with Social Security' }],
    ])
  })

  test('too old to be simulated are refused at the birth date, without impossible ranges', async () => {
    const { body, status } = await simulate(await householdPlan([person('A', { birthDate: '1899-06-15' }), cash, living]))
    expect([status, body.errors]).toEqual([
      422,
      [{ path: 'inputs.A.birthDate', message: 'must be less than 120 years before the as-of date 2026-01-01' }],
    ])
  })
})
