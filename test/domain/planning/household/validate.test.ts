import { describe, expect, test } from 'vitest'
import { type HouseholdSpec, simulateHousehold, validateHousehold } from '../../../../domain/planning/household/index.ts'
import { InvalidSpecError } from '../../../../domain/simulation/index.ts'
import { account, expense, fullCouple, household, income, person } from './households.ts'

const paths = (changes: Partial<HouseholdSpec>): string[] => validateHousehold(household(changes)).map(issue => issue.path)
const oneAccount = (changes: Parameters<typeof account>[0]): Partial<HouseholdSpec> => ({
  accounts: [account(), account({ key: 'x', ...changes })],
})
const onePerson = (changes: Parameters<typeof person>[0]): Partial<HouseholdSpec> => ({ people: [person(changes)] })
const contribution = (changes: Partial<HouseholdSpec['contributions'][number]>): Partial<HouseholdSpec> => ({
  accounts: [account(), account({ key: '401k', kind: 'traditional', employerPlan: true })],
  incomes: [income(), income({ key: 'rent', kind: 'rental' })],
  contributions: [
    {
      key: 'c',
      account: '401k',
      amount: { kind: 'fixed', annualAmount: 1, indexedToInflation: true },
      employerMatch: null,
      startYear: 0,
      endYear: null,
      enforceLimits: true,
      ...changes,
    },
  ],
})

test('a valid household has no faults', () => {
  expect(validateHousehold(household())).toEqual([])
  expect(validateHousehold(fullCouple())).toEqual([])
  expect(paths(contribution({}))).toEqual([])
})

const past = {
  kind: 'bootstrap',
  years: [2001, 2002, 2003, 2004],
  assets: [
    { key: 'stocks', weight: 0.5, returns: [-0.1, 0.1, 0.2, 0] },
    { key: 'bonds', weight: 0.5, returns: [0.1, 0, 0, 0.1] },
  ],
  inflation: [0.02, 0.03, 0.01, 0.02],
}

const CAPE = { kind: 'cape_based', baseRate: 0.0175, yieldShare: 0.5, startingCape: 30, asset: 'stocks', steadyReturnReal: 0.05 } as const

test('the horizon of a couple can last as long as the younger person can live', () => {
  const couple = { people: [person({ birthDate: '1946-01-01' }), person({ key: 'bob', birthDate: '1976-01-01' })] }
  expect(paths({ ...couple, filingStatus: 'married_joint', years: 70 })).toEqual([])
  expect(paths({ ...couple, filingStatus: 'married_joint', years: 71 })).toEqual(['years'])
})

describe('no message names an impossible range:', () => {
  const messages = (changes: Partial<HouseholdSpec>) => validateHousehold(household({ years: 5, ...changes }))

  test('a person too old to be simulated has a fault of the birth date alone', () => {
    const expected = [{ path: 'people.0.birthDate', message: 'must be less than 120 years before the as-of date 2026-01-01' }]
    for (const birthDate of ['1906-01-01', '1899-12-31', '1800-01-01'])
      for (const lifespan of [{ kind: 'life_table' }, { kind: 'fixed', age: 119 }] as const)
        expect(messages({ people: [person({ birthDate, lifespan })] })).toEqual(expected)
    const oldest = [person({ birthDate: '1906-01-02', lifespan: { kind: 'fixed', age: 119 } })]
    expect(messages({ people: oldest, years: 1 })).toEqual([])
    expect(messages({ people: oldest, years: 2 })).toEqual([
      { path: 'years', message: 'must be at most 1: the plan then ends at the age of 120' },
    ])
  })

  test('Social Security needs an as-of date with figures', () => {
    const pia = { benefit: { kind: 'pia', monthlyAmount: 1 }, claimingAgeMonths: 800 } as const
    const people = [person({ birthDate: '1930-01-01', socialSecurity: pia })]
    expect(messages({ people, asOfDate: '1999-12-31' }).map(({ path }) => path)).toEqual(['asOfDate'])
    expect(messages({ people, asOfDate: '2000-01-01' })).toEqual([])
    const earnings = { benefit: { kind: 'earnings', byYear: [{ year: 1951, amount: 1 }] }, claimingAgeMonths: 800 } as const
    const early = [person({ birthDate: '1830-01-01', socialSecurity: earnings, lifespan: { kind: 'fixed', age: 90 } })]
    expect(messages({ people: early, asOfDate: '1840-01-01' }).map(({ path }) => path)).toEqual([
      'asOfDate',
      'people.0.socialSecurity.benefit',
    ])
  })

  test('a benefit from earnings needs a birth that its formula covers', () => {
    const born = (birthDate: string) => ({
      asOfDate: '2000-01-01',
      people: [
        person({
          birthDate,
          socialSecurity: {
            benefit: { kind: 'earnings', byYear: Array.from({ length: 40 }, (_, i) => ({ year: 1951 + i, amount: 4000 })) },
            claimingAgeMonths: 780,
          },
        }),
      ],
    })
    expect(messages(born('1917-01-02'))).toEqual([])
    expect(simulateHousehold(household({ years: 1, ...born('1917-01-02') })).paths).toBe(200)
    expect(messages(born('1917-01-01'))).toEqual([
      { path: 'people.0.socialSecurity.benefit', message: 'must be a primary insurance amount for a person born before 1917' },
    ])
  })
})

