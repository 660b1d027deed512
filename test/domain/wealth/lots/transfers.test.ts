import { describe, expect, test } from 'vitest'
import { epochDayOf } from '../../../../domain/shared/index.ts'
import { calculate, event, gainsOf, openOf } from './histories.ts'

const out = (date: string, change: Parameters<typeof event>[2] = {}) =>
  event('transfer_out', date, { id: `out ${date}`, quantity: 10, ...change })
const into = (date: string, change: Parameters<typeof event>[2] = {}) =>
  event('transfer_in', date, { id: `in ${date}`, accountId: 'spouse', quantity: 10, ...change })
const bought = event('buy', '2022-01-03', { id: 'bought', quantity: 10, dollars: 100 })

describe('transfers between accounts of the household', () => {
  test.each([
    ['2024-03-04', '2024-03-04'],
    ['2024-03-04', '2024-03-14'],
    ['2024-03-14', '2024-03-04'],
  ])('that leave on %s and come in on %s keep days and basis', (left, came) => {
    const result = calculate([bought, out(left), into(came)])
    expect(result.problems).toEqual([])
    expect(result.lots).toMatchObject([{ accountId: 'spouse', openedBy: 'bought' }])
    expect(openOf(result)).toEqual([{ lot: 'bought', shares: 10, basis: 100, held: '2022-01-03' }])
  })

  test('of which one half is missing are named', () => {
    const lone = calculate([bought, out('2024-03-04')])
    expect(lone.lots).toEqual([])
    expect(lone.problems).toMatchObject([{ kind: 'transfer_without_other_half', transactionId: 'out 2024-03-04' }])
    const came = calculate([bought, into('2024-03-04')])
    expect(came.problems).toMatchObject([{ kind: 'unknown_basis', quantity: 10n ** 19n }])
    expect(openOf(came).map(({ basis }) => basis)).toEqual([null, 100])
  })

  test('of halves more than ten days apart are two halves', () => {
    const result = calculate([bought, out('2024-03-04'), into('2024-03-15')])
    expect(result.problems.map(({ kind }) => kind)).toEqual(['transfer_without_other_half', 'unknown_basis'])
  })

  test('twice keep the order in which the lots were bought: pitfall 26', () => {
    const lots = [
      event('buy', '2022-01-03', { id: 'first', quantity: 5, dollars: 50 }),
      event('buy', '2022-02-01', { id: 'second', accountId: 'spouse', quantity: 5, dollars: 100 }),
      event('buy', '2022-03-01', { id: 'third', quantity: 5, dollars: 150 }),
    ]
    const moves = [
      out('2023-03-06'),
      into('2023-03-07'),
      out('2023-06-05', { accountId: 'spouse', quantity: 15 }),
      into('2023-06-06', { accountId: 'taxable', quantity: 15 }),
    ]
    const result = calculate([...lots, ...moves, event('sell', '2024-01-08', { quantity: 12, dollars: 600 })])
    expect(gainsOf(result).map(({ lot, shares }) => [lot, shares])).toEqual([
      ['first', 5],
      ['second', 5],
      ['third', 2],
    ])
  })

  test('of a part move the oldest shares, or those that were chosen', () => {
    const later = event('buy', '2023-01-09', { id: 'later', quantity: 10, dollars: 300 })
    const moved = (change: Parameters<typeof event>[2]) =>
      calculate([bought, later, out('2024-03-04', change), into('2024-03-04')]).lots.filter(({ accountId }) => accountId === 'spouse')
    expect(moved({})).toMatchObject([{ openedBy: 'bought' }])
    expect(moved({ picks: [['later', 10]] })).toMatchObject([{ openedBy: 'later' }])
  })

  test('replace no loss, and shares on the way can', () => {
    const result = calculate([
      event('buy', '2022-01-03', { id: 'old', quantity: 6, dollars: 600 }),
      event('buy', '2024-03-01', { id: 'recent', accountId: 'spouse', quantity: 10, dollars: 500 }),
      out('2024-03-04', { accountId: 'spouse' }),
      event('sell', '2024-03-05', { quantity: 6, dollars: 300 }),
      into('2024-03-08', { accountId: 'hsa' }),
    ])
    expect(result.washSales).toMatchObject([{ replacedBy: 'recent', quantity: 6n * 10n ** 18n, disallowedCents: 30_000 }])
    expect(result.lots.map(({ accountId, basisCents }) => [accountId, basisCents])).toEqual([
      ['hsa', 60_000],
      ['hsa', 20_000],
    ])
  })

  test('to an account that is named go there, though another fits too', () => {
    const result = calculate([
      bought,
      out('2024-03-04', { transferAccountId: 'hsa' }),
      into('2024-03-04', { id: 'a' }),
      into('2024-03-06', { id: 'b', accountId: 'hsa' }),
    ])
    expect(result.lots).toMatchObject([
      { accountId: 'hsa', openedBy: 'bought' },
      { accountId: 'spouse', basisCents: null },
    ])
  })

  test('with a basis and a day come in as they were bought', () => {
    const result = calculate([into('2024-03-04', { basisCents: 12_345, acquiredDay: epochDayOf('2023-04-03') })])
    expect(openOf(result)).toEqual([{ lot: 'in 2024-03-04', shares: 10, basis: 123.45, held: '2023-04-03' }])
  })
})

