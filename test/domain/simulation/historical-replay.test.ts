import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type HistoricalReplay, replayHistory, safeWithdrawalRate } from '../../../domain/simulation/index.ts'

const history = {
  years: [2001, 2002, 2003, 2004],
  assets: [
    { key: 'stocks', weight: 0.5, returns: [0.3, -0.4, 0.2, 0.1] },
    { key: 'bonds', weight: 0.5, returns: [0.1, 0, 0, 0.1] },
  ],
  inflation: [0.1, 0, 0.25, 0.1],
}
const study = (changes: Partial<HistoricalReplay>): HistoricalReplay => ({
  history,
  horizonYears: 2,
  withdrawalRate: 0.5,
  withdrawals: 'real',
  flowTiming: 'begin',
  ...changes,
})

describe('a replay of history', () => {
  test('follows each cohort that fits, worked out by hand with payments at the beginning of years', () => {
    // Portfolio: +20 %, -20 %, +10 %, +10 %. From 2001: (1 - 0.5) 1.2 = 0.6; (0.6 - 0.55) 0.8 = 0.04.
    const cohorts = replayHistory(study({}))
    expect(cohorts.map(cohort => cohort.startYear)).toEqual([2001, 2002, 2003])
    expect(cohorts[0]).toMatchObject({ success: true, closing: expect.closeTo(0.04, 12) })
    // From 2002: 0.5 x 0.8 = 0.4, less than 0.5. From 2003: 0.5 x 1.1 = 0.55, less than 0.625.
    expect(cohorts[1]).toMatchObject({ success: false, depletedIn: 2003, closing: 0 })
    expect(cohorts[2]).toMatchObject({ success: false, depletedIn: 2004, closing: 0 })
  })

  test('pays at the end of years, at year-end prices or level', () => {
    // 1.2 - 0.55 = 0.65; 0.52 - 0.55 < 0. Level: 1.2 - 0.5 = 0.7; 0.56 - 0.5 = 0.06.
    expect(replayHistory(study({ flowTiming: 'end' }))[0]).toMatchObject({ success: false, depletedIn: 2002 })
    const [level] = replayHistory(study({ flowTiming: 'end', withdrawals: 'nominal' }))
    expect(level).toMatchObject({ success: true, closing: expect.closeTo(0.06, 12) })
  })

  test('with monthly returns pays a twelfth each month, at the prices of that month, from each January that fits', () => {
    const month = fc.record({
      stocks: fc.double({ min: -0.2, max: 0.2, noNaN: true }),
      bonds: fc.double({ min: -0.05, max: 0.05, noNaN: true }),
      inflation: fc.double({ min: -0.01, max: 0.02, noNaN: true }),
    })
    fc.assert(
      fc.property(
        fc.array(month, { minLength: 48, maxLength: 48 }),
        fc.double({ min: 0.2, max: 0.6, noNaN: true }),
        fc.constantFrom('begin', 'end'),
        (months, withdrawalRate, flowTiming) => {
          const monthly = {
            periodsPerYear: 12,
            years: [2001, 2002, 2003, 2004],
            assets: [
              { key: 'stocks', weight: 0.6, returns: months.map(({ stocks }) => stocks) },
              { key: 'bonds', weight: 0.4, returns: months.map(({ bonds }) => bonds) },
            ],
            inflation: months.map(({ inflation }) => inflation),
          } as const
          const cohorts = replayHistory(
            study({ history: { ...monthly, assets: [...monthly.assets], years: [...monthly.years] }, withdrawalRate, flowTiming }),
          )
          expect(cohorts.map(cohort => cohort.startYear)).toEqual([2001, 2002, 2003])
          for (const [index, cohort] of cohorts.entries()) {
            const lived = livedMonths(months.slice(12 * index, 12 * index + 24), withdrawalRate, flowTiming)
            expect(cohort.success).toBe(lived >= 0)
            if (lived >= 0) expect(cohort.closing).toBeCloseTo(lived, 9)
            expect(livedMonths(months.slice(12 * index, 12 * index + 24), cohort.safeRate, flowTiming)).toBeCloseTo(0, 6)
          }
        },
      ),
    )
  })

  test('rejects a history with a gap and a horizon that does not fit', () => {
    expect(() => replayHistory(study({ history: { ...history, years: [2001, 2002, 2004, 2005] } }))).toThrow(RangeError)
    for (const horizonYears of [0, 5, 1.5]) expect(() => replayHistory(study({ horizonYears }))).toThrow(RangeError)
  })
})

/** The rest of 1 invested at 60/40, rebalanced each month; negative once a withdrawal could not be paid. */
function livedMonths(months: { stocks: number; bonds: number; inflation: number }[], yearly: number, timing: 'begin' | 'end'): number {
  let balance = 1
  let prices = 1
  for (const { stocks, bonds, inflation } of months) {
    if (timing === 'begin') balance -= (yearly / 12) * prices
    balance *= 1 + 0.6 * stocks + 0.4 * bonds
    prices *= 1 + inflation
    if (timing === 'end') balance -= (yearly / 12) * prices
    if (balance < -1e-9) return balance
  }
  return balance
}

describe('the safe withdrawal rate', () => {
  test('is the one worked out by hand', () => {
    // 1 / (1 + 1.1/1.2) at the beginning; 1 / (1.1/1.2 + 1.1/0.96) at the end.
    expect(safeWithdrawalRate([1.2, 0.8], [1.1, 1], 'begin')).toBeCloseTo(12 / 23, 14)
    expect(safeWithdrawalRate([1.2, 0.8], [1.1, 1], 'end')).toBeCloseTo(1 / (1.1 / 1.2 + 1.1 / 0.96), 14)
  })

  test('is the border between success and failure', () => {
    const rates = fc.array(fc.double({ min: -0.5, max: 0.6, noNaN: true }), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(
        rates,
        rates,
        fc.constantFrom('begin', 'end'),
        fc.constantFrom('real', 'nominal'),
        (returns, inflation, flowTiming, withdrawals) => {
          const one = { years: history.years, assets: [{ key: 'only', weight: 1, returns }], inflation }
          const cohort = (withdrawalRate: number) =>
            replayHistory({ history: one, horizonYears: 4, withdrawalRate, withdrawals, flowTiming })[0]!
          const { safeRate } = cohort(0)
          expect(cohort(safeRate * (1 - 1e-12)).success).toBe(true)
          expect(cohort(safeRate * (1 + 1e-12)).success).toBe(false)
        },
      ),
    )
  })
})
