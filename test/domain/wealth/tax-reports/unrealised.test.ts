import { expect, test } from 'vitest'
import { tableCsv } from '../../../../domain/documents/index.ts'
import { type PricedLot, unrealisedDocument, unrealisedLot, unrealisedReport, unrealisedTable } from '../../../../domain/wealth/index.ts'

const today = '2026-06-01'
export const lot = (changes: Partial<PricedLot> = {}): PricedLot => ({
  openingId: 'buy',
  accountId: 'broker',
  symbol: 'XYZ',
  isShort: false,
  acquiredOn: '2026-01-10',
  longTermOn: '2027-01-11',
  quantity: '10',
  costBasis: '1000.00',
  lossBasis: null,
  price: '120',
  priceDate: '2026-05-29',
  ...changes,
})
const gainOf = (changes: Partial<PricedLot>) => unrealisedLot(lot(changes), today).unrealisedGain

test('a lot has its worth, its gain, its term and the days until it is long-term', () => {
  expect(unrealisedLot(lot(), today)).toMatchObject({
    marketValue: '1200.00',
    unrealisedGain: '200.00',
    term: 'short',
    daysToLongTerm: 224,
  })
  expect(unrealisedLot(lot({ longTermOn: today }), today)).toMatchObject({ term: 'long', daysToLongTerm: null })
})

test('shares that were sold short gain when the price falls, and stay short-term', () => {
  const short = unrealisedLot(lot({ isShort: true, longTermOn: '2020-01-01', price: '90' }), today)
  expect(short).toMatchObject({ marketValue: '900.00', unrealisedGain: '100.00', term: 'short', daysToLongTerm: null })
})

test('Publication 551, "Property Received as a Gift", FMV less than the donor’s basis: a gain by one basis, a loss by the other, nothing between', () => {
  // The donor's basis is 10,000, the value at the gift 8,000: sold for 12,000, 7,000 and 9,000.
  const gift = { quantity: '1', costBasis: '10000.00', lossBasis: '8000.00' }
  expect(['12000', '7000', '9000'].map(price => gainOf({ ...gift, price }))).toEqual(['2000.00', '-1000.00', '0.00'])
})

test('without a price or a basis, a lot is in no total', () => {
  const { lots, totals, unknownCount } = unrealisedReport([lot(), lot({ price: null }), lot({ costBasis: null })], today)
  expect(unknownCount).toBe(2)
  expect(lots).toHaveLength(3)
  expect(totals.short).toEqual({ marketValue: '1200.00', costBasis: '1000.00', gains: '200.00', losses: '0.00', net: '200.00' })
})

test('sums are by term, and the lot that turns long-term soonest is first', () => {
  const { lots, totals } = unrealisedReport(
    [
      lot({ symbol: 'OLD', longTermOn: '2020-01-01', price: '50' }),
      lot({ symbol: 'LATE' }),
      lot({ symbol: 'SOON', longTermOn: '2026-06-02', price: '99' }),
      lot({ symbol: 'SHORTED', isShort: true }),
    ],
    today,
  )
  expect(lots.map(({ daysToLongTerm, symbol }) => [symbol, daysToLongTerm])).toEqual([
    ['SOON', 1],
    ['LATE', 224],
    ['OLD', null],
    ['SHORTED', null],
  ])
  // 990 + 1,200 - 1,200 owed; 200 - 10 - 200.
  expect(totals.short).toEqual({ marketValue: '990.00', costBasis: '1000.00', gains: '200.00', losses: '-210.00', net: '-10.00' })
  expect(totals.long).toEqual({ marketValue: '500.00', costBasis: '1000.00', gains: '0.00', losses: '-500.00', net: '-500.00' })
})

test('the table and the document have the lots and the sums', () => {
  const names = { household: 'Home', accountName: () => 'Brokerage' }
  const report = unrealisedReport([lot()], today)
  expect(tableCsv(unrealisedTable(report, names)).split('\r\n')[1]).toBe(
    'Brokerage,XYZ,false,10,2026-01-10,2027-01-11,120,2026-05-29,1200.00,1000.00,200.00,short,buy',
  )
  const { sections } = unrealisedDocument(report, names)
  expect(sections[0]!.table!.rows[0]).toEqual(['Short-term', '1,200.00', '1,000.00', '200.00', '0.00', '200.00'])
  expect(unrealisedDocument(unrealisedReport([], today), names).sections[1]!.notes).toEqual([
    'Nothing is held in accounts in which gains are taxed.',
  ])
})
