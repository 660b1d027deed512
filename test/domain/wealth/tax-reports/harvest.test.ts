import { expect, test } from 'vitest'
import { harvest, type PricedLot, unrealisedLot } from '../../../../domain/wealth/index.ts'

const today = '2026-06-01'
const lot = (changes: Partial<PricedLot>) =>
  unrealisedLot(
    {
      openingId: 'buy',
      accountId: 'broker',
      symbol: 'XYZ',
      isShort: false,
      acquiredOn: '2026-01-10',
      longTermOn: '2027-01-11',
      quantity: '10',
      costBasis: '1000.00',
      lossBasis: null,
      price: '90',
      priceDate: '2026-05-29',
      ...changes,
    },
    today,
  )
/** A quarter of short-term and a tenth of long-term gains. */
const taxOf = ({ longTerm, shortTerm }: { longTerm: number; shortTerm: number }) => ({
  tax: shortTerm / 4 + longTerm / 10,
  carriedLoss: Math.max(0, -shortTerm - longTerm - 150),
})
const find = (input: Partial<Parameters<typeof harvest>[0]>) =>
  harvest({ today, lots: [], purchases: [], identicalTo: symbol => [symbol], disallowedOf: () => '0.00', taxOf, ...input })

test('losses of a security in an account are a candidate, with what they save', () => {
  const lots = [lot({}), lot({ openingId: 'old', longTermOn: '2020-01-01', price: '90' }), lot({ openingId: 'gain', costBasis: '10.00' })]
  const { candidates, totals } = find({ lots })
  expect(candidates).toEqual([
    expect.objectContaining({
      symbol: 'XYZ',
      quantity: '20',
      marketValue: '1800.00',
      loss: '200.00',
      shortTermLoss: '100.00',
      longTermLoss: '100.00',
      disallowedLoss: '0.00',
      // 100 at a quarter and 100 at a tenth.
      taxSaved: '35.00',
      waitUntil: null,
      doNotBuyUntil: '2026-07-01',
    }),
  ])
  expect(candidates[0]!.lots.map(({ openingId }) => openingId)).toEqual(['buy', 'old'])
  expect(totals).toEqual({ shortTermLoss: '100.00', longTermLoss: '100.00', taxSaved: '35.00', carriedLoss: '50.00' })
})

test('what a purchase of the last 30 days disallows saves nothing, and is in no total; the candidate says when it is over', () => {
  const purchases = [
    { transactionId: 'other', symbol: 'SAME', date: '2026-05-20' },
    { transactionId: 'unrelated', symbol: 'ELSE', date: '2026-05-31' },
    // Its own shares are sold too.
    { transactionId: 'buy', symbol: 'XYZ', date: '2026-05-30' },
  ]
  const identicalTo = (symbol: string) => (symbol === 'XYZ' ? ['XYZ', 'SAME'] : [symbol])
  const lots = [lot({}), lot({ symbol: 'CLEAR', openingId: 'clear', costBasis: '901.00' })]
  const { candidates, totals } = find({ lots, purchases, identicalTo, disallowedOf: ({ symbol }) => (symbol === 'XYZ' ? '60.00' : '0.00') })
  expect(candidates.map(({ symbol, waitUntil }) => [symbol, waitUntil])).toEqual([
    ['CLEAR', null],
    // 30 days after 20 May are 19 June.
    ['XYZ', '2026-06-20'],
  ])
  expect(candidates[1]).toMatchObject({
    loss: '100.00',
    disallowedLoss: '60.00',
    shortTermLoss: '40.00',
    taxSaved: '10.00',
    symbols: ['XYZ', 'SAME'],
  })
  expect(totals.shortTermLoss).toBe('1.00')
})

test('shares of one purchase in several lots are one, at a loss or not as a whole', () => {
  const parts = [lot({}), lot({ costBasis: '850.00' })]
  expect(find({ lots: parts }).candidates[0]!.lots).toEqual([
    expect.objectContaining({ quantity: '20', costBasis: '1850.00', loss: '50.00' }),
  ])
  expect(find({ lots: [lot({}), lot({ costBasis: '700.00' })] }).candidates).toEqual([])
})

test('short sales, and lots without a price or a basis, are no candidates', () => {
  expect(find({ lots: [lot({ isShort: true, price: '120' }), lot({ price: null }), lot({ costBasis: null })] }).candidates).toEqual([])
})

test('without facts of the year the losses are shown, and no tax is guessed', () => {
  const { candidates, totals } = find({ lots: [lot({}), lot({ symbol: 'MORE', costBasis: '2000.00' })], taxOf: () => null })
  expect(candidates.map(({ symbol, taxSaved }) => [symbol, taxSaved])).toEqual([
    ['MORE', null],
    ['XYZ', null],
  ])
  expect(totals).toEqual({ shortTermLoss: '1200.00', longTermLoss: '0.00', taxSaved: null, carriedLoss: null })
})
