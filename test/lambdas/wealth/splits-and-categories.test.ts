import { afterAll, describe, expect, it } from 'vitest'
import { anyVersion, path, startLedger, succeed } from './ledger-platform.ts'

const { account, householdId, platform, user } = await startLedger()
afterAll(() => platform.close())
const categories = '/v1/wealth/transaction-categories'

const enter = async (amount: string, more: object = {}) =>
  succeed(user, 'POST', path, { accountId: await account(), date: '2026-01-05', amount, description: 'Shop', ...more })
const split = (id: string, splits: readonly object[], headers: Record<string, string> = anyVersion) =>
  user.request('PUT', `${path}/${id}/splits`, { body: { splits }, headers })

describe('a division', () => {
  it('adds up exactly, or names the difference', async () => {
    const { id } = await enter('-30.00')
    const short = await split(id, [
      { amount: '-10.00', category: 'shopping' },
      { amount: '-19.99', category: 'food_and_drink' },
    ])
    expect([short.status, short.body.errors[0].path]).toEqual([422, 'body.splits'])
    expect(short.body.errors[0].message).toContain('-0.01')
    const whole = await split(id, [
      { amount: '-10.00', category: 'shopping', notes: 'Socks' },
      { amount: '-20.00', category: 'food_and_drink' },
    ])
    expect(whole.body).toMatchObject({
      version: 2,
      splits: [
        { amount: '-10.00', notes: 'Socks' },
        { amount: '-20.00', category: 'food_and_drink' },
      ],
    })
    expect((await split(id, [], { 'if-match': '"v1"' })).status).toBe(412)
    expect((await split(id, [])).body.splits).toEqual([])
  })

  it('by equal weights gives the odd cents to the first parts', async () => {
    const { id } = await enter('-100.00')
    const third = { weight: '1', category: 'shopping' }
    expect((await split(id, [third, third, third])).body.splits.map((part: { amount: string }) => part.amount)).toEqual([
      '-33.34',
      '-33.33',
      '-33.33',
    ])
  })

  it('has the sign of the transaction and two parts or more', async () => {
    const { id } = await enter('-5.00')
    const wrong = await split(id, [
      { amount: '-6.00', category: 'shopping' },
      { amount: '1.00', category: 'shopping' },
    ])
    expect(wrong.body.errors).toMatchObject([{ path: 'body.splits.1' }])
    expect((await split(id, [{ amount: '-5.00', category: 'shopping' }])).status).toBe(400)
  })

  it('is reversed with its transaction', async () => {
    const { id } = await enter('-5.00')
    await split(id, [
      { amount: '-4.00', category: 'shopping' },
      { amount: '-1.00', category: 'travel' },
    ])
    const { reversal } = await succeed(user, 'POST', `${path}/${id}/reversals`, {})
    expect(reversal.splits).toMatchObject([{ amount: '4.00' }, { amount: '1.00' }])
  })
})

describe('an own category', () => {
  const make = (name: string, parent = 'food_and_drink') => succeed(user, 'POST', categories, { householdId, parent, name })

  it('has a name once under its parent', async () => {
    await make('Lunches')
    const again = await user.request('POST', categories, { body: { householdId, parent: 'food_and_drink', name: 'lunches' } })
    expect([again.status, again.body.errors[0].path]).toEqual([409, 'body.name'])
    expect((await make('Lunches', 'travel')).parent).toBe('travel')
  })

  it('decides the category of a transaction', async () => {
    const own = await make('Snacks')
    const { id } = await enter('-1.00', { categoryId: own.id })
    expect(await succeed(user, 'GET', `${path}/${id}`)).toMatchObject({ category: 'food_and_drink', categoryId: own.id })
    const wrong = await user.request('PATCH', `${path}/${id}`, { body: { category: 'travel', categoryId: own.id }, headers: anyVersion })
    expect([wrong.status, wrong.body.errors[0].path]).toEqual([422, 'body.category'])
    expect(await succeed(user, 'PATCH', `${path}/${id}`, { category: 'travel' }, anyVersion)).toMatchObject({ categoryId: null })
    await succeed(user, 'PATCH', `${path}/${id}`, { categoryId: own.id }, anyVersion)
    await succeed(user, 'PATCH', `${categories}/${own.id}`, { parent: 'shopping' }, anyVersion)
    expect((await succeed(user, 'GET', `${path}/${id}`)).category).toBe('shopping')
  })

  it('in use is removed with a replacement', async () => {
    const [own, other] = [await make('Old'), await make('New', 'travel')]
    const { id } = await enter('-2.00', { categoryId: own.id })
    await split(id, [
      { weight: '1', category: 'food_and_drink', categoryId: own.id },
      { weight: '1', category: 'shopping' },
    ])
    const refused = await user.request('DELETE', `${categories}/${own.id}`, { headers: anyVersion })
    expect(refused).toMatchObject({ status: 409, body: { type: '/problems/category-in-use' } })
    expect(refused.body.detail).toContain('2 ')
    await succeed(user, 'DELETE', `${categories}/${own.id}?replacementId=${other.id}`, undefined, anyVersion)
    const row = await succeed(user, 'GET', `${path}/${id}`)
    expect(row).toMatchObject({ category: 'travel', categoryId: other.id, splits: [{ category: 'travel', categoryId: other.id }, {}] })
    await succeed(user, 'DELETE', `${categories}/${other.id}?replacement=other`, undefined, anyVersion)
    expect(await succeed(user, 'GET', `${path}/${id}`)).toMatchObject({ category: 'other', categoryId: null })
  })
})
