import { expect, test } from 'vitest'
import { compareBudgets, rebalance } from '../../../../domain/wealth/rebalancing/index.ts'
import { account, holding, household, ira, lot, security, skipsOf, tradesOf, weightOf } from './households.ts'

/** $80,000 of stocks, half of it bought at $50 a share and half at $90, and $20,000 of bonds without a gain. */
const overWeight = [
  holding('taxable', 'STK', '800', lot('cheap', '400', '20000.00'), lot('dear', '400', '36000.00')),
  holding('taxable', 'BND', '200', lot('bond', '200', '20000.00')),
]

test('a taxable account over its band sells the lot with the least gain, to the target', () => {
  // 80 % of stocks, 60 % wanted: $20,000, 200 shares. Of the lot at $90: gain 200 x $10 = $2,000, tax 20 % = $400.
  const proposal = rebalance(household({ holdings: overWeight }))
  expect(tradesOf(proposal)).toEqual(['taxable sell 200 STK', 'taxable buy 200 BND'])
  expect(proposal.trades[0]).toMatchObject({
    amount: '20000.00',
    longGain: '2000.00',
    shortGain: '0.00',
    tax: '400.00',
    reason: 'over_target',
    lots: [
      {
        openedBy: 'dear',
        acquiredOn: '2020-01-02',
        quantity: '200',
        proceeds: '20000.00',
        costBasis: '18000.00',
        gain: '2000.00',
        isLong: true,
      },
    ],
  })
  expect(proposal).toMatchObject({ tax: '400.00', realised: { long: '2000.00', short: '0.00' }, skips: [], activeShare: 0, turnover: 0.2 })
  expect(
    proposal.classes.map(({ after, assetClass, before, isInside, lower, upper }) => [assetClass, before, lower, upper, after, isInside]),
  ).toEqual([
    ['bonds', 0.2, 0.35, 0.45, 0.4, true],
    ['cash', 0, 0, 0.05, 0, true],
    ['stocks', 0.8, 0.55, 0.65, 0.6, true],
  ])
})

test('to the edge of the band less is sold', () => {
  // 65 % of stocks, and 0.05 points within it against rounding: $80,000 - $64,950 = $15,050.
  const proposal = rebalance(household({ holdings: overWeight, rules: { aim: 'band_edge' } }))
  expect(tradesOf(proposal)).toEqual(['taxable sell 150.5 STK', 'taxable buy 150.5 BND'])
  expect(proposal.classes.every(({ isInside }) => isInside)).toBe(true)
})

test('a retirement account does the work without tax', () => {
  // Of $200,000, $160,000 of stocks are $40,000 too much. The retirement account has $60,000 of them.
  const holdings = [
    holding('taxable', 'STK', '1000', lot('cheap', '1000', '20000.00')),
    holding('ira', 'STK', '600'),
    holding('ira', 'BND', '400'),
  ]
  const proposal = rebalance(household({ accounts: [account('taxable'), ira()], holdings }))
  expect(tradesOf(proposal)).toEqual(['ira sell 400 STK', 'ira buy 400 BND'])
  expect(proposal).toMatchObject({ tax: '0.00', skips: [] })
  expect(proposal.trades[0]!.lots).toEqual([])
})

test('without a budget for gains nothing with a gain is sold, and the skips say so', () => {
  const [none, some, all] = compareBudgets(household({ holdings: overWeight }), ['0.00', '1000.00', null]).map(({ proposal }) => proposal)
  expect(none!.trades).toEqual([])
  // Stocks are 80 %, 15 points above 65 %: $15,000. All of the $80,000 are held back.
  expect(skipsOf(none!)).toEqual(['- bonds gains_budget 15000.00', '- stocks gains_budget 15000.00', 'taxable STK gains_budget 80000.00'])
  // A gain of $10 a share: 100 shares for a budget of $1,000.
  expect(tradesOf(some!)).toEqual(['taxable sell 100 STK', 'taxable buy 100 BND'])
  expect(some!.realised.long).toBe('1000.00')
  expect(skipsOf(some!)).toEqual(['- bonds gains_budget 5000.00', '- stocks gains_budget 5000.00', 'taxable STK gains_budget 70000.00'])
  expect(all!.realised.long).toBe('2000.00')
})

