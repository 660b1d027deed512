import { expect, test } from 'vitest'
import { DomainError } from '../../../../domain/shared/index.ts'
import { rebalance, type RebalancingInput } from '../../../../domain/wealth/rebalancing/index.ts'
import { bandOf } from '../../../../domain/wealth/rebalancing/bands.ts'
import { trackingErrorOf } from '../../../../domain/wealth/rebalancing/distances.ts'
import { netTax } from '../../../../domain/wealth/rebalancing/gains-tax.ts'
import { account, holding, household, ira, lot, skipsOf, tradesOf } from './households.ts'

const pathsOf = (input: RebalancingInput): string[] => {
  try {
    rebalance(input)
    return []
  } catch (error) {
    return (error as DomainError).issues.map(({ path }) => path)
  }
}

test('what is wrong with the input is named', () => {
  const half = { key: 'stocks', weight: 0.5 }
  expect(pathsOf(household({}))).toEqual([])
  expect(() => rebalance(household({ targets: { by: 'asset_class', weights: [half] } }))).toThrow(DomainError)
  expect(pathsOf(household({ targets: { by: 'asset_class', weights: [half] } }))).toEqual(['targets.weights'])
  const negative = [
    { key: 'bonds', weight: 1.5 },
    { ...half, weight: -0.5 },
  ]
  expect(pathsOf(household({ targets: { by: 'asset_class', weights: negative } }))).toEqual([
    'targets.weights.0.weight',
    'targets.weights.1.weight',
  ])
  expect(pathsOf(household({ holdings: [holding('nobody', 'STK', '1')] }))).toEqual(['holdings.0.accountId'])
  expect(pathsOf(household({ holdings: [holding('taxable', 'NONE', '1')] }))).toEqual(['holdings.0.symbol'])
  const unpriced = [{ symbol: 'STK', price: null, weights: { stocks: 1 } }]
  expect(pathsOf(household({ securities: unpriced, candidates: {}, holdings: [holding('taxable', 'STK', '1')] }))).toEqual([
    'holdings.0.symbol',
  ])
  expect(pathsOf(household({ rules: { minimumTrade: '-1.00' } }))).toEqual(['rules.minimumTrade'])
  expect(pathsOf(household({ holdings: [holding('taxable', 'STK', '1', lot('a', '2', null))] }))).toEqual(['holdings.0.lots'])
})

test('of an absolute and a relative band the nearer one counts', () => {
  expect(bandOf(0.6, { absolute: 0.05, relative: 0.25 })).toEqual({ lower: 0.55, upper: 0.65 })
  expect(bandOf(0.1, { absolute: 0.05, relative: 0.25 })).toEqual({ lower: 0.075, upper: 0.125 })
  // A quarter of nothing is no band.
  expect(bandOf(0, { relative: 0.25 })).toEqual({ lower: 0, upper: 0.05 })
})

test('losses of one term first offset gains of the other', () => {
  const rates = { short: 0.4, long: 0.2 }
  expect(netTax({ short: 1000, long: 1000 }, rates)).toBe(600)
  // $10 of long-term gain less $4: $6 at 20 %. $4 of short-term gain less $10 of long-term loss: $6 of loss at 20 %.
  expect(netTax({ short: -400, long: 1000 }, rates)).toBe(120)
  expect(netTax({ short: 400, long: -1000 }, rates)).toBe(-120)
  expect(netTax({ short: -1000, long: 400 }, rates)).toBe(-240)
})

test('the tracking error is the root of the weighted covariance', () => {
  // 0.1 more stocks (20 %) and 0.1 less bonds (5 %), uncorrelated: 0.1 x root(0.04 + 0.0025) = 0.020616.
  const covariance = {
    classes: ['stocks', 'bonds'],
    matrix: [
      [0.04, 0],
      [0, 0.0025],
    ],
  }
  const found = trackingErrorOf(covariance, ['bonds', 'stocks'], Float64Array.of(-0.1, 0.1))
  expect(found.trackingError).toBeCloseTo(0.0206155, 7)
  expect(trackingErrorOf(covariance, ['gold'], Float64Array.of(0.1)).trackingErrorReason).toBe('class_not_covered')
})

test('new money is put in up to the contribution limit', () => {
  const proposal = rebalance(
    household({ accounts: [ira({ newCash: '8000.00', contributionRoom: '7000.00' })], rules: { mode: 'cash_flow' } }),
  )
  expect(proposal.cash[0]).toMatchObject({ added: '7000.00', bought: '7000.00', after: '0.00' })
  expect(skipsOf(proposal)).toEqual(['ira - contribution_limit 1000.00'])
})

test('of two retirement accounts, bonds go where they are deferred', () => {
  const accounts = [account('a-roth', { treatment: 'tax_free' }), ira()]
  const proposal = rebalance(household({ accounts, holdings: [holding('a-roth', 'STK', '50'), holding('ira', 'STK', '50')] }))
  expect(tradesOf(proposal)).toEqual(['ira sell 40 STK', 'ira buy 40 BND'])
})

test('shares with an unknown basis are sold last, and not at all within a budget', () => {
  const holdings = [holding('taxable', 'STK', '100', lot('known', '20', '1000.00'), lot('unknown', '80', null))]
  const proposal = rebalance(household({ holdings }))
  expect(proposal.trades[0]!.lots.map(({ gain, openedBy, quantity }) => [openedBy, quantity, gain])).toEqual([
    ['known', '20', '1000.00'],
    ['unknown', '20', null],
  ])
  expect(proposal.realised).toEqual({ short: '0.00', long: '1000.00', unknownBasisProceeds: '2000.00' })
  expect(skipsOf(rebalance(household({ holdings, rules: { gainsBudget: '5000.00' } })))).toContain('taxable STK basis_unknown 8000.00')
})
