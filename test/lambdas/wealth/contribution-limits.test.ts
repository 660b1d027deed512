import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'
import { asJob, householdIn, newAccount, requesting } from './wealth-platform.ts'

let platform: TestPlatform
let user: TestUser
let request: ReturnType<typeof requesting>
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
  request = requesting(user)
})
afterAll(() => platform.close())

interface Check {
  readonly kind: string
  readonly personId: string
  readonly deposits: readonly { readonly transactionId: string }[]
}

const household = async () => {
  const householdId = await householdIn(user)
  const person = async (name: string, relationship: string, birthDate = '1984-05-06'): Promise<string> =>
    (await request('POST', `/v1/identity/households/${householdId}/people`, { name, relationship, birthDate })).id
  const account = async (taxType: string, ownerId: string | null, more: object = {}): Promise<string> =>
    (
      await newAccount(user, householdId, {
        type: taxType === '529' ? 'investment' : 'retirement',
        balanceSource: 'ledger',
        taxType,
        ownerId,
        ...more,
      })
    ).id
  const deposit = async (accountId: string, amount: string, more: object = {}): Promise<string> => {
    const entry = { accountId, type: 'contribution', date: '2024-07-01', amount, description: `Deposit ${amount}`, taxYear: 2024, ...more }
    return (await request('POST', '/v1/wealth/transactions', entry)).id
  }
  const years = `/v1/wealth/households/${householdId}/tax-years`
  const state = async (facts: object, year = 2024) => request('PUT', `${years}/${year}`, facts, { 'if-match': '*' })
  const limits = async (year = 2024) => request('GET', `/v1/wealth/contribution-limits?householdId=${householdId}&year=${year}`)
  const check = async (kind: string, personId: string, year = 2024) =>
    (await limits(year)).checks.find((each: Check) => each.kind === kind && each.personId === personId)
  return { householdId, person, account, deposit, years, state, limits, check }
}

describe('contribution limits', () => {
  test('are those of the posted deposits that are not reversed, with what an excess costs', async () => {
    const { account, check, deposit, householdId, person, state } = await household()
    const sam = await person('Sam', 'self')
    const [ira, roth] = [await account('traditional_ira', sam), await account('roth_ira', sam)]
    const kept = [await deposit(ira, '4000.00'), await deposit(roth, '3500.25')]
    const wrong = await deposit(ira, '900.00')
    await request('POST', `/v1/wealth/transactions/${wrong}/reversals`, {})
    const pending = await deposit(ira, '700.00')
    await asJob(platform, householdId, transaction => transaction`update wealth.transactions set is_pending = true where id = ${pending}`)
    await deposit(ira, '50.00', { taxYear: 2023 })
    await deposit(ira, '9000.00', { contributionSource: 'rollover' })
    expect(await check('ira', sam)).toMatchObject({ status: 'incomplete', limit: null, missing: [{ fact: 'compensation', personId: sam }] })
    await state({ filingStatus: 'single', modifiedAgi: '90000.00', people: [{ personId: sam, wages: '95000.00', coveredAtWork: false }] })
    const found = await check('ira', sam)
    expect(found).toMatchObject({
      status: 'over',
      limit: '7000.00',
      used: '7500.25',
      left: '0.00',
      over: '500.25',
      excisePerYear: '30.02',
      lastDayToCorrect: '2025-10-15',
      parts: [{ kind: 'base', amount: '7000.00' }],
      missing: [],
    })
    expect(found.deposits.map((each: { transactionId: string }) => each.transactionId)).toEqual(kept)
    await request('POST', '/v1/wealth/transactions', {
      accountId: roth,
      type: 'withdrawal',
      date: '2025-03-01',
      amount: '-500.25',
      description: 'Return of excess',
      taxYear: 2024,
    })
    expect(await check('ira', sam)).toMatchObject({ status: 'within', used: '7000.00', over: '0.00', excisePerYear: null })
  })

  test('of gifts to 529 accounts are by giver and beneficiary, and can be spread over five years', async () => {
    const { account, check, deposit, person, state } = await household()
    const [sam, kim, lee] = [await person('Sam', 'self'), await person('Kim', 'spouse'), await person('Lee', 'child', '2012-01-01')]
    const college = await account('529', sam, { designatedBeneficiaryId: lee })
    await deposit(college, '60000.00')
    await deposit(college, '5000.00', { contributorId: kim })
    expect(await check('gift_529', sam)).toMatchObject({
      beneficiaryId: lee,
      limit: '18000.00',
      over: '42000.00',
      lastDayToCorrect: '2025-04-15',
    })
    await state({ people: [{ personId: sam, fiveYearBeneficiaries: [lee] }] })
    expect(await check('gift_529', sam)).toMatchObject({ limit: '90000.00', over: '0.00' })
    expect(await check('gift_529', kim)).toMatchObject({ used: '5000.00', left: '13000.00' })
  })

  test('name accounts that they leave out', async () => {
    const { account, limits } = await household()
    const [joint, bank] = [await account('hsa', null), await account('hsa', null, { type: 'savings' })]
    expect((await limits()).uncounted).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ accountId: joint, reason: 'no_owner' }),
        expect.objectContaining({ accountId: bank, reason: 'cash_account' }),
      ]),
    )
  })

  test('are refused for a year without limits, naming the years that have some', async () => {
    const { householdId, limits } = await household()
    const answer = await user.request('GET', `/v1/wealth/contribution-limits?householdId=${householdId}&year=2019`)
    expect(answer.status).toBe(422)
    expect(answer.body.errors).toEqual([
      { path: 'query.year', message: 'must be one of 2023, 2024, 2025, 2026: there are no limits for 2019' },
    ])
    expect(await limits(2023)).toMatchObject({ year: 2023, years: [2023, 2024, 2025, 2026], factsVersion: 0, checks: [] })
    const stranger = await platform.newUser()
    expect((await stranger.request('GET', `/v1/wealth/contribution-limits?householdId=${householdId}`)).status).toBe(404)
  })

  test('of a SIMPLE, 457(b), SEP and HSA are named with their persons', async () => {
    const { account, deposit, limits, person, state } = await household()
    const sam = await person('Sam', 'self', '1962-02-03')
    await deposit(await account('simple_ira', sam), '20000.00', { date: '2025-06-01', taxYear: 2025 })
    await deposit(await account('457b', sam), '20000.00', { date: '2025-06-01', taxYear: 2025 })
    await deposit(await account('sep_ira', sam), '20000.00', { date: '2025-06-01', taxYear: 2025 })
    await deposit(await account('hsa', sam), '5300.00', { date: '2025-06-01', taxYear: 2025 })
    const hsaCoverage = Array.from({ length: 12 }, () => 'self')
    await state({ people: [{ personId: sam, wages: '200000.00', hsaCoverage }] }, 2025)
    const { checks } = await limits(2025)
    const figures = Object.fromEntries(checks.map(({ kind, limit, status }: Check & Record<string, string>) => [kind, [limit, status]]))
    expect(figures).toEqual({
      // 63 at the end of the year: 16,500 + 5,250, and 23,500 + 11,250.
      simple_deferral: ['21750.00', 'within'],
      deferral_457b: ['34750.00', 'within'],
      sep: ['50000.00', 'within'],
      hsa: ['5300.00', 'within'],
    })
  })
})

