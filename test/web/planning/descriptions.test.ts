import { expect, test } from 'vitest'
import type * as z from 'zod'
import { inputValues } from '../../../domain/planning/inputs/plan-input.ts'
import { coveredStates } from '../../../domain/us-tax/index.ts'
import { fromValues, toValues } from '../../../web/planning/inputs/codec.ts'
import type { Field, InputType } from '../../../web/planning/inputs/description.ts'
import { descriptions, inputTypes } from '../../../web/planning/inputs/descriptions.ts'
import type { InputContext, Json } from '../../../web/planning/inputs/leaf.ts'
import { inputLines } from '../../../web/planning/inputs/lines.ts'
import { basisWithRest } from '../../../web/planning/inputs/real-accounts.ts'
import { danglingReferences, renamed } from '../../../web/planning/inputs/references.ts'
import { controlOf, wordsOf } from '../../../web/planning/inputs/words.ts'
import { states } from '../../../web/messages/en/states.ts'

const context: InputContext = {
  look: { locale: 'en-US', currency: 'USD', timezone: 'America/New_York', hidesAmounts: false },
  asOfDate: '2026-07-01',
  people: [{ name: 'Alex', birthDate: '1966-02-03' }],
  names: { person: ['Alex'], account: ['401(k)'], income: ['Salary'] },
  assets: [
    ['us_large_cap', 'Stocks'],
    ['us_core_bond', 'Bonds'],
  ],
  isHousehold: true,
  accounts: [{ id: '01990000-0000-7000-8000-000000000004', name: 'Brokerage', type: 'investment' }],
  real: {
    date: '2026-11-28',
    isCurrent: true,
    accounts: [
      {
        accountId: '01990000-0000-7000-8000-000000000004',
        name: 'Brokerage',
        type: 'investment',
        lotBasis: '1000.00',
        lotValue: '1600.00',
        priceDate: '2026-11-27',
        cash: '500.00',
        rest: null,
        costBasis: '1500.00',
        value: '2100.00',
        gaps: [],
      },
    ],
  },
}
const link = '01990000-0000-7000-8000-000000000003'
const [{ accountId: kept }] = context.real.accounts as [InputContext['real']['accounts'][number]]

