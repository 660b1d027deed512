import { describe, expect, test } from 'vitest'
import { compileHousehold, type HouseholdTerms, isHouseholdPlan, type PlanInput, planInputBody } from '../../../domain/planning/index.ts'
import { type BootstrapModel, InvalidSpecError } from '../../../domain/simulation/index.ts'

const returns: BootstrapModel = { kind: 'bootstrap', years: [2000], assets: [{ key: 'stocks', weight: 1, returns: [0] }], inflation: [0] }
const terms: HouseholdTerms = {
  asOfDate: '2026-01-01',
  planningHorizonYears: 30,
  monteCarloIterations: 100,
  randomSeed: '1',
  defaultAllocation: { stocks: 1 },
  latestTaxYear: 2026,
}

/** An input as the API stores it: checked, with its defaults. */
const given = (inputType: string, inputName: string, inputValue: unknown) =>
  planInputBody.parse({ inputType, inputName, inputValue }) as PlanInput

const issuesOf = (inputs: readonly PlanInput[]) => {
  try {
    compileHousehold(terms, inputs, returns)
  } catch (error) {
    if (error instanceof InvalidSpecError) return error.issues
    throw error
  }
  return []
}

const alex = given('person', 'Alex', { birthDate: '1970-05-01', retirementAge: 65 })
const robin = given('person', 'Robin', {
  birthDate: '1972-05-01',
  retirementAge: 62,
  sex: 'male',
  lifespan: { kind: 'life_table' },
  socialSecurity: { benefit: { kind: 'pia', monthlyAmount: '2100.50' }, claimingAgeMonths: 804 },
})

