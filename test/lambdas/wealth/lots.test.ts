import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Lots, reverse, startLots, tradeBody } from './lots-platform.ts'
import { path } from './ledger-platform.ts'

let lots: Lots
beforeAll(async () => {
  lots = await startLots()
})
afterAll(() => lots.platform.close())

describe('lots of transactions that a person enters', () => {
  it('are opened, closed in the order of their days, and summed to positions', async () => {
    const first = await lots.enter(lots.taxable, 'buy', '2024-01-02', { quantity: '10', price: '100' })
    const second = await lots.enter(lots.taxable, 'buy', '2024-06-03', { quantity: '10', price: '120' })
    const sale = await lots.enter(lots.taxable, 'sell', '2025-01-03', { quantity: '15', price: '130' })
    const { items } = await lots.get('tax-lots', { symbol: 'VTI' })
    expect(items).toMatchObject([
      { openingId: second.id, acquiredOn: '2024-06-03', longTermOn: '2025-06-04', quantity: '5', costBasis: '600.00', term: 'long' },
    ])
    const closings = (await lots.get('lot-closings', { taxYear: '2025' })).items
    expect(closings).toMatchObject([
      {
        transactionId: sale.id,
        openingId: first.id,
        quantity: '10',
        proceeds: '1300.00',
        costBasis: '1000.00',
        gain: '300.00',
        term: 'long',
      },
      {
        transactionId: sale.id,
        openingId: second.id,
        quantity: '5',
        proceeds: '650.00',
        costBasis: '600.00',
        gain: '50.00',
        term: 'short',
      },
    ])
    const positions = await lots.get('positions')
    expect(positions).toMatchObject({ isCurrent: true, problems: [] })
    expect(positions.items).toMatchObject([{ symbol: 'VTI', quantity: '5', lotCount: 1, costBasis: '600.00', price: null }])
  })

  it('refuses more shares than are held, and names the field', async () => {
    const answer = await lots.user.request('POST', path, {
      body: tradeBody(lots.taxable, 'sell', '2025-02-03', { quantity: '6', price: '130' }),
    })
    expect([answer.status, answer.body.errors]).toEqual([
      422,
      [{ path: 'body.quantity', message: 'must be at most 5: the account holds 5 of VTI on 2025-02-03' }],
    ])
    expect((await lots.get('lot-closings', { taxYear: '2025' })).items).toHaveLength(2)
  })

  it('refuses a reversal that a later sale needs', async () => {
    const bought = await lots.enter(lots.taxable, 'buy', '2025-03-03', { symbol: 'BND', quantity: '1', price: '70' })
    await lots.enter(lots.taxable, 'sell', '2025-03-04', { symbol: 'BND', quantity: '1', price: '71' })
    const answer = await reverse(lots.user, bought.id)
    expect([answer.status, answer.body.detail]).toEqual([409, expect.stringContaining('The transaction of 2025-03-04 (sell BND)')])
  })

  it('follows a correction', async () => {
    const bought = await lots.enter(lots.taxable, 'buy', '2025-04-01', { symbol: 'GLD', quantity: '2', price: '200' })
    const replacement = { ...tradeBody('', 'buy', '2025-04-01', { symbol: 'GLD', quantity: '3', price: '200' }), accountId: undefined }
    expect((await reverse(lots.user, bought.id, { replacement })).status).toBe(201)
    expect((await lots.get('tax-lots', { symbol: 'GLD' })).items).toMatchObject([{ quantity: '3', costBasis: '600.00' }])
  })

  it('washes a loss in an IRA for good', async () => {
    await lots.enter(lots.taxable, 'buy', '2025-05-01', { symbol: 'IWM', quantity: '10', price: '200' })
    const sale = await lots.enter(lots.taxable, 'sell', '2025-06-02', { symbol: 'IWM', quantity: '10', price: '150' })
    const bought = await lots.enter(lots.ira, 'buy', '2025-07-02', { symbol: 'IWM', quantity: '4', price: '150' })
    const { items } = await lots.get('wash-sales', { transactionId: sale.id })
    expect(items).toMatchObject([
      {
        loss: { proceeds: '1500.00', costBasis: '2000.00', disallowedLoss: '200.00', gain: '-300.00' },
        window: { from: '2025-05-03', to: '2025-07-02' },
        openQuantity: '6',
        openLoss: '300.00',
        replacements: [
          { transactionId: bought.id, accountId: lots.ira, daysFromSale: 30, quantity: '4', disallowedLoss: '200.00', isLost: true },
        ],
      },
    ])
    expect((await lots.get('tax-lots', { symbol: 'IWM' })).items).toMatchObject([{ costBasis: '600.00', washAdjustment: '0.00' }])
  })

  it('names sales of shares within 30 days of a loss on a short sale, and does not change the loss: IRC 1091(e)(1)', async () => {
    const { enter, get, ira, taxable } = lots
    const other = await lots.account({ name: 'Second broker', type: 'investment', tax_type: 'taxable_brokerage' })
    // The records of all accounts cover the 61 days.
    await enter(ira, 'buy', '2024-01-02', { symbol: 'BIL', quantity: '1', price: '90' })
    await enter(other, 'buy', '2024-01-02', { symbol: 'EFA', quantity: '20', price: '70' })
    await enter(taxable, 'short', '2025-03-03', { symbol: 'EFA', quantity: '10', price: '80' })
    const cover = await enter(taxable, 'cover', '2025-06-02', { symbol: 'EFA', quantity: '10', price: '85' })
    await enter(other, 'sell', '2025-05-02', { symbol: 'EFA', quantity: '1', price: '84' })
    const ask = async () => (await get('wash-sales', { transactionId: cover.id })).items
    // 31 days before is too early.
    expect(await ask()).toMatchObject([{ state: 'certain', longSales: [], openLoss: '50.00' }])
    const sale = await enter(other, 'sell', '2025-07-02', { symbol: 'EFA', quantity: '4', price: '86' })
    expect(await ask()).toMatchObject([
      {
        loss: { kind: 'short', gain: '-50.00', disallowedLoss: '0.00' },
        state: 'incomplete',
        openLoss: '50.00',
        longSales: [{ transactionId: sale.id, accountId: other, symbol: 'EFA', date: '2025-07-02', quantity: '4' }],
      },
    ])
    // Another short sale takes the whole loss, IRC 1091(e)(2): nothing is open then.
    await enter(taxable, 'short', '2025-06-16', { symbol: 'EFA', quantity: '10', price: '86' })
    expect(await ask()).toMatchObject([{ loss: { disallowedLoss: '50.00' }, state: 'certain', longSales: [] }])
  })
})
