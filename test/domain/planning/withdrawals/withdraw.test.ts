import { describe, expect, test } from 'vitest'
import { validateWithdrawals, type WithdrawalSpec } from '../../../../domain/planning/withdrawals/index.ts'
import { type Account, cents, kinkedTax, withdraw } from './households.ts'

const taxable: Account = { kind: 'taxable', balance: 100_000, basis: 60_000 }
const deferred: Account = { kind: 'taxDeferred', balance: 200_000 }
const roth: Account = { kind: 'roth', balance: 50_000, basis: 20_000, recentConversions: 10_000 }
const hsa: Account = { kind: 'hsa', balance: 30_000 }
const education: Account = { kind: 'education', balance: 40_000 }
const ALL = [taxable, deferred, roth, hsa, education]

describe('orders', () => {
  test.each([
    ['conventional', 90_000, [90_000, 0, 0, 0, 0]],
    ['conventional', 150_000, [100_000, 50_000, 0, 0, 0]],
    ['conventional', 370_000, [100_000, 200_000, 50_000, 20_000, 0]],
    ['proportional', 70_000, [20_000, 40_000, 10_000, 0, 0]],
    ['proportional', 360_000, [100_000, 200_000, 50_000, 10_000, 0]],
  ] as const)('%s, need of %d', (order, need, amounts) => {
    expect(cents(withdraw(ALL, order, need).out.amounts)).toEqual(amounts)
  })

  test.each([
    [20_000, [0, 20_000, 0, 0, 0]],
    [90_000, [60_000, 30_000, 0, 0, 0]],
    [160_000, [100_000, 30_000, 30_000, 0, 0]],
    [300_000, [100_000, 150_000, 50_000, 0, 0]],
    [365_000, [100_000, 200_000, 50_000, 15_000, 0]],
  ])('bracket-aware with room for 30,000, need of %d', (need, amounts) => {
    expect(cents(withdraw(ALL, 'bracket-aware', need, undefined, { bracketRoom: 30_000 }).out.amounts)).toEqual(amounts)
  })

  test('required distributions use room in the bracket', () => {
    const accounts = [taxable, { ...deferred, required: 25_000 }]
    expect(cents(withdraw(accounts, 'bracket-aware', 40_000, undefined, { bracketRoom: 30_000 }).out.amounts)).toEqual([10_000, 30_000])
    expect(cents(withdraw(accounts, 'bracket-aware', 40_000, undefined, { bracketRoom: 10_000 }).out.amounts)).toEqual([15_000, 25_000])
  })

  test('custom: groups one after the other, and no other accounts', () => {
    const order = { kind: 'custom', groups: [[2], [0, 1]] } as const
    const custom = { kind: 'custom', groups: order.groups.map(group => [...group]) } as const
    expect(cents(withdraw(ALL, custom, 80_000).out.amounts)).toEqual([10_000, 20_000, 50_000, 0, 0])
    const { out } = withdraw(ALL, custom, 351_000)
    expect([cents(out.amounts), out.unfunded]).toEqual([[100_000, 200_000, 50_000, 0, 0], 1_000])
  })

  test('two accounts of a kind share in proportion to their balances', () => {
    const accounts = [taxable, deferred, { ...deferred, balance: 600_000 }]
    expect(cents(withdraw(accounts, 'conventional', 180_000).out.amounts)).toEqual([100_000, 20_000, 60_000])
  })
})

