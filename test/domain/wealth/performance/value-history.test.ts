import { describe, expect, test } from 'vitest'
import { epochDayOf } from '../../../../domain/shared/index.ts'
import { portfolioSeries, simpleReturn, timeWeightedReturn } from '../../../../domain/wealth/index.ts'
import { account, closes, event, historyOf, holding } from './ledgers.ts'

const XYZ = 'XYZ'

describe('a purchase, a dividend and a sale', () => {
  const history = historyOf(
    '2024-01-02',
    '2024-01-05',
    [
      event('2024-01-02', 'contribution', { amount: 1000 }),
      event('2024-01-02', 'buy', { symbol: XYZ, quantity: 10, amount: -505, fees: 5 }),
      event('2024-01-04', 'dividend', { symbol: XYZ, amount: 17, fees: 3 }),
      event('2024-01-05', 'sell', { symbol: XYZ, quantity: 4, amount: 238, fees: 2 }),
    ],
    { prices: { XYZ: closes('USD', { '2024-01-02': 51, '2024-01-03': 55, '2024-01-05': 62 }) } },
  )

  test('give the shares their value, flow, income, fees and gain', () => {
    const shares = holding(history, XYZ)
    expect([...shares.value]).toEqual([510, 550, 550, 372])
    expect([...shares.flow]).toEqual([505, 0, -17, -238])
    expect([...shares.income]).toEqual([0, 0, 20, 0])
    expect([...shares.fees]).toEqual([5, 0, 3, 2])
    // 510 - 505 + 5; 550 - 510; nothing but income; 372 + 238 + 2 - 550.
    expect([...shares.priceGain]).toEqual([10, 40, 0, 62])
    expect(shares.units).toBe(6)
    expect(history.lastPrices).toEqual([{ symbol: XYZ, source: 'market', date: '2024-01-05' }])
  })

  test('only the contribution is external', () => {
    const { externalFlow, openingValue, value } = portfolioSeries(history)
    expect(openingValue).toBe(0)
    expect([...value]).toEqual([1005, 1045, 1062, 1122])
    expect([...externalFlow]).toEqual([1000, 0, 0, 0])
    expect(simpleReturn(portfolioSeries(history)).parts?.gain).toBeCloseTo(122, 10)
  })
})

describe('cash', () => {
  test('opens with a balance, earns interest and pays fees', () => {
    const history = historyOf(
      '2024-01-01',
      '2024-01-04',
      [
        event('2024-01-02', 'interest', { amount: 9, fees: 1 }),
        event('2024-01-03', 'fee', { amount: -4 }),
        event('2024-01-04', 'cash', { amount: -50 }),
      ],
      { accounts: [account('one', { openingBalance: 100, openedDay: epochDayOf('2024-01-01') })] },
    )
    const cash = holding(history, null)
    expect([...cash.value]).toEqual([100, 109, 105, 55])
    expect([...cash.flow]).toEqual([100, 0, 0, -50])
    expect([...cash.income]).toEqual([0, 10, 0, 0])
    expect([...cash.fees]).toEqual([0, 1, 4, 0])
  })

  test('that was there before the first day is the opening value', () => {
    const history = historyOf('2024-02-01', '2024-02-02', [], { accounts: [account('one', { openingBalance: 100 })] })
    expect(holding(history, null)).toMatchObject({ openingValue: 100, flow: new Float64Array(2) })
  })
})

