import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calculateLotsByFamily, type LotEvent, type LotResult } from '../../../../domain/wealth/index.ts'
import { anyHistory, plainHistory } from './generated-histories.ts'
import { calculate, historyOf } from './histories.ts'

const RUNS = { numRuns: 300 }

const jsonOf = (value: unknown): string => JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part))
const sum = (amounts: Iterable<number>): number => [...amounts].reduce((total, amount) => total + amount, 0)
const sharesBy = <T extends { readonly quantity: bigint }>(rows: readonly T[], keyOf: (row: T) => string): Map<string, bigint> => {
  const shares = new Map<string, bigint>()
  for (const row of rows) shares.set(keyOf(row), (shares.get(keyOf(row)) ?? 0n) + row.quantity)
  return shares
}

describe('for any valid history', () => {
  test('the histories have wash sales, lost ones among them, splits, mergers and transfers', () => {
    const samples = fc.sample(anyHistory, { numRuns: 200, seed: 1 }).map(({ events }) => events)
    const types = new Set(samples.flat().map(({ type }) => type))
    for (const type of ['split', 'merger', 'symbol_change', 'transfer_in', 'reinvestment'] as const) expect(types.has(type)).toBe(true)
    const washSales = samples.flatMap(events => calculate(events).washSales)
    expect(washSales.filter(({ isLost }) => isLost).length).toBeGreaterThan(100)
    expect(washSales.filter(({ isLost }) => !isLost).length).toBeGreaterThan(100)
  })

  test('the lots add up to the shares of each account and security', () => {
    fc.assert(
      fc.property(anyHistory, ({ events, positions }) => {
        const { lots, problems } = calculate(events)
        expect(problems).toEqual([])
        const held = new Map([...positions].filter(([, quantity]) => quantity > 0n))
        const calculated = sharesBy(lots, ({ accountId, symbol }) => `${accountId} ${symbol}`)
        expect(new Map([...calculated].filter(([, quantity]) => quantity > 0n))).toEqual(held)
      }),
      RUNS,
    )
  })

  test('what is sold adds up to the sale: shares and proceeds', () => {
    fc.assert(
      fc.property(anyHistory, ({ events }) => {
        const { closings } = calculate(events)
        const sold = sharesBy(closings, ({ transactionId }) => transactionId)
        for (const { cents, id, quantity } of events.filter(({ type }) => type === 'sell')) {
          expect(sold.get(id)).toBe(quantity)
          expect(sum(closings.filter(({ transactionId }) => transactionId === id).map(({ proceedsCents }) => proceedsCents!))).toBe(cents)
        }
      }),
      RUNS,
    )
  })

  test('no more of a loss is disallowed than it is, and as much as its wash sales say', () => {
    fc.assert(
      fc.property(anyHistory, ({ events }) => {
        const { closings, washSales } = calculate(events)
        for (const [index, { accountId, basisCents, disallowedCents, proceedsCents }] of closings.entries()) {
          const isTaxed = accountId === 'taxable' || accountId === 'spouse'
          expect(disallowedCents).toBeGreaterThanOrEqual(0)
          expect(disallowedCents).toBeLessThanOrEqual(isTaxed ? Math.max(0, basisCents! - proceedsCents!) : 0)
          expect(sum(washSales.filter(({ closing }) => closing === index).map(wash => wash.disallowedCents))).toBe(disallowedCents)
        }
      }),
      RUNS,
    )
  })

  test('each share replaces those of one loss at most, and each share of a loss is replaced once at most', () => {
    fc.assert(
      fc.property(plainHistory, ({ events }) => {
        const { closings, washSales } = calculate(events)
        const bought = new Map(events.map(({ id, quantity }) => [id, quantity]))
        for (const [id, quantity] of sharesBy(washSales, ({ replacedBy }) => replacedBy)) expect(quantity <= bought.get(id)!).toBe(true)
        for (const [index, quantity] of sharesBy(washSales, ({ closing }) => String(closing)))
          expect(quantity <= closings[Number(index)]!.quantity).toBe(true)
      }),
      RUNS,
    )
  })

  test('replacements are within 30 days of the loss, and of another purchase', () => {
    fc.assert(
      fc.property(plainHistory, ({ events }) => {
        const { closings, washSales } = calculate(events)
        for (const { closing, replacedBy, replacementDay } of washSales) {
          expect(Math.abs(closings[closing]!.closedDay - replacementDay)).toBeLessThanOrEqual(30)
          expect(replacedBy).not.toBe(closings[closing]!.openedBy)
        }
      }),
      RUNS,
    )
  })

  // Cents of all purchases + cents of wash sales that are not lost = basis of the open lots + basis of the closings.
  test('basis is conserved over sales, splits, transfers, mergers without cash and wash sales', () => {
    fc.assert(
      fc.property(anyHistory, ({ events }) => {
        const { closings, lots, washSales } = calculate(events)
        const paid = sum(events.filter(({ type }) => type === 'buy' || type === 'reinvestment').map(({ cents }) => cents!))
        const added = sum(washSales.filter(({ isLost }) => !isLost).map(({ disallowedCents }) => disallowedCents))
        const left = sum(lots.map(({ basisCents }) => basisCents!)) + sum(closings.map(({ basisCents }) => basisCents!))
        expect(left).toBe(paid + added)
      }),
      RUNS,
    )
  })

  test('the order in which the events are given changes nothing', () => {
    const shuffled = anyHistory.chain(({ events }) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray([...events], { minLength: events.length, maxLength: events.length })),
    )
    fc.assert(
      fc.property(shuffled, ([events, others]) => {
        expect(jsonOf(calculate(others))).toBe(jsonOf(calculate(events)))
      }),
      RUNS,
    )
  })

  test('securities that do not affect each other are calculated apart, and can be', () => {
    fc.assert(
      fc.property(anyHistory, ({ events, securityOf }) => {
        expect(jsonOf(joined([...calculateLotsByFamily(historyOf(events))]))).toBe(jsonOf(calculate(events)))
        const apart = [...Map.groupBy(events, ({ symbol }) => securityOf(symbol))].toSorted(([one], [other]) => (one < other ? -1 : 1))
        expect(jsonOf(joined(apart.map(([, own]: [string, LotEvent[]]) => calculate(own))))).toBe(jsonOf(calculate(events)))
      }),
      RUNS,
    )
  })
})

/** Results one after the other, with the closings of wash sales counted on. */
const joined = (results: readonly LotResult[]): LotResult => {
  let before = 0
  return {
    lots: results.flatMap(({ lots }) => lots),
    closings: results.flatMap(({ closings }) => closings),
    washSales: results.flatMap(({ closings, washSales }) => {
      const offset = before
      before += closings.length
      return washSales.map(sale => ({ ...sale, closing: sale.closing + offset }))
    }),
    problems: results.flatMap(({ problems }) => problems),
  }
}
