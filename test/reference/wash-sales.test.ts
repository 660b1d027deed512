import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { epochDayOf } from '../../domain/shared/index.ts'
import { calculateLots, type LotEvent } from '../../domain/wealth/index.ts'
import { event, historyOf } from '../domain/wealth/lots/histories.ts'
import { referenceFolder, referenceMissing } from './simulation-data.ts'
import { calculatedOf, calculateRows, expectedOf, washRows } from './wash-sale-rows.ts'

const rows = z.array(z.record(z.string(), z.string()))
const trade = z.tuple([z.string(), z.number(), z.number()])
const amounts = z.record(z.string(), z.number())
const schema = z.object({
  irs_pub_550: z.object({
    example_1: z.object({
      buy1: z.object({ shares: z.number(), cost: z.number() }),
      sell1: z.object({ shares: z.number(), proceeds: z.number() }),
      buy2_within_30d: z.object({ shares: z.number(), cost: z.number() }),
      expected: amounts,
    }),
    example_M75: z.object({ buys: z.array(trade), sell: trade, sold_lot: z.string(), expected: amounts }),
    example_M4days: z.object({ buys: z.array(trade), sell: trade, expected: amounts }),
    example_blocks: z.object({ buys: z.array(trade), sell: trade, expected: amounts }),
  }),
  cases: z.array(z.object({ id: z.string(), repo: z.string(), input: rows, expected: rows })),
})

describe.skipIf(referenceMissing)('published wash-sale cases', () => {
  const reference = referenceMissing
    ? undefined
    : schema.parse(JSON.parse(readFileSync(`${referenceFolder}/expected/wash_sales_visible.json`, 'utf8')))
  const cases = reference?.cases ?? []

  test('has both styles of columns', () => {
    expect(new Set(cases.map(({ input }) => 'Cnt' in input[0]!))).toEqual(new Set([true, false]))
  })

  for (const { expected, id, input, repo } of cases)
    test(`${id} of ${repo}`, () => {
      expect(calculatedOf(calculateRows(washRows(input)))).toEqual(expectedOf(washRows(expected)))
    })

  const trades = (buys: readonly z.infer<typeof trade>[], sale: z.infer<typeof trade>, soldLot?: string): LotEvent[] => [
    ...buys.map(([date, quantity, dollars]) => event('buy', date, { id: date, quantity, dollars })),
    event('sell', sale[0], {
      id: 'sale',
      quantity: sale[1],
      dollars: sale[2],
      ...(soldLot === undefined ? {} : { picks: [[soldLot, sale[1]] as const] }),
    }),
  ]
  const disallowed = (result: ReturnType<typeof calculateLots>): number =>
    result.closings.reduce((sum, { disallowedCents }) => sum + disallowedCents, 0) / 100
  const basis = (result: ReturnType<typeof calculateLots>, date: string): number =>
    result.lots.reduce((sum, lot) => sum + (lot.openedDay === epochDayOf(date) ? lot.basisCents! : 0), 0) / 100

  test('Publication 550, example 1', () => {
    const { buy1, buy2_within_30d: buy2, expected, sell1 } = reference!.irs_pub_550.example_1
    const result = calculateLots(
      historyOf(
        trades(
          [
            ['2025-01-06', buy1.shares, buy1.cost],
            ['2025-05-20', buy2.shares, buy2.cost],
          ],
          ['2025-05-05', sell1.shares, sell1.proceeds],
        ),
      ),
    )
    expect(disallowed(result)).toBe(expected['disallowed_loss'])
    expect(basis(result, '2025-05-20')).toBe(expected['basis_new'])
    const [{ basisCents, disallowedCents, proceedsCents }] = result.closings as [(typeof result.closings)[0]]
    expect((basisCents! - proceedsCents! - disallowedCents) / 100).toBe(expected['deductible_loss'])
  })

  test('75 of 100 shares replaced', () => {
    const { buys, expected, sell, sold_lot: soldLot } = reference!.irs_pub_550.example_M75
    const result = calculateLots(historyOf(trades(buys, sell, soldLot)))
    expect(disallowed(result)).toBe(expected['disallowed'])
    expect(expected['loss']! - disallowed(result)).toBe(expected['allowed'])
    expect(basis(result, '2013-12-19')).toBe(expected['basis_dec19'])
    expect(basis(result, '2013-12-27')).toBe(expected['basis_dec27'])
  })

  test('purchases of four days', () => {
    const { buys, expected, sell } = reference!.irs_pub_550.example_M4days
    const result = calculateLots(historyOf(trades(buys, sell)))
    expect(disallowed(result)).toBe(expected['disallowed'])
    expect(basis(result, '2014-02-11') - 1000).toBe(expected['added_to_2014-02-11'])
    expect(basis(result, '2014-02-12') - 1000).toBe(expected['added_to_2014-02-12'])
    expect(basis(result, '2014-02-13') + basis(result, '2014-02-14') - 2000).toBe(expected['added_to_13_and_14'])
  })

  test('blocks sold at a loss and at gains on one day', () => {
    const { buys, expected, sell } = reference!.irs_pub_550.example_blocks
    const result = calculateLots(historyOf(trades(buys, sell)))
    const gains = result.closings.map(({ basisCents, proceedsCents }) => (proceedsCents! - basisCents!) / 100)
    expect(result.closings.map(({ disallowedCents }) => disallowedCents / 100)).toEqual([expected['disallowed_block1'], 0, 0])
    expect(gains.slice(1)).toEqual([expected['gain_block2'], expected['gain_block3']])
    expect(gains.reduce((sum, gain) => sum + gain, 0) + disallowed(result)).toBe(expected['net_reported_gain'])
    const replacement = result.lots.find(({ washCents }) => washCents > 0)
    expect(replacement).toMatchObject({ quantity: 100n * 10n ** 18n, basisCents: expected['basis_replacement_100_of_250']! * 100 })
  })
})