describe('a split', () => {
  const market = closes('USD', { '2024-01-02': 100, '2024-01-03': 100, '2024-01-04': 50, '2024-01-05': 50 })

  test('with prices that fall by half on its day changes no value, and none of shares that were sold before', () => {
    const history = historyOf(
      '2024-01-02',
      '2024-01-05',
      [
        event('2024-01-02', 'buy', { symbol: XYZ, quantity: 10, amount: -1000 }),
        event('2024-01-03', 'sell', { symbol: XYZ, quantity: 4, amount: 400 }),
        event('2024-01-04', 'split', { symbol: XYZ, numerator: 2, denominator: 1 }),
      ],
      { prices: { XYZ: market } },
    )
    expect([...holding(history, XYZ).value]).toEqual([1000, 600, 600, 600])
    expect([...portfolioSeries(history).priceGain]).toEqual([0, 0, 0, 0])
  })

  test('on a day without a close changes the last one', () => {
    const history = historyOf(
      '2024-01-02',
      '2024-01-08',
      [
        event('2024-01-02', 'buy', { symbol: XYZ, quantity: 10, amount: -1000 }),
        event('2024-01-06', 'split', { symbol: XYZ, numerator: 2, denominator: 1 }),
      ],
      { prices: { XYZ: closes('USD', { '2024-01-02': 100, '2024-01-05': 100, '2024-01-08': 51 }) } },
    )
    expect([...holding(history, XYZ).value]).toEqual([1000, 1000, 1000, 1000, 1000, 1000, 1020])
  })

  test('changes the price of trades, once for all accounts, and takes the fraction that was paid for', () => {
    const history = historyOf(
      '2024-01-02',
      '2024-01-03',
      [
        event('2024-01-02', 'buy', { symbol: XYZ, quantity: 5, amount: -500 }),
        event('2024-01-02', 'buy', { symbol: XYZ, quantity: 4, amount: -400, accountId: 'two' }),
        event('2024-01-03', 'split', { symbol: XYZ, numerator: 3, denominator: 2, amount: 33 }),
        event('2024-01-03', 'split', { symbol: XYZ, numerator: 3, denominator: 2, accountId: 'two' }),
      ],
      { accounts: [account('one'), account('two')] },
    )
    // 5 become 7.5 at 66.67; half a share brings 33.
    expect(holding(history, XYZ).units).toBe(7)
    expect(holding(history, XYZ).value[1]).toBeCloseTo((7 * 200) / 3, 10)
    expect(holding(history, XYZ, 'two').value[1]).toBeCloseTo(400, 10)
    expect(holding(history, XYZ).priceGain[1]).toBeCloseTo(-1 / 3, 10)
    expect(history.lastPrices).toEqual([{ symbol: XYZ, source: 'trade', date: '2024-01-02' }])
  })
})

test('a split that two accounts record on different days changes the price once', () => {
  const split = { symbol: XYZ, numerator: 2, denominator: 1 }
  const history = historyOf(
    '2024-01-02',
    '2024-01-05',
    [
      event('2024-01-02', 'buy', { symbol: XYZ, quantity: 5, amount: -500 }),
      event('2024-01-02', 'buy', { symbol: XYZ, quantity: 5, amount: -500, accountId: 'two' }),
      event('2024-01-03', 'split', split),
      event('2024-01-05', 'split', { ...split, accountId: 'two' }),
    ],
    { accounts: [account('one'), account('two')] },
  )
  expect([...holding(history, XYZ).value]).toEqual([500, 500, 500, 500])
  expect(holding(history, XYZ, 'two').value[3]).toBe(500)
})

describe('shares of another company', () => {
  test('in a merger and a new name carry the value over, at the last trade if the market has no price', () => {
    const history = historyOf('2024-01-02', '2024-01-04', [
      event('2024-01-02', 'buy', { symbol: XYZ, quantity: 10, amount: -1000 }),
      event('2024-01-03', 'merger', { symbol: XYZ, newSymbol: 'NEW', numerator: 1, denominator: 2, amount: 200 }),
      event('2024-01-04', 'symbol_change', { symbol: 'NEW', newSymbol: 'NEXT' }),
    ])
    expect([...holding(history, XYZ).value]).toEqual([1000, 0, 0])
    expect([...holding(history, 'NEW').value]).toEqual([0, 800, 0])
    expect([...holding(history, 'NEXT').value]).toEqual([0, 0, 800])
    expect([...portfolioSeries(history).priceGain]).toEqual([0, 0, 0])
    expect([...portfolioSeries(history).externalFlow]).toEqual([0, 0, 0])
  })

  test('of a spin-off come out of the parent at their close', () => {
    const history = historyOf(
      '2024-01-02',
      '2024-01-03',
      [
        event('2024-01-02', 'buy', { symbol: XYZ, quantity: 10, amount: -1000 }),
        event('2024-01-03', 'spin_off', { symbol: XYZ, newSymbol: 'CHILD', numerator: 1, denominator: 2 }),
      ],
      { prices: { XYZ: closes('USD', { '2024-01-02': 100, '2024-01-03': 81 }), CHILD: closes('USD', { '2024-01-03': 40 }) } },
    )
    expect(holding(history, 'CHILD')).toMatchObject({ value: Float64Array.of(0, 200), flow: Float64Array.of(0, 200) })
    // 810 - (1000 - 200).
    expect(holding(history, XYZ).priceGain[1]).toBe(10)
  })
})