describe('the facts of a tax year', () => {
  test('are empty at first, replaced as a whole, and kept by their version', async () => {
    const { householdId, person, years } = await household()
    const sam = await person('Sam', 'self')
    const first = await user.request('GET', `${years}/2025`)
    expect(first.body).toMatchObject({ householdId, year: 2025, filingStatus: null, people: [], version: 0, updatedAt: null })
    const put = (body: object, etag: string) => user.request('PUT', `${years}/2025`, { body, headers: { 'if-match': etag } })
    const stored = await put(
      { filingStatus: 'headOfHousehold', state: 'OH', people: [{ personId: sam, wages: '10.50' }] },
      first.headers.get('etag')!,
    )
    expect(stored.body).toMatchObject({
      filingStatus: 'headOfHousehold',
      state: 'OH',
      people: [{ personId: sam, wages: '10.50' }],
      version: 1,
    })
    expect((await put({}, first.headers.get('etag')!)).status).toBe(412)
    const second = await put({ longTermLossCarryover: '3000.00' }, stored.headers.get('etag')!)
    expect(second.body).toMatchObject({ filingStatus: null, longTermLossCarryover: '3000.00', people: [], version: 2 })
    expect((await request('GET', years)).items).toMatchObject([{ year: 2025, version: 2 }])
  })

  test('name the field of a fault', async () => {
    const { person, years } = await household()
    const sam = await person('Sam', 'self')
    const faults = async (body: object) => {
      const answer = await user.request('PUT', `${years}/2025`, { body, headers: { 'if-match': '*' } })
      return [answer.status, ...answer.body.errors.map(({ path }: { path: string }) => path)]
    }
    expect(await faults({ people: [{ personId: sam, hsaCoverage: ['self'] }] })).toEqual([400, 'body.people.0.hsaCoverage'])
    expect(await faults({ people: [{ personId: sam }, { personId: sam }] })).toEqual([400, 'body.people.1.personId'])
    expect(await faults({ state: 'Ohio' })).toEqual([400, 'body.state'])
    expect(await faults({ people: [{ personId: crypto.randomUUID() }] })).toEqual([422, 'body.people.0.personId'])
    expect((await user.request('GET', `${years}/20255`)).status).toBe(400)
  })

  test('end with a person, whom a 529 account or a gift keeps', async () => {
    const { account, deposit, householdId, person, state } = await household()
    const [sam, lee] = [await person('Sam', 'self'), await person('Lee', 'child')]
    const college = await account('529', sam, { designatedBeneficiaryId: lee })
    const remove = (id: string) =>
      user.request('DELETE', `/v1/identity/households/${householdId}/people/${id}`, { headers: { 'if-match': '*' } })
    expect(await remove(lee)).toMatchObject({ status: 409, body: { detail: 'The person is the student of Account.' } })
    await request('PATCH', `/v1/wealth/accounts/${college}`, { designatedBeneficiaryId: null }, { 'if-match': '*' })
    await deposit(college, '10.00', { contributorId: lee })
    expect(await remove(lee)).toMatchObject({ status: 409, body: { detail: 'The person has contributed to Account.' } })
    const kim = await person('Kim', 'spouse')
    await state({
      people: [
        { personId: kim, wages: '1.00' },
        { personId: sam, fiveYearBeneficiaries: [kim] },
      ],
    })
    expect((await remove(kim)).status).toBe(204)
    const { body } = await user.request('GET', `/v1/wealth/households/${householdId}/tax-years/2024`)
    expect(body.people).toMatchObject([{ personId: sam, fiveYearBeneficiaries: [] }])
  })
})
