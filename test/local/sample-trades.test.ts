import { expect, test } from 'vitest'
import { addDays, type CalendarDate, Decimal } from '../../domain/shared/index.ts'
import { entryFaults, type FileTransaction, readFile } from '../../domain/wealth/index.ts'
import { sampleHistories } from '../../local/sample-market.ts'
import { portfolioName, portfolioValues, sampleTradeFiles } from '../../local/sample-trades.ts'

const read = (today: CalendarDate, name: string): readonly FileTransaction[] => {
  const { accounts, rejected } = readFile(Buffer.from(sampleTradeFiles(today).get(name)!))
  expect(rejected).toEqual([])
  return accounts[0]!.transactions
}

const priceOf = ({ price }: FileTransaction) => Number(price)
const days = Array.from({ length: 60 }, (_, index) => addDays('2026-11-28', index * 13))

test('the sample trades are entries that the ledger takes, end on the day they are made, and are paid from the deposits, whatever the day', () => {
  for (const today of days) {
    const rows = read(today, portfolioName)
    let cash = new Decimal(0)
    for (const row of rows) {
      cash = cash.plus(row.amount)
      if (cash.isNegative()) throw new Error(`Cash is ${cash.toFixed(2)} on ${row.date} when it is made on ${today}`)
    }
    const faults = [...rows, ...read(today, 'Roth IRA')].flatMap(
      ({ splitRatio, dataQualityScore: _quality, confidenceScore: _confidence, ...row }) =>
        entryFaults({
          ...row,
          isQualified: row.isQualified ?? null,
          splitNumerator: splitRatio?.numerator,
          splitDenominator: splitRatio?.denominator,
        }),
    )
    expect(faults).toEqual([])
    expect(rows.at(-1)!.date <= today).toBe(true)
  }
})

test('the sample trades have a gain, a loss with a replacement within 30 days in an IRA, and a young lot below its cost, whatever the day', () => {
  for (const today of days) {
    const rows = read(today, portfolioName)
    const find = (type: FileTransaction['type'], symbol: string) => rows.filter(row => row.type === type && row.symbol === symbol)
    expect(priceOf(find('sell', 'DEMO.BONDS')[0]!)).toBeGreaterThan(priceOf(find('buy', 'DEMO.BONDS')[0]!))
    const [[bought], [sold]] = [find('buy', 'DEMO.GAP'), find('sell', 'DEMO.GAP')]
    expect(priceOf(sold!)).toBeLessThan(priceOf(bought!))
    const [replacement] = read(today, 'Roth IRA')
    expect([replacement!.symbol, replacement!.type]).toEqual(['DEMO.GAP', 'buy'])
    expect(replacement!.date > sold!.date && replacement!.date <= addDays(sold!.date, 30)).toBe(true)
    const histories = sampleHistories(today)
    const isBelowCost = (row: FileTransaction) => priceOf(row) > [...histories[row.symbol!]!.closes.values()].at(-1)!
    const young = rows.filter(row => row.type === 'buy' && row.symbol !== 'DEMO.GAP' && row.date > addDays(today, -365))
    expect(young.some(isBelowCost), today).toBe(true)
  }
})

test('the stated balance of the portfolio is the worth of its shares after the split and the reinvestments', () => {
  const shares = new Map<string, Decimal>()
  for (const { quantity, splitRatio, symbol, type } of read('2026-11-28', portfolioName)) {
    if (symbol === undefined) continue
    const held = shares.get(symbol) ?? new Decimal(0)
    if (splitRatio) shares.set(symbol, held.times(splitRatio.numerator))
    else if (quantity !== undefined) shares.set(symbol, held.plus(type === 'sell' ? `-${quantity}` : quantity))
  }
  expect(shares.get('DEMO.GAP')?.toNumber()).toBe(0)
  // 50 shares before the split of 4 for 1.
  expect(shares.get('DEMO.SPLIT')?.toNumber()).toBe(200)
  const histories = sampleHistories('2026-11-28')
  const worth = [...shares].reduce(
    (sum, [symbol, held]) => sum.plus(held.times([...histories[symbol]!.closes.values()].at(-1)!).toDecimalPlaces(2)),
    new Decimal(0),
  )
  // Each security is rounded to a cent.
  expect(portfolioValues('2026-11-28', ['2026-11-28'])).toEqual([worth.toFixed(2)])
})
