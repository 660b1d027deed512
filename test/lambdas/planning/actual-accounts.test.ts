import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'
import { join } from '../../support/shared-household.ts'
import { tradeBody } from '../wealth/lots-platform.ts'
import { priceSecurity } from '../wealth/priced-securities.ts'
import { addTransactions, householdIn, newAccount, todayIn } from '../wealth/wealth-platform.ts'
import { addRates, newLinkedPlan } from './linked-plan.ts'

let platform: TestPlatform
let user: TestUser
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
  await addRates(platform, { '2026-01-01': 1, '2026-03-30': 1.1, [todayIn('UTC')]: 1.2 })
})
afterAll(() => platform.close())

const anyVersion = { 'if-match': '*' }
const rollForward = (path: string, body?: object) =>
  user.request('POST', `${path}/roll-forwards`, { headers: anyVersion, ...(body === undefined ? {} : { body }) })
const report = (runId: string, body?: object, who = user) =>
  who.request('POST', `/v1/planning/runs/${runId}/plan-versus-actual-reports`, body === undefined ? {} : { body })

test('a plan rolls forward to the balances of its accounts: euros in dollars, a debt above zero, a property at its last valuation', async () => {
  const { checking, path, valueOf } = await newLinkedPlan(user)
  await addTransactions(platform, checking, [{ date: '2026-03-31', amount: '-1234.56' }])
  const rolled = await rollForward(path, { date: '2026-03-31' })
  expect(rolled.status).toBe(200)
  expect(rolled.body.asOfDate).toBe('2026-03-31')
  expect(await valueOf('Cash')).toMatchObject({ balance: '38765.44' })
  expect(await valueOf('Euros')).toMatchObject({ balance: '110000.00' })
  expect(await valueOf('Loan')).toMatchObject({ balance: '300000.00' })
  expect(await valueOf('Home')).toMatchObject({ value: '500000.00' })
  const now = await rollForward(path)
  expect(now.body.asOfDate).toBe(todayIn('UTC'))
  expect(await valueOf('Euros')).toMatchObject({ balance: '120000.00' })
})

test('an account with securities counts with their value at market prices, and without a price it is named', async () => {
  const { add, householdId, path, request, valueOf } = await newLinkedPlan(user)
  await priceSecurity(platform, 'VTI', { '2026-02-02': 100, '2026-03-30': 125.5 })
  const brokerage = await newAccount(user, householdId, {
    name: 'Brokerage',
    type: 'investment',
    taxType: 'taxable_brokerage',
    openingBalance: '1500.00',
    openedOn: '2026-01-01',
  })
  const buy = (symbol: string, date: string) =>
    request('POST', '/v1/wealth/transactions', tradeBody(brokerage.id, 'buy', date, { symbol, quantity: '10', price: '100.00' }))
  await buy('VTI', '2026-02-02')
  await add('account', 'Funds', { balance: '1.00', linkedAccountId: brokerage.id })
  expect((await rollForward(path, { date: '2026-03-31' })).status).toBe(200)
  // 500 dollars of cash, and ten shares.
  expect(await valueOf('Funds')).toMatchObject({ balance: '1755.00' })
  const shown = await request('GET', `/v1/wealth/net-worth?householdId=${householdId}&to=2026-03-31`)
  expect(shown.accounts.find(({ accountId }: { accountId: string }) => accountId === brokerage.id).endValue).toBe(1755)
  const given = { symbol: 'PRIVATE', quantity: '5', amount: '0.00' }
  await request('POST', '/v1/wealth/transactions', tradeBody(brokerage.id, 'transfer_in', '2026-04-02', given))
  expect((await rollForward(path)).body.errors).toEqual([
    { path: 'body.balances', message: `leaves out Funds: PRIVATE has no price on ${todayIn('UTC')}` },
  ])
})

test('a given balance counts for its account, the others are read; prices rise as the plan assumes', async () => {
  const { checking, path, request, valueOf } = await newLinkedPlan(user)
  const balances = [{ linkedAccountId: checking.id, balance: '7.00' }]
  expect((await rollForward(path, { date: '2026-03-31', balances, priceChange: 'assumed' })).status).toBe(200)
  expect(await valueOf('Cash')).toMatchObject({ balance: '7.00' })
  expect(await valueOf('Euros')).toMatchObject({ balance: '110000.00' })
  const { cmaId } = await request('GET', path)
  const { inflation } = (await request('GET', `/v1/planning/assumption-sets/${cmaId}`)).assumptions
  // 89 of 365 days.
  expect(Number((await valueOf('Living')).annualAmount)).toBeCloseTo(20_000 * (1 + inflation.mean) ** (89 / 365), 2)
})

test('an input without a link, a balance or a rate is named, and nothing changes', async () => {
  const { add, path, request } = await newLinkedPlan(user)
  const before = await request('GET', path)
  const refused = async (body: object) => {
    const answer = await rollForward(path, body)
    return [answer.status, answer.body.errors]
  }
  const leavesOut = (text: string) => ({ path: 'body.balances', message: `leaves out ${text}` })
  // The last rate is older than a week.
  expect(await refused({ date: '2026-04-30' })).toEqual([
    422,
    [leavesOut('Euros: there is no exchange rate from EUR to USD for 2026-04-30')],
  ])
  await add('account', 'Mattress', { balance: '5.00' })
  expect(await refused({ date: '2026-03-31' })).toEqual([422, expect.arrayContaining([leavesOut('Mattress: it is linked to no account')])])
  expect((await request('GET', path)).asOfDate).toBe(before.asOfDate)
})

