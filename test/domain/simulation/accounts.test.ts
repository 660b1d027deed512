import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type PortfolioAccount, simulate, simulatePath, type SimulationSpec, validateSpec } from '../../../domain/simulation/index.ts'
import { ACCOUNTS, BOOTSTRAP, LOGNORMAL, noFlows, simulationSpec } from './specs.ts'

const mixed = [{ year: 0, weights: { stocks: 0.6, bonds: 0.4 } }]

const account = (years: number, changes: Partial<PortfolioAccount> = {}): PortfolioAccount => ({
  key: 'Savings',
  openingBalance: 0,
  allocation: mixed,
  feeRate: 0,
  realContributions: noFlows(years),
  nominalContributions: noFlows(years),
  ...changes,
})

/** Stocks return 10 % and bonds 2 % every year; prices do not change. */
const steady: SimulationSpec['returns'] = {
  kind: 'bootstrap',
  years: [2000],
  assets: [
    { key: 'stocks', weight: 0.6, returns: [0.1] },
    { key: 'bonds', weight: 0.4, returns: [0.02] },
  ],
  inflation: [0],
}

const certain = (years: number, changes: Partial<SimulationSpec>): SimulationSpec =>
  simulationSpec({
    years,
    paths: 2,
    realFlows: noFlows(years),
    nominalFlows: noFlows(years),
    returns: steady,
    openingBalance: 0,
    ...changes,
  })

describe('an account', () => {
  test('grows by its own weights, less its own fee', () => {
    const accounts = [
      account(2, { key: 'Stocks', openingBalance: 1000, allocation: [{ year: 0, weights: { stocks: 1 } }], feeRate: 0.01 }),
      account(2, { key: 'Bonds', openingBalance: 500, allocation: [{ year: 0, weights: { bonds: 1 } }] }),
    ]
    const [first, second] = simulatePath(certain(2, { openingBalance: 1500, accounts }), 0)
    // 1000 x 1.1 x 0.99 = 1089, 500 x 1.02 = 510; then 1185.921 and 520.2.
    expect(first!.closing).toBeCloseTo(1599, 8)
    expect(first!.portfolioGrowth).toBeCloseTo(1599 / 1500, 12)
    expect(second!.accounts!.map(({ closing }) => closing)).toEqual([expect.closeTo(1185.921, 8), expect.closeTo(520.2, 8)])
  })

  test('follows its glide path from year to year', () => {
    const allocation: PortfolioAccount['allocation'] = [
      { year: 0, weights: { stocks: 1 } },
      { year: 2, weights: { bonds: 1 } },
    ]
    const path = simulatePath(certain(4, { openingBalance: 1000, accounts: [account(4, { openingBalance: 1000, allocation })] }), 0)
    for (const [year, growth] of [1.1, 1.06, 1.02, 1.02].entries()) expect(path[year]!.portfolioGrowth).toBeCloseTo(growth, 12)
  })

  test('receives its own contributions; a withdrawal takes the same fraction of every account', () => {
    const accounts = [
      account(2, { key: 'Stocks', allocation: [{ year: 0, weights: { stocks: 1 } }], realContributions: [1000, 0] }),
      account(2, { key: 'Bonds', allocation: [{ year: 0, weights: { bonds: 1 } }], nominalContributions: [1000, 500] }),
    ]
    const [first, second] = simulatePath(certain(2, { realFlows: [0, -1310], accounts }), 0)
    expect(first!.accounts!.map(({ closing }) => closing)).toEqual([expect.closeTo(1100, 8), expect.closeTo(1020, 8)])
    // 1100 and 1520, of which half is withdrawn.
    expect(second!.accounts!.map(({ closing }) => closing)).toEqual([expect.closeTo(605, 8), expect.closeTo(775.2, 8)])
    expect(second!.flow).toBeCloseTo(500 - 1310, 8)
  })

  test('pays a twelfth of its fee each month, which together are the annual fee', () => {
    const spec = simulationSpec({ years: 1, paths: 200, stepsPerYear: 12, realFlows: [0], nominalFlows: [0], openingBalance: 1000 })
    const ends = (feeRate: number) =>
      simulate({ ...spec, accounts: [account(1, { openingBalance: 1000, feeRate })] }).endingWealth.nominal.mean
    expect(ends(0.05) / ends(0)).toBeCloseTo(0.95, 12)
  })
})

