import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newHousehold, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'
import { newAccount } from '../wealth/wealth-platform.ts'

let platform: TestPlatform
let user: TestUser
let householdId: string
let path: string
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
  householdId = await newHousehold(user)
  path = `/v1/identity/households/${householdId}/people`
})
afterAll(() => platform.close())

const create = (body: object) => user.request('POST', path, { body })
const anyVersion = { headers: { 'if-match': '*' } }
const change = (id: string, body: object) => user.request('PATCH', `${path}/${id}`, { body, ...anyVersion })

describe('people', () => {
  test('are linked to a member of the household, once', async () => {
    const { body: members } = await user.request('GET', `/v1/identity/households/${householdId}/members`)
    const { userId } = members.items[0]
    expect((await create({ name: 'Me', relationship: 'self', userId })).body).toMatchObject({
      userId,
      kycStatus: 'not_started',
      kycData: {},
    })
    expect((await create({ name: 'Me again', userId })).body.errors).toMatchObject([{ path: 'body.userId' }])
    const stranger = await platform.newUser()
    const { body: other } = await stranger.request('GET', '/v1/identity/me')
    expect((await create({ name: 'Stranger', userId: other.id })).body.errors).toMatchObject([{ path: 'body.userId' }])
  })

  test('have a risk tolerance from 0 to 1 with two decimals, and a horizon in years', async () => {
    const { body } = await create({ name: 'Robin', riskTolerance: 0.35, investmentHorizon: 20, accreditedInvestor: false })
    expect(body).toMatchObject({ riskTolerance: 0.35, investmentHorizon: 20, accreditedInvestor: false, relationship: 'other' })
    expect((await change(body.id, { riskTolerance: 1.01 })).body.errors).toMatchObject([{ path: 'body.riskTolerance' }])
    expect((await change(body.id, { riskTolerance: 0.123 })).body.errors).toMatchObject([{ path: 'body.riskTolerance' }])
    expect((await change(body.id, { riskTolerance: null })).body).toMatchObject({ riskTolerance: null, investmentHorizon: 20 })
  })

  test('the server sets when an identity was verified, and clears it', async () => {
    const { body } = await create({ name: 'Kim', kycStatus: 'pending', kycData: { citizenship: 'US', documentLastFour: 'X123' } })
    expect(body.kycVerifiedAt).toBeNull()
    expect((await change(body.id, { kycVerifiedAt: '2020-01-01T00:00:00Z' })).status).toBe(400)
    const { body: verified } = await change(body.id, { kycStatus: 'verified' })
    expect(Date.parse(verified.kycVerifiedAt)).toBeGreaterThan(Date.now() - 60_000)
    expect((await change(body.id, { kycStatus: 'verified' })).body.kycVerifiedAt).toBe(verified.kycVerifiedAt)
    expect((await change(body.id, { name: 'Kim B.' })).body.kycVerifiedAt).toBe(verified.kycVerifiedAt)
    expect((await change(body.id, { kycStatus: 'expired' })).body.kycVerifiedAt).toBeNull()
  })

  test('what was checked has a closed form, and is not in the audit trail', async () => {
    expect((await create({ name: 'Odd', kycData: { passportNumber: '123456789' } })).status).toBe(400)
    expect((await create({ name: 'Odd', kycData: { documentLastFour: '123456789' } })).status).toBe(400)
    const { body } = await create({ name: 'Quiet', kycData: { employer: 'Secret Works' } })
    await change(body.id, { kycData: { employer: 'Hidden Works' } })
    const rows = await platform.database.connect(
      'postgres',
    )`select to_jsonb(l)::text as text from operations.audit_logs l where resource_id = ${body.id}`
    expect(rows).toHaveLength(2)
    expect(rows.filter(row => /Secret|Hidden/.test(row['text'] as string))).toEqual([])
  })

  test('an owner of accounts, a beneficiary or somebody named by a goal cannot be removed: the answer names what uses them', async () => {
    const { body } = await create({ name: 'Owner' })
    const account = await newAccount(user, householdId, { type: 'savings', name: 'Rainy day', ownerId: body.id })
    const remove = () => user.request('DELETE', `${path}/${body.id}`, anyVersion)
    expect(await remove()).toMatchObject({ status: 409, body: { detail: 'The person owns Rainy day.' } })
    const accountPath = `/v1/wealth/accounts/${account.id}`
    await user.request('PATCH', accountPath, { body: { ownerId: null }, ...anyVersion })
    const put = (primary: object[]) => user.request('PUT', `${accountPath}/beneficiaries`, { body: { primary }, ...anyVersion })
    await put([{ personId: body.id, share: '100' }])
    expect(await remove()).toMatchObject({ status: 409, body: { detail: 'The person is a beneficiary of Rainy day.' } })
    const { body: goal } = await user.request('POST', '/v1/wealth/goals', {
      body: { householdId, name: 'College', kind: 'education', targetAmount: '1.00', personId: body.id },
    })
    expect(await remove()).toMatchObject({
      status: 409,
      body: { detail: 'The person is a beneficiary of Rainy day, and is named by the goal College.' },
    })
    await put([])
    expect(await remove()).toMatchObject({ status: 409, body: { detail: 'The person is named by the goal College.' } })
    await user.request('PATCH', `/v1/wealth/goals/${goal.id}`, { body: { personId: null }, ...anyVersion })
    expect((await remove()).status).toBe(204)
  })

  test('no other table refers to a person, so that what uses one is always named', async () => {
    const rows = await platform.database.connect('postgres')<{ name: string }[]>`
      select distinct conrelid::regclass::text as name from pg_constraint
      where contype = 'f' and confrelid = 'identity.people'::regclass order by 1`
    // What is stated about a person in a tax year ends with the person.
    expect(rows.map(({ name }) => name)).toEqual([
      'wealth.accounts',
      'wealth.beneficiaries',
      'wealth.goals',
      'wealth.investment_transactions',
      'wealth.tax_year_people',
    ])
  })
})
