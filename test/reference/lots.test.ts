import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { epochDayOf } from '../../domain/shared/index.ts'
import { calculateLots, type LotEvent, type LotMethod, type LotResult, textOfUnits } from '../../domain/wealth/index.ts'
import { event, historyOf } from '../domain/wealth/lots/histories.ts'
import { referenceFolder, referenceMissing } from './simulation-data.ts'

const read = <T extends z.ZodType>(file: string, schema: T): z.infer<T> =>
  schema.parse(JSON.parse(readFileSync(`${referenceFolder}/expected/${file}`, 'utf8')))

/** The day of the sales of the booking cases, after that of every lot. */
const SALE_DATE = '2016-12-30'

const position = z.object({ qty: z.number(), cost: z.number().nullable(), date: z.string().nullable() })
type Position = z.infer<typeof position>
const bookingCase = z.object({
  method: z.enum(['FIFO', 'LIFO', 'HIFO', 'AVERAGE']),
  name: z.string(),
  lots_before: z.array(position),
  sell: z.array(position),
  booked: z.array(position.extend({ flag: z.string().optional() })).nullable(),
  lots_after: z.array(position).nullable(),
  error: z.string().nullable(),
})

/**
 * How the notions of the booking cases map to ours. A lot at a cost is a purchase; a negative one a short sale; one without a cost shares that came in with
 * an unknown basis. A sale that names a date and a cost chooses its lots; one in another currency is another account, as our lots are all in dollars.
 * What is refused there as more than is held is a problem here, and what is held is sold. Parts of one lot that several sales took stay apart.
 * `AVERAGE` merges the lots there (rows with a flag); our average gives them one basis per share and keeps them apart, so that only the sums agree.
 */
const eventsOfCase = ({ lots_before: lots, method, name, sell, booked }: z.infer<typeof bookingCase>): LotEvent[] => {
  const isOfSale = (lot: Position) => !name.includes('mixed_currencies') || booked!.some(({ date }) => date === lot.date)
  const idOf = (lot: Position) => `${lot.date} at ${lot.cost}`
  const isShort = lots.some(({ qty }) => qty < 0)
  const opened = lots.map((lot, index) =>
    event(lot.cost === null ? 'transfer_in' : lot.qty < 0 ? 'short' : 'buy', lot.date ?? '2015-10-01', {
      id: idOf(lot),
      accountId: isOfSale(lot) ? 'taxable' : 'spouse',
      quantity: Math.abs(lot.qty),
      dollars: lot.cost === null ? 0 : Math.abs(lot.qty) * lot.cost,
      tie: String(index),
    }),
  )
  const closed = sell.map((sale, index) =>
    event(isShort ? 'buy' : 'sell', SALE_DATE, {
      id: `sale ${index}`,
      quantity: Math.abs(sale.qty),
      dollars: Math.abs(sale.qty) * (isShort ? sale.cost! : 200),
      method: method.toLowerCase() as LotMethod,
      tie: String(index),
      ...(sale.date === null ? {} : { picks: [[idOf(sale), Math.abs(sale.qty)] as const] }),
    }),
  )
  return [...opened, ...closed]
}

interface Row {
  readonly quantity: number
  readonly cents: number
  readonly day: number
}

/** Shares and cents by the day of the lot and its cents per share; those of an average in one row. */
const positions = (rows: readonly Row[], isAverage: boolean): Record<string, readonly [quantity: number, cents: number]> => {
  const sums: Record<string, readonly [number, number]> = {}
  for (const { cents, day, quantity } of rows) {
    const key = isAverage ? `at ${cents / quantity}` : `${day} at ${cents / quantity}`
    const [shares, amount] = sums[key] ?? [0, 0]
    sums[key] = [shares + quantity, amount + cents]
  }
  return sums
}

const openRows = ({ lots }: LotResult): Row[] =>
  lots.map(({ basisCents, openedDay, quantity }) => ({ quantity: Number(textOfUnits(quantity)), cents: basisCents!, day: openedDay }))

const closedRows = ({ closings }: LotResult): Row[] =>
  closings.map(({ basisCents, openedDay, quantity }) => ({
    quantity: Number(textOfUnits(quantity)),
    cents: basisCents!,
    day: openedDay!,
  }))

const expectedRows = (rows: readonly Position[]): Row[] =>
  rows.map(({ cost, date, qty }) => ({
    quantity: Math.abs(qty),
    cents: Math.abs(qty) * Math.round(cost! * 100),
    day: epochDayOf(date!),
  }))