/** A loss of $20 a share on 100 shares, in a portfolio that is at its targets. */
const withLoss = {
  holdings: [
    holding('taxable', 'STK', '600', lot('dear', '100', '12000.00'), lot('cheap', '500', '25000.00')),
    holding('taxable', 'BND', '400', lot('bond', '400', '40000.00')),
  ],
  rules: { mode: 'calendar', harvestLosses: true },
} as const

test('a loss is harvested, and another fund of the class takes the place', () => {
  const proposal = rebalance(household(withLoss))
  expect(tradesOf(proposal)).toEqual(['taxable sell 100 STK', 'taxable buy 100 STK2'])
  // $12,000 - $10,000, at 20 %.
  expect(proposal.trades[0]).toMatchObject({ longGain: '-2000.00', tax: '-400.00', reason: 'harvest_loss', lots: [{ openedBy: 'dear' }] })
  expect(proposal.trades[1]!.reason).toBe('harvest_replacement')
})

test('a purchase ten days ago, in any account, keeps a loss from being harvested', () => {
  const bought = { openedBy: 'other', symbol: 'STK', boughtOn: '2026-03-06', quantity: '5' }
  const washSales = { purchases: [bought], losses: [], identicalPairs: [] } as const
  const proposal = rebalance(household({ ...withLoss, washSales }))
  expect(proposal.trades).toEqual([])
  expect(skipsOf(proposal)).toEqual(['taxable STK wash_sale 10000.00'])
  // The same shares: a purchase does not replace itself. Thirty-one days ago: too long ago. Nothing left: nothing replaces.
  for (const other of [
    { ...bought, openedBy: 'dear' },
    { ...bought, boughtOn: '2026-02-13' },
    { ...bought, quantity: '0' },
  ])
    expect(rebalance(household({ ...withLoss, washSales: { ...washSales, purchases: [other] } })).trades).toHaveLength(2)
  // Of an identical security.
  const identical = { purchases: [{ ...bought, symbol: 'TWIN' }], losses: [], identicalPairs: [['TWIN', 'STK']] } as const
  expect(rebalance(household({ ...withLoss, washSales: identical })).trades).toEqual([])
})

test('what was sold at a loss in the last 30 days is not bought', () => {
  const sold = (soldOn: string) => ({ purchases: [], losses: [{ symbol: 'BND', soldOn }], identicalPairs: [] })
  expect(tradesOf(rebalance(household({ holdings: overWeight, washSales: sold('2026-02-14') })))).toEqual([
    'taxable sell 200 STK',
    'taxable buy 200 BND2',
  ])
  expect(tradesOf(rebalance(household({ holdings: overWeight, washSales: sold('2026-02-13') })))[1]).toBe('taxable buy 200 BND')
})

test('cash and new money are invested first, and alone where only they may be', () => {
  // $90,000 with $5,000 of cash and $5,000 of new money are $100,000: $60,000 of stocks are wanted, and $40,000 of bonds.
  const stated = {
    accounts: [account('taxable', { cash: '5000.00', newCash: '5000.00' })],
    holdings: [holding('taxable', 'STK', '600', lot('cheap', '600', '30000.00')), holding('taxable', 'BND', '300')],
  }
  const proposal = rebalance(household({ ...stated, rules: { mode: 'calendar' } }))
  expect(tradesOf(proposal)).toEqual(['taxable buy 100 BND'])
  expect(proposal.trades[0]!.reason).toBe('invest_cash')
  expect(proposal.cash).toEqual([
    { accountId: 'taxable', before: '5000.00', added: '5000.00', withdrawn: '0.00', sold: '0.00', bought: '10000.00', after: '0.00' },
  ])
  // $110,000, of which $77,000 are stocks: with $10,000 of cash the bonds are $33,000 of the $44,000 that are wanted.
  const more = {
    ...stated,
    holdings: [holding('taxable', 'STK', '770', lot('cheap', '770', '30000.00')), holding('taxable', 'BND', '230')],
  }
  const flow = rebalance(household({ ...more, rules: { mode: 'cash_flow' } }))
  expect(tradesOf(flow)).toEqual(['taxable buy 100 BND'])
  // Stocks are 70 %, five points above the band of $110,000.
  expect(skipsOf(flow)).toEqual(['- bonds no_cash 5500.00', '- stocks no_sales 5500.00'])
})

