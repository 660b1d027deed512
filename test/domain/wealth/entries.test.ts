import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Decimal, sumMoney } from '../../../domain/shared/index.ts'
import {
  type EntryAccount,
  entryFaults,
  entryFaultsIn,
  fingerprintOf,
  splitTransaction,
  taxCategoryOf,
} from '../../../domain/wealth/index.ts'

const entry = { date: '2026-03-02', description: 'Entry' } as const
const account: EntryAccount = { type: 'investment', taxType: null, currency: 'USD', openedOn: null, closedOn: null }
const trade = { ...entry, symbol: 'VTI', quantity: '10', price: '25.50' } as const
const paths = (issues: readonly { readonly path: string }[]) => issues.map(({ path }) => path)

describe('the amount of a trade', () => {
  it.each([
    ['buy', '-256.00'],
    ['cover', '-256.00'],
    ['sell', '254.00'],
    ['short', '254.00'],
    ['reinvestment', '-256.00'],
  ] as const)('of a %s has the fees in it', (type, amount) => {
    const fees = { commission: '0.75', regulatoryFees: '0.25' }
    expect(entryFaults({ ...trade, ...fees, type, amount })).toEqual([])
    expect(entryFaults({ ...trade, ...fees, type, amount: new Decimal(amount).plus('0.02').toFixed(2) })).toMatchObject([
      { path: 'amount', message: `must be ${amount}: quantity times price with the fees` },
    ])
  })

  it('can be none for a reinvestment', () => {
    expect(entryFaults({ ...trade, type: 'reinvestment' })).toEqual([])
    expect(paths(entryFaults({ ...trade, type: 'buy' }))).toEqual(['amount'])
  })
})

it.each([
  ['contribution', '-1.00'],
  ['withdrawal', '1.00'],
  ['transfer_in', '-1.00'],
  ['transfer_out', '1.00'],
] as const)('refuses a %s in the other direction', (type, amount) => {
  expect(paths(entryFaults({ ...entry, type, amount }))).toEqual(['amount'])
})

it('takes a transfer of securities without money, but not one of nothing', () => {
  expect(entryFaults({ ...entry, type: 'transfer_in', symbol: 'VTI', quantity: '3' })).toEqual([])
  expect(paths(entryFaults({ ...entry, type: 'transfer_in' }))).toEqual(['amount'])
})

it('names the fields that a type needs and those that it does not have', () => {
  expect(paths(entryFaults({ ...entry, type: 'split', splitNumerator: 3 }))).toEqual(['symbol', 'splitDenominator'])
  expect(paths(entryFaults({ ...entry, type: 'symbol_change', symbol: 'FB', amount: '1.00' }))).toEqual(['newSymbol'])
  expect(paths(entryFaults({ ...entry, type: 'cash', amount: '1.00', symbol: 'VTI', confidenceScore: 1 }))).toEqual([
    'symbol',
    'confidenceScore',
  ])
  expect(paths(entryFaults({ ...trade, type: 'buy', amount: '-255.00', settlementDate: '2026-03-01' }))).toEqual(['settlementDate'])
})

it('asks a retirement account for the year of a contribution', () => {
  const contribution = { ...entry, type: 'contribution', amount: '1.00' } as const
  expect(entryFaultsIn(contribution, account)).toEqual([])
  expect(paths(entryFaultsIn(contribution, { ...account, taxType: 'hsa' }))).toEqual(['taxYear'])
  expect(entryFaultsIn({ ...contribution, taxYear: 2025 }, { ...account, type: 'retirement' })).toEqual([])
})

it('derives the tax category', () => {
  expect([taxCategoryOf('dividend', true), taxCategoryOf('dividend'), taxCategoryOf('sell'), taxCategoryOf('buy')]).toEqual([
    'qualified_dividend',
    'ordinary_dividend',
    'capital_gain',
    null,
  ])
})

it('gives the same fingerprint to texts that differ in case, width and spaces only', () => {
  const one = { date: '2026-01-01', amount: '-5.00', description: 'ＡＣＭＥ  Shop', type: 'cash' } as const
  expect(fingerprintOf(one)).toMatch(/^[0-9a-f]{32}$/)
  expect(fingerprintOf({ ...one, amount: '-5', description: ' acme shop' })).toBe(fingerprintOf(one))
  expect(fingerprintOf({ ...one, amount: '-5.01' })).not.toBe(fingerprintOf(one))
  expect(fingerprintOf({ ...one, type: 'buy', symbol: 'A', quantity: '1' })).not.toBe(
    fingerprintOf({ ...one, type: 'buy', symbol: 'A', quantity: '2' }),
  )
})

const cents = fc.integer({ min: 1, max: 10_000_000 })
const money = (amount: number) => new Decimal(amount).dividedBy(100).toFixed(2)

it('divides an amount into parts that add up exactly to it, by weights', () => {
  fc.assert(
    fc.property(
      cents,
      fc.boolean(),
      fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 2, maxLength: 12 }),
      (amount, out, weights) => {
        const whole = money(out ? -amount : amount)
        const divided = splitTransaction(
          whole,
          weights.map(weight => ({ weight: String(weight) })),
          'USD',
        )
        // A part can be too small for a cent: then the division is refused.
        if ('issues' in divided) expect(amount).toBeLessThan(weights.reduce((sum, weight) => sum + weight, 0))
        else expect(sumMoney(divided.amounts.map(part => new Decimal(part))).toFixed(2)).toBe(whole)
      },
    ),
  )
})

it('accepts amounts that add up, and names the difference otherwise', () => {
  fc.assert(
    fc.property(cents, cents, fc.integer({ min: -50, max: 50 }), (first, second, wrong) => {
      fc.pre(first + second + wrong > 0)
      const parts = [money(-first), money(-second)].map(amount => ({ amount }))
      const divided = splitTransaction(money(-(first + second + wrong)), parts, 'USD')
      const named = { issues: [{ path: '', message: expect.stringContaining(money(-wrong)) }] }
      expect(divided).toMatchObject(wrong === 0 ? { amounts: parts.map(({ amount }) => amount) } : named)
    }),
  )
})
