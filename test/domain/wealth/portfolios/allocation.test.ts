import { describe, expect, it } from 'vitest'
import {
  allocationOf,
  type AllocationTarget,
  bandOf,
  classify,
  exchangeBy,
  type Holding,
  targetFaults,
  usualBands,
  valueHoldings,
} from '../../../../domain/wealth/index.ts'
import { Decimal } from '../../../../domain/shared/index.ts'

const facts = { type: 'stock', country: 'US', marketCap: '20000000000.00', composition: [] }

/** Holdings of a value each, by symbol, with their classes. */
const holdings = (...parts: [symbol: string, value: string, classes: Record<string, string>][]): readonly Holding[] =>
  valueHoldings(
    parts.map(([symbol, price, classes]) => ({
      accountId: 'a',
      symbol,
      isShort: false,
      parts: [{ quantity: '1', costBasis: '1', lossBasis: null, acquiredOn: null }],
      price: { price, priceDate: '2026-01-02', currency: 'USD', source: 'market' as const },
      classified: classify(
        Object.entries(classes).map(([key, weight]) => ({ key, weight })),
        undefined,
      ),
    })),
    [],
    'USD',
    '2026-01-02',
    exchangeBy([]),
  ).holdings
const target = (weights: Record<string, string>, isByInstrument = false): AllocationTarget => ({
  isByInstrument,
  weights: Object.entries(weights).map(([key, weight]) => ({ key, weight })),
  bands: usualBands,
})

describe('the classes of a security', () => {
  it.each([
    ['a large company', facts, 'us_large_cap'],
    ['a small company', { ...facts, marketCap: '9999999999.99' }, 'us_small_mid_cap'],
    ['a company of unknown size', { ...facts, marketCap: null }, 'unclassified'],
    ['a foreign company', { ...facts, country: 'BR' }, 'unclassified'],
    ['a bond', { ...facts, type: 'bond' }, 'us_core_bond'],
    ['a coin', { ...facts, type: 'crypto', country: null }, 'crypto'],
    ['a fund without a composition', { ...facts, type: 'etf' }, 'unclassified'],
  ])('follow from its type: %s', (_, known, key) => {
    expect(classify(undefined, known).classes).toEqual([{ key, weight: '1' }])
  })

  it('of a fund are its composition, and what is missing to 1 is unclassified', () => {
    const composition = [{ key: 'us_large_cap', weight: '0.7' }]
    expect(classify(undefined, { ...facts, composition })).toEqual({
      classes: [...composition, { key: 'unclassified', weight: '0.3' }],
      source: 'composition',
    })
  })

  it('are first of all those that the household has given', () => {
    const given = [{ key: 'private_equity', weight: '1' }]
    expect(classify(given, facts)).toEqual({ classes: given, source: 'household' })
  })
})

describe('an allocation', () => {
  it('looks through funds and compares each class with its target and band', () => {
    // 1,000: 700 in a fund of 80 % shares and 20 % bonds, 300 in bonds. Shares are 56 %, bonds 44 %.
    const held = holdings(['MIX', '700', { us_large_cap: '0.8', us_core_bond: '0.2' }], ['BND', '300', { us_core_bond: '1' }])
    expect(allocationOf(held, target({ us_large_cap: '0.6', us_core_bond: '0.4' }))).toEqual([
      { key: 'us_large_cap', value: '560.00', weight: 0.56, target: 0.6, lower: 0.55, upper: 0.65, isInside: true, difference: '40.00' },
      { key: 'us_core_bond', value: '440.00', weight: 0.44, target: 0.4, lower: 0.35, upper: 0.45, isInside: true, difference: '-40.00' },
    ])
  })

  it('has what is not held and what has no target', () => {
    const parts = allocationOf(holdings(['GOLD', '1000', { commodities: '1' }]), target({ us_large_cap: '1' }))
    expect(parts.map(({ isInside, key, target: wanted, weight }) => [key, weight, wanted, isInside])).toEqual([
      ['commodities', 1, 0, false],
      ['us_large_cap', 0, 1, false],
    ])
  })

  it('of securities counts each symbol', () => {
    const held = holdings(['A', '250', { x: '1' }], ['B', '750', { x: '1' }])
    expect(allocationOf(held, target({ A: '0.25', B: '0.75' }, true)).map(({ isInside, key }) => [key, isInside])).toEqual([
      ['B', true],
      ['A', true],
    ])
  })

  it('of nothing has no weights, and never a figure that is no number', () => {
    expect(allocationOf([], target({ us_large_cap: '1' }))).toEqual([
      { key: 'us_large_cap', value: '0.00', weight: null, target: 1, lower: 0.95, upper: 1, isInside: null, difference: null },
    ])
    expect(allocationOf([], null)).toEqual([])
  })

  it.each([
    // The rule of 5/25: half of 20 % is more than five points, a quarter of 10 % is less.
    ['0.6', 0.55, 0.65],
    ['0.1', 0.075, 0.125],
    ['0', 0, 0.05],
  ])('has for a target of %s the band from %d to %d', (weight, lower, upper) => {
    const band = bandOf(new Decimal(weight), usualBands)
    expect([band.lower.toNumber(), band.upper.toNumber()]).toEqual([lower, upper])
  })
})

describe('a target', () => {
  const weights = (...all: string[]) => all.map((weight, index) => ({ key: `class_${index}`, weight }))
  it.each([
    ['101 %', weights('0.6', '0.41'), 'targetAllocation', 'must sum to 100 %; it sums to 101 %'],
    ['99.9999 %', weights('0.6', '0.399999'), 'targetAllocation', 'must sum to 100 %; it sums to 99.9999 %'],
    ['a key twice', [...weights('0.5'), ...weights('0.5')], 'targetAllocation.1.key', 'is given twice: class_0'],
  ])('of %s is refused', (_, targetAllocation, path, message) => {
    expect(targetFaults({ targetKind: 'asset_class', targetAllocation, portfolioModelId: null })).toEqual([{ path, message }])
  })

  it('of a model has the model and no weights', () => {
    const faults = targetFaults({ targetKind: 'model', targetAllocation: weights('1'), portfolioModelId: null })
    expect(faults.map(({ path }) => path)).toEqual(['portfolioModelId', 'targetAllocation'])
    expect(targetFaults({ targetKind: 'none', targetAllocation: [], portfolioModelId: 'x' }).map(({ path }) => path)).toEqual([
      'portfolioModelId',
    ])
    expect(targetFaults({ targetKind: 'instrument', targetAllocation: weights('0.1', '0.2', '0.7'), portfolioModelId: null })).toEqual([])
  })
})
