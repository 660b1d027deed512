import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Decimal, formatMoney, minorDigits, parseMoney, roundMoney, type Rounding, sumMoney } from '../../../../domain/shared/index.ts'

const amounts = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })
const currencies = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD', 'CLF')
const roundings = ['half-even', 'half-up', 'down', 'up'] as const satisfies readonly Rounding[]
const inUnits = (units: bigint, currency: string) => new Decimal(`${units}e-${minorDigits(currency)}`)

test('currencies have the minor digits of ISO 4217', () => {
  expect(['JPY', 'KRW', 'USD', 'EUR', 'KWD', 'IQD', 'CLF'].map(minorDigits)).toEqual([0, 0, 2, 2, 3, 3, 4])
  for (const code of ['usd', 'US', 'DOLLAR', '']) expect(() => minorDigits(code)).toThrow(RangeError)
})

describe('reading money', () => {
  test.each([
    ['0', 'USD', '0.00'],
    ['-1234.56', 'USD', '-1234.56'],
    ['1234.5', 'USD', '1234.50'],
    ['999999999999999999.99', 'USD', '999999999999999999.99'],
    ['1000.00', 'JPY', '1000'],
    ['1.234', 'KWD', '1.234'],
    ['007', 'USD', '7.00'],
  ])('%s of %s is %s', (text, currency, written) => expect(formatMoney(parseMoney(text, currency), currency)).toBe(written))

  test.each(['', ' 1', '1 ', '+1', '1.', '.5', '1e3', '1,000.00', '$1', '٣', 'NaN', 'Infinity', '0x10', '-', '-0', '-0.00', '1\n'])(
    'rejects %j',
    text => {
      expect(() => parseMoney(text, 'USD')).toThrow(
        new RangeError(`"${text}" is not an amount of money: a decimal string, like "-1234.56"`),
      )
    },
  )

  test('rejects more decimals than the currency has, and names it', () => {
    expect(() => parseMoney('1.234', 'USD')).toThrow(new RangeError('"1.234" has more than the 2 decimals of USD'))
    expect(() => parseMoney('1.5', 'JPY')).toThrow(new RangeError('"1.5" has more than the 0 decimals of JPY'))
    expect(() => parseMoney('1', 'dollar')).toThrow('is not an ISO 4217 currency code')
  })

  test('parses a written amount to the same amount, to the last unit', () => {
    fc.assert(
      fc.property(amounts, currencies, (units, currency) => {
        const amount = inUnits(units, currency)
        expect(parseMoney(formatMoney(amount, currency), currency).equals(amount)).toBe(true)
      }),
    )
  })
})

describe('rounding money', () => {
  test.each([
    ['1.005', ['1.00', '1.01', '1.00', '1.01']],
    ['1.015', ['1.02', '1.02', '1.01', '1.02']],
    ['8.165', ['8.16', '8.17', '8.16', '8.17']],
    ['-1.005', ['-1.00', '-1.01', '-1.00', '-1.01']],
    ['1.0051', ['1.01', '1.01', '1.00', '1.01']],
    ['1.0049', ['1.00', '1.00', '1.00', '1.01']],
    ['-0.001', ['0.00', '0.00', '0.00', '-0.01']],
  ])('%s by half-even, half-up, down and up', (text, expected) => {
    expect(roundings.map(rounding => formatMoney(new Decimal(text), 'USD', rounding))).toEqual(expected)
    expect(roundings.map(rounding => roundMoney(new Decimal(text), 'USD', rounding).toFixed(2))).toEqual(expected)
  })

  test('is half-up by default, in the minor unit of the currency', () => {
    expect(['USD', 'JPY', 'KWD'].map(currency => formatMoney(new Decimal('2.5'), currency))).toEqual(['2.50', '3', '2.500'])
    expect(roundMoney(new Decimal('-1.005'), 'USD').toFixed()).toBe('-1.01')
  })

  test('moves an amount by less than a unit, by at most half of one to the nearest, and never past zero or away from it by "down"', () => {
    const decimals = fc.tuple(amounts, fc.nat(9)).map(([units, places]) => new Decimal(`${units}e-${places}`))
    fc.assert(
      fc.property(decimals, currencies, (amount, currency) => {
        const unit = inUnits(1n, currency)
        for (const rounding of roundings) {
          const rounded = roundMoney(amount, currency, rounding)
          const moved = rounded.minus(amount).abs().dividedBy(unit)
          expect(moved.lessThanOrEqualTo(rounding.startsWith('half') ? 0.5 : 1) && !moved.equals(1)).toBe(true)
          if (rounding === 'down') expect(rounded.abs().lessThanOrEqualTo(amount.abs())).toBe(true)
          if (rounding === 'up') expect(rounded.abs().greaterThanOrEqualTo(amount.abs())).toBe(true)
        }
        expect(roundMoney(amount.negated(), currency).plus(roundMoney(amount, currency)).isZero()).toBe(true)
      }),
    )
  })

  test('rejects values that are not amounts', () => {
    expect(() => formatMoney(new Decimal(Number.NaN), 'USD')).toThrow(RangeError)
    expect(() => formatMoney(new Decimal(1).dividedBy(0), 'USD')).toThrow(RangeError)
  })
})

describe('sums of money', () => {
  test('are exact where floats are not', () => {
    expect(sumMoney(['0.10', '0.20', '-0.30'].map(text => parseMoney(text, 'USD'))).isZero()).toBe(true)
    expect(formatMoney(sumMoney([]), 'USD')).toBe('0.00')
  })

  test('are those of the minor units, in any order', () => {
    fc.assert(
      fc.property(fc.array(amounts, { maxLength: 50 }), currencies, (units, currency) => {
        const expected = inUnits(
          units.reduce((sum, unit) => sum + unit, 0n),
          currency,
        )
        const all = units.map(unit => inUnits(unit, currency))
        expect(sumMoney(all).equals(expected)).toBe(true)
        expect(sumMoney(all.toReversed()).equals(expected)).toBe(true)
      }),
    )
  })

  test('and products keep every digit of an amount, a price and a quantity', () => {
    expect(new Decimal('1234567890.12345678').times('1234567890123.12345678').toFixed()).toBe('1524157875323472142652.3854197165279684')
  })
})