describe('transfers', () => {
  const shares = { symbol: XYZ, quantity: 10 }
  const prices = { XYZ: closes('USD', { '2024-01-02': 100, '2024-01-03': 110, '2024-01-04': 120 }) }
  const accounts = [account('one'), account('two')]
  const bought = [event('2024-01-02', 'contribution', { amount: 1500 }), event('2024-01-02', 'buy', { ...shares, amount: -1000 })]

  test('between two accounts are internal to both together and external to each', () => {
    const history = historyOf(
      '2024-01-02',
      '2024-01-04',
      [
        ...bought,
        event('2024-01-03', 'transfer_out', shares),
        event('2024-01-03', 'transfer_in', { ...shares, accountId: 'two' }),
        event('2024-01-03', 'transfer_out', { amount: -500 }),
        event('2024-01-03', 'transfer_in', { amount: 500, accountId: 'two' }),
      ],
      { accounts, prices },
    )
    expect([...portfolioSeries(history).externalFlow]).toEqual([1500, 0, 0])
    expect([...portfolioSeries(history, new Set(['one'])).externalFlow]).toEqual([1500, -1600, 0])
    expect([...portfolioSeries(history, new Set(['two'])).externalFlow]).toEqual([0, 1600, 0])
    // 1600 of 1500: what left at the end of the day had its gain before.
    expect(timeWeightedReturn(portfolioSeries(history, new Set(['one']))).total.value).toBeCloseTo(1600 / 1500 - 1, 12)
  })

  test('with the halves on different days are on the way between', () => {
    const halves = [
      event('2024-01-03', 'transfer_out', shares),
      event('2024-01-04', 'transfer_in', { ...shares, accountId: 'two' }),
      event('2024-01-02', 'transfer_in', { amount: 300, accountId: 'two', transferAccountId: 'one' }),
      event('2024-01-04', 'withdrawal', { amount: -300 }),
    ]
    const history = historyOf('2024-01-02', '2024-01-04', [...bought, ...halves], { accounts, prices })
    const both = portfolioSeries(history)
    expect([...both.value]).toEqual([1500, 1600, 1700])
    expect([...both.externalFlow]).toEqual([1500, 0, 0])
    expect([...both.priceGain]).toEqual([0, 100, 100])
    expect([...portfolioSeries(history, new Set(['one'])).externalFlow]).toEqual([1500, -1100, -300])
    expect([...portfolioSeries(history, new Set(['two'])).externalFlow]).toEqual([300, 0, 1200])
  })

  test('of cash that name no account, or of other amounts, remain external', () => {
    const halves = [
      event('2024-01-03', 'withdrawal', { amount: -300 }),
      event('2024-01-04', 'contribution', { amount: 300, accountId: 'two' }),
      event('2024-01-04', 'withdrawal', { amount: -200, transferAccountId: 'two' }),
    ]
    const history = historyOf('2024-01-02', '2024-01-04', [...bought, ...halves], { accounts, prices })
    expect([...portfolioSeries(history).externalFlow]).toEqual([1500, -300, 100])
  })

  test('in from outside without a price count at their stated value', () => {
    const history = historyOf('2024-01-02', '2024-01-02', [event('2024-01-02', 'transfer_in', { ...shares, value: 900 })])
    expect(holding(history, XYZ)).toMatchObject({ value: Float64Array.of(900), flow: Float64Array.of(900) })
  })
})