describe('income of withdrawals', () => {
  test('a taxable account realises its gain in proportion and keeps its gain fraction', () => {
    const { out, slots } = withdraw([taxable], 'conventional', 25_000)
    expect(out.income).toEqual({ ordinary: 0, gain: 10_000, early: 0, earlyHsa: 0 })
    expect([slots.balance[0], slots.basis[0]]).toEqual([75_000, 45_000])
    expect(withdraw([{ ...taxable, basis: 120_000 }], 'conventional', 25_000).out.income.gain).toBeCloseTo(-5_000, 9)
  })

  test('an early tax-deferred withdrawal is income and penalised, a later one income only', () => {
    const groups = { kind: 'custom' as const, groups: [[1]] }
    expect(withdraw([taxable, { ...deferred, early: true }], groups, 9_000).out.income).toMatchObject({ ordinary: 9_000, early: 9_000 })
    expect(withdraw([taxable, deferred], groups, 9_000).out.income).toMatchObject({ ordinary: 9_000, early: 0 })
  })

  test.each([
    [20_000, 0, 0, 0, 10_000],
    [25_000, 0, 5_000, 0, 5_000],
    [45_000, 15_000, 25_000, 0, 0],
  ])('early Roth withdrawal of %d: contributions, then conversions, then earnings', (need, ordinary, early, basis, recentConversions) => {
    const { out, slots } = withdraw([taxable, { ...roth, early: true }], { kind: 'custom', groups: [[1]] }, need)
    expect(out.income).toEqual({ ordinary, gain: 0, early, earlyHsa: 0 })
    expect([slots.basis[1], slots.recentConversions[1]]).toEqual([basis, recentConversions])
  })

  test('a qualified Roth withdrawal is free', () => {
    const { out } = withdraw([taxable, roth], { kind: 'custom', groups: [[1]] }, 50_000)
    expect(out.income).toEqual({ ordinary: 0, gain: 0, early: 0, earlyHsa: 0 })
  })
})

describe('accounts with a purpose', () => {
  test('an HSA pays medical expenses first and free of tax, other needs last and taxed', () => {
    const { out } = withdraw([taxable, hsa], 'conventional', 20_000, undefined, { medicalNeed: 8_000 })
    expect([cents(out.amounts), out.medicalPaid]).toEqual([[12_000, 8_000], 8_000])
    expect(out.income.ordinary).toBe(0)
    const more = withdraw([taxable, { ...hsa, early: true }], 'conventional', 125_000, undefined, { medicalNeed: 8_000 }).out
    expect(cents(more.amounts)).toEqual([100_000, 25_000])
    expect(more.income).toMatchObject({ ordinary: 17_000, early: 0, earlyHsa: 17_000 })
  })

  test('an HSA does not pay what required distributions already pay', () => {
    const { out } = withdraw([taxable, { ...deferred, required: 15_000 }, hsa], 'conventional', 20_000, undefined, { medicalNeed: 8_000 })
    expect([cents(out.amounts), out.medicalPaid]).toEqual([[0, 15_000, 5_000], 5_000])
  })

  test('a 529 plan pays for education only', () => {
    const { out } = withdraw([taxable, education], 'conventional', 60_000, undefined, { educationNeed: 50_000 })
    expect([cents(out.amounts), out.educationPaid, out.income.ordinary]).toEqual([[20_000, 40_000], 40_000, 0])
    const short = withdraw([taxable, education], 'conventional', 130_000, undefined, { educationNeed: 5_000 }).out
    expect([cents(short.amounts), short.unfunded]).toEqual([[100_000, 5_000], 25_000])
  })
})

describe('required distributions', () => {
  test('come first, and a surplus goes into the taxable account at full basis', () => {
    const { out, slots } = withdraw([taxable, { ...deferred, required: 30_000 }], 'conventional', 12_000, kinkedTax)
    // Tax on 30,000: 2,000 + 22 % of 10,000.
    expect([cents(out.amounts), cents([out.tax, out.surplus, out.unfunded])]).toEqual([
      [0, 30_000],
      [4_200, 13_800, 0],
    ])
    expect(cents([...slots.balance, slots.basis[0]!])).toEqual([113_800, 170_000, 73_800])
  })

  test('are limited to the balance', () => {
    expect(cents(withdraw([taxable, { ...deferred, required: 1e6 }], 'conventional', 0).out.amounts)).toEqual([0, 200_000])
  })

  test('a surplus of income is saved after tax', () => {
    const { out, slots } = withdraw([taxable], 'conventional', -10_000, () => 4_000)
    expect([out.surplus, slots.balance[0], slots.basis[0]]).toEqual([6_000, 106_000, 66_000])
  })
})

