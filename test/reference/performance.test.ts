import { describe, expect, test } from 'vitest'
import { epochDayOf } from '../../domain/shared/index.ts'
import {
  alpha,
  annualVolatility,
  averageInvestment,
  beta,
  calculateValueHistory,
  calmarRatio,
  compoundAnnualReturn,
  conditionalValueAtRisk,
  type DailySeries,
  downsideRisk,
  type HistoryEvent,
  informationRatio,
  maximumDrawdown,
  type Outcome,
  portfolioSeries,
  sharpeRatio,
  simpleReturn,
  sortinoRatio,
  timeWeightedReturn,
  valueAtRisk,
  xirr,
} from '../../domain/wealth/index.ts'
import { casesOf, type MetricCase, publishedMetrics, publishedPositions, publishedReturns } from './performance-data.ts'
import { referenceMissing } from './simulation-data.ts'

const unlessMissing = <T>(read: () => T[]): T[] => (referenceMissing ? [] : read())
const flowsOf = (flows: readonly (readonly [string, number])[]) => flows.map(([date, amount]) => ({ date, amount }))

describe.skipIf(referenceMissing)("XIRR: pyxirr's cases and Excel's", () => {
  test.each(unlessMissing(() => publishedReturns().cases))(
    '$id',
    ({ alternate_root_noted_upstream: alternate, expected_xirr: expected, flows }) => {
      const { otherRates, rate } = xirr(flowsOf(flows), 0)
      if (expected === null) expect(rate.value).toBeNull()
      else expect(rate.value).toBeCloseTo(expected, 6)
      if (alternate !== null && alternate !== 0) expect(otherRates.some(other => Math.abs(other - alternate) < 1e-6)).toBe(true)
    },
  )

  test.each(unlessMissing(() => publishedReturns().excel_cross_checks))('$id', ({ flows, recomputed_here: [expected] }) => {
    expect(xirr(flowsOf(flows), 0).rate.value).toBeCloseTo(expected!, 6)
  })

  test('the example in the documentation of Excel', () => {
    const { expected, flows } = publishedReturns().excel_documentation_example
    expect(xirr(flowsOf(flows)).rate.value).toBeCloseTo(expected, 6)
  })
})

describe.skipIf(referenceMissing)("time-weighted return: Portfolio Performance's sheet", () => {
  test('with what leaves at the end of its day', () => {
    const { days, expected_final_ttwror: expected } = publishedReturns().ttwror_excel_sample
    const column = (of: (day: (typeof days)[number]) => number): Float64Array => Float64Array.from(days, of)
    const none = new Float64Array(days.length)
    const series: DailySeries = {
      firstDay: epochDayOf(days[0]!.date),
      openingValue: 0,
      value: column(({ v_end: value }) => value),
      externalFlow: column(({ inbound, outbound }) => inbound - outbound),
      income: none,
      fees: none,
      priceGain: none,
      currencyGain: none,
    }
    expect(timeWeightedReturn(series, undefined, 'end').total.value).toBeCloseTo(expected, 12)
    for (const { accumulated, date } of days) {
      const range = { from: series.firstDay, to: epochDayOf(date) }
      expect(timeWeightedReturn(series, range, 'end').total.value).toBeCloseTo(accumulated, 12)
    }
  })
})

const metrics: Record<string, (one: MetricCase) => readonly Outcome[]> = {
  max_drawdown: ({ returns }) => [maximumDrawdown(returns).depth],
  annual_return: ({ perYear, returns }) => [compoundAnnualReturn(returns, perYear)],
  cagr: ({ perYear, returns }) => [compoundAnnualReturn(returns, perYear)],
  annual_volatility: ({ perYear, returns }) => [annualVolatility(returns, perYear)],
  calmar_ratio: ({ perYear, returns }) => [calmarRatio(returns, perYear)],
  sharpe_ratio: ({ number, perYear, returns }) => [sharpeRatio(returns, perYear, number('risk_free'))],
  downside_risk: ({ number, perYear, returns }) => [downsideRisk(returns, perYear, number('required_return'))],
  sortino_ratio: ({ number, perYear, returns }) => [sortinoRatio(returns, perYear, number('required_return'))],
  // The library does not bring it to a year.
  excess_sharpe: ({ of, returns }) => [informationRatio(returns, of('factor_returns'), 1)],
  beta: ({ of, returns }) => [beta(returns, of('benchmark'))],
  alpha: ({ of, perYear, returns }) => [alpha(returns, of('benchmark'), perYear)],
  alpha_beta: ({ of, perYear, returns }) => [alpha(returns, of('benchmark'), perYear), beta(returns, of('benchmark'))],
}

