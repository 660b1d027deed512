import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actualAmountOf, netWorthOf, steadyPriceChange } from '../../../domain/planning/index.ts'
import { addDays, Decimal, formatMoney } from '../../../domain/shared/index.ts'

const of = (type: string, balance: string) => actualAmountOf(type, new Decimal(balance))
const fault = { fault: 'the balance is below zero, which a plan cannot have' }

describe('the amount of a plan for a real balance', () => {
  test.each([
    ['account', '1234.56', { amount: '1234.56' }],
    ['account', '0', { amount: '0.00' }],
    ['account', '-0.01', fault],
    ['property', '500000', { amount: '500000.00' }],
    ['property', '-1', fault],
    // What is owed is below zero in an account.
    ['debt', '-300000.00', { amount: '300000.00' }],
    ['debt', '0', { amount: '0.00' }],
    // A card that was paid too much owes nothing.
    ['debt', '12.00', { amount: '0.00' }],
  ])('of %s %s is %o', (type, balance, expected) => {
    expect(of(type, balance)).toEqual(expected)
  })

  test('is never negative, and is the balance without its sign or a fault', () => {
    fc.assert(
      fc.property(fc.constantFrom('account', 'debt', 'property'), fc.integer({ min: -1e12, max: 1e12 }), (type, cents) => {
        const taken = actualAmountOf(type, new Decimal(cents).dividedBy(100))
        if ('fault' in taken) expect(type !== 'debt' && cents < 0).toBe(true)
        else {
          const plain = formatMoney(new Decimal(Math.abs(cents)).dividedBy(100), 'USD')
          expect([plain, '0.00']).toContain(taken.amount)
          if (type !== 'debt' || cents <= 0) expect(taken.amount).toBe(plain)
        }
      }),
    )
  })
})

test('net worth is accounts and properties less debts', () => {
  const inputs = [
    { inputType: 'account', amount: '150000.00' },
    { inputType: 'property', amount: '500000.00' },
    { inputType: 'debt', amount: '700000.01' },
  ]
  expect(netWorthOf(inputs)).toBe('-50000.01')
  expect(netWorthOf([])).toBe('0.00')
})

describe('the change of prices at a steady rate', () => {
  test.each([
    [0.025, '2026-01-01', '2027-01-01', 0.025],
    [0.02, '2026-01-31', '2028-01-31', 0.0404],
    [0.03, '2026-01-01', '2026-01-01', 0],
    // 31 of 365 days: 1.03 ^ (31 / 365) - 1.
    [0.03, '2026-01-01', '2026-02-01', 0.00251363],
    [0, '2026-01-01', '2030-06-01', 0],
  ])('at %d from %s to %s is %d', (rate, from, to, expected) => {
    expect(steadyPriceChange(rate, from, to)).toBe(expected)
  })

  test('of two steps is that of one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 364 }), fc.double({ min: -0.02, max: 0.1, noNaN: true }), (days, rate) => {
        const middle = addDays('2026-01-01', days)
        const twice = (1 + steadyPriceChange(rate, '2026-01-01', middle)) * (1 + steadyPriceChange(rate, middle, '2027-01-01')) - 1
        expect(twice).toBeCloseTo(steadyPriceChange(rate, '2026-01-01', '2027-01-01'), 6)
      }),
    )
  })
})
