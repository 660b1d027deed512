import { describe, expect, it } from 'vitest'
import {
  type AccountWorth,
  cashClasses,
  classify,
  exchangeBy,
  type Position,
  restOfStatement,
  valueHoldings,
} from '../../../../domain/wealth/index.ts'

const date = '2026-06-30'
const none = exchangeBy([])
const unknownClass = classify(undefined, undefined)

const position = (parts: Partial<Position> = {}): Position => ({
  accountId: 'a',
  symbol: 'VTI',
  isShort: false,
  parts: [{ quantity: '10', costBasis: '1000.00', lossBasis: null, acquiredOn: null }],
  price: { price: '120', priceDate: '2026-06-29', currency: 'USD', source: 'market' },
  classified: unknownClass,
  ...parts,
})
const cash = (balance: string | null, more: Partial<AccountWorth> = {}): AccountWorth => ({
  accountId: 'a',
  currency: 'USD',
  balance,
  isStated: false,
  classified: cashClasses,
  ...more,
})

describe('the value of holdings', () => {
  it('is quantity times price, with the gain over the cost of the lots', () => {
    const { holdings, ...sums } = valueHoldings([position()], [cash('50.25')], 'USD', date, none)
    expect(holdings[0]).toMatchObject({
      quantity: '10',
      averageCost: '100',
      costBasis: '1000.00',
      currentValue: '1200.00',
      unrealisedGain: '200.00',
      unrealisedGainPct: 0.2,
      priceGain: '200.00',
      currencyGain: '0.00',
      gaps: [],
    })
    expect(holdings[1]).toMatchObject({ kind: 'cash', symbol: null, currentValue: '50.25' })
    expect(sums).toEqual({
      totalValue: '1250.25',
      cashBalance: '50.25',
      investedValue: '1200.00',
      unrealisedGain: '200.00',
      unvaluedCount: 0,
    })
  })

  it('divides a gain into what the price and what the exchange rate made, and they sum to it', () => {
    // 10 shares at 90 EUR when a euro cost 1.10: 990 USD. Now 100 EUR at 1.20: 1,200 USD. At the rate of today the price made (100 - 90) x 10 x 1.20 = 120;
    // the rate made 900 EUR x (1.20 - 1.10) = 90.
    const rates = [
      { base: 'EUR', quote: 'USD', date: '2026-01-05', rate: '1.10' },
      { base: 'EUR', quote: 'USD', date, rate: '1.20' },
    ]
    const foreign = position({
      parts: [{ quantity: '10', costBasis: '990.00', lossBasis: null, acquiredOn: '2026-01-05' }],
      price: { price: '100', priceDate: date, currency: 'EUR', source: 'market' },
    })
    const [inDollars] = valueHoldings([foreign], [], 'USD', date, exchangeBy(rates)).holdings
    expect(inDollars).toMatchObject({ currentValue: '1200.00', unrealisedGain: '210.00', priceGain: '120.00', currencyGain: '90.00' })
    // Seen in euros, only the price made a gain.
    const [inEuros] = valueHoldings([foreign], [], 'EUR', date, exchangeBy(rates)).holdings
    expect(inEuros).toMatchObject({ costBasis: '900.00', currentValue: '1000.00', unrealisedGain: '100.00', currencyGain: '0.00' })
  })

  it('of shares that were sold short is below zero, and a fall of the price is a gain', () => {
    const [short] = valueHoldings([position({ isShort: true })], [], 'USD', date, none).holdings
    expect(short).toMatchObject({ quantity: '-10', currentValue: '-1200.00', unrealisedGain: '-200.00' })
  })

  it('is unknown without a price or a rate, and no sum takes it for zero', () => {
    const unpriced = position({ symbol: 'OLD', price: undefined })
    const foreign = position({ symbol: 'JP', price: { price: '5000', priceDate: date, currency: 'JPY', source: 'market' } })
    const result = valueHoldings([unpriced, foreign, position()], [], 'USD', date, none)
    expect(result.holdings.map(({ currentValue, gaps }) => [currentValue, gaps])).toEqual([
      [null, ['no_price']],
      [null, ['no_rate']],
      ['1200.00', []],
    ])
    expect(result).toMatchObject({ totalValue: '1200.00', unrealisedGain: '200.00', unvaluedCount: 2 })
  })

  it('is known where the basis of a lot is not, without a gain', () => {
    const parts = [{ quantity: '10', costBasis: null, lossBasis: null, acquiredOn: null }]
    expect(valueHoldings([position({ parts })], [], 'USD', date, none).holdings[0]).toMatchObject({
      currentValue: '1200.00',
      costBasis: null,
      unrealisedGain: null,
      gaps: ['no_basis'],
    })
  })

  it.each([
    // Pub. 550: the basis for a gain is that of the giver, the basis for a loss the worth at the gift; between them there is neither.
    ['120', '200.00'],
    ['95', '0.00'],
    ['80', '-100.00'],
  ])('of a gift that was worth less than its basis: at a price of %s the gain is %s', (price, gain) => {
    const parts = [{ quantity: '10', costBasis: '1000.00', lossBasis: '900.00', acquiredOn: null }]
    const gift = position({ parts, price: { price, priceDate: date, currency: 'USD', source: 'market' } })
    expect(valueHoldings([gift], [], 'USD', date, none).holdings[0]?.unrealisedGain).toBe(gain)
  })

  it('of an account with a stated balance has its rest beside its securities', () => {
    const result = valueHoldings([position()], [cash('800.00', { isStated: true, classified: unknownClass })], 'USD', date, none)
    expect(result.holdings[1]).toMatchObject({ kind: 'rest', currentValue: '800.00' })
    expect(result).toMatchObject({ totalValue: '2000.00', cashBalance: '0.00' })
  })
})

describe('the rest of a statement', () => {
  const statement = { currency: 'USD', balance: '2000.00', date: '2026-06-01', movedSince: '0.00' }
  const units = (count: string, price: string | null, currency = 'USD') => ({
    units: count,
    price: price === null ? undefined : { price, priceDate: '2026-06-01', currency, source: 'market' as const },
  })

  it('is the balance less the securities at the prices of its day, and what moved since', () => {
    // 2,000 - 10 x 120 = 800; then 300 are paid in. The prices of later days do not matter.
    expect(restOfStatement(statement, [units('10', '120')], none)).toBe('800.00')
    expect(restOfStatement({ ...statement, movedSince: '300.00' }, [units('10', '120')], none)).toBe('1100.00')
  })

  it('is nothing where the statement adds up securities in whole cents', () => {
    // 1.5 x 0.01 and 2.5 x 0.01 are 0.02 and 0.03 each, and 0.04 together.
    expect(restOfStatement({ ...statement, balance: '0.05' }, [units('1.5', '0.01'), units('2.5', '0.01')], none)).toBe('0.00')
  })

  it('adds what is owed of a security that was sold short', () => {
    expect(restOfStatement(statement, [units('-5', '100')], none)).toBe('2500.00')
  })

  it('converts at the rate of its day, and contains a security without a price or a rate', () => {
    // 2,000 USD less 10 x 100 EUR at 1.10.
    const rates = exchangeBy([{ base: 'EUR', quote: 'USD', date: '2026-06-01', rate: '1.10' }])
    expect(restOfStatement(statement, [units('10', '100', 'EUR')], rates)).toBe('900.00')
    expect(restOfStatement(statement, [units('10', null)], rates)).toBe('2000.00')
    expect(restOfStatement(statement, [units('10', '100', 'JPY')], rates)).toBe('2000.00')
  })
})
