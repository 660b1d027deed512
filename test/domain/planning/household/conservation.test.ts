import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  explainPath,
  type HouseholdLedgerYear,
  type HouseholdSpec,
  simulateHousehold,
  validateHousehold,
} from '../../../../domain/planning/household/index.ts'
import { account, expense, fullCouple, income } from './households.ts'
import { namedFlows, yearlyFromLedgers } from './ledger-flows.ts'

const money = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max })

const rule: fc.Arbitrary<HouseholdSpec['spending']['rule']> = fc.constantFrom(
  { kind: 'constant_real' },
  { kind: 'fixed_percent', rate: 0.05 },
  { kind: 'floor_ceiling', rate: 0.05, floor: 0.15, ceiling: 0.2 },
  { kind: 'guyton_klinger', guardrail: 0.2, adjustment: 0.1, preservationOffYears: 15 },
  { kind: 'vpw', stockShare: 0.6, lastAge: 100 },
  { kind: 'rmd' },
  { kind: 'ratchet', threshold: 0.5, raise: 0.1, everyYears: 3 },
  { kind: 'ninety_five_percent', rate: 0.04 },
  { kind: 'one_over_n' },
  { kind: 'hebeler_autopilot', lastYearShare: 0.75 },
  { kind: 'cape_based', baseRate: 0.0175, yieldShare: 0.5, startingCape: 30, asset: 'stocks', steadyReturnReal: 0.05 },
)

const order: fc.Arbitrary<HouseholdSpec['withdrawals']['order']> = fc.constantFrom(
  { kind: 'conventional' },
  { kind: 'proportional' },
  { kind: 'bracket_aware', ordinaryRate: 0.12 },
  { kind: 'custom', accounts: ['roth', 'brokerage', '401k'] },
)

const conversion: fc.Arbitrary<HouseholdSpec['rothConversion']> = fc.constantFrom(
  null,
  { amount: { kind: 'fixed', annualAmount: 30_000, indexedToInflation: true }, startYear: 0, endYear: 12 },
  { amount: { kind: 'fill_bracket', ordinaryRate: 0.22 }, startYear: 3, endYear: 20 },
  { amount: { kind: 'fill_irmaa_tier', tier: 0 }, startYear: 3, endYear: 20 },
)

/** Couples, rich and poor, young and old, with all parts that a household can have. */
const households: fc.Arbitrary<HouseholdSpec> = fc
  .record({
    birthYears: fc.tuple(fc.integer({ min: 1950, max: 1985 }), fc.integer({ min: 1950, max: 1985 })),
    retirementAge: fc.integer({ min: 50, max: 70 }),
    salary: money(250_000),
    spending: money(150_000),
    discretionary: money(60_000),
    balances: fc.array(money(1_500_000), { minLength: 6, maxLength: 6 }),
    goal: money(200_000),
    gifts: money(150_000),
    rule,
    order,
    conversion,
    earlyRetirement: fc.constantFrom(undefined, { spendingMultiple: 12, fromAge: 45 }),
    surplus: fc.constantFrom('taxable', 'spent'),
    seed: fc.integer({ min: 0, max: 1e9 }).map(String),
  })
  .map(given => {
    const base = fullCouple({ paths: 4, years: 30, seed: given.seed })
    return {
      ...base,
      people: base.people.map((person, index) => ({
        ...person,
        birthDate: `${given.birthYears[index]}-07-01`,
        retirementAge: given.retirementAge,
        earlyRetirement: index === 0 ? given.earlyRetirement : undefined,
      })),
      incomes: [income({ annualAmount: given.salary }), ...base.incomes.slice(1)],
      expenses: [
        expense({ annualAmount: given.spending, survivorShare: 0.7 }),
        expense({ key: 'fun', annualAmount: given.discretionary, essential: false }),
        ...base.expenses.slice(2),
        expense({ key: 'gifts', annualAmount: given.gifts, essential: false, charitable: true }),
      ],
      spending: {
        rule: given.rule,
        byAge: [
          { age: 65, multiplier: 1 },
          { age: 85, multiplier: 0.8 },
        ],
      },
      goals: [
        { key: 'college', priority: 2, year: 4, amount: given.goal, indexedToInflation: false, education: true },
        { key: 'boat', priority: 1, year: 4, amount: given.goal / 2, indexedToInflation: true, education: false },
      ],
      accounts: [
        ...base.accounts.map((kept, index) => ({ ...kept, openingBalance: given.balances[index]! })),
        account({ key: '529', kind: 'education_529', openingBalance: given.balances[5]! / 10, rebalancing: { kind: 'never' } }),
      ],
      withdrawals: { order: given.order, surplus: given.surplus },
      rothConversion: given.conversion,
    } satisfies HouseholdSpec
  })

