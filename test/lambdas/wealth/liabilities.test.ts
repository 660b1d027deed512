import { afterAll, beforeAll, expect, test } from 'vitest'
import { liabilityRows } from '../../../lambdas/wealth/plaid/liability-rows.ts'
import { join } from '../../support/shared-household.ts'
import { type Connected, startConnected } from './connected.ts'

let connected: Connected
beforeAll(async () => {
  connected = await startConnected()
})
afterAll(() => connected.platform.close())

const pathOf = (accountId: string) => `/v1/wealth/accounts/${accountId}/liability-terms`
const anyVersion = { 'if-match': '*' }

/** The accounts of a connection that say what is owed, by name. */
const debtsOf = async (id: string): Promise<Readonly<Record<string, string>>> => {
  const rows = await connected.administrator<{ id: string; name: string }[]>`
    select id, name from wealth.accounts where plaid_connection_id = ${id} and type in ('credit_card', 'mortgage')`
  return Object.fromEntries(rows.map(({ id: accountId, name }) => [name, accountId]))
}

const newLoan = async (type = 'loan'): Promise<string> => {
  const { householdId, owner } = connected
  const body = { householdId, name: 'Car loan', type, balanceSource: type === 'loan' ? 'stated' : 'ledger' }
  return (await owner.request('POST', '/v1/wealth/accounts', { body })).body.id
}

test('A synchronisation stores what the institution states about cards and mortgages, and a repetition changes nothing', async () => {
  const { administrator, connect, owner, sync } = connected
  const { id } = await connect()
  const { 'Home Loan': home, 'Travel Card': card } = await debtsOf(id)
  const answer = (await owner.request('GET', pathOf(card!))).body
  expect(answer.terms).toMatchObject({
    kind: 'credit_card',
    source: 'plaid',
    interestRate: '0.219',
    aprs: [
      { kind: 'purchase', rate: '0.219', balance: '262.35', interestCharged: '0.00' },
      { kind: 'cash', rate: '0.284' },
    ],
    minimumPayment: '25.00',
    isOverdue: false,
    lastStatementBalance: '262.35',
    originalPrincipal: null,
    details: {},
  })
  expect((await owner.request('GET', pathOf(home!))).body.terms).toMatchObject({
    kind: 'mortgage',
    interestRate: '0.04125',
    minimumPayment: '1402.11',
    originalPrincipal: '260000.00',
    originatedOn: '2018-06-01',
    maturesOn: '2048-06-01',
    isOverdue: false,
    details: { rateType: 'fixed', term: '30 year', escrowBalance: '2310.40', hasMortgageInsurance: false, pastDue: '0.00' },
  })
  const changes = async () =>
    (await administrator`select from operations.audit_logs where resource_type = 'wealth.account_liabilities'`).length
  const before = await changes()
  await sync(id)
  expect(await changes()).toBe(before)
})

test('What the institution no longer states goes, and what it does not offer stays', async () => {
  const { administrator, bank, connect, owner, sync } = connected
  const { id, item } = await connect()
  const { 'Home Loan': home, 'Travel Card': card } = await debtsOf(id)
  const terms = async (accountId: string) => (await owner.request('GET', pathOf(accountId))).body.terms
  bank.setData(item.itemId, { liabilities: { ...item.data.liabilities, credit: [] } })
  expect((await sync(id)).body).toMatchObject({ syncStatus: 'waiting', errorCode: null })
  expect(await terms(card!)).toBeNull()
  expect(await terms(home!)).not.toBeNull()
  bank.fail('/liabilities/get', 'NO_LIABILITY_ACCOUNTS')
  expect((await sync(id)).body).toMatchObject({ syncStatus: 'waiting', errorCode: null })
  expect(await terms(home!)).not.toBeNull()
  bank.fail('/liabilities/get', 'INSTITUTION_DOWN')
  expect((await sync(id)).body).toMatchObject({ syncStatus: 'failed', errorCode: 'INSTITUTION_DOWN' })
  await administrator`update wealth.plaid_connections set failure_count = 0 where id = ${id}`
})

