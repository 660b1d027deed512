import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  calculateLots,
  calculateValueHistory,
  contributions,
  type DailySeries,
  type HistoryEvent,
  type HoldingHistory,
  holdingsOf,
  type LotEvent,
  lotEventTypes,
  modifiedDietz,
  moneyWeightedReturn,
  portfolioSeries,
  simpleReturn,
  textOfUnits,
  timeWeightedReturn,
  unitsOf,
} from '../../../../domain/wealth/index.ts'
import { event as lotEvent } from '../lots/histories.ts'
import { anyLedger } from './generated-ledgers.ts'
import { seriesOf } from './ledgers.ts'

const RUNS = { numRuns: 200 }
const columns = ['value', 'flow', 'income', 'fees', 'priceGain', 'currencyGain'] as const
const isFinite = (numbers: Float64Array): boolean => numbers.every(number => Number.isFinite(number))
const keyOf = ({ accountId, symbol }: { readonly accountId: string; readonly symbol: string | null }): string => `${accountId} ${symbol}`
const isHeld = ({ toAccountId }: HoldingHistory): boolean => toAccountId === null
const largest = (numbers: Float64Array): number => numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 1)

const lotEventsOf = (events: readonly HistoryEvent[]): LotEvent[] =>
  events.flatMap(({ accountId, amount, day, denominator, newSymbol, numerator, quantity, symbol, type }, index) => {
    const lotType = lotEventTypes.find(one => one === type)
    if (lotType === undefined || symbol === null) return []
    const id = String(index).padStart(4, '0')
    const units = unitsOf(String(quantity))
    const cents = Math.round(Math.abs(amount) * 100)
    const known = { basisCents: 0, basisShare: 0n, priceMillionths: 1n }
    const { quantity: _, ...plain } = lotEvent(lotType, '2022-01-01', { id })
    return [{ ...plain, accountId, day, symbol, newSymbol, numerator, denominator, cents, quantity: units, ...known }]
  })

