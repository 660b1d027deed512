import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '../../../domain/shared/index.ts'
import { anyVersion } from './ledger-platform.ts'
import { type Lots, startLots } from './lots-platform.ts'
import { priceSecurity } from './priced-securities.ts'

let lots: Lots
let today: string
const before = (days: number) => addDays(today, -days)

beforeAll(async () => {
  lots = await startLots()
  today = (await lots.get('positions')).date
  for (const [symbol, close] of [
    ['LOSS', '80'],
    ['WASH', '80'],
    ['GAIN', '150'],
  ] as const)
    await priceSecurity(lots.platform, symbol, { [before(1)]: close })
  const { enter, ira, taxable } = lots
  await enter(taxable, 'buy', before(400), { symbol: 'LOSS', quantity: '10', price: '100' })
  await enter(taxable, 'buy', before(100), { symbol: 'WASH', quantity: '10', price: '100' })
  await enter(ira, 'buy', before(10), { symbol: 'WASH', quantity: '4', price: '80' })
  await enter(ira, 'buy', before(400), { symbol: 'LOSS', quantity: '10', price: '100' })
  await enter(taxable, 'buy', before(40), { symbol: 'GAIN', quantity: '10', price: '100' })
  await enter(taxable, 'buy', before(40), { symbol: 'UNPRICED', quantity: '10', price: '100' })
})
afterAll(() => lots.platform.close())

describe('gains that are not realised', () => {
  it('are summed by term, in accounts in which gains are taxed', async () => {
    const report = await lots.get('unrealised-gains')
    expect(report).toMatchObject({ asOf: today, isCurrent: true, unknownCount: 1 })
    expect(report.totals.short).toEqual({ marketValue: '2300.00', costBasis: '2000.00', gains: '500.00', losses: '-200.00', net: '300.00' })
    expect(report.totals.long).toMatchObject({ net: '-200.00' })
    expect(report.lots.map(({ symbol }: { symbol: string }) => symbol)).toEqual(['WASH', 'GAIN', 'UNPRICED', 'LOSS'])
  })

  it.each(['csv', 'json', 'pdf'])('are saved as %s', async format => {
    const answer = await fetch(
      `${lots.platform.services.url}/v1/wealth/unrealised-gains/export?householdId=${lots.householdId}&format=${format}`,
      {
        headers: { authorization: `Bearer ${lots.user.token}` },
      },
    )
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(answer.status).toBe(200)
    if (format === 'csv') expect(bytes.toString().split('\r\n')).toHaveLength(6)
    if (format === 'json') expect(JSON.parse(bytes.toString())).toMatchObject({ totals: { long: { net: '-200.00' } } })
    if (format === 'pdf') expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  })
})

describe('losses that could be realised', () => {
  it('name the wash sale that a purchase in a retirement account would make', async () => {
    const answer = await lots.get('harvest-candidates')
    expect(answer.candidates).toMatchObject([
      { symbol: 'LOSS', accountId: lots.taxable, loss: '200.00', disallowedLoss: '0.00', longTermLoss: '200.00', waitUntil: null },
      { symbol: 'WASH', loss: '200.00', disallowedLoss: '80.00', shortTermLoss: '120.00', waitUntil: addDays(before(10), 31) },
    ])
    expect(answer.totals).toMatchObject({ longTermLoss: '200.00', shortTermLoss: '0.00', taxSaved: null })
    expect(answer.tax).toMatchObject({ missing: ['filing_status', 'income'], factsVersion: 0 })
  })

  it('agree with what the sale then does', async () => {
    const preview = await lots.user.request('POST', '/v1/wealth/lot-previews', {
      body: { accountId: lots.taxable, symbol: 'WASH', quantity: '10', price: '80' },
    })
    expect(preview.body.choices[0]).toMatchObject({ disallowedLoss: '80.00', shortTermGain: '-120.00', tax: null })
  })

  it('have the tax that they save, once income and filing status are stated', async () => {
    const stated = await lots.user.request('PUT', `/v1/wealth/households/${lots.householdId}/tax-years/${today.slice(0, 4)}`, {
      body: { filingStatus: 'single', ordinaryIncome: '100000.00' },
      headers: anyVersion,
    })
    expect(stated.status).toBe(200)
    const { candidates, tax, totals } = await lots.get('harvest-candidates')
    expect(tax.missing).toEqual([])
    // Income of 100,000 is in the 22 % bracket: without gains, a loss saves that, whatever its term.
    expect(candidates.map(({ symbol, taxSaved }: { symbol: string; taxSaved: string }) => [symbol, taxSaved])).toEqual([
      ['LOSS', '44.00'],
      ['WASH', '26.40'],
    ])
    expect(totals).toMatchObject({ taxSaved: '44.00', carriedLoss: '0.00' })
    const sale = { symbol: 'GAIN', quantity: '1', price: '150' }
    const [taxed, sheltered] = await Promise.all([
      lots.user.request('POST', '/v1/wealth/lot-previews', { body: { accountId: lots.taxable, ...sale } }),
      lots.user.request('POST', '/v1/wealth/lot-previews', { body: { accountId: lots.ira, ...sale, symbol: 'LOSS' } }),
    ])
    // 50 of short-term gain at 22 %.
    expect(taxed.body.choices[0].tax).toBe('11.00')
    expect(sheltered.body.choices[0].tax).toBe('0.00')
  })
})

it('Publication 551, "Property Received as a Gift": a position of gifts gains by one basis and loses by the other, like its lots', async () => {
  const { account, enter } = lots
  const broker = await account({ name: 'Gifts', type: 'investment', tax_type: 'taxable_brokerage' })
  // The donor's basis is 10,000, the value at the gift 8,000: sold for 12,000, 7,000 and 9,000.
  const prices = { GIFTUP: '120', GIFTDOWN: '70', GIFTMID: '90' }
  const gift = { quantity: '100', costBasis: '10000.00', value: '8000.00', acquiredDate: before(900), lotOrigin: 'gift' }
  for (const [symbol, close] of Object.entries(prices)) {
    await priceSecurity(lots.platform, symbol, { [before(1)]: close })
    await enter(broker, 'transfer_in', before(500), { symbol, ...gift })
  }
  // Bought shares beside the gift: 10 at 80 gain 100 at 90, and the gift still gains and loses nothing.
  await enter(broker, 'buy', before(500), { symbol: 'GIFTMID', quantity: '10', price: '80' })
  const ofBroker = ({ accountId }: { accountId: string }) => accountId === broker
  const positions = (await lots.get('positions')).items.filter(ofBroker)
  const gainOf = (symbol: string) =>
    positions.filter((row: { symbol: string }) => row.symbol === symbol).map((row: Record<string, string>) => row['unrealisedLongTerm'])
  expect([gainOf('GIFTUP'), gainOf('GIFTDOWN'), gainOf('GIFTMID')]).toEqual([['2000.00'], ['-1000.00'], ['100.00']])
  expect(positions.map((row: Record<string, unknown>) => [row['lotCount'], row['unrealisedShortTerm'], row['quantity']])).toEqual([
    [1, '0.00', '100'],
    [2, '0.00', '110'],
    [1, '0.00', '100'],
  ])
  const { lots: rows } = await lots.get('unrealised-gains')
  const sum = rows.filter(ofBroker).reduce((total: number, row: { unrealisedGain: string }) => total + Number(row.unrealisedGain), 0)
  expect(sum).toBe(1100)
})