test('Nobody changes what the institution states, until the connection is removed', async () => {
  const { connect, owner } = connected
  const { id } = await connect()
  const { 'Home Loan': home } = await debtsOf(id)
  const put = (terms: object | null) => owner.request('PUT', pathOf(home!), { body: { terms }, headers: anyVersion })
  const refused = await put({ interestRate: '0.05' })
  expect([refused.status, refused.body.type]).toEqual([409, '/problems/stated-by-institution'])
  await owner.request('DELETE', `/v1/wealth/plaid/connections/${id}`)
  expect((await owner.request('GET', pathOf(home!))).body.terms.source).toBe('plaid')
  expect((await put({ interestRate: '0.05' })).body.terms).toMatchObject({ source: 'person', interestRate: '0.05', maturesOn: null })
  expect((await put(null)).body.terms).toBeNull()
})

test('A person enters terms by hand; an impossible one names its field, and a viewer only reads', async () => {
  const { householdId, owner, platform } = connected
  const accountId = await newLoan()
  expect((await owner.request('GET', pathOf(accountId))).body).toMatchObject({ accountId, terms: null })
  const put = (terms: object, id = accountId) => owner.request('PUT', pathOf(id), { body: { terms }, headers: anyVersion })
  const stored = await put({ interestRate: '0.0625', minimumPayment: '310.00', nextPaymentDueOn: '2026-12-01', maturesOn: '2030-01-01' })
  expect(stored.body.terms).toMatchObject({ kind: 'loan', source: 'person', interestRate: '0.0625', isOverdue: null, aprs: [] })
  const { version } = stored.body
  expect((await owner.request('GET', `/v1/wealth/accounts/${accountId}`)).body.version).toBe(version)
  const faults: [object, string][] = [
    [{ originatedOn: '2030-01-01', maturesOn: '2029-01-01' }, 'body.terms.maturesOn'],
    [{ interestRate: '6.25 %' }, 'body.terms.interestRate'],
    [{ minimumPayment: '-1' }, 'body.terms.minimumPayment'],
  ]
  for (const [terms, path] of faults) {
    const refused = await put(terms)
    expect([refused.status, refused.body.errors[0].path]).toEqual([400, path])
  }
  expect((await put({}, await newLoan('savings'))).body.errors).toMatchObject([{ path: 'body.terms' }])
  const viewer = await platform.newUser()
  await join(platform, owner, householdId, viewer, 'viewer')
  expect((await viewer.request('GET', pathOf(accountId))).body.terms.interestRate).toBe('0.0625')
  expect((await viewer.request('PUT', pathOf(accountId), { body: { terms: null }, headers: anyVersion })).status).toBe(403)
})

test('A student loan is read without its numbers and addresses', () => {
  const loan = {
    account_id: 'loan',
    account_number: '4277075694',
    payment_reference_number: '4277075694',
    expected_payoff_date: '2032-07-28',
    guarantor: 'DEPT OF ED',
    interest_rate_percentage: 5.25,
    is_overdue: true,
    last_payment_amount: 138.05,
    last_payment_date: '2019-04-22',
    last_statement_issue_date: '2019-04-28',
    last_statement_balance: 1708.77,
    loan_name: 'Consolidation',
    loan_status: { end_date: '2032-07-28', type: 'repayment' },
    minimum_payment_amount: 25,
    next_payment_due_date: '2019-05-28',
    origination_date: '2002-08-28',
    origination_principal_amount: 25_000,
    outstanding_interest_amount: 6227.36,
    repayment_plan: { description: 'Standard Repayment', type: 'standard' },
    ytd_interest_paid: 280.55,
    ytd_principal_paid: null,
  }
  const liabilities = { credit: null, mortgage: null, student: [loan, { ...loan, account_id: null }] }
  const rows = liabilityRows(liabilities as unknown as Parameters<typeof liabilityRows>[0])
  expect(JSON.stringify(rows)).not.toContain('4277075694')
  expect(rows).toMatchObject([
    {
      accountId: 'loan',
      kind: 'student_loan',
      interestRate: '0.0525',
      isOverdue: true,
      maturesOn: '2032-07-28',
      minimumPayment: '25.00',
      details: { loanName: 'Consolidation', status: 'repayment', repaymentPlan: 'Standard Repayment', outstandingInterest: '6227.36' },
    },
  ])
})