/** Sources of money minus its uses, without the growth of accounts. */
function cashGap(row: HouseholdLedgerYear): number {
  const sources = row.income + row.propertyProceeds + row.withdrawals
  const uses = row.spendingPaid + row.debtPaid + row.goalsPaid + row.contributions + row.taxPaid + row.surplusSaved + row.surplusSpent
  return sources - uses
}

describe('money', () => {
  test('is neither created nor lost in any year of any household', () => {
    fc.assert(
      fc.property(households, spec => {
        expect(validateHousehold(spec)).toEqual([])
        for (const path of [0, 3]) {
          let before = spec.accounts.reduce((total, { openingBalance }) => total + openingBalance, 0)
          for (const row of explainPath(spec, path)) {
            expect(row.opening).toBeCloseTo(before, 4)
            expect(Math.abs(cashGap(row))).toBeLessThan(0.01)
            const flows = row.contributions + row.employerMatch + row.surplusSaved - row.withdrawals
            expect(row.closing).toBeCloseTo(row.opening + flows + row.growth - row.fees, 3)
            expect(row.accounts.reduce((total, { closing }) => total + closing, 0)).toBeCloseTo(row.closing, 4)
            expect(row.accounts.reduce((total, { withdrawn }) => total + withdrawn, 0)).toBeCloseTo(row.withdrawals, 4)
            expect(Object.values(row.taxes).reduce((total, tax) => total + tax, 0)).toBeCloseTo(row.tax, 4)
            for (const { closing, basis, withdrawn, required } of row.accounts) {
              expect(closing).toBeGreaterThanOrEqual(0)
              expect(basis).toBeGreaterThanOrEqual(0)
              expect(withdrawn).toBeGreaterThanOrEqual(required - 1e-6)
            }
            before = row.closing
          }
        }
      }),
      { numRuns: 150 },
    )
  })
})

describe('yearly means', () => {
  test('are those of the ledgers of any household, to the rounding', () => {
    fc.assert(
      fc.property(households, spec => {
        const expected = yearlyFromLedgers(
          spec,
          Array.from({ length: spec.paths }, (_, path) => explainPath(spec, path)),
        )
        for (const [name, values] of Object.entries(namedFlows(simulateHousehold(spec).yearly.real))) {
          for (const [year, value] of values.entries()) expect(Math.abs(value - expected[name]![year]!)).toBeLessThan(0.001)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('success', () => {
  const rate = (spec: HouseholdSpec): number => simulateHousehold({ ...spec, paths: 64 }).success.count
  /** Without milestones: a higher cost delays a milestone, and a person who works longer may succeed more often. */
  const planned = (spec: HouseholdSpec): HouseholdSpec => ({
    ...spec,
    people: spec.people.map(person => ({ ...person, earlyRetirement: undefined })),
    spending: { ...spec.spending, rule: { kind: 'constant_real' } },
  })

  test('never rises with planned spending when no rule changes it', () => {
    fc.assert(
      fc.property(households, fc.integer({ min: 1, max: 40_000 }), (spec, more) => {
        const constant = planned(spec)
        const spends: HouseholdSpec = { ...constant, expenses: [...constant.expenses, expense({ key: 'more', annualAmount: more })] }
        expect(rate(spends)).toBeLessThanOrEqual(rate(constant))
      }),
      { numRuns: 30 },
    )
  })

  test('and wealth never rise with a fee', () => {
    fc.assert(
      fc.property(households, fc.integer({ min: 0, max: 5 }), (spec, index) => {
        const constant: HouseholdSpec = { ...planned(spec), paths: 64 }
        const accounts = constant.accounts.map((kept, at) => (at === index ? { ...kept, feeRate: kept.feeRate + 0.01 } : kept))
        const without = simulateHousehold(constant)
        const charged = simulateHousehold({ ...constant, accounts })
        expect(charged.success.count).toBeLessThanOrEqual(without.success.count)
        expect(charged.endingWealth.real.mean).toBeLessThanOrEqual(without.endingWealth.real.mean * (1 + 1e-9) + 0.01)
      }),
      { numRuns: 30 },
    )
  })
})