test('a path is depleted when all accounts together cannot pay; later contributions do not revive it', () => {
  const accounts = [account(3, { openingBalance: 100, realContributions: [0, 50, 500] }), account(3, { key: 'Other', openingBalance: 100 })]
  const spec = certain(3, { openingBalance: 200, realFlows: [-150, -500, 0], accounts })
  expect(simulate(spec).depletion).toEqual([0, 2, 0])
  expect(simulatePath(spec, 1).map(({ closing, paidInFull }) => [closing > 0, paidInFull])).toEqual([
    [true, true],
    [false, false],
    [false, false],
  ])
  const exact = certain(1, { openingBalance: 200, realFlows: [-200], accounts: [account(1, { openingBalance: 200 })] })
  expect(simulate(exact).success.count).toBe(2)
})

test('accounts with the weights of the portfolio and without fees are the portfolio', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom('begin', 'end'),
      fc.constantFrom(1, 12),
      (count, flowTiming, stepsPerYear) => {
        const spec = simulationSpec({ paths: 50, flowTiming, stepsPerYear })
        const part = 1 / count
        const accounts = Array.from({ length: count }, (_, index) =>
          account(spec.years, {
            key: `Account ${index}`,
            openingBalance: spec.openingBalance * part,
            realContributions: spec.realFlows.map(flow => Math.max(0, flow) * part),
            nominalContributions: spec.nominalFlows.map(flow => flow * part),
          }),
        )
        const openingBalance = accounts.reduce((total, each) => total + each.openingBalance, 0)
        const realFlows = spec.realFlows.map(flow => Math.min(0, flow))
        const whole = simulate(spec)
        const divided = simulate({ ...spec, openingBalance, realFlows, nominalFlows: noFlows(spec.years), accounts })
        expect(divided.success).toEqual(whole.success)
        expect(divided.depletion).toEqual(whole.depletion)
        expect(divided.endingWealth.real.mean / whole.endingWealth.real.mean).toBeCloseTo(1, 10)
        expect(divided.portfolioReturn.real.meanAnnualised).toBeCloseTo(whole.portfolioReturn.real.meanAnnualised, 12)
      },
    ),
    { numRuns: 12 },
  )
})

test('the definitions of a result explain accounts, and only where there are accounts', () => {
  expect(simulate(simulationSpec({ ...ACCOUNTS, paths: 2 })).definitions.accounts).toContain('Each account has its own balance')
  expect(simulate(simulationSpec({ paths: 2 })).definitions).not.toHaveProperty('accounts')
})

test.each<[path: string, changes: object]>([
  ['openingBalance', { openingBalance: 1 }],
  ['realFlows.1', { realFlows: [0, 5, ...noFlows(28)] }],
  ['accounts', { accounts: [] }],
  ['accounts.1.key', { accounts: [ACCOUNTS.accounts[0], { ...ACCOUNTS.accounts[1], key: 'Savings' }, ACCOUNTS.accounts[2]] }],
  ['accounts.0.feeRate', { accounts: [{ ...ACCOUNTS.accounts[0], feeRate: 0.2 }, ...ACCOUNTS.accounts.slice(1)] }],
  ['accounts.0.realContributions', { accounts: [{ ...ACCOUNTS.accounts[0], realContributions: [1] }, ...ACCOUNTS.accounts.slice(1)] }],
  ['accounts.0.allocation.0.weights', { accounts: [{ ...ACCOUNTS.accounts[0], allocation: [{ year: 0, weights: { bonds: 0.9 } }] }] }],
  ['accounts.0.allocation.0.weights.gold', { accounts: [{ ...ACCOUNTS.accounts[0], allocation: [{ year: 0, weights: { gold: 1 } }] }] }],
  ['accounts.0.allocation.1.year', { accounts: [{ ...ACCOUNTS.accounts[0], allocation: [...mixed, ...mixed] }] }],
])('a fault at %s is named', (path, changes) => {
  expect(validateSpec({ ...simulationSpec(ACCOUNTS), ...changes }).map(issue => issue.path)).toContain(path)
})

test('returns of accounts come from the return model, whatever it is', () => {
  const bonds = {
    openingBalance: 250_000,
    accounts: [account(30, { openingBalance: 250_000, allocation: [{ year: 0, weights: { bonds: 1 } }] })],
  }
  const none = { realFlows: noFlows(30), nominalFlows: noFlows(30) }
  const mean = (returns: SimulationSpec['returns']): number =>
    simulate(simulationSpec({ ...bonds, ...none, returns, paths: 5000 })).portfolioReturn.nominal.arithmeticMean
  expect(mean(LOGNORMAL)).toBeCloseTo(0.035, 2)
  expect(mean(BOOTSTRAP)).toBeCloseTo((0.03 + 0.08 + 0.01 - 0.04 + 0.05 + 0.02 + 0.06) / 7, 2)
})