test('an account that is overdrawn or closed by the day has no amount for a plan', async () => {
  const { checking, path } = await newLinkedPlan(user)
  await addTransactions(platform, checking, [{ date: '2026-02-01', amount: '-40000.01' }])
  const overdrawn = await rollForward(path, { date: '2026-03-31' })
  expect(overdrawn.body.errors).toEqual([
    { path: 'body.balances', message: 'leaves out Cash: the balance is below zero, which a plan cannot have' },
  ])
  await addTransactions(platform, checking, [{ date: '2026-02-02', amount: '0.01' }])
  await user.request('POST', `/v1/wealth/accounts/${checking.id}/closures`, { body: { closedOn: '2026-02-03' }, headers: anyVersion })
  const closed = await rollForward(path, { date: '2026-03-31' })
  expect(closed.body.errors[0].message).toBe('leaves out Cash: the account has no balance on 2026-03-31')
})

test('a report without a body compares the accounts of the run today, and is stored with their balances', async () => {
  const { path, planId, request, savings, checking } = await newLinkedPlan(user)
  const run = await request('POST', `${path}/runs`, {})
  const answer = await report(run.id)
  expect(answer.status).toBe(201)
  // Cash and euros: neither the house nor the debt is among the accounts of a run.
  expect(answer.body).toMatchObject({ date: todayIn('UTC'), actual: 160_000 })
  const kept = await request('GET', `/v1/planning/plans/${planId}/outputs?outputType=plan_versus_actual`)
  expect(kept.items[0].outputValue.balances).toEqual([
    { linkedAccountId: checking.id, balance: '40000.00' },
    { linkedAccountId: savings.id, balance: '120000.00' },
  ])
  const mixed = await report(run.id, { date: '2026-03-31', balances: [{ account: 'Cash', balance: '1.00' }] })
  expect(mixed.body.actual).toBe(110_001)
  expect((await report(run.id, { date: '2027-03-31' })).body.errors[0].path).toBe('body.date')
})

test('an account that was linked after the run counts with the link of now', async () => {
  const { add, checking, path, request } = await newLinkedPlan(user)
  const input = await add('account', 'Mattress', { balance: '5.00' })
  const run = await request('POST', `${path}/runs`, {})
  const refused = await report(run.id)
  expect(refused.body.errors).toEqual([{ path: 'body.balances', message: 'leaves out Mattress: it is linked to no account' }])
  const spare = await newAccount(user, (await request('GET', path)).householdId, {
    name: 'Spare',
    type: 'savings',
    openingBalance: '9.00',
    openedOn: '2026-01-01',
  })
  expect(spare.id).not.toBe(checking.id)
  const linked = { inputType: 'account', inputName: 'Mattress', inputValue: { balance: '5.00', linkedAccountId: spare.id } }
  await request('PUT', `${path}/inputs/${input.id}`, linked)
  expect((await report(run.id)).body.actual).toBe(160_009)
})

test('the real balances of a run are given by month, with what is missing', async () => {
  const { path, request, checking } = await newLinkedPlan(user)
  const run = await request('POST', `${path}/runs`, {})
  await addTransactions(platform, checking, [{ date: '2026-03-15', amount: '1000.00' }])
  const body = await request('GET', `/v1/planning/runs/${run.id}/actual-balances`)
  // Between them no rate of the euro is known.
  expect(body.items).toEqual([
    { date: '2026-01-01', balance: '140000.00' },
    { date: '2026-03-31', balance: '151000.00' },
    { date: todayIn('UTC'), balance: '161000.00' },
  ])
  expect(body.now).toMatchObject({ date: todayIn('UTC'), actual: 161_000 })
  expect(body.missing).toEqual([])
  const stranger = await platform.newUser()
  expect((await stranger.request('GET', `/v1/planning/runs/${run.id}/actual-balances`)).status).toBe(404)
})

test('an account of another household is never read, and a viewer cannot report', async () => {
  const { householdId, path, request } = await newLinkedPlan(user)
  const elsewhere = await householdIn(user)
  const other = await newAccount(user, elsewhere, { name: 'Other', type: 'savings', openingBalance: '3.00', openedOn: '2026-01-01' })
  const linked = { inputType: 'account', inputName: 'Other', inputValue: { balance: '1.00', linkedAccountId: other.id } }
  expect((await user.request('POST', `${path}/inputs`, { body: linked })).status).toBe(422)
  // Plans can have links from before they were checked.
  await platform.database.connect('postgres')`
    update planning.plan_inputs set input_value = jsonb_set(input_value, '{linkedAccountId}', to_jsonb(${other.id}::text))
    where input_name = 'Cash' and plan_id = ${path.split('/').at(-1)!} and superseded_by is null and removed_at is null`
  expect((await rollForward(path, { date: '2026-03-31' })).body.errors).toEqual([
    { path: 'body.balances', message: 'leaves out Cash: the account has no balance on 2026-03-31' },
  ])
  const run = await request('POST', `${path}/runs`, {})
  const viewer = await platform.newUser()
  await join(platform, user, householdId, viewer, 'viewer')
  expect((await report(run.id, undefined, viewer)).status).toBe(403)
  expect((await viewer.request('GET', `/v1/planning/runs/${run.id}/actual-balances`)).body.missing).toHaveLength(1)
  expect((await report(run.id, undefined, await platform.newUser())).status).toBe(404)
})