test('without people, neither the horizon nor the filing status is a fault', () => {
  const found = paths({ people: [], filingStatus: 'married_joint' })
  expect(found.filter(path => ['people', 'years', 'filingStatus'].includes(path))).toEqual(['people'])
})

describe('a fault is reported with its field:', () => {
  test.each<[string, Partial<HouseholdSpec>, string]>([
    ['an impossible as-of date', { asOfDate: '2026-02-30' }, 'asOfDate'],
    ['a horizon past 120', { years: 60 }, 'years'],
    ['no years', { years: 0 }, 'years'],
    ['a billion paths', { paths: 1e9 }, 'paths'],
    ['a seed with a fraction', { seed: '1.5' }, 'seed'],
    ['descending percentiles', { percentiles: [0.9, 0.1] }, 'percentiles.1'],
    ['no person', { people: [] }, 'people'],
    ['two persons with the same key', { people: [person(), person()], filingStatus: 'married_joint' }, 'people.1.key'],
    [
      'a couple with a head of household',
      { people: [person(), person({ key: 'bob' })], filingStatus: 'head_of_household' },
      'filingStatus',
    ],
    [
      'one bracket to fill for two returns',
      {
        people: [person(), person({ key: 'bob' })],
        tax: { tableYear: 2026, state: null, enabled: true },
        withdrawals: { order: { kind: 'bracket_aware', ordinaryRate: 0.12 }, surplus: 'taxable' },
      },
      'withdrawals.order.kind',
    ],
    ['a survivor’s claim without a spouse', onePerson({ survivorClaimingAgeMonths: 720 }), 'people.0.survivorClaimingAgeMonths'],
    [
      'a survivor’s claim of an unmarried partner',
      { people: [person(), person({ key: 'bob', survivorClaimingAgeMonths: 720 })] },
      'people.1.survivorClaimingAgeMonths',
    ],
    [
      'a survivor’s claim before 60',
      { people: [person(), person({ key: 'bob', survivorClaimingAgeMonths: 719 })], filingStatus: 'married_joint' },
      'people.1.survivorClaimingAgeMonths',
    ],
    ['one person who files jointly', { filingStatus: 'married_joint' }, 'filingStatus'],
    ['born in the future', onePerson({ birthDate: '2026-01-02' }), 'people.0.birthDate'],
    ['an impossible birth date', onePerson({ birthDate: '1961-13-01' }), 'people.0.birthDate'],
    ['retirement before birth', onePerson({ retirementAge: -1 }), 'people.0.retirementAge'],
    [
      'a milestone of half a year',
      onePerson({ earlyRetirement: { spendingMultiple: 0.5, fromAge: 50 } }),
      'people.0.earlyRetirement.spendingMultiple',
    ],
    ['a milestone before birth', onePerson({ earlyRetirement: { spendingMultiple: 25, fromAge: -1 } }), 'people.0.earlyRetirement.fromAge'],
    ['dead already', onePerson({ lifespan: { kind: 'fixed', age: 60 } }), 'people.0.lifespan.age'],
    ['an age at death above the limit', onePerson({ lifespan: { kind: 'fixed', age: 121 } }), 'people.0.lifespan.age'],
    [
      'benefits before 62',
      onePerson({ socialSecurity: { benefit: { kind: 'pia', monthlyAmount: 1 }, claimingAgeMonths: 743 } }),
      'people.0.socialSecurity.claimingAgeMonths',
    ],
    [
      'benefits after 70',
      onePerson({ socialSecurity: { benefit: { kind: 'pia', monthlyAmount: 1 }, claimingAgeMonths: 841 } }),
      'people.0.socialSecurity.claimingAgeMonths',
    ],
    [
      'earnings of one year twice',
      onePerson({
        socialSecurity: {
          benefit: {
            kind: 'earnings',
            byYear: [
              { year: 2000, amount: 1 },
              { year: 2000, amount: 1 },
            ],
          },
          claimingAgeMonths: 800,
        },
      }),
      'people.0.socialSecurity.benefit.byYear.1.year',
    ],
    ['income of an unknown person', { incomes: [income({ person: 'zoe' })] }, 'incomes.0.person'],
    ['work income with a survivor share', { incomes: [income({ survivorShare: 0.5 })] }, 'incomes.0.survivorShare'],
    ['a taxable share beyond 1', { incomes: [income({ taxableShare: 1.1 })] }, 'incomes.0.taxableShare'],
    ['a growth of 51 %', { incomes: [income({ growthRate: 0.51 })] }, 'incomes.0.growthRate'],
    ['an end before the start', { incomes: [income({ startYear: 3, endYear: 2 })] }, 'incomes.0.endYear'],
    ['negative expenses', { expenses: [expense({ annualAmount: -1 })] }, 'expenses.0.annualAmount'],
    [
      'a goal after the horizon',
      { goals: [{ key: 'g', priority: 1, year: 30, amount: 1, indexedToInflation: true, education: false }] },
      'goals.0.year',
    ],
    ['no taxable account', { accounts: [account({ kind: 'roth' })] }, 'accounts'],
    ['a negative balance', oneAccount({ openingBalance: -1 }), 'accounts.1.openingBalance'],
    [
      'weights beyond 1',
      oneAccount({ allocation: [{ year: 0, weights: { stocks: 0.7, bonds: 0.4 } }] }),
      'accounts.1.allocation.0.weights',
    ],
    ['an unknown asset', oneAccount({ allocation: [{ year: 0, weights: { gold: 1 } }] }), 'accounts.1.allocation.0.weights.gold'],
    ['no allocation', oneAccount({ allocation: [] }), 'accounts.1.allocation'],
    ['an account of an unknown owner', oneAccount({ owner: 'zoe' }), 'accounts.1.owner'],
    ["an employer's taxable account", oneAccount({ employerPlan: true }), 'accounts.1.employerPlan'],
    ['rebalancing every 0 years', oneAccount({ rebalancing: { kind: 'calendar', everyYears: 0 } }), 'accounts.1.rebalancing.everyYears'],
    ['a fee of 11 %', oneAccount({ feeRate: 0.11 }), 'accounts.1.feeRate'],
    ['a contribution to an unknown account', contribution({ account: 'y' }), 'contributions.0.account'],
    [
      'a contribution out of rent',
      contribution({ amount: { kind: 'share_of_income', income: 'rent', share: 0.1 } }),
      'contributions.0.amount.income',
    ],
    [
      'a match outside of a plan',
      contribution({ account: 'brokerage', employerMatch: { income: 'salary', rate: 1, upToShareOfIncome: 0.03 } }),
      'contributions.0.employerMatch',
    ],
    ['an unknown coverage of a health plan', contribution({ healthCoverage: 'street' as never }), 'contributions.0.healthCoverage'],
    ['negative debt', { debts: [{ key: 'd', openingBalance: -1, annualRate: 0, annualPayment: 1 }] }, 'debts.0.openingBalance'],
    [
      'a guardrail of 2',
      { spending: { rule: { kind: 'guyton_klinger', guardrail: 2, adjustment: 0.1, preservationOffYears: 15 }, byAge: [] } },
      'spending.rule.guardrail',
    ],
    [
      'a cap on inflation of 200 %',
      {
        spending: {
          rule: { kind: 'guyton_klinger', guardrail: 0.2, adjustment: 0.1, preservationOffYears: 15, inflationCap: 2 },
          byAge: [],
        },
      },
      'spending.rule.inflationCap',
    ],
    [
      'a band around no year',
      { spending: { rule: { kind: 'floor_ceiling', rate: 0.04, floor: 0.1, ceiling: 0.1, bandAround: 'leap_year' as never }, byAge: [] } },
      'spending.rule.bandAround',
    ],
    ['a last age of 6', { spending: { rule: { kind: 'vpw', stockShare: 0.5, lastAge: 6 }, byAge: [] } }, 'spending.rule.lastAge'],
    ['a last age of 59', { spending: { rule: { kind: 'one_over_n', lastAge: 59 }, byAge: [] } }, 'spending.rule.lastAge'],
    ['a last age of 121', { spending: { rule: { kind: 'one_over_n', lastAge: 121 }, byAge: [] } }, 'spending.rule.lastAge'],
    [
      'a share of 2 of last year',
      { spending: { rule: { kind: 'hebeler_autopilot', lastYearShare: 2 }, byAge: [] } },
      'spending.rule.lastYearShare',
    ],
    ['a valuation of an unknown asset', { spending: { rule: { ...CAPE, asset: 'gold' }, byAge: [] } }, 'spending.rule.asset'],
    ['a CAPE of 0', { spending: { rule: { ...CAPE, startingCape: 0 }, byAge: [] } }, 'spending.rule.startingCape'],
    ['an unknown spending rule', { spending: { rule: { kind: 'yolo' } as never, byAge: [] } }, 'spending.rule.kind'],
    ['a multiplier of 0', { spending: { rule: { kind: 'rmd' }, byAge: [{ age: 70, multiplier: 0 }] } }, 'spending.byAge.0.multiplier'],
    [
      'an order with a stranger',
      { withdrawals: { order: { kind: 'custom', accounts: ['y'] }, surplus: 'taxable' } },
      'withdrawals.order.accounts.0',
    ],
    [
      'a bracket of 13 %',
      { withdrawals: { order: { kind: 'bracket_aware', ordinaryRate: 0.13 }, surplus: 'taxable' } },
      'withdrawals.order.ordinaryRate',
    ],
    [
      'brackets without taxes',
      { withdrawals: { order: { kind: 'bracket_aware', ordinaryRate: 0.12 }, surplus: 'taxable' } },
      'withdrawals.order.kind',
    ],
    [
      'a conversion into nothing',
      { rothConversion: { amount: { kind: 'fixed', annualAmount: 1, indexedToInflation: true }, startYear: 0, endYear: 5 } },
      'rothConversion',
    ],
    ['monthly returns', { returns: { ...past, periodsPerYear: 12 } as HouseholdSpec['returns'] }, 'returns.periodsPerYear'],
    ['a replay longer than the dataset', { returns: { ...past, kind: 'historical_replay' } }, 'years'],
    ['a replay with more paths than start years', { years: 3, returns: { ...past, kind: 'historical_replay' } }, 'paths'],
    ['a year without tax tables', { tax: { tableYear: 1999, state: null, enabled: true } }, 'tax.tableYear'],
    ['a state without tables', { tax: { tableYear: 2026, state: 'ZZ', enabled: true } }, 'tax.state'],
    [
      'correlations that contradict one another',
      {
        returns: {
          ...household().returns,
          correlation: [
            [1, 0.9, -0.9, 0],
            [0.9, 1, 0.9, 0],
            [-0.9, 0.9, 1, 0],
            [0, 0, 0, 1],
          ],
        } as HouseholdSpec['returns'],
      },
      'returns.correlation',
    ],
  ])('%s', (_, changes, path) => {
    expect(paths(changes)).toContain(path)
    expect(() => simulateHousehold(household(changes))).toThrow(InvalidSpecError)
  })
})
