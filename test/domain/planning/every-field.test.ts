import { describe, expect, test } from 'vitest'
import {
  assertValidPlan,
  compileHousehold,
  compilePlan,
  type InputType,
  inputValues,
  type PlanInput,
  readPlanInput,
  runHash,
  schemaVersionOf,
} from '../../../domain/planning/index.ts'
import { InvalidSpecError, type LognormalModel } from '../../../domain/simulation/index.ts'
import { changesOf } from '../../support/schema-walk.ts'
import { LOGNORMAL } from '../simulation/specs.ts'

type Given = readonly [inputType: InputType, inputName: string, inputValue: Record<string, unknown>]

/** The account that a link names is not part of a simulation: it gives the balance when the plan is rolled forward. Nor is the day of its tax lots. */
const notSimulated = new Set(['linkedAccountId', 'basisAsOf'])

/** What these fields mean when they are left out. To give this value is no change. */
const meaningWhenLeftOut: Readonly<Record<string, unknown>> = {
  owner: 'Alex',
  person: 'Alex',
  startYear: 0,
  filingStatus: 'married_joint',
  tableYear: 2026,
}

const terms = {
  asOfDate: '2026-01-01',
  planningHorizonYears: 30,
  monteCarloIterations: 100,
  randomSeed: '1',
  defaultAllocation: { stocks: 0.6, bonds: 0.4 },
  latestTaxYear: 2026,
  stepsPerYear: 1,
  flowTiming: 'begin',
} as const
const returns: LognormalModel = LOGNORMAL

const read = ([inputType, inputName, inputValue]: Given): PlanInput =>
  readPlanInput({ inputType, inputName, inputValue, schemaVersion: schemaVersionOf(inputType) })

const allocation = [
  { year: 0, weights: { stocks: 0.5, bonds: 0.5 } },
  { year: 10, weights: { bonds: 1 } },
]

const portfolio: readonly Given[] = [
  ['person', 'Alex', { birthDate: '1970-05-01', retirementAge: 65 }],
  ['person', 'Robin', { birthDate: '1975-02-01', retirementAge: 67 }],
  ['account', 'Savings', { balance: '500000.00', feeRate: 0.005, allocation }],
  ['account', 'Other', { balance: '1000.00' }],
  ['contribution', 'Saving', { annualAmount: '20000.00', account: 'Savings', startYear: 1, endYear: 9 }],
  ['withdrawal', 'Living', { annualAmount: '50000.00', startYear: 9, endYear: 29 }],
]
/** Without an allocation, a fee, or an account of a contribution. */
const plainPortfolio: readonly Given[] = [
  ['person', 'Alex', { birthDate: '1970-05-01', retirementAge: 65 }],
  ['account', 'Savings', { balance: '500000.00' }],
  ['contribution', 'Saving', { annualAmount: '20000.00' }],
  ['withdrawal', 'Living', { annualAmount: '50000.00' }],
]

const pia = { benefit: { kind: 'pia', monthlyAmount: '2000.00' }, claimingAgeMonths: 800 }
const earnings = { benefit: { kind: 'earnings', byYear: [{ year: 2000, amount: '50000.00' }] }, claimingAgeMonths: 790 }
const household: readonly Given[] = [
  ['person', 'Alex', { birthDate: '1970-05-01', retirementAge: 65, socialSecurity: pia, earlyRetirement: { spendingMultiple: 20 } }],
  ['person', 'Robin', { birthDate: '1972-05-01', retirementAge: 66, socialSecurity: earnings }],
  ['account', 'Savings', { balance: '500000.00', feeRate: 0.005, basis: '100000.00', allocation, dividendYield: 0.02 }],
  ['account', 'Plan', { balance: '1000.00', kind: 'traditional', employerPlan: true }],
  ['account', 'Other', { balance: '1000.00', kind: 'roth', rebalancing: { kind: 'threshold', drift: 0.1 } }],
  ['income', 'Work', { annualAmount: '90000.00' }],
  ['income', 'Second job', { annualAmount: '90000.00', kind: 'self_employment' }],
  ['pension', 'Pension', { annualAmount: '9000.00' }],
  ['annuity', 'Annuity', { annualAmount: '9000.00' }],
  [
    'contribution',
    'Deferral',
    {
      shareOfIncome: { income: 'Work', share: 0.1 },
      account: 'Plan',
      employerMatch: { income: 'Work', rate: 0.5, upToShareOfIncome: 0.06 },
    },
  ],
  ['contribution', 'Saving', { annualAmount: '1000.00', account: 'Savings', startYear: 1, endYear: 9 }],
  ['expense', 'Living', { annualAmount: '60000.00' }],
  ['goal', 'Roof', { year: 6, amount: '30000.00' }],
  ['debt', 'Mortgage', { balance: '100000.00', annualRate: 0.05, annualPayment: '9000.00' }],
  ['property', 'Home', { value: '400000.00', basis: '200000.00' }],
  ['spending_policy', 'Spending', { rule: { kind: 'guyton_klinger' } }],
  ['withdrawal_policy', 'Order', { order: { kind: 'custom', accounts: ['Savings', 'Plan', 'Other'] } }],
  ['roth_conversion', 'Ladder', { amount: { kind: 'fixed', annualAmount: '20000.00' }, startYear: 5, endYear: 10 }],
  ['tax_settings', 'Taxes', { state: 'CA' }],
]