test('a gift to charity does not depend on the need, counts towards the required distribution and is no income', () => {
  const gives = (charitable: number, need: number) =>
    withdraw([taxable, { ...deferred, required: 15_000, charitable }], 'conventional', need).out
  expect([cents(gives(4_000, 4_000).amounts), gives(4_000, 4_000).income.ordinary, gives(4_000, 4_000).surplus]).toEqual([
    [0, 15_000],
    11_000,
    11_000,
  ])
  expect([cents(gives(20_000, 50_000).amounts), gives(20_000, 50_000).income.ordinary]).toEqual([[30_000, 20_000], 0])
  expect([cents(gives(20_000, -1_000).amounts), gives(20_000, -1_000).surplus]).toEqual([[0, 20_000], 21_000])
})

describe('gross-up', () => {
  test('withdraws the tax on the withdrawal, compared with a hand calculation', () => {
    // x - (2,000 + 22 % (x - 20,000)) = 50,000 has the root 47,600 / 0.78.
    const { out } = withdraw([taxable, deferred], { kind: 'custom', groups: [[1]] }, 50_000, kinkedTax)
    expect(Math.abs(out.amounts[1]! - (50_000 + 2_000 - 4_400) / 0.78)).toBeLessThan(0.01)
    expect(Math.abs(out.tax - (out.amounts[1]! - 50_000))).toBeLessThan(0.01)
  })

  test('pays the tax on other income', () => {
    const { out } = withdraw([{ ...taxable, basis: 100_000 }], 'conventional', 30_000, () => 7_000)
    expect(cents(out.amounts)).toEqual([37_000])
  })

  test('reports the exact unfunded amount when everything is withdrawn', () => {
    const { out } = withdraw(
      [
        { ...taxable, balance: 0 },
        { ...deferred, balance: 20_000 },
      ],
      'conventional',
      30_000,
      kinkedTax,
    )
    expect([cents(out.amounts), out.tax, out.unfunded]).toEqual([[0, 20_000], 2_000, 12_000])
  })

  test.each([
    ['up', 30_000, (ordinary: number) => (ordinary > 31_000 ? 3_000 : 0)],
    ['up within reach', 30_000, (ordinary: number) => (ordinary > 29_000 ? 3_000 : 0)],
    ['down', 30_000, (ordinary: number) => (ordinary > 31_000 ? 0 : 3_000)],
  ])('ends where the tax jumps %s', (_, need, jump) => {
    const { out } = withdraw([taxable, deferred], { kind: 'custom', groups: [[1]] }, need, ({ ordinary }) => jump(ordinary))
    expect(out.unfunded).toBe(0)
    expect(Math.abs(out.amounts[1]! - need - out.tax - out.surplus)).toBeLessThan(0.01)
  })

  test('calls the tax function a few times only', () => {
    let trials = 0
    withdraw(ALL, 'proportional', 150_000, income => {
      trials++
      return kinkedTax(income)
    })
    expect(trials).toBeLessThanOrEqual(8)
  })
})

describe('validation', () => {
  const paths = (changes: Record<string, unknown>): string[] => {
    const spec: WithdrawalSpec = { accounts: ['taxable', 'roth', 'education'], order: { kind: 'conventional' } }
    return validateWithdrawals(Object.assign(spec, changes)).map(issue => issue.path)
  }

  test('finds no fault in valid specifications', () => {
    expect(paths({})).toEqual([])
    expect(paths({ order: { kind: 'custom', groups: [[1], [0]] } })).toEqual([])
  })

  test.each([
    [{ accounts: ['roth'] }, 'accounts'],
    [{ accounts: Array.from({ length: 101 }, () => 'taxable') }, 'accounts'],
    [{ accounts: ['taxable', 'gold'] }, 'accounts.1'],
    [{ order: { kind: 'random' } }, 'order.kind'],
    [{ order: { kind: 'custom', groups: [[0], [3]] } }, 'order.groups.1.0'],
    [{ order: { kind: 'custom', groups: [[0, 2]] } }, 'order.groups.0.1'],
    [{ order: { kind: 'custom', groups: [[0], [1, 0]] } }, 'order.groups.1.1'],
  ])('%o', (changes, path) => {
    expect(paths(changes)).toEqual([path])
  })
})
