import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newAccount } from '../wealth/wealth-platform.ts'
import { newHousehold, newPlan } from '../../support/platform.ts'
import { succeed } from '../wealth/ledger-platform.ts'
import { type Lots, startLots } from '../wealth/lots-platform.ts'

let lots: Lots
let path: string
let brokerage: string
beforeAll(async () => {
  lots = await startLots()
  const { planId } = await newPlan(lots.user, { householdId: lots.householdId, monteCarloIterations: 100 })
  path = `/v1/planning/plans/${planId}`
  const { items } = await succeed(lots.user, 'GET', `${path}/inputs`)
  for (const { id } of items) await succeed(lots.user, 'DELETE', `${path}/inputs/${id}`)
  const columns = { name: 'Broker', type: 'investment', tax_type: 'taxable_brokerage', opening_balance: '500000.00' }
  brokerage = await lots.account(columns)
  await lots.enter(brokerage, 'buy', '2024-01-02', { quantity: '1000', price: '100' })
  await lots.enter(brokerage, 'sell', '2025-01-03', { quantity: '100', price: '130' })
})
afterAll(() => lots.platform.close())

const basisOf = async (accountId: string) => {
  const { accounts } = await lots.get('positions')
  return accounts.find((account: { accountId: string }) => account.accountId === accountId)
}
const add = (inputType: string, inputName: string, inputValue: object) =>
  succeed(lots.user, 'POST', `${path}/inputs`, { inputType, inputName, inputValue })
const run = () => succeed(lots.user, 'POST', `${path}/runs`, {})
const stateOf = async () => (await succeed(lots.user, 'GET', `${path}/inputs?inputType=account`)).items[0]

test('an account has the basis of its lots and its cash, and a plan keeps what was taken', async () => {
  // 900 shares at 100, and cash of 500,000 less 100,000, with 13,000 from the sale.
  const { costBasis, gaps } = await basisOf(brokerage)
  expect([costBasis, gaps]).toEqual(['503000.00', []])
  const { date } = await lots.get('positions')
  await add('person', 'Alex', { birthDate: '1960-05-01', retirementAge: 65 })
  await add('expense', 'Living', { annualAmount: '240000.00' })
  const value = { balance: '1000000.00', basis: costBasis, basisAsOf: date, linkedAccountId: brokerage }
  const input = await add('account', 'Brokerage', value)
  expect(input.inputValue).toMatchObject(value)
  const first = await run()

  await lots.enter(brokerage, 'sell', '2025-06-03', { quantity: '900', price: '150' })
  expect((await basisOf(brokerage)).costBasis).toBe('548000.00')
  expect((await stateOf()).inputValue).toMatchObject({ basis: '503000.00', basisAsOf: date })
  expect(await succeed(lots.user, 'POST', `/v1/planning/runs/${first.id}/verify`)).toMatchObject({ matched: true })
  expect((await run()).inputHash).toBe(first.inputHash)
})

test('the day alone changes no run, the basis does: less of it means more tax', async () => {
  const { inputValue } = await stateOf()
  const runWith = async (changes: object) => {
    const { id } = await stateOf()
    const body = { inputType: 'account', inputName: 'Brokerage', inputValue: { ...inputValue, ...changes } }
    await succeed(lots.user, 'PUT', `${path}/inputs/${id}`, body)
    return run()
  }
  const taxesOf = async ({ id }: { id: string }): Promise<number> => {
    const { years } = await succeed(lots.user, 'GET', `/v1/planning/runs/${id}/paths/0`)
    return years.reduce((sum: number, { tax }: { tax: number }) => sum + tax, 0)
  }
  const taken = await runWith({})
  const entered = await runWith({ basisAsOf: undefined })
  expect([entered.inputHash, entered.outputHash]).toEqual([taken.inputHash, taken.outputHash])
  expect(await taxesOf(await runWith({ basis: '100000.00', basisAsOf: undefined }))).toBeGreaterThan(await taxesOf(taken))
})

test('a roll-forward takes a new basis with its day', async () => {
  const { headers } = await lots.user.request('GET', path)
  const balance = { linkedAccountId: brokerage, balance: '1100000.00', basis: '548000.00', basisAsOf: '2026-01-31' }
  await succeed(
    lots.user,
    'POST',
    `${path}/roll-forwards`,
    { date: '2026-01-31', balances: [balance] },
    { 'if-match': headers.get('etag')! },
  )
  expect((await stateOf()).inputValue).toMatchObject({ balance: '1100000.00', basis: '548000.00', basisAsOf: '2026-01-31' })
})

test('a basis that is not known has its reasons, and a day of lots needs a basis and a link', async () => {
  const other = await lots.account({ name: 'Other broker', type: 'investment', tax_type: 'taxable_brokerage' })
  await lots.enter(other, 'transfer_in', '2025-02-03', { quantity: '5', symbol: 'MSFT' })
  expect(await basisOf(other)).toMatchObject({
    costBasis: null,
    gaps: [{ kind: 'unknown_basis', symbol: 'MSFT', message: 'The cost basis of shares that were transferred in is not known.' }],
  })
  const refused = async (inputValue: object) => {
    const answer = await lots.user.request('POST', `${path}/inputs`, { body: { inputType: 'account', inputName: 'Second', inputValue } })
    return [answer.status, answer.body.errors]
  }
  const day = { balance: '1.00', basisAsOf: '2026-01-31' }
  expect(await refused({ ...day, linkedAccountId: other })).toEqual([
    400,
    [{ path: 'body.inputValue.basisAsOf', message: 'is only for a taxable account with a basis' }],
  ])
  expect(await refused({ ...day, basis: '1.00' })).toEqual([
    400,
    [{ path: 'body.inputValue.basisAsOf', message: 'needs linkedAccountId: the account with the tax lots' }],
  ])
})

test('an account of a plan is linked to one of the household, and a link from before this was checked may stay', async () => {
  const linkOf = async (method: string, at: string, linkedAccountId: string) => {
    const inputValue = { balance: '2.00', linkedAccountId }
    const answer = await lots.user.request(method, at, { body: { inputType: 'account', inputName: 'Linked', inputValue } })
    return [answer.status, answer.body.errors]
  }
  const refusal = [422, [{ path: 'body.inputValue.linkedAccountId', message: 'there is no such account in the household' }]]
  const elsewhere = await newHousehold(lots.user)
  const { id: stranger } = await newAccount(lots.user, elsewhere, { type: 'checking' })
  expect(await linkOf('POST', `${path}/inputs`, randomUUID())).toEqual(refusal)
  expect(await linkOf('POST', `${path}/inputs`, stranger)).toEqual(refusal)
  const own = await lots.account({ name: 'Own', type: 'checking' })
  const { id } = await add('account', 'Linked', { balance: '1.00', linkedAccountId: own })
  expect(await linkOf('PUT', `${path}/inputs/${id}`, stranger)).toEqual(refusal)
  const administrator = lots.platform.database.connect('postgres')
  const old = randomUUID()
  await administrator`
    update planning.plan_inputs set input_value = jsonb_set(input_value, '{linkedAccountId}', to_jsonb(${old}::text)) where id = ${id}`
  expect((await linkOf('PUT', `${path}/inputs/${id}`, old))[0]).toBe(200)
})