describe('gifts: Publication 551, "Property Received as a Gift"', () => {
  const gift = (basis: number, value: number) =>
    event('transfer_in', '2024-03-04', {
      id: 'gift',
      origin: 'gift',
      quantity: 1,
      basisCents: basis * 100,
      valueCents: value * 100,
      acquiredDay: epochDayOf('2015-01-05'),
    })
  const sold = (basis: number, value: number, price: number, date = '2024-06-03') =>
    gainsOf(calculate([gift(basis, value), event('sell', date, { quantity: 1, dollars: price })]))[0]!

  test.each([
    [12_000, 2000, 'long'],
    [7000, -1000, 'short'],
    [9000, 0, 'long'],
  ])('page 9, "FMV less than donor\'s adjusted basis": worth 8,000, of a basis of 10,000, sold for %d', (price, gain, term) => {
    expect(sold(10_000, 8000, price)).toMatchObject({ gain, term })
  })

  test('Publication 550, chapter 4, "Property Received as a Gift": worth 9,000, of a basis of 10,000, sold for 9,500 is neither gain nor loss', () => {
    expect(sold(10_000, 9000, 9500)).toMatchObject({ gain: 0 })
  })

  test('the holding period of a loss begins with the gift', () => {
    expect(sold(10_000, 8000, 7000, '2025-03-04')).toMatchObject({ gain: -1000, term: 'short' })
    expect(sold(10_000, 8000, 7000, '2025-03-05')).toMatchObject({ gain: -1000, term: 'long' })
  })

  test('worth as much as its basis, or more, it has that basis for a loss too', () => {
    expect(sold(10_000, 10_000, 7000)).toMatchObject({ gain: -3000, term: 'long' })
    expect(sold(10_000, 15_000, 7000)).toMatchObject({ gain: -3000, term: 'long' })
    expect(sold(10_000, 15_000, 17_000)).toMatchObject({ gain: 7000, term: 'long' })
  })

  test('an open lot shows both', () => {
    expect(calculate([gift(10_000, 8000)]).lots).toMatchObject([{ basisCents: 1_000_000, lossBasisCents: 800_000 }])
    expect(calculate([gift(10_000, 15_000)]).lots).toMatchObject([{ lossBasisCents: null }])
  })

  test('a part of one has its part of both', () => {
    const result = calculate([gift(10_000, 8000), event('sell', '2024-06-03', { quantity: '0.25', dollars: 1500 })])
    expect(gainsOf(result)).toMatchObject([{ gain: -500 }])
    expect(result.lots).toMatchObject([{ basisCents: 750_000, lossBasisCents: 600_000 }])
  })

  test('a gift to others leaves without a gain and without a problem', () => {
    const result = calculate([bought, out('2024-03-04', { origin: 'gift' })])
    expect(result).toEqual({ lots: [], closings: [], washSales: [], problems: [] })
  })
})

describe('inheritances: Publication 551, "Inherited Property"', () => {
  const inherited = event('transfer_in', '2024-03-04', { id: 'inherited', origin: 'inheritance', quantity: 10, valueCents: 500_000 })
  test('have the worth on the day of death as their basis, and are long-term at once: IRC 1014(a), 1223(9)', () => {
    const result = calculate([inherited, event('sell', '2024-03-11', { quantity: 10, dollars: 4000 })])
    expect(gainsOf(result)).toMatchObject([{ basis: 5000, gain: -1000, term: 'long' }])
    const { lots } = calculate([inherited])
    expect(lots).toMatchObject([{ longTermDay: epochDayOf('2024-03-04') }])
  })
})