describe('for any ledger', () => {
  test('the units at the end are those of the open tax lots', () => {
    let checked = 0
    fc.assert(
      fc.property(anyLedger('USD'), input => {
        const lotAccounts = input.accounts.map(({ id }) => ({ id, isTaxAdvantaged: false }))
        const events = lotEventsOf(input.events.filter(({ day }) => day <= input.lastDay))
        const { lots, problems } = calculateLots({ accounts: lotAccounts, events, identicalPairs: [] })
        expect(problems).toEqual([])
        const units = new Map<string, number>()
        for (const lot of lots) {
          const shares = Number(textOfUnits(lot.quantity)) * (lot.origin === 'short' ? -1 : 1)
          units.set(keyOf(lot), (units.get(keyOf(lot)) ?? 0) + shares)
        }
        const held = calculateValueHistory(input).holdings.filter(holding => holding.symbol !== null && isHeld(holding))
        for (const holding of held) {
          const wanted = units.get(keyOf(holding)) ?? 0
          expect(Math.abs(holding.units - wanted), `${keyOf(holding)}: ${holding.units}, not ${wanted}`).toBeLessThanOrEqual(
            1e-9 * Math.max(1, Math.abs(wanted)),
          )
          checked += 1
        }
        const named = new Set(held.map(keyOf))
        for (const [key, wanted] of units) if (wanted !== 0) expect(named.has(key), key).toBe(true)
      }),
      RUNS,
    )
    expect(checked).toBeGreaterThan(RUNS.numRuns)
  })

  test('nothing is NaN or infinite, and what changed a value adds up to the change, with and without gaps in the rates', () => {
    const check = ({ currencyGain, fees, flow, income, openingValue, priceGain, value }: HoldingHistory): void => {
      for (const numbers of [value, flow, income, fees, priceGain, currencyGain]) expect(isFinite(numbers)).toBe(true)
      const tolerance = 1e-9 * Math.max(largest(value), largest(flow))
      let before = openingValue ?? 0
      for (let day = 0; day < value.length; day += 1) {
        const gain = priceGain[day]! + currencyGain[day]! + income[day]! - fees[day]!
        if (!(Math.abs(value[day]! - before - flow[day]! - gain) <= tolerance)) expect(gain).toBe(value[day]! - before - flow[day]!)
        before = value[day]!
      }
    }
    for (const withGaps of [false, true])
      fc.assert(
        fc.property(anyLedger('USD', { withGaps }), input => {
          const history = calculateValueHistory(input)
          for (const holding of history.holdings) check(holding)
          const { externalFlow: flow, ...series } = portfolioSeries(history)
          check({ ...series, flow, accountId: '', symbol: null, toAccountId: null, units: 0, isKnown: new Uint8Array(0) })
          const total = { ...series, externalFlow: flow }
          for (const outcome of [
            timeWeightedReturn(total).total,
            modifiedDietz(total).total,
            simpleReturn(total).total,
            moneyWeightedReturn(total).rate,
          ])
            expect(outcome.value === null || Number.isFinite(outcome.value)).toBe(true)
        }),
        RUNS,
      )
  })

  test('values in two currencies agree through the rate', () => {
    fc.assert(
      fc.property(anyLedger('USD'), input => {
        const dollars = portfolioSeries(calculateValueHistory(input))
        const euros = portfolioSeries(calculateValueHistory({ ...input, currency: 'EUR' }))
        for (let day = 0; day < dollars.value.length; day += 1) {
          const rate = input.rates('EUR', 'USD', input.firstDay + day)!
          for (const column of ['value', 'income', 'fees'] as const)
            expect(Math.abs(euros[column][day]! * rate - dollars[column][day]!)).toBeLessThanOrEqual(1e-9 * largest(dollars.value))
        }
      }),
      RUNS,
    )
  })

  test('a longer range has the same numbers on the days of a shorter one', () => {
    fc.assert(
      fc.property(anyLedger('USD', { withGaps: true }), fc.nat({ max: 60 }), fc.nat({ max: 60 }), (input, late, early) => {
        const long = calculateValueHistory(input)
        const inLong = new Map(long.holdings.filter(isHeld).map(holding => [keyOf(holding), holding]))
        const longSum = portfolioSeries(long)
        const firstDay = input.firstDay + late
        const days = input.lastDay - early - firstDay + 1
        const short = calculateValueHistory({ ...input, firstDay, lastDay: firstDay + days - 1 })
        for (const holding of short.holdings.filter(isHeld))
          for (const column of columns) expect(holding[column]).toEqual(inLong.get(keyOf(holding))![column].slice(late, late + days))
        const shortSum = portfolioSeries(short)
        for (let day = 0; day < days; day += 1)
          for (const column of ['value', 'externalFlow'] as const)
            expect(Math.abs(shortSum[column][day]! - longSum[column][late + day]!)).toBeLessThanOrEqual(1e-9 * largest(longSum.value))
      }),
      RUNS,
    )
  })

  test('the contributions add up to the time-weighted return', () => {
    let checked = 0
    fc.assert(
      fc.property(anyLedger('USD', { withGaps: true }), fc.boolean(), (input, isOne) => {
        const history = calculateValueHistory(input)
        const accounts = isOne ? new Set(['euros']) : undefined
        const series = portfolioSeries(history, accounts)
        const range = { from: input.firstDay + 3, to: input.lastDay }
        const parts = contributions(holdingsOf(history, accounts), input.firstDay, range)
        const { total } = timeWeightedReturn(series, range)
        if (total.value === null) {
          for (const { contribution } of parts) expect(contribution).toEqual(total)
          return
        }
        const sum = parts.reduce((sum, { contribution }) => sum + contribution.value!, 0)
        expect(Math.abs(sum - total.value)).toBeLessThanOrEqual(1e-7 * Math.max(1, Math.abs(total.value)))
        checked += 1
      }),
      RUNS,
    )
    expect(checked).toBeGreaterThan(RUNS.numRuns / 4)
  })
})

test('money that comes or leaves does not change the time-weighted return, and its periods link to it', () => {
  const day = fc.record({ permille: fc.integer({ min: -500, max: 1000 }), flow: fc.integer({ min: -900, max: 1000 }) })
  fc.assert(
    fc.property(fc.array(day, { minLength: 1, maxLength: 100, size: 'max' }), fc.constantFrom('start', 'end'), (days, outflows) => {
      let value = 1000
      let growth = 1
      const flows: number[] = []
      const values = days.map(({ flow: permilleOrAmount, permille }) => {
        // Up to nine tenths leave.
        const flow = permilleOrAmount < 0 ? (value * permilleOrAmount) / 1000 : permilleOrAmount
        const isAtEnd = flow < 0 && outflows === 'end'
        growth *= 1 + permille / 1000
        value = isAtEnd ? (value * (1 + permille / 1000)) / (1 - permilleOrAmount / 1000) : (value + flow) * (1 + permille / 1000)
        flows.push(isAtEnd ? (value * permilleOrAmount) / 1000 : flow)
        return value
      })
      // A value that is nearly nothing has no return.
      fc.pre(values.every(one => one > 1))
      const series: DailySeries = seriesOf(1000, values, flows)
      const { subPeriods, total } = timeWeightedReturn(series, undefined, outflows)
      expect(Math.abs(total.value! + 1 - growth)).toBeLessThanOrEqual(1e-9 * growth)
      expect(Math.abs(subPeriods.reduce((product, period) => product * (1 + period.return), 1) - growth)).toBeLessThanOrEqual(1e-9 * growth)
    }),
    RUNS,
  )
})
