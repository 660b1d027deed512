import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Lots, startLots } from './lots-platform.ts'
import { anyVersion, path, succeed } from './ledger-platform.ts'

let lots: Lots
let first: { id: string }
let second: { id: string }
let sale: { id: string }
beforeAll(async () => {
  lots = await startLots()
  first = await lots.enter(lots.taxable, 'buy', '2024-01-02', { quantity: '10', price: '100' })
  second = await lots.enter(lots.taxable, 'buy', '2025-06-03', { quantity: '10', price: '120' })
  sale = await lots.enter(lots.taxable, 'sell', '2025-12-01', { quantity: '4', price: '110' })
})
afterAll(() => lots.platform.close())

const basisOf = async (): Promise<string[]> =>
  (await lots.get('lot-closings', { transactionId: sale.id })).items.map(({ costBasis }: { costBasis: string }) => costBasis)
const choose = (body: object) => lots.user.request('PUT', `${path}/${sale.id}/lot-choice`, { body, headers: anyVersion })

interface Refused {
  readonly method: string
  readonly lots?: readonly { readonly id: number; readonly quantity: string }[]
}

describe('how the lots of a sale are chosen', () => {
  it('is first in, first out without a choice', async () => {
    expect(await succeed(lots.user, 'GET', `${path}/${sale.id}/lot-choice`)).toMatchObject({
      method: null,
      usedMethod: 'fifo',
      lots: [],
      settlesOn: '2025-12-02',
    })
    expect(await basisOf()).toEqual(['400.00'])
  })

  it('can be named until the sale is settled, with the day on which the broker had it', async () => {
    const late = await choose({ method: 'lifo' })
    expect([late.status, late.body.errors[0].path]).toEqual([422, 'body.identifiedOn'])
    const chosen = await choose({ method: 'lifo', identifiedOn: '2025-12-02' })
    expect(chosen.body).toMatchObject({ method: 'lifo', usedMethod: 'lifo', identifiedOn: '2025-12-02' })
    expect(await basisOf()).toEqual(['480.00'])
  })

  it('can be lot by lot', async () => {
    const parts = [
      { openingId: first.id, quantity: '1' },
      { openingId: second.id, quantity: '3' },
    ]
    expect((await choose({ method: 'specific', lots: parts, identifiedOn: '2025-12-01' })).status).toBe(200)
    expect(await basisOf()).toEqual(['100.00', '360.00'])
  })

  it.each<[string, Refused, number, string]>([
    [
      'a lot twice',
      {
        method: 'specific',
        lots: [
          { id: 0, quantity: '2' },
          { id: 0, quantity: '2' },
        ],
      },
      400,
      'body.lots.1.openingId',
    ],
    ['another sum', { method: 'specific', lots: [{ id: 0, quantity: '3' }] }, 422, 'body.lots'],
    ['more than a lot holds', { method: 'specific', lots: [{ id: 2, quantity: '4' }] }, 422, 'body.lots'],
    ['no lots', { method: 'specific' }, 400, 'body.lots'],
    ['average cost of a stock', { method: 'average' }, 422, 'body.method'],
  ])('refuses %s', async (_, { lots: picked, ...body }, status, where) => {
    const ids = [first.id, second.id, sale.id]
    const before = await basisOf()
    const answer = await choose({
      ...body,
      identifiedOn: '2025-12-01',
      ...(picked ? { lots: picked.map(({ id, quantity }) => ({ openingId: ids[id], quantity })) } : {}),
    })
    expect([answer.status, answer.body.errors[0].path]).toEqual([status, where])
    expect(await basisOf()).toEqual(before)
  })

  it('follows the election of the account from its day on', async () => {
    await choose({ method: null })
    const election = await succeed(lots.user, 'POST', '/v1/wealth/lot-elections', {
      accountId: lots.taxable,
      method: 'hifo',
      effectiveOn: '2025-12-01',
    })
    expect(await basisOf()).toEqual(['480.00'])
    await succeed(lots.user, 'PATCH', `/v1/wealth/lot-elections/${election.id}`, { effectiveOn: '2025-12-02' }, anyVersion)
    expect(await basisOf()).toEqual(['400.00'])
    await succeed(lots.user, 'DELETE', `/v1/wealth/lot-elections/${election.id}`, undefined, anyVersion)
    const whole = await lots.user.request('POST', '/v1/wealth/lot-elections', {
      body: { accountId: lots.taxable, method: 'average', effectiveOn: '2025-12-02' },
    })
    expect([whole.status, whole.body.errors[0].path]).toEqual([422, 'body.symbol'])
  })

  it('is compared beside one another before a sale', async () => {
    const preview = await succeed(lots.user, 'POST', '/v1/wealth/lot-previews', {
      accountId: lots.taxable,
      symbol: 'VTI',
      quantity: '8',
      price: '110',
      date: '2025-12-15',
      lots: [{ openingId: second.id, quantity: '8' }],
    })
    const figures = preview.choices.map((choice: Record<string, unknown>) => [
      choice['method'],
      choice['shortTermGain'],
      choice['longTermGain'],
    ])
    // 6 shares of the first lot at 100 are left, and 10 of the second at 120.
    expect(figures).toEqual([
      ['fifo', '-20.00', '60.00'],
      ['lifo', '-80.00', '0.00'],
      ['hifo', '-80.00', '0.00'],
      ['lowest_tax', '-80.00', '0.00'],
      ['specific', '-80.00', '0.00'],
    ])
    const more = await lots.user.request('POST', '/v1/wealth/lot-previews', {
      body: { accountId: lots.taxable, symbol: 'VTI', quantity: '17', price: '110', date: '2025-12-15' },
    })
    expect([more.status, more.body.errors[0]]).toEqual([
      422,
      { path: 'body.quantity', message: 'must be at most 16: the account holds 16 of VTI' },
    ])
  })
})

describe('substantially identical securities', () => {
  it('replace one another from when a person says so', async () => {
    await lots.enter(lots.taxable, 'buy', '2025-01-02', { symbol: 'VOO', quantity: '5', price: '500' })
    const loss = await lots.enter(lots.taxable, 'sell', '2025-03-03', { symbol: 'VOO', quantity: '5', price: '450' })
    await lots.enter(lots.taxable, 'buy', '2025-03-04', { symbol: 'IVV', quantity: '5', price: '450' })
    const disallowed = async () => (await lots.get('wash-sales', { transactionId: loss.id })).items[0].loss.disallowedLoss
    expect(await disallowed()).toBe('0.00')
    const body = { householdId: lots.householdId, symbol: 'VOO', otherSymbol: 'IVV' }
    const pair = await succeed(lots.user, 'POST', '/v1/wealth/identical-securities', body)
    expect(pair).toMatchObject({ symbol: 'IVV', otherSymbol: 'VOO' })
    expect(await disallowed()).toBe('250.00')
    expect((await lots.user.request('POST', '/v1/wealth/identical-securities', { body })).status).toBe(409)
    await succeed(lots.user, 'DELETE', `/v1/wealth/identical-securities/${pair.id}`, undefined, anyVersion)
    expect(await disallowed()).toBe('0.00')
  })
})
