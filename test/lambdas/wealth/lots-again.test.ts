import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays } from '../../../domain/shared/index.ts'
import { path } from './ledger-platform.ts'
import { type Lots, reverse, startLots, tradeBody } from './lots-platform.ts'

let lots: Lots
beforeAll(async () => {
  lots = await startLots()
})
afterAll(() => lots.platform.close())

/** The stored results of a household, row by row. */
const results = async (): Promise<readonly string[]> => {
  const administrator = lots.platform.database.connect('postgres')
  const tables = ['tax_lots', 'lot_closings', 'wash_sales', 'lot_problems']
  const rows = await Promise.all(
    tables.map(
      table => administrator<{ row: string }[]>`
        select ${table} || ' ' || t::text as row from ${administrator(`wealth.${table}`)} t where household_id = ${lots.householdId} and symbol <> 'OTHER'`,
    ),
  )
  return rows.flatMap(own => own.map(({ row }) => row)).toSorted()
}

/** Forgets all results, and calculates them again with one entry. */
const calculateAgain = async (): Promise<void> => {
  const administrator = lots.platform.database.connect('postgres')
  await administrator.begin(async transaction => {
    for (const table of ['wash_sales', 'lot_closings', 'tax_lots', 'lot_problems'])
      await transaction`delete from ${transaction(`wealth.${table}`)} where household_id = ${lots.householdId}`
    await transaction`
      insert into wealth.lot_changes (household_id, symbol)
      select distinct household_id, symbol from wealth.investment_transactions where household_id = ${lots.householdId} and symbol is not null`
  })
  await lots.enter(lots.taxable, 'buy', '2025-01-02', { symbol: 'OTHER', quantity: '1', price: '1' })
}

const symbol = fc.constantFrom('AAA', 'BBB', 'CCC')
const accountOf = (isIra: boolean): string => (isIra ? lots.ira : lots.taxable)
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('trade' as const),
      type: fc.constantFrom('buy', 'buy', 'buy', 'sell', 'sell', 'reinvestment', 'short', 'cover', 'split'),
      symbol,
      isIra: fc.boolean(),
      day: fc.nat(700),
      quantity: fc.integer({ min: 1, max: 40 }),
      price: fc.integer({ min: 20, max: 60 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reverse' as const), of: fc.nat(30) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('elect' as const),
      method: fc.constantFrom('lifo', 'hifo', 'lowest_tax'),
      symbol,
      day: fc.nat(700),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pair' as const), symbol, otherSymbol: symbol }) },
)

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** What the API refuses, such as a sale of more than is held, changes nothing. */
const take = async (given: Step, entered: string[]): Promise<void> => {
  const dayOf = (day: number) => addDays('2024-01-02', day)
  const request = (where: string, body: object) => lots.user.request('POST', where, { body })
  if (given.kind === 'trade') {
    const { day, isIra, price, quantity, type } = given
    const fields = type === 'split' ? { splitNumerator: 3, splitDenominator: 2 } : { quantity: String(quantity), price: String(price) }
    const { body, status } = await request(path, tradeBody(accountOf(isIra), type, dayOf(day), { symbol: given.symbol, ...fields }))
    if (status === 201) entered.push(body.id)
  } else if (given.kind === 'reverse') {
    const id = entered[given.of % Math.max(entered.length, 1)]
    if (id !== undefined) await reverse(lots.user, id)
  } else if (given.kind === 'elect') {
    const { day, method } = given
    await request('/v1/wealth/lot-elections', { accountId: lots.taxable, symbol: given.symbol, method, effectiveOn: dayOf(day) })
  } else
    await request('/v1/wealth/identical-securities', {
      householdId: lots.householdId,
      symbol: given.symbol,
      otherSymbol: given.otherSymbol,
    })
}

test('whatever was entered, reversed and chosen, in whatever order, the results are those of a calculation from nothing', async () => {
  let washed = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 30 }), async steps => {
      const entered: string[] = []
      for (const given of steps) await take(given, entered)
      const stored = await results()
      washed += stored.filter(row => row.startsWith('wash_sales')).length
      await calculateAgain()
      expect(await results()).toEqual(stored)
    }),
    { numRuns: 6 },
  )
  expect(washed).toBeGreaterThan(0)
})
