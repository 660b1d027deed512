import { afterAll, beforeAll, expect, test } from 'vitest'
import { succeed } from './ledger-platform.ts'
import { type Lots, startLots } from './lots-platform.ts'

let lots: Lots
beforeAll(async () => {
  lots = await startLots()
})
afterAll(() => lots.platform.close())

/** 30 old shares and 10 new ones, a dividend of a dollar for each, and a sale of 10 four days later. The market data has no ex-dividend date. */
const position = async (symbol: string): Promise<{ readonly newest: string; readonly sale: string }> => {
  await lots.enter(lots.taxable, 'buy', '2024-01-05', { symbol, quantity: '30', price: '10' })
  const newest = await lots.enter(lots.taxable, 'buy', '2025-05-30', { symbol, quantity: '10', price: '10' })
  await lots.enter(lots.taxable, 'dividend', '2025-06-16', { symbol, amount: '40.00', isQualified: true })
  const sale = await lots.enter(lots.taxable, 'sell', '2025-06-20', { symbol, quantity: '10', price: '11' })
  return { newest: newest.id, sale: sale.id }
}
const dividendsOf = async (symbol: string) => {
  const { dividends } = await lots.get('tax-reports/2025/income')
  return dividends.filter((line: { symbol: string }) => line.symbol === symbol)
}

test('a sale of the newest lot leaves less qualified than first in, first out', async () => {
  await position('FIFO')
  await succeed(lots.user, 'POST', '/v1/wealth/lot-elections', {
    accountId: lots.taxable,
    symbol: 'LIFO',
    method: 'lifo',
    effectiveOn: '2025-01-01',
  })
  await position('LIFO')
  expect(await dividendsOf('FIFO')).toMatchObject([{ reported: '40.00', qualified: '40.00' }])
  const [line] = await dividendsOf('LIFO')
  expect(line).toMatchObject({ reported: '40.00', qualified: '30.00' })
  // 31 May and 20 days of June.
  expect(line.note).toMatch(/^10 of 40 shares were held for at most 21 days/)
})

test('a choice of lots for the sale changes it', async () => {
  const { newest, sale } = await position('NAMED')
  expect(await dividendsOf('NAMED')).toMatchObject([{ qualified: '40.00' }])
  const choice = { method: 'specific', lots: [{ openingId: newest, quantity: '10' }], identifiedOn: '2025-06-20' }
  await succeed(lots.user, 'PUT', `/v1/wealth/transactions/${sale}/lot-choice`, choice, { 'if-match': '*' })
  expect(await dividendsOf('NAMED')).toMatchObject([{ qualified: '30.00' }])
})

test('shares that are transferred keep their days, and the dividend stays where it was paid', async () => {
  const symbol = 'MOVED'
  const other = await lots.account({ name: 'Second brokerage', type: 'investment', tax_type: 'taxable_brokerage' })
  await lots.enter(lots.taxable, 'buy', '2025-01-06', { symbol, quantity: '10', price: '10' })
  await lots.enter(lots.taxable, 'dividend', '2025-06-16', { symbol, amount: '10.00', isQualified: true })
  await lots.enter(lots.taxable, 'transfer_out', '2025-06-20', { symbol, quantity: '10' })
  await lots.enter(other, 'transfer_in', '2025-06-20', { symbol, quantity: '10' })
  await lots.enter(other, 'buy', '2025-06-23', { symbol, quantity: '10', price: '10' })
  await lots.enter(other, 'dividend', '2025-07-07', { symbol, amount: '20.00', isQualified: true })
  await lots.enter(other, 'sell', '2025-07-08', { symbol, quantity: '20', price: '11' })
  // Of the second dividend, the shares of January are qualified, those of June are not.
  expect(await dividendsOf(symbol)).toMatchObject([
    { accountId: lots.taxable, qualified: '10.00', byHolding: '10.00' },
    { accountId: other, qualified: '10.00', byHolding: '10.00' },
  ])
})

test('a wash sale adds no days, though it does for the term of a gain: IRC 246(c)(3)(B)', async () => {
  const symbol = 'WASH'
  await lots.enter(lots.taxable, 'buy', '2024-01-05', { symbol, quantity: '10', price: '20' })
  await lots.enter(lots.taxable, 'sell', '2025-06-02', { symbol, quantity: '10', price: '10' })
  await lots.enter(lots.taxable, 'buy', '2025-06-03', { symbol, quantity: '10', price: '10' })
  await lots.enter(lots.taxable, 'dividend', '2025-06-16', { symbol, amount: '10.00', isQualified: true })
  await lots.enter(lots.taxable, 'sell', '2025-06-20', { symbol, quantity: '10', price: '11' })
  const { items } = await lots.get('lot-closings', { taxYear: '2025', symbol })
  expect(items.map(({ term }: { term: string }) => term)).toEqual(['long', 'long'])
  expect(await dividendsOf(symbol)).toMatchObject([{ reported: '10.00', qualified: '0.00' }])
})

test('a short sale takes days, and a dividend of shares that have left the household takes the flag of the payer', async () => {
  await lots.enter(lots.taxable, 'buy', '2024-01-05', { symbol: 'HEDGED', quantity: '10', price: '10' })
  await lots.enter(lots.taxable, 'short', '2025-05-01', { symbol: 'HEDGED', quantity: '4', price: '10' })
  await lots.enter(lots.taxable, 'dividend', '2025-06-16', { symbol: 'HEDGED', amount: '10.00', isQualified: true })
  await lots.enter(lots.taxable, 'cover', '2025-08-01', { symbol: 'HEDGED', quantity: '4', price: '10' })
  expect(await dividendsOf('HEDGED')).toMatchObject([{ reported: '10.00', qualified: '6.00' }])
  await lots.enter(lots.taxable, 'buy', '2024-01-05', { symbol: 'GONE', quantity: '10', price: '10' })
  await lots.enter(lots.taxable, 'dividend', '2025-06-16', { symbol: 'GONE', amount: '10.00', isQualified: true })
  await lots.enter(lots.taxable, 'transfer_out', '2025-06-20', { symbol: 'GONE', quantity: '10' })
  expect(await dividendsOf('GONE')).toMatchObject([
    { qualified: '10.00', byHolding: null, note: 'The payer’s flag was taken: the ledger does not say how long the shares were held.' },
  ])
})