describe('what is not known', () => {
  test('a price: the days are listed, and the holding comes in when it has one', () => {
    const history = historyOf('2024-01-02', '2024-01-05', [event('2024-01-02', 'transfer_in', { symbol: XYZ, quantity: 10 })], {
      prices: { XYZ: closes('USD', { '2024-01-04': 100, '2024-01-05': 101 }) },
    })
    expect(history.unpriced).toEqual([{ accountId: 'one', symbol: XYZ, from: '2024-01-02', to: '2024-01-03' }])
    expect([...holding(history, XYZ).isKnown]).toEqual([0, 0, 1, 1])
    expect([...portfolioSeries(history).externalFlow]).toEqual([0, 0, 1000, 0])
    expect(timeWeightedReturn(portfolioSeries(history)).total.value).toBeCloseTo(0.01, 12)
  })

  test('an exchange rate: the days are listed, and the value leaves and comes back', () => {
    const known = new Set(['2024-01-01', '2024-01-02', '2024-01-04'].map(epochDayOf))
    const history = historyOf('2024-01-02', '2024-01-04', [], {
      accounts: [account('one', { currency: 'EUR', openingBalance: 100 })],
      rates: (_from, _to, day) => (known.has(day) ? 1.1 : undefined),
    })
    expect(history.unconverted).toEqual([{ accountId: 'one', symbol: null, from: '2024-01-03', to: '2024-01-03' }])
    expect(history.unpriced).toEqual([])
    expect([...portfolioSeries(history).externalFlow]).toEqual([0, expect.closeTo(-110, 10), expect.closeTo(110, 10)])
  })

  test('shares that are sold and were never bought: their proceeds come from outside', () => {
    const history = historyOf('2024-01-02', '2024-01-02', [event('2024-01-02', 'sell', { symbol: XYZ, quantity: 10, amount: 1000 })])
    expect([...portfolioSeries(history).externalFlow]).toEqual([1000])
    expect(holding(history, XYZ).units).toBe(0)
  })

  test('an account that is not given is refused', () => {
    expect(() => historyOf('2024-01-02', '2024-01-02', [event('2024-01-02', 'fee', { accountId: 'nine' })])).toThrow('nine')
    expect(() => historyOf('2024-01-02', '2024-01-01', [])).toThrow(RangeError)
  })
})

test('a share in another currency gains by its price and by the exchange rate', () => {
  const rate = new Map([
    [epochDayOf('2024-01-02'), 1.1],
    [epochDayOf('2024-01-03'), 1.2],
  ])
  const history = historyOf('2024-01-02', '2024-01-03', [event('2024-01-02', 'buy', { symbol: XYZ, quantity: 10, amount: -1000 })], {
    accounts: [account('one', { currency: 'EUR' })],
    prices: { XYZ: closes('EUR', { '2024-01-02': 100, '2024-01-03': 105 }) },
    rates: (_from, _to, day) => rate.get(day),
  })
  const shares = holding(history, XYZ)
  expect(shares.value[1]).toBeCloseTo(1260, 10)
  // 1000 x 0.1, and 50 x 1.2.
  expect(shares.currencyGain[1]).toBeCloseTo(100, 10)
  expect(shares.priceGain[1]).toBeCloseTo(60, 10)
})

test('shares sold short have a negative value and gain when the price falls', () => {
  const history = historyOf(
    '2024-01-02',
    '2024-01-04',
    [
      event('2024-01-02', 'short', { symbol: XYZ, quantity: 10, amount: 1000 }),
      event('2024-01-04', 'buy', { symbol: XYZ, quantity: 15, amount: -1350 }),
    ],
    { prices: { XYZ: closes('USD', { '2024-01-02': 100, '2024-01-03': 95, '2024-01-04': 90 }) } },
  )
  expect([...holding(history, XYZ).value]).toEqual([-1000, -950, 450])
  expect([...holding(history, XYZ).priceGain]).toEqual([0, 50, 50])
})

test('a reinvestment without money is income, at its stated value or at the close', () => {
  const history = historyOf(
    '2024-01-02',
    '2024-01-04',
    [
      event('2024-01-02', 'buy', { symbol: XYZ, quantity: 10, amount: -1000 }),
      event('2024-01-03', 'reinvestment', { symbol: XYZ, quantity: 1, value: 99 }),
      event('2024-01-04', 'reinvestment', { symbol: XYZ, quantity: 1 }),
    ],
    { prices: { XYZ: closes('USD', { '2024-01-02': 100 }) } },
  )
  expect([...holding(history, XYZ).income]).toEqual([0, 99, 100])
  expect([...holding(history, XYZ).priceGain]).toEqual([0, 1, 0])
})