describe.skipIf(referenceMissing)('the lots of beancount booking_full_test.py', () => {
  const cases = referenceMissing ? [] : read('lots_beancount_visible.json', z.object({ cases: z.array(bookingCase) })).cases
  test('has cases of every method', () => {
    expect(new Set(cases.map(({ method }) => method))).toEqual(new Set(['FIFO', 'LIFO', 'HIFO', 'AVERAGE']))
  })

  for (const [index, one] of cases.entries())
    test(`${index + 1}: ${one.method} ${one.name}`, () => {
      const result = calculateLots(historyOf(eventsOfCase(one)))
      const sum = (rows: readonly Position[]) => rows.reduce((total, { qty }) => total + qty, 0)
      const missing = -sum(one.sell) - sum(one.lots_before)
      if (one.error === 'Not enough lots to reduce') {
        expect(result.problems).toMatchObject([{ kind: 'oversold', quantity: BigInt(missing) * 10n ** 18n }])
        expect(result.lots).toEqual([])
        return
      }
      if (one.error === 'No position matches') {
        expect(result.problems).toMatchObject([{ kind: 'unknown_basis', quantity: 50n * 10n ** 18n }])
        expect(result.closings).toMatchObject([{ quantity: 40n * 10n ** 18n, basisCents: null, proceedsCents: 800_000 }])
        return
      }
      expect(result.problems).toEqual([])
      const isAverage = one.method === 'AVERAGE'
      const isShort = one.lots_before.some(({ qty }) => qty < 0)
      if (isShort) {
        // There the purchase is dated before the short sale; here it follows it.
        expect(result.lots).toMatchObject([{ quantity: 10n ** 18n, basisCents: 11_200, openedDay: epochDayOf(SALE_DATE) }])
        expect(result.closings).toMatchObject([{ quantity: 10n ** 18n, proceedsCents: 11_000, basisCents: 11_200, kind: 'short' }])
        return
      }
      expect(positions(openRows(result), isAverage)).toEqual(positions(expectedRows(one.lots_after!), isAverage))
      if (one.booked === null) return
      expect(positions(closedRows(result), isAverage)).toEqual(
        positions(expectedRows(one.booked.filter(({ flag }) => flag === undefined)), isAverage),
      )
    })
})

const activity = z.tuple([z.string(), z.enum(['BUY', 'SELL', 'DIVIDEND']), z.number(), z.number(), z.number()])
const positionCase = z.object({
  id: z.string(),
  activities: z.array(activity),
  market_price: z.number().optional(),
  expected: z.record(z.string(), z.number()),
})

/** Its performance is what we state as gains of closings, plus the worth of the open lots less their basis. Net has the fees in basis and proceeds. */
describe.skipIf(referenceMissing)('the positions of ghostfolio', () => {
  const cases = referenceMissing ? [] : read('positions_ghostfolio_visible.json', z.object({ cases: z.array(positionCase) })).cases
  const eventsOf = (activities: z.infer<typeof positionCase>['activities'], withFees: boolean): LotEvent[] =>
    activities
      .filter(([, type]) => type !== 'DIVIDEND')
      .map(([date, type, quantity, price, fee], index) =>
        event(type === 'BUY' ? 'buy' : 'sell', date === '(before)' ? '2025-01-02' : date, {
          id: String(index),
          quantity,
          dollars: quantity * price + (withFees ? (type === 'BUY' ? fee : -fee) : 0),
          // On the day of a sale and a purchase, the sale there is of the shares of before.
          ...(type === 'SELL' ? { picks: [[String(index - 1), quantity] as const] } : {}),
        }),
      )
  const performance = ({ closings, lots }: LotResult, price: number): number =>
    closings.reduce((sum, { basisCents, proceedsCents }) => sum + proceedsCents! - basisCents!, 0) / 100 +
    lots.reduce((sum, { basisCents, quantity }) => sum + Number(textOfUnits(quantity)) * price - basisCents! / 100, 0)

  for (const { activities, expected, id, market_price: price = 0 } of cases.filter(({ id }) => id !== 'split 2:1'))
    test(`position ${id}`, () => {
      const gross = calculateLots(historyOf(eventsOf(activities, false)))
      const net = calculateLots(historyOf(eventsOf(activities, true)))
      expect(net.washSales).toEqual([])
      expect(performance(gross, price)).toBeCloseTo(expected['gross']!, 8)
      expect(performance(net, price)).toBeCloseTo(expected['net']!, 8)
      const invested = gross.lots.reduce((sum, { basisCents }) => sum + basisCents!, 0) / 100
      expect(invested).toBe(expected['investment'] ?? (id.startsWith('JNUG') ? 0 : 298.58))
    })

  test('split 2:1', () => {
    const { activities, expected } = cases.find(({ id }) => id === 'split 2:1')!
    const split = event('split', '2025-02-03', { numerator: 2, denominator: 1 })
    const after = calculateLots(historyOf([...eventsOf(activities, true), split]))
    expect(openRows(after)).toMatchObject([{ quantity: expected['after_split_qty'], cents: expected['investment']! * 100 }])
    expect(expected['investment']! / expected['after_split_qty']!).toBe(expected['avg_price'])
    const sold = calculateLots(
      historyOf([...eventsOf(activities, true), split, event('sell', '2025-03-03', { quantity: 5, dollars: 300 })]),
    )
    expect(openRows(sold)).toMatchObject([
      { quantity: expected['then_sell_5_remaining_qty'], cents: expected['remaining_investment']! * 100 },
    ])
  })
})