/** One value or several of each type, which together have every field and every kind of a union. */
const samples: Readonly<Record<InputType, readonly Json[]>> = {
  person: [
    { birthDate: '1966-02-03', retirementAge: 65 },
    {
      birthDate: '1966-02-03',
      retirementAge: 65,
      sex: 'male',
      lifespan: { kind: 'life_table' },
      earlyRetirement: { spendingMultiple: 30, fromAge: 55 },
      socialSecurity: { benefit: { kind: 'pia', monthlyAmount: '2800.5' }, claimingAgeMonths: 806 },
      survivorClaimingAgeMonths: 721,
    },
    {
      birthDate: '1966-02-03',
      retirementAge: 65,
      lifespan: { kind: 'fixed', age: 99 },
      socialSecurity: {
        benefit: {
          kind: 'earnings',
          byYear: [
            { year: 1999, amount: '65000' },
            { year: 2000, amount: '66000.25' },
          ],
        },
        claimingAgeMonths: 744,
      },
    },
  ],
  account: [
    { balance: '1000000.5' },
    {
      balance: '5',
      kind: 'roth',
      owner: 'Alex',
      employerPlan: true,
      basis: '3',
      allocation: [
        { year: 0, weights: { us_large_cap: 0.6, us_core_bond: 0.4 } },
        { year: 10, weights: { us_core_bond: 1 } },
      ],
      feeRate: 0.0045,
      dividendYield: 0.0175,
      rebalancing: { kind: 'threshold', drift: 0.05 },
      linkedAccountId: link,
    },
    { balance: '5', basis: '3', basisAsOf: '2026-11-28', linkedAccountId: kept },
    { balance: '5', basis: '3', basisAsOf: '2026-11-28', linkedAccountId: link },
    { balance: '5', rebalancing: { kind: 'never' } },
    { balance: '5', rebalancing: { kind: 'calendar', everyYears: 2 } },
  ],
  contribution: [
    {
      annualAmount: '1000',
      account: '401(k)',
      employerMatch: { income: 'Salary', rate: 0.5, upToShareOfIncome: 0.06 },
      enforceLimits: false,
      healthCoverage: 'family',
      startYear: 1,
      endYear: 3,
      indexedToInflation: false,
    },
    { shareOfIncome: { income: 'Salary', share: 0.1 } },
  ],
  withdrawal: [{ annualAmount: '40000', startYear: 2, endYear: 30, indexedToInflation: false }],
  income: [
    {
      kind: 'rental',
      person: 'Alex',
      annualAmount: '12000',
      startYear: 1,
      endYear: 9,
      indexedToInflation: false,
      growthRate: 0.01,
      taxableShare: 0.85,
      survivorShare: 0.5,
    },
  ],
  pension: [{ annualAmount: '12000', startYear: 5 }],
  annuity: [{ annualAmount: '12000', endYear: 5 }],
  expense: [
    {
      annualAmount: '1',
      essential: false,
      medical: true,
      charitable: true,
      startYear: 1,
      endYear: 2,
      indexedToInflation: false,
      growthRate: -0.02,
      survivorShare: 0.7,
    },
  ],
  goal: [{ year: 4, amount: '30000', priority: 2, indexedToInflation: false, education: true }],
  debt: [{ balance: '1', annualRate: 0.065, annualPayment: '2', linkedAccountId: link }],
  property: [{ value: '1', growthRate: 0.01, basis: '1', saleYear: 7, saleCostRate: 0.05, primaryResidence: true, linkedAccountId: link }],
  spending_policy: [
    { rule: { kind: 'constant_real' }, byAge: [{ age: 75, multiplier: 0.9 }], successCriterion: 'essential_spending' },
    {
      rule: {
        kind: 'guyton_klinger',
        guardrail: 0.25,
        adjustment: 0.05,
        preservationOffYears: 10,
        freezeAfterLoss: false,
        inflationCap: 0.06,
      },
    },
    { rule: { kind: 'fixed_percent', rate: 0.04 } },
    { rule: { kind: 'floor_ceiling', rate: 0.04, floor: 0.1, ceiling: 0.25, bandAround: 'last_year' } },
    { rule: { kind: 'vpw', stockShare: 0.6, lastAge: 100 } },
    { rule: { kind: 'rmd' } },
    { rule: { kind: 'ratchet', threshold: 0.4, raise: 0.2, everyYears: 2 } },
    { rule: { kind: 'ninety_five_percent', rate: 0.04 } },
    { rule: { kind: 'one_over_n', lastAge: 95 } },
    { rule: { kind: 'hebeler_autopilot', lastYearShare: 0.6 } },
    {
      rule: { kind: 'cape_based', baseRate: 0.02, yieldShare: 0.4, startingCape: 30.5, asset: 'us_large_cap', steadyReturnReal: 0.05 },
    },
  ],
  withdrawal_policy: [
    { order: { kind: 'conventional' }, surplus: 'spent' },
    { order: { kind: 'proportional' } },
    { order: { kind: 'bracket_aware', ordinaryRate: 0.22 } },
    { order: { kind: 'custom', accounts: ['401(k)'] } },
  ],
  roth_conversion: [
    { amount: { kind: 'fixed', annualAmount: '10000', indexedToInflation: false }, startYear: 1, endYear: 5 },
    { amount: { kind: 'fill_bracket', ordinaryRate: 0.24 }, startYear: 0, endYear: 5 },
    { amount: { kind: 'fill_irmaa_tier', tier: 2 }, startYear: 0, endYear: 5 },
  ],
  tax_settings: [{ filingStatus: 'head_of_household', tableYear: 2026, state: 'CA', enabled: false }],
}

/** Paths of the members that have a control, at any depth. */
const pathsIn = (fields: readonly Field[], prefix = ''): string[] =>
  fields.flatMap(field => {
    const path = `${prefix}${field.name}`
    if (field.kind === 'either') return Object.values(field.cases).flatMap(each => pathsIn(each, prefix))
    if (field.kind === 'union') return [path, ...Object.values(field.cases).flatMap(each => pathsIn(each, `${path}.`))]
    return field.kind === 'optional' || field.kind === 'list' ? [path, ...pathsIn(field.fields, `${path}.`)] : [path]
  })

const membersOf = (schema: z.ZodType): string[] => Object.keys((schema as z.ZodObject).shape)

test.for(inputTypes)('every field of %s has a control', (type, { expect }) => {
  expect(pathsIn(descriptions[type].fields)).toEqual(expect.arrayContaining(membersOf(inputValues[type])))
})

const locales = ['en-US', 'de-DE', 'fr-CH'] as const

test.for(inputTypes.flatMap(type => locales.map(locale => [type, locale] as const)))(
  'a value of %s is the same after its form in %s',
  ([type, locale], { expect }) => {
    const here = { ...context, look: { ...context.look, locale } }
    for (const sample of samples[type]) {
      const stored = inputValues[type].parse(sample) as Json
      const { errors, value } = fromValues(descriptions[type].fields, toValues(descriptions[type].fields, stored, here), here)
      expect(errors).toEqual({})
      expect(inputValues[type].parse(value)).toEqual(stored)
    }
  },
)

test.for(inputTypes)('what the form of a new %s shows is what the server takes when nothing is given', (type, { expect }) => {
  const required = fromValues(descriptions[type].fields, toValues(descriptions[type].fields, samples[type][0], context), context).value
  const bare = Object.fromEntries(
    Object.entries(required).filter(([name]) => inputValues[type].safeParse({ ...required, [name]: undefined }).error),
  )
  const shown = fromValues(descriptions[type].fields, { ...toValues(descriptions[type].fields, bare, context) }, context).value
  expect(inputValues[type].parse(shown)).toEqual(inputValues[type].parse(bare))
})