describe.skipIf(referenceMissing)("risk: empyrical's tests", () => {
  test.each(Object.keys(metrics))('%s', name => {
    const cases = unlessMissing(() => casesOf(name))
    expect(cases.length).toBeGreaterThan(0)
    for (const one of cases) {
      const values = metrics[name]!(one).map(({ value }) => value)
      expect(values.length).toBe(one.expected.length)
      for (const [index, expected] of one.expected.entries()) {
        if (expected === null) expect(values[index]).toBeNull()
        else expect(Math.abs(values[index]! - expected), `${values[index]}, not ${expected}`).toBeLessThanOrEqual(one.tolerance)
      }
    }
  })

  test('value at risk, and the mean beyond it', () => {
    const { cvar_cases_generated_with_library: tails, value_at_risk_cases: quantiles } = publishedMetrics()
    for (const { cutoff, expected, returns } of quantiles)
      expect(valueAtRisk(Float64Array.from(returns), cutoff, 1).value).toBeCloseTo(expected, 10)
    for (const { cutoff, expected_cvar: beyond, expected_var: expected, returns } of tails) {
      expect(valueAtRisk(Float64Array.from(returns), cutoff, 1).value).toBeCloseTo(expected, 10)
      expect(conditionalValueAtRisk(Float64Array.from(returns), cutoff, 1).value).toBeCloseTo(beyond, 10)
    }
  })
})

describe.skipIf(referenceMissing)("gains of positions: Ghostfolio's tests", () => {
  const cases = unlessMissing(() => publishedPositions().filter(({ expected }) => expected.gross !== undefined))
  const types: Record<string, HistoryEvent['type']> = { BUY: 'buy', SELL: 'sell', DIVIDEND: 'dividend' }

  test.each(cases)('$id', ({ activities, as_of: asOf, expected, market_price: price }) => {
    const symbol = 'XYZ'
    const events = activities.map(([date, kind, quantity, unit, fees]): HistoryEvent => {
      const amount = (kind === 'BUY' ? -1 : 1) * quantity * unit - fees
      const nothing = { newSymbol: null, value: null, numerator: 0, denominator: 0, transferAccountId: null }
      return { accountId: 'one', day: epochDayOf(date), type: types[kind]!, symbol, quantity, amount, fees, ...nothing }
    })
    const lastDay = asOf === undefined ? events.at(-1)!.day : epochDayOf(asOf)
    const prices =
      price === undefined ? [] : [[symbol, { currency: 'USD', days: Int32Array.of(lastDay), closes: Float64Array.of(price) }] as const]
    const history = calculateValueHistory({
      firstDay: events[0]!.day,
      lastDay,
      currency: 'USD',
      accounts: [{ id: 'one', currency: 'USD', openingBalance: 10_000, openedDay: events[0]!.day - 1 }],
      events,
      prices: new Map(prices),
      rates: () => undefined,
    })
    const { fees, income } = portfolioSeries(history)
    const sum = (numbers: Float64Array): number => numbers.reduce((total, number) => total + number, 0)
    const gain = simpleReturn(portfolioSeries(history)).parts!.gain
    // Theirs is without dividends.
    expect(gain - sum(income) + sum(fees)).toBeCloseTo(expected.gross!, 8)
    expect(gain - sum(income)).toBeCloseTo(expected.net!, 8)
    expect(sum(income)).toBeCloseTo(expected.dividend ?? 0, 8)

    const trades = activities.filter(([, kind]) => kind !== 'DIVIDEND')
    const invested = averageInvestment(
      trades.map(([date, kind, quantity, unit]) => ({
        day: epochDayOf(date),
        quantity: kind === 'BUY' ? quantity : -quantity,
        price: unit,
      })),
      lastDay,
    )
    if (expected.investment !== undefined) expect(invested.atEnd).toBeCloseTo(expected.investment, 8)
    if (expected.gross_pct !== undefined) expect(expected.gross! / invested.average.value!).toBeCloseTo(expected.gross_pct, 8)
    if (expected.net_pct !== undefined) expect(expected.net! / invested.average.value!).toBeCloseTo(expected.net_pct, 8)
  })
})
