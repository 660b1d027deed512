import { afterAll, describe, expect, it } from 'vitest'
import { addDays, addMonths } from '../../../domain/shared/index.ts'
import { startWealth } from './wealth-platform.ts'

const wealth = await startWealth()
const { account, enter, householdId, labels, platform, request, user } = wealth
afterAll(() => platform.close())

const checking = await account('Everyday', { mask: '1111' })
const savings = await account('Rainy Day', { type: 'savings', mask: '2222' })
const path = '/v1/wealth/transfers'
const detect = () => request('POST', `${path}/detections`, { householdId })
const list = (status: string) => request('GET', `${path}?householdId=${householdId}&status=${status}`)
const decide = (id: string, status: string) => request('POST', `${path}/${id}/decisions`, { status })

describe('transfers', () => {
  it('are proposed, confirmed with their category, and taken back', async () => {
    const out = await enter(checking, '2026-01-05', '-500.00', 'Transfer to 2222', {
      category: 'other',
      provenance: { category: 'import' },
    })
    const into = await enter(savings, '2026-01-06', '500.00', 'Transfer from 1111')
    expect(await detect()).toEqual({ found: 1 })
    const [proposed] = (await list('proposed')).items
    expect(proposed).toMatchObject({
      status: 'proposed',
      source: 'detection',
      outflow: { transactionId: out, accountName: 'Everyday', amount: '-500.00', currency: 'USD' },
      inflow: { transactionId: into, accountName: 'Rainy Day' },
    })
    expect(proposed.confidence).toBeGreaterThan(0.8)
    expect(await decide(proposed.id, 'confirmed')).toMatchObject({ status: 'confirmed', version: 2 })
    expect(await labels(out)).toMatchObject({ category: 'transfer', provenance: { category: 'person' } })
    expect(await detect()).toEqual({ found: 0 })
    await decide(proposed.id, 'proposed')
    expect(await labels(out)).toMatchObject({ category: 'other', provenance: { category: 'import' } })
    expect(await labels(into)).toMatchObject({ category: 'other', provenance: {} })
    await decide(proposed.id, 'dismissed')
    expect(await detect()).toEqual({ found: 0 })
    expect((await list('dismissed')).items).toHaveLength(1)
  })

  it('are matched by hand, also where the pair was dismissed, but a transaction is in one transfer only', async () => {
    const [dismissed] = (await list('dismissed')).items
    const [outflowId, inflowId] = [dismissed.outflow.transactionId, dismissed.inflow.transactionId]
    const matched = await request('POST', path, { householdId, outflowId, inflowId })
    expect(matched).toMatchObject({ id: dismissed.id, status: 'confirmed' })
    const other = await enter(savings, '2026-03-06', '500.00', 'x')
    const again = await user.request('POST', path, { body: { householdId, outflowId, inflowId: other } })
    expect([again.status, again.body.errors?.[0]?.path]).toEqual([409, 'body.outflowId'])
    const wrong = await user.request('POST', path, { body: { householdId, outflowId: other, inflowId } })
    expect([wrong.status, wrong.body.errors[0].path]).toEqual([422, 'body.outflowId'])
  })
})

describe('a transfer across currencies', () => {
  it('is proposed at the stored rate of the day, confirmed and dismissed like another', async () => {
    const { administrator } = wealth
    const euros = await account('Euros', { currency: 'EUR', mask: '3333' })
    await administrator`insert into market.fx_rates (base, quote, date, rate) values ('USD', 'EUR', '2026-02-06', 0.9), ('USD', 'EUR', '2026-02-27', 0.9)`
    const out = await enter(checking, '2026-02-09', '-1000.00', 'Transfer to 3333')
    const into = await enter(euros, '2026-02-10', '882.00', 'Transfer from 1111')
    // The rate is too old for these, and the amount of the others is too far off.
    await enter(checking, '2026-02-14', '-1000.00', 'Transfer to 3333')
    await enter(euros, '2026-02-14', '900.00', 'Transfer from 1111')
    await enter(checking, '2026-02-27', '-1000.00', 'Transfer to 3333')
    await enter(euros, '2026-02-27', '870.00', 'Transfer from 1111')
    await detect()
    const { items } = await list('proposed')
    expect(items).toMatchObject([
      { outflow: { transactionId: out, currency: 'USD' }, inflow: { transactionId: into, currency: 'EUR', amount: '882.00' } },
    ])
    expect(items[0].reasons).toContain('amounts_at_the_rate')
    await decide(items[0].id, 'confirmed')
    expect(await labels(into)).toMatchObject({ category: 'transfer' })
    await decide(items[0].id, 'proposed')
    await decide(items[0].id, 'dismissed')
    await detect()
    expect((await list('proposed')).items).toEqual([])
  })
})

describe('recurring payments', () => {
  const url = '/v1/wealth/recurring-transactions'
  const read = async () => (await request('GET', `${url}?householdId=${householdId}`)).items
  const find = () => request('POST', `${url}/detections`, { householdId })
  const today = new Date().toISOString().slice(0, 10)
  const first = addMonths(addDays(today, -10), -5)

  it('are found and linked, confirmed with a name, dismissed, and not found again', async () => {
    const ids = []
    for (let month = 0; month < 6; month += 1) ids.push(await enter(checking, addMonths(first, month), '-15.49', `NETFLIX.COM ${month}`))
    expect(await find()).toEqual({ found: 1 })
    const [netflix] = await read()
    expect(netflix).toMatchObject({ period: 'monthly', status: 'detected', amountLow: '-15.49', direction: 'out', missed: [] })
    expect(await labels(ids[0]!)).toMatchObject({ recurring_id: netflix.id, is_recurring: true })
    const confirmed = await request('PATCH', `${url}/${netflix.id}`, { status: 'confirmed', name: 'Films' }, { 'if-match': '*' })
    expect(confirmed).toMatchObject({ status: 'confirmed', name: 'Films' })
    await request('POST', `${url}/${netflix.id}/unlinks`, { transactionId: ids[0] })
    await find()
    expect((await read())[0]).toMatchObject({ status: 'confirmed', name: 'Films' })
    expect(await labels(ids[0]!)).toMatchObject({ recurring_id: null, is_recurring: false, provenance: { recurringId: 'person' } })
    await request('PATCH', `${url}/${netflix.id}`, { status: 'dismissed' }, { 'if-match': '*' })
    expect(await labels(ids[1]!)).toMatchObject({ is_recurring: false })
    await find()
    expect((await read()).map(({ status }: { status: string }) => status)).toEqual(['dismissed'])
    expect(await labels(ids[1]!)).toMatchObject({ is_recurring: false })
    await request('PATCH', `${url}/${netflix.id}`, { status: 'confirmed' }, { 'if-match': '*' })
    expect(await labels(ids[1]!)).toMatchObject({ is_recurring: true })
  })
})
