import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AccountKind, TaxOfWithdrawals, WithdrawalOrder } from '../../../../domain/planning/withdrawals/index.ts'
import { type Account, kinkedTax, noTax, slotsOf, withdraw } from './households.ts'

const dollars = (max: number, min = 0) => fc.double({ min, max, noNaN: true })
const account = (kind: AccountKind) =>
  fc
    .record({
      kind: fc.constant(kind),
      balance: fc.oneof(fc.constant(0), dollars(1e6)),
      basis: dollars(1e6),
      recentConversions: dollars(5e4),
      required: kind === 'taxDeferred' ? dollars(1e5) : fc.constant(0),
      early: fc.boolean(),
      gives: kind === 'taxDeferred' ? dollars(1) : fc.constant(0),
    })
    .map(({ gives, ...given }): Account => ({ ...given, charitable: gives * given.balance }))
const accounts = fc.tuple(
  account('taxable'),
  account('taxDeferred'),
  account('roth'),
  account('taxDeferred'),
  account('hsa'),
  account('education'),
)
const order = fc.oneof(
  ...(['conventional', 'proportional', 'bracket-aware'] as const).map(kind => fc.constant<WithdrawalOrder>({ kind })),
  fc.shuffledSubarray([0, 1, 2, 3, 4]).map((indexes): WithdrawalOrder => ({ kind: 'custom', groups: indexes.map(index => [index]) })),
)
const needs = fc.record({ medicalNeed: dollars(3e4), educationNeed: dollars(3e4), bracketRoom: dollars(1e5) })
const tax = fc.constantFrom<TaxOfWithdrawals>(noTax, kinkedTax)

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0)
const CENT = 0.01

test('no money is created or lost', () => {
  fc.assert(
    fc.property(accounts, order, dollars(4e5, -5e4), needs, tax, (accounts, order, need, needs, tax) => {
      const before = slotsOf(accounts)
      const { out, slots } = withdraw(accounts, order, need, tax, needs)
      expect(Math.abs(sum(out.amounts) + out.unfunded - need - out.tax - out.surplus)).toBeLessThan(CENT)
      expect(Math.abs(sum(before.balance) - sum(out.amounts) + out.surplus - sum(slots.balance))).toBeLessThan(CENT)
      expect(out.tax).toBe(tax(out.income))
      expect(out.unfunded === 0 || out.surplus === 0).toBe(true)
    }),
    { numRuns: 1000 },
  )
})

test('no amount, balance or basis is negative, and no amount is above its balance', () => {
  fc.assert(
    fc.property(accounts, order, dollars(4e6), needs, tax, (accounts, order, need, needs, tax) => {
      const before = slotsOf(accounts)
      const { out, slots } = withdraw(accounts, order, need, tax, needs)
      for (const values of [out.amounts, slots.balance, slots.basis, slots.recentConversions])
        expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
      for (const [i, amount] of out.amounts.entries()) expect(amount).toBeLessThanOrEqual(before.balance[i]!)
    }),
  )
})

test('a need is unfunded only when every account of the order is empty', () => {
  fc.assert(
    fc.property(accounts, dollars(4e6), needs, (accounts, need, needs) => {
      const { out, slots } = withdraw(accounts, 'conventional', need, kinkedTax, needs)
      expect(out.unfunded > 0 ? sum(slots.balance.slice(0, 5)) : 0).toBe(0)
    }),
  )
})

test('required distributions and gifts to charity are always taken', () => {
  fc.assert(
    fc.property(accounts, order, dollars(4e5, -5e4), needs, (accounts, order, need, needs) => {
      const { out } = withdraw(accounts, order, need, kinkedTax, needs)
      for (const [i, { required, charitable, balance }] of accounts.entries())
        expect(out.amounts[i]!).toBeGreaterThanOrEqual(Math.min(Math.max(required!, charitable!), balance))
    }),
  )
})

test('a larger need never leaves a larger balance', () => {
  fc.assert(
    fc.property(accounts, order, dollars(3e5), dollars(1e5), needs, (accounts, order, need, more, needs) => {
      const left = (need: number): number =>
        sum(withdraw(accounts, order, need, kinkedTax, { ...needs, medicalNeed: 0, educationNeed: 0 }).slots.balance)
      expect(left(need + more)).toBeLessThan(left(need) + CENT)
    }),
  )
})

test('the same year gives the same bits', () => {
  fc.assert(
    fc.property(accounts, order, dollars(4e5), needs, (accounts: Account[], order, need, needs) => {
      const [first, second] = [1, 2].map(() => withdraw(accounts, order, need, kinkedTax, needs))
      expect(second).toEqual(first)
    }),
  )
})