test.for(inputTypes)('every field of %s has words, and every value can be read', (type, { expect }) => {
  const paths = pathsIn(descriptions[type].fields)
  expect(paths.filter(path => wordsOf(type, path).label === path.split('.').at(-1))).toEqual([])
  for (const sample of samples[type]) {
    const lines = inputLines(type, inputValues[type].parse(sample), context)
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.filter(({ text }) => /undefined|NaN|_/.test(text))).toEqual([])
  }
})

test('years are calendar years, and a year before the plan is refused', () => {
  const { fields } = descriptions.expense
  const values = toValues(fields, { annualAmount: '1', startYear: 2, endYear: 5 }, context)
  expect(values).toMatchObject({ startYear: '2028', endYear: '2030' })
  expect(fromValues(fields, { ...values, startYear: '2025' }, context).errors).toEqual({ startYear: 'Write a year from 2026 on.' })
  expect(fromValues(fields, { ...values, endYear: '2027' }, context).errors).toEqual({
    endYear: 'The last year cannot be before the first.',
  })
})

test('an error of the server finds its control, also in the chosen case of a union and in a row of a list', () => {
  const rule = toValues(descriptions.spending_policy.fields, { rule: { kind: 'vpw', stockShare: 0.5 } }, context)
  expect(controlOf('rule.lastAge', rule)).toBe('rule.vpw:lastAge')
  expect(controlOf('rule.unknown', rule)).toBe('rule.kind')
  const person = toValues(descriptions.person.fields, samples.person[2], context)
  expect(controlOf('socialSecurity.benefit.byYear.1.amount', person)).toBe('socialSecurity.benefit.earnings:byYear.1.amount')
  expect(controlOf('socialSecurity.benefit.byYear', person)).toBe('socialSecurity.benefit.earnings:byYear.count')
  expect(controlOf('nothing', person)).toBeUndefined()
})

test('a new name goes into every input that refers to it', () => {
  const input = (inputType: InputType, inputName: string, inputValue: unknown) => ({
    id: inputName,
    planId: 'plan',
    inputType,
    inputName,
    inputValue: inputValue as never,
    dataSource: 'user_input',
    confidenceScore: null,
    isValid: true,
    validationErrors: null,
    version: 1,
    createdAt: '2026-01-01T00:00:00Z',
  })
  const inputs = [
    input('account', 'Old', samples.account[0]),
    input('contribution', 'Saving', samples.contribution[0]),
    input('withdrawal_policy', 'Order', { order: { kind: 'custom', accounts: ['401(k)', 'Old'] }, surplus: 'spent' }),
  ]
  const [order, ...others] = renamed(inputs, 'account', 'Old', 'New')
  expect(others).toEqual([])
  expect(order?.inputValue).toEqual({ order: { kind: 'custom', accounts: ['401(k)', 'New'] }, surplus: 'spent' })
  expect(danglingReferences(inputs).map(({ missing }) => missing)).toEqual(['401(k)', 'Salary', '401(k)'])
})

test('the day of tax lots goes with another kind of account, or without a basis', () => {
  const { fields } = descriptions.account
  const values = toValues(fields, { balance: '5', kind: 'taxable', basis: '3', basisAsOf: '2026-11-28', linkedAccountId: kept }, context)
  expect(values).toMatchObject({ linkedAccountId: kept, basisAsOf: '2026-11-28' })
  expect(fromValues(fields, values, context).value).toMatchObject({ basisAsOf: '2026-11-28' })
  for (const [name, text] of [
    ['kind', 'roth'],
    ['basis', ''],
  ] as const)
    expect(fromValues(fields, { ...values, [name]: text }, context).value).not.toHaveProperty('basisAsOf')
})

test('a stated balance gives a basis only if nothing but its rest is missing', () => {
  const [account] = context.real.accounts as [InputContext['real']['accounts'][number]]
  const gap = (kind: 'rest_of_balance' | 'oversold') => ({ kind, symbol: null, message: '' })
  const stated = { ...account, cash: null, costBasis: null, rest: '0.05', gaps: [gap('rest_of_balance')] }
  expect(basisWithRest(stated)).toBe('1000.05')
  expect(basisWithRest({ ...stated, lotBasis: '-3.00' })).toBe('-2.95')
  expect(basisWithRest({ ...stated, gaps: [...stated.gaps, gap('oversold')] })).toBeUndefined()
  expect(basisWithRest({ ...account, costBasis: '1500.00' })).toBeUndefined()
})

test('a share of an asset class that the assumption set has no longer is kept', () => {
  const { fields } = descriptions.account
  const stored = { balance: '1', allocation: [{ year: 0, weights: { gold: 1 } }] }
  expect(fromValues(fields, toValues(fields, stored, context), context).value).toMatchObject(stored)
})

test('every state with tax tables has a name', () => {
  expect(Object.keys(states).toSorted((a, b) => a.localeCompare(b))).toEqual(coveredStates.toSorted((a, b) => a.localeCompare(b)))
})