describe('a household plan', () => {
  test('has an input that a portfolio plan cannot have', () => {
    expect(isHouseholdPlan([alex, given('account', 'Savings', { balance: '1' })])).toBe(false)
    expect(isHouseholdPlan([alex, given('expense', 'Living', { annualAmount: '1' })])).toBe(true)
  })

  test('compiles with the API’s defaults: the first person, the plan’s allocation, conventional withdrawals', () => {
    const spec = compileHousehold(
      terms,
      [alex, given('account', 'IRA', { balance: '250000.25', kind: 'traditional' }), given('pension', 'Acme', { annualAmount: '12000' })],
      returns,
    )
    expect(spec).toMatchObject({
      kind: 'household',
      years: 30,
      filingStatus: 'single',
      people: [{ key: 'Alex', sex: 'female', lifespan: { kind: 'fixed', age: 95 }, socialSecurity: null }],
      accounts: [
        {
          key: 'IRA',
          kind: 'traditional',
          owner: 'Alex',
          openingBalance: 250_000.25,
          openingBasis: 250_000.25,
          allocation: [{ year: 0, weights: { stocks: 1 } }],
        },
      ],
      incomes: [{ key: 'Acme', kind: 'pension', person: 'Alex', annualAmount: 12_000, survivorShare: 0, endYear: null }],
      withdrawals: { order: { kind: 'conventional' }, surplus: 'taxable' },
      spending: { rule: { kind: 'constant_real' }, byAge: [] },
      tax: { tableYear: 2026, state: null, enabled: true },
      rothConversion: null,
      successCriterion: 'all_spending',
    })
  })

  test('keeps the given values: a couple, policies, flows from an income', () => {
    const spec = compileHousehold(
      terms,
      [
        alex,
        robin,
        given('income', 'Work', { annualAmount: '90000', person: 'Robin' }),
        given('account', '401(k)', { balance: '10', kind: 'traditional', owner: 'Robin', employerPlan: true }),
        given('contribution', 'Deferral', {
          account: '401(k)',
          shareOfIncome: { income: 'Work', share: 0.1 },
          employerMatch: { income: 'Work', rate: 0.5, upToShareOfIncome: 0.06 },
        }),
        given('spending_policy', 'Guardrails', { rule: { kind: 'guyton_klinger' }, successCriterion: 'essential_spending' }),
        given('roth_conversion', 'Ladder', { amount: { kind: 'fixed', annualAmount: '20000.00' }, startYear: 5, endYear: 10 }),
        given('tax_settings', 'Tax', { state: 'CA' }),
      ],
      returns,
    )
    expect(spec.filingStatus).toBe('married_joint')
    expect(spec.people[1]!.socialSecurity).toEqual({ benefit: { kind: 'pia', monthlyAmount: 2100.5 }, claimingAgeMonths: 804 })
    expect(spec.contributions[0]).toMatchObject({
      account: '401(k)',
      amount: { kind: 'share_of_income', income: 'Work', share: 0.1 },
      endYear: null,
    })
    expect(spec.spending.rule).toEqual({ kind: 'guyton_klinger', guardrail: 0.2, adjustment: 0.1, preservationOffYears: 15 })
    expect(spec.successCriterion).toBe('essential_spending')
    expect(spec.rothConversion?.amount).toEqual({ kind: 'fixed', annualAmount: 20_000, indexedToInflation: true })
    expect(spec.tax.state).toBe('CA')
  })

  test('keeps the milestone that ends work early, by default 25 years of spending', () => {
    const sam = given('person', 'Sam', { birthDate: '1985-05-01', retirementAge: 65, earlyRetirement: { fromAge: 50 } })
    expect(compileHousehold(terms, [sam], returns).people[0]!.earlyRetirement).toEqual({ spendingMultiple: 25, fromAge: 50 })
    expect(compileHousehold(terms, [alex], returns).people[0]).not.toHaveProperty('earlyRetirement')
  })

  test('keeps the given fields of spending rules and health plans, and defaults to the published last age of VPW', () => {
    const policyOf = (rule: object) => compileHousehold(terms, [alex, given('spending_policy', 'Policy', { rule })], returns).spending.rule
    expect(policyOf({ kind: 'vpw', stockShare: 0.6 })).toEqual({ kind: 'vpw', stockShare: 0.6, lastAge: 99 })
    expect(policyOf({ kind: 'guyton_klinger', freezeAfterLoss: false, inflationCap: 0.06 })).toMatchObject({
      freezeAfterLoss: false,
      inflationCap: 0.06,
    })
    expect(policyOf({ kind: 'one_over_n' })).toEqual({ kind: 'one_over_n' })
    expect(policyOf({ kind: 'hebeler_autopilot' })).toEqual({ kind: 'hebeler_autopilot', lastYearShare: 0.75 })
    const cape = { kind: 'cape_based', startingCape: 36.5, asset: 'us_large_cap', steadyReturnReal: 0.045 }
    expect(policyOf(cape)).toEqual({ ...cape, baseRate: 0.0175, yieldShare: 0.5 })
    const band = { kind: 'floor_ceiling', rate: 0.05, floor: 0.025, ceiling: 0.05, bandAround: 'last_year' }
    expect(policyOf(band)).toEqual(band)
    const gift = given('expense', 'Giving', { annualAmount: '5000', charitable: true })
    expect(compileHousehold(terms, [alex, gift], returns).expenses[0]!.charitable).toBe(true)
    const saving = given('contribution', 'Health', { account: 'HSA', annualAmount: '8750', healthCoverage: 'family' })
    expect(compileHousehold(terms, [alex, saving], returns).contributions[0]!.healthCoverage).toBe('family')
  })

  test('is refused with the name of the faulty input', () => {
    expect(issuesOf([given('expense', 'Living', { annualAmount: '1' })])[0]?.message).toContain('no person')
    expect(issuesOf([alex, given('withdrawal', 'Cash', { annualAmount: '1', startYear: 0 })])[0]?.path).toBe('inputs.Cash')
    expect(issuesOf([alex, given('contribution', 'Saving', { annualAmount: '1' })])[0]?.path).toBe('inputs.Saving.account')
    const policy = (name: string) => given('withdrawal_policy', name, { order: { kind: 'proportional' } })
    expect(issuesOf([alex, policy('One'), policy('Two')])).toEqual([
      { path: 'inputs.Two', message: 'is a second withdrawal_policy: a plan can have one only' },
    ])
  })
})
