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

/** What the API stores of a body: checked, with its defaults. */
const told = (inputType: string, inputName: string, inputValue: unknown) =>
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

const alex = told('person', 'Alex', { birthDate: '1970-05-01', retirementAge: 65 })
const robin = told('person', 'Robin', {
  birthDate: '1972-05-01',
  retirementAge: 62,
  sex: 'male',
  lifespan: { kind: 'life_table' },
  socialSecurity: { benefit: { kind: 'pia', monthlyAmount: '2100.50' }, claimingAgeMonths: 804 },
})

describe('a household plan', () => {
  test('is one that speaks of more than a portfolio', () => {
    expect(isHouseholdPlan([alex, told('account', 'Savings', { balance: '1' })])).toBe(false)
    expect(isHouseholdPlan([alex, told('expense', 'Living', { annualAmount: '1' })])).toBe(true)
  })

  test('is compiled with the defaults that the API gives: the first person, the plan’s allocation, conventional withdrawals', () => {
    const spec = compileHousehold(
      terms,
      [alex, told('account', 'IRA', { balance: '250000.25', kind: 'traditional' }), told('pension', 'Acme', { annualAmount: '12000' })],
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

  test('keeps what it is told: a couple, policies, flows from an income', () => {
    const spec = compileHousehold(
      terms,
      [
        alex,
        robin,
        told('income', 'Work', { annualAmount: '90000', person: 'Robin' }),
        told('account', '401(k)', { balance: '10', kind: 'traditional', owner: 'Robin', employerPlan: true }),
        told('contribution', 'Deferral', {
          account: '401(k)',
          shareOfIncome: { income: 'Work', share: 0.1 },
          employerMatch: { income: 'Work', rate: 0.5, upToShareOfIncome: 0.06 },
        }),
        told('spending_policy', 'Guardrails', { rule: { kind: 'guyton_klinger' }, successCriterion: 'essential_spending' }),
        told('roth_conversion', 'Ladder', { amount: { kind: 'fixed', annualAmount: '20000.00' }, startYear: 5, endYear: 10 }),
        told('tax_settings', 'Tax', { state: 'CA' }),
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

  test('keeps the milestone that ends work early, 25 years of spending if nothing else is told', () => {
    const sam = told('person', 'Sam', { birthDate: '1985-05-01', retirementAge: 65, earlyRetirement: { fromAge: 50 } })
    expect(compileHousehold(terms, [sam], returns).people[0]!.earlyRetirement).toEqual({ spendingMultiple: 25, fromAge: 50 })
    expect(compileHousehold(terms, [alex], returns).people[0]).not.toHaveProperty('earlyRetirement')
  })

  test('keeps what is told of spending and of health plans, and takes the published last age of VPW', () => {
    const policyOf = (rule: object) => compileHousehold(terms, [alex, told('spending_policy', 'Policy', { rule })], returns).spending.rule
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
    const gift = told('expense', 'Giving', { annualAmount: '5000', charitable: true })
    expect(compileHousehold(terms, [alex, gift], returns).expenses[0]!.charitable).toBe(true)
    const saving = told('contribution', 'Health', { account: 'HSA', annualAmount: '8750', healthCoverage: 'family' })
    expect(compileHousehold(terms, [alex, saving], returns).contributions[0]!.healthCoverage).toBe('family')
  })

  test('is refused, naming the input, when it contradicts itself', () => {
    expect(issuesOf([told('expense', 'Living', { annualAmount: '1' })])[0]?.message).toContain('no person')
    expect(issuesOf([alex, told('withdrawal', 'Cash', { annualAmount: '1', startYear: 0 })])[0]?.path).toBe('inputs.Cash')
    expect(issuesOf([alex, told('contribution', 'Saving', { annualAmount: '1' })])[0]?.path).toBe('inputs.Saving.account')
    const policy = (name: string) => told('withdrawal_policy', name, { order: { kind: 'proportional' } })
    expect(issuesOf([alex, policy('One'), policy('Two')])).toEqual([
      { path: 'inputs.Two', message: 'is a second withdrawal_policy: a plan has one' },
    ])
  })
})