type Outcome = { readonly hash: string } | { readonly refused: readonly string[] }

const outcomeOf = (given: readonly Given[], isHousehold: boolean): Outcome => {
  const inputs = given.map(read)
  try {
    const specification = isHousehold ? compileHousehold(terms, inputs, returns) : compilePlan(terms, inputs, returns)
    assertValidPlan(specification, inputs)
    return { hash: runHash(specification) }
  } catch (error) {
    if (error instanceof InvalidSpecError) return { refused: error.issues.map(({ path }) => path) }
    throw error
  }
}

const names = { names: ['Alex', 'Robin', 'Savings', 'Plan', 'Other', 'Work', 'Second job', 'Nobody'], assets: ['stocks', 'bonds'] }

/** The issue of a changed field that is at fault only together with another field, where the issue is. */
const refusedElsewhere: Readonly<Record<string, string>> = {
  // A household needs a taxable account.
  'Savings.kind': 'inputs',
  'Plan.employerPlan': 'inputs.Deferral.employerMatch',
  'Deferral.account': 'inputs.Deferral.employerMatch',
  'Work.kind': 'inputs.Deferral.shareOfIncome',
  // A conversion needs a traditional and a Roth account of one owner.
  'Plan.kind': 'inputs.Ladder',
  'Plan.owner': 'inputs.Ladder',
  'Other.kind': 'inputs.Ladder',
  'Other.owner': 'inputs.Ladder',
}

const without = (value: object, field: string): object => Object.fromEntries(Object.entries(value).filter(([name]) => name !== field))

interface Changed {
  readonly path: readonly string[]
  readonly input: Given
}

/**
 * The input after each change of a field that its schema reads as another value. Where a field excludes another one, the other is left out.
 */
const readableChanges = (input: Given): Changed[] => {
  const [inputType, inputName, inputValue] = input
  const schema = inputValues[inputType]
  const before = JSON.stringify(read(input).inputValue)
  return changesOf(schema, inputValue, names).flatMap(({ path, value }) => {
    const whole = value as Record<string, unknown>
    const others = Object.keys(whole).filter(field => field !== path[0])
    const readable = [whole, ...others.map(field => without(whole, field))].find(candidate => schema.safeParse(candidate).success)
    if (readable === undefined) return []
    const changed: Given = [inputType, inputName, readable as Record<string, unknown>]
    const field = path[0]!
    const isSpeltOut = inputValue[field] === undefined && whole[field] === meaningWhenLeftOut[field]
    return isSpeltOut || JSON.stringify(read(changed).inputValue) === before ? [] : [{ path, input: changed }]
  })
}

/** The fields of a type that are part of a simulation. */
const fieldsOf = (inputType: InputType): string[] => Object.keys(inputValues[inputType].shape).filter(field => !notSimulated.has(field))

const plans = [
  ['portfolio plan with accounts', portfolio, false],
  ['portfolio plan', plainPortfolio, false],
  ['household plan', household, true],
] as const

describe.each(plans)('each field of a %s', (_, given, isHousehold) => {
  const base = outcomeOf(given, isHousehold)

  test('is read: the plan can be simulated as it is', () => {
    expect(base).toHaveProperty('hash')
  })

  test('is changed at least once', () => {
    for (const type of new Set(given.map(([inputType]) => inputType))) {
      const changed = given
        .filter(([inputType]) => inputType === type)
        .flatMap(input => readableChanges(input).map(({ path: [field] }) => field))
      expect(changed).toEqual(expect.arrayContaining(fieldsOf(type)))
    }
  })

  test.each(given.map(input => [`${input[0]} ${input[1]}`, input] as const))(
    'of %s changes the hash or is refused by name',
    (__, input) => {
      const changes = readableChanges(input)
      const ignored = changes.filter(({ input: changed, path }) => {
        if (notSimulated.has(path[0]!)) return false
        const outcome = outcomeOf(
          given.map(each => (each === input ? changed : each)),
          isHousehold,
        )
        if ('hash' in outcome) return 'hash' in base && outcome.hash === base.hash
        const changedField = `${input[1]}.${path[0]!}`
        const places = [`inputs.${changedField}`, refusedElsewhere[changedField]]
        return !outcome.refused.some(issue => places.some(place => issue === place || issue.startsWith(`${place}.`)))
      })
      expect(ignored.map(({ input: [, , value], path }) => `${path.join('.')} in ${JSON.stringify(value)}`)).toEqual([])
    },
  )
})

test('every type of input is in one of the plans', () => {
  const types = new Set(plans.flatMap(([, given]) => given.map(([inputType]) => inputType)))
  expect([...types].toSorted()).toEqual(Object.keys(inputValues).toSorted())
})