test('a withdrawal is raised from what is above its target, with the least tax', () => {
  // $100,000 - $10,000 - so $54,000 of stocks are wanted. $4,000 are there in cash; $6,000 are sold: 60 shares, of the lot at $90.
  const proposal = rebalance(
    household({
      accounts: [account('taxable', { cash: '4000.00', withdrawal: '10000.00' })],
      holdings: [
        holding('taxable', 'STK', '600', lot('cheap', '300', '15000.00'), lot('dear', '300', '27000.00')),
        holding('taxable', 'BND', '360', lot('bond', '360', '30000.00')),
      ],
    }),
  )
  expect(tradesOf(proposal)).toEqual(['taxable sell 60 STK'])
  expect(proposal.trades[0]).toMatchObject({ reason: 'cash_need', longGain: '600.00', tax: '120.00' })
  expect(proposal.cash[0]).toMatchObject({ withdrawn: '10000.00', sold: '6000.00', after: '0.00' })
  expect(weightOf(proposal, 'stocks')).toBe(0.6)
})

test('a withdrawal is taken from what is above its target, if a sale of what is taxed less would leave it outside of its band', () => {
  // $10,000 of stocks and $5,000 of bonds; $2,000 leave. $2,000 of bonds, without a gain, would leave 77 % of stocks, and could not be bought back. Without
  // $2,000 of stocks they are $8,000 of $13,000: 62 %, inside of the band. They have gained half of their worth: $1,000, tax 20 % = $200.
  const proposal = rebalance(
    household({
      accounts: [account('taxable', { withdrawal: '2000.00' })],
      holdings: [
        holding('taxable', 'STK', '100', lot('old', '100', '5000.00')),
        holding('taxable', 'BND', '50', lot('bond', '50', '5000.00')),
      ],
    }),
  )
  expect(tradesOf(proposal)).toEqual(['taxable sell 20 STK'])
  expect(proposal.tax).toBe('200.00')
  expect(proposal.classes.every(({ isInside }) => isInside)).toBe(true)
})

test('a withdrawal is taken from what is taxed least, if another account can restore the targets without tax', () => {
  // $13,000 of stocks and $7,000 of bonds after $2,000 of bonds leave: $1,000 of stocks are too much. The retirement account exchanges them.
  const proposal = rebalance(
    household({
      accounts: [account('taxable', { withdrawal: '2000.00' }), ira()],
      holdings: [
        holding('taxable', 'STK', '50', lot('old', '50', '1000.00')),
        holding('taxable', 'BND', '60', lot('bond', '60', '6000.00')),
        holding('ira', 'STK', '80'),
        holding('ira', 'BND', '30'),
      ],
      rules: { mode: 'calendar' },
    }),
  )
  expect(tradesOf(proposal)).toEqual(['ira sell 10 STK', 'taxable sell 20 BND', 'ira buy 10 BND'])
  expect(proposal.tax).toBe('0.00')
})

test('a security is never exchanged for one that is identical to it, however well that would fit', () => {
  // MIX has lost $2,000 and is half of bonds. 60 % of stocks are wanted, and STK would give them, but is declared identical to MIX.
  const mix = { symbol: 'MIX', price: '100', weights: { stocks: 0.5, bonds: 0.5 } }
  const stated = household({
    holdings: [holding('taxable', 'MIX', '100', lot('fund', '100', '12000.00'))],
    securities: [mix, security('STK', 'stocks'), security('STK2', 'stocks'), security('BND', 'bonds')],
    candidates: { stocks: ['STK', 'STK2'], bonds: ['BND'] },
    washSales: { purchases: [], losses: [], identicalPairs: [['MIX', 'STK']] },
  })
  expect(tradesOf(rebalance(stated))).toEqual(['taxable sell 20 MIX', 'taxable buy 20 STK2'])
  expect(tradesOf(rebalance({ ...stated, candidates: { stocks: ['STK'], bonds: ['BND'] } }))).toEqual([])
})
