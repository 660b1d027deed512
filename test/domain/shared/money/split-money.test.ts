import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Decimal, formatMoney, minorDigits, splitMoney, sumMoney } from '../../../../domain/shared/index.ts'

const split = (amount: string, weights: readonly (number | string)[], currency = 'USD') =>
  splitMoney(new Decimal(amount), weights, currency).map(part => formatMoney(part, currency))

describe('a split of money', () => {
  test.each([
    ['100.00', [1, 1, 1], ['33.34', '33.33', '33.33']],
    ['0.02', [1, 1, 1], ['0.01', '0.01', '0.00']],
    ['-100.00', [1, 1, 1], ['-33.34', '-33.33', '-33.33']],
    ['10.00', [0, 3, 0, 1], ['0.00', '7.50', '0.00', '2.50']],
    ['0.00', [1, 2], ['0.00', '0.00']],
    // Quotas 1.1, 3.7 and 5.2 cents: the largest remainder gets the unit left over, not the first part.
    ['0.10', ['0.11', '0.37', '0.52'], ['0.01', '0.04', '0.05']],
    ['0.05', [0.5, 0.25, 0.25], ['0.03', '0.01', '0.01']],
    ['1234567890123.99', ['0.1', '0.2', '0.7'], ['123456789012.40', '246913578024.80', '864197523086.79']],
  ])('%s by %o', (amount, weights, parts) => expect(split(amount, weights)).toEqual(parts))

  test('has parts in whole minor units of the currency', () => {
    expect(split('100', [1, 1, 1], 'JPY')).toEqual(['34', '33', '33'])
    expect(split('0.100', [1, 1, 1], 'KWD')).toEqual(['0.034', '0.033', '0.033'])
  })

  test('adds up exactly, with each part within a unit of its share and equal weights within a unit of each other', () => {
    const weights = fc.array(fc.oneof(fc.nat(1000), fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 1,
      maxLength: 20,
    })
    const amounts = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })
    fc.assert(
      fc.property(amounts, weights, fc.constantFrom('USD', 'JPY', 'KWD'), (units, weights, currency) => {
        fc.pre(weights.some(weight => weight > 0))
        const unit = new Decimal(`1e-${minorDigits(currency)}`)
        const amount = new Decimal(units.toString()).times(unit)
        const parts = splitMoney(amount, weights, currency)
        expect(sumMoney(parts).equals(amount)).toBe(true)
        const total = sumMoney(weights.map(weight => new Decimal(weight)))
        for (const [index, part] of parts.entries()) {
          const share = amount.times(weights[index]!).dividedBy(total)
          expect(part.minus(share).abs().lessThan(unit)).toBe(true)
          expect(part.isZero() ? part.isNegative() : part.isNegative() !== amount.isNegative()).toBe(false)
          if (weights[index] === 0) expect(part.isZero()).toBe(true)
          const earlier = weights.indexOf(weights[index]!)
          const behind = parts[earlier]!.minus(part).abs()
          expect(behind.isZero() || behind.equals(unit)).toBe(true)
          expect(parts[earlier]!.abs().greaterThanOrEqualTo(part.abs())).toBe(true)
        }
      }),
    )
  })

  test('of a refund is that of the payment with the opposite sign, and scaled weights give the same parts', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.array(fc.nat(99), { minLength: 1, maxLength: 9 }), (cents, weights) => {
        fc.pre(weights.some(weight => weight > 0))
        const amount = new Decimal(cents).dividedBy(100)
        const texts = splitMoney(amount, weights, 'USD').map(part => part.toFixed(2))
        expect(splitMoney(amount.negated(), weights, 'USD').map(part => part.negated().abs().toFixed(2))).toEqual(texts)
        const scaled = weights.map(weight => new Decimal(weight).times('0.0001'))
        expect(splitMoney(amount, scaled, 'USD').map(part => part.toFixed(2))).toEqual(texts)
      }),
    )
  })

  test.each([
    ['10.005', [1], '10.005 is not a whole number of minor units of USD'],
    ['NaN', [1], 'NaN is not a whole number of minor units of USD'],
    ['10', [], 'at least one weight must be above zero'],
    ['10', [0, 0], 'at least one weight must be above zero'],
    ['10', [1, -1], 'weights.1 is -1: a weight must be zero or more'],
    ['10', [1, Number.NaN], 'weights.1 is NaN'],
    ['10', [Number.POSITIVE_INFINITY], 'weights.0 is Infinity'],
  ])('of %s by %o is rejected', (amount, weights, message) => {
    expect(() => split(amount, weights)).toThrow(message)
    expect(() => split(amount, weights)).toThrow(RangeError)
  })
})
