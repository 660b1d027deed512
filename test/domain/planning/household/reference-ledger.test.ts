import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Account, explainPath, type HouseholdSpec } from '../../../../domain/planning/household/index.ts'
import { account, expense, household, income, NO_VOLATILITY, person } from './households.ts'

/* A second, plain implementation of a household without taxes, compared on any returns. */

// IRS Publication 590-B, table III, from age 72 on.
const DIVISORS = [27.4, 26.5, 25.5, 24.6, 23.7, 22.9, 22, 21.1, 20.2, 19.4, 18.5, 17.7, 16.8]
const BORN = 1953

interface Year {
  stocks: number
  bonds: number
  inflation: number
}

/** Bounds are in tenths of a percent, so that no rate is a denormal number. */
const rate = (most: number): fc.Arbitrary<number> => fc.integer({ min: -most, max: most }).map(mills => mills / 1000)
const years = fc.array(fc.record({ stocks: rate(400), bonds: rate(100), inflation: rate(80) }), { minLength: 3, maxLength: 12 })

const held = (key: string, kind: Account['kind']): fc.Arbitrary<Account> =>
  fc
    .record({
      openingBalance: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 600_000 })),
      stocks: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
      feeRate: fc.double({ min: 0, max: 0.02, noNaN: true }),
      rebalancing: fc.constantFrom<Account['rebalancing']>(
        { kind: 'calendar', everyYears: 1 },
        { kind: 'calendar', everyYears: 3 },
        // No simple fraction: a drift of just that much is rounded to either side of it, and the two could decide differently.
        { kind: 'threshold', drift: 0.0512345678 },
        { kind: 'never' },
      ),
    })
    .map(({ stocks: [from, to], ...rest }) =>
      account({
        key,
        kind,
        ...rest,
        openingBasis: rest.openingBalance,
        allocation: [
          { year: 0, weights: { stocks: from, bonds: 1 - from } },
          { year: 10, weights: { stocks: to, bonds: 1 - to } },
        ],
      }),
    )

const market = (given: Year[]): Required<Pick<HouseholdSpec, 'returns' | 'openingReturns'>> => ({
  returns: NO_VOLATILITY,
  openingReturns: {
    assets: { stocks: given.map(year => year.stocks), bonds: given.map(year => year.bonds) },
    inflation: given.map(year => year.inflation),
  },
})

const order = fc.constantFrom<HouseholdSpec['withdrawals']['order']>(
  { kind: 'conventional' },
  { kind: 'proportional' },
  { kind: 'custom', accounts: ['roth', 'ira', 'brokerage'] },
)

/** Balances of all accounts at each year's end. */
function referenceBalances(spec: HouseholdSpec, given: Year[]): number[][] {
  const targetOf = ({ allocation: [from, to] }: Account, year: number): number => {
    const passed = Math.min(year, 10) / 10
    return from!.weights['stocks']! * (1 - passed) + to!.weights['stocks']! * passed
  }
  const accounts = spec.accounts.map(kept => ({ kept, balance: kept.openingBalance, stocks: targetOf(kept, 0) }))
  const [brokerage, ira, roth] = accounts as [(typeof accounts)[0], (typeof accounts)[0], (typeof accounts)[0]]
  const orders = { conventional: [[brokerage], [ira], [roth]], proportional: [accounts], custom: [[roth], [ira], [brokerage]] }
  const groups = orders[spec.withdrawals.order.kind as keyof typeof orders]
  let prices = 1
  return given.map(({ stocks, bonds, inflation }, year) => {
    const age = 2026 + year - BORN
    const required = age < 73 ? 0 : ira.balance / DIVISORS[age - 72]!
    ira.balance -= required
    let need = spec.expenses[0]!.annualAmount * prices - required
    if (need < 0) {
      brokerage.balance -= need
      need = 0
    }
    for (const group of groups) {
      const total = group.reduce((sum, one) => sum + one.balance, 0)
      const share = total > 0 ? Math.min(1, need / total) : 0
      need -= share * total
      for (const one of group) one.balance -= share * one.balance
    }
    for (const one of accounts) {
      const growth = one.stocks * (1 + stocks) + (1 - one.stocks) * (1 + bonds)
      const next = targetOf(one.kept, year + 1)
      const { rebalancing } = one.kept
      const drifted = (one.stocks * (1 + stocks)) / growth
      const isDue =
        one.balance === 0 ||
        (rebalancing.kind === 'calendar' && (year + 1) % rebalancing.everyYears === 0) ||
        (rebalancing.kind === 'threshold' && Math.abs(drifted - next) > rebalancing.drift)
      one.stocks = isDue ? next : drifted
      one.balance *= growth * (1 - one.kept.feeRate)
    }
    prices *= 1 + inflation
    return accounts.map(one => one.balance)
  })
}

test('withdrawals, required distributions, drift, rebalancing, glide paths and fees match a reference ledger, to the cent', () => {
  fc.assert(
    fc.property(
      years,
      fc.tuple(held('brokerage', 'taxable'), held('ira', 'traditional'), held('roth', 'roth')),
      order,
      fc.integer({ min: 0, max: 150_000 }),
      (given, accounts, order, spending) => {
        const spec = household({
          years: given.length,
          paths: 1,
          people: [person({ birthDate: `${BORN}-01-01` })],
          accounts,
          expenses: [expense({ annualAmount: spending })],
          withdrawals: { order, surplus: 'taxable' },
          ...market(given),
        })
        const reference = referenceBalances(spec, given)
        for (const [year, row] of explainPath(spec, 0).entries())
          for (const [index, { closing }] of row.accounts.entries()) expect(Math.abs(closing - reference[year]![index]!)).toBeLessThan(0.01)
      },
    ),
    { numRuns: 500 },
  )
})

test('Guyton-Klinger with a pension applies the published rule to the draw from the accounts', () => {
  const long = fc.array(fc.record({ stocks: rate(300), bonds: rate(100), inflation: rate(80) }), { minLength: 17, maxLength: 32 })
  fc.assert(
    fc.property(long, fc.integer({ min: 0, max: 200_000 }), fc.integer({ min: 20_000, max: 80_000 }), (given, pension, drawn) => {
      const spec = household({
        years: given.length,
        paths: 1,
        incomes: [income({ key: 'pension', kind: 'pension', annualAmount: pension })],
        expenses: [expense({ annualAmount: pension + drawn, essential: false })],
        spending: { rule: { kind: 'guyton_klinger', guardrail: 0.2, adjustment: 0.1, preservationOffYears: 15 }, byAge: [] },
        ...market(given),
      })
      let balance = 1_000_000
      let draw = drawn
      for (const [year, row] of explainPath(spec, 0).entries()) {
        if (year > 0) {
          const { inflation } = given[year - 1]!
          const rate = draw / balance
          const first = drawn / 1_000_000
          const loss = 0.6 * given[year - 1]!.stocks + 0.4 * given[year - 1]!.bonds < -1e-12
          if (!(loss && rate > first)) draw *= 1 + inflation
          if (rate > 1.2 * first && given.length - year > 15) draw *= 0.9
          if (rate < 0.8 * first) draw *= 1.1
        }
        if (draw >= balance) return
        expect(Math.abs(row.spending - row.income - draw)).toBeLessThan(0.01)
        balance = (balance - draw) * (1 + 0.6 * given[year]!.stocks + 0.4 * given[year]!.bonds)
      }
    }),
    { numRuns: 500 },
  )
})
