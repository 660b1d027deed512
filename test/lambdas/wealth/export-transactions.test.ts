import { afterAll, describe, expect, it } from 'vitest'
import { startTestPlatform } from '../../support/platform.ts'
import { importer } from './import-files.ts'

const platform = await startTestPlatform()
afterAll(() => platform.close())
const { bring, householdId, makeAccount, sql, user } = await importer(platform)

const exportOf = async (accountId: string, query: string) => user.request('GET', `/v1/wealth/accounts/${accountId}/export?${query}`)

/** What a file can hold of the ledger of an account. */
const ledger = (accountId: string) => sql`
  select t.date::text, t.type, t.amount::text, t.description, t.merchant_name, t.category, t.notes, t.tags, t.check_number, t.external_id, t.is_pending,
    t.fingerprint, t.category_id, t.attachments, t.transfer_account_id, to_jsonb(i) - 'transaction_id' - 'account_id' as security,
    (select jsonb_agg(jsonb_build_array(s.amount, s.category, s.category_id, s.notes) order by s.position) from wealth.transaction_splits s where s.transaction_id = t.id) as parts
  from wealth.transactions t left join wealth.investment_transactions i on i.transaction_id = t.id
  where t.account_id = ${accountId} order by t.date, t.amount, t.description`

const enter = async (accountId: string, entry: object) => {
  const { body, status } = await user.request('POST', '/v1/wealth/transactions', { body: { accountId, ...entry } })
  if (status !== 201) throw new Error(JSON.stringify(body))
  return body
}
const makeInvestment = async (): Promise<string> =>
  (
    await user.request('POST', '/v1/wealth/accounts', {
      body: { householdId, name: `Brokerage ${crypto.randomUUID()}`, type: 'investment', balanceSource: 'ledger', currency: 'USD' },
    })
  ).body.id

const lunches = (
  await user.request('POST', '/v1/wealth/transaction-categories', {
    body: { householdId, parent: 'food_and_drink', name: 'School lunches' },
  })
).body.id as string

const cash = [
  {
    type: 'cash',
    date: '2026-03-02',
    amount: '-4.50',
    description: 'Coffee, “large”',
    merchantName: 'Café Zürich',
    category: 'food_and_drink',
    notes: 'two\nlines',
    tags: ['break', 'a;b'],
  },
  { type: 'cash', date: '2026-03-02', amount: '-4.50', description: 'Coffee, “large”' },
  { type: 'cash', date: '2026-03-05', amount: '2500.00', description: '-> salary', checkNumber: '42', category: 'income' },
] as const

describe('an export', () => {
  it.each(['csv', 'json'])('as %s is read back to the same transactions', async format => {
    const [from, to] = [await makeInvestment(), await makeInvestment()]
    for (const entry of cash) await enter(from, entry)
    await enter(from, {
      date: '2026-03-06',
      amount: '-9.00',
      description: 'Canteen',
      categoryId: lunches,
      attachments: ['=receipt.pdf', 'b.png'],
    })
    const toSavings = await enter(from, { date: '2026-03-07', amount: '-50.00', description: 'Savings' })
    await sql`update wealth.transactions set transfer_account_id = ${await makeAccount()} where id = ${toSavings.id}`
    const bought = {
      symbol: 'BRK.B',
      securityName: 'A & B',
      quantity: '1.5',
      price: '300.25',
      commission: '1.00',
      regulatoryFees: '0.02',
      otherFees: '0.10',
    }
    await enter(from, {
      type: 'buy',
      date: '2026-03-09',
      amount: '-451.50',
      description: 'Bought',
      settlementDate: '2026-03-10',
      ...bought,
    })
    await enter(from, {
      type: 'dividend',
      date: '2026-03-20',
      amount: '12.34',
      description: 'Dividend',
      symbol: 'BRK.B',
      isQualified: true,
      taxWithheld: '1.00',
      dataQualityScore: 0.9,
      confidenceScore: 1,
    })
    await enter(from, { type: 'split', date: '2026-04-01', description: 'Split', symbol: 'BRK.B', splitNumerator: 3, splitDenominator: 2 })
    const divided = await enter(from, { type: 'cash', date: '2026-04-02', amount: '-100.00', description: 'Market' })
    await user.request('PUT', `/v1/wealth/transactions/${divided.id}/splits`, {
      body: {
        splits: [
          { weight: '1', category: 'shopping', notes: 'shirt' },
          { weight: '2', categoryId: lunches },
        ],
      },
      headers: { 'if-match': '*' },
    })
    const { body, headers, status } = await exportOf(from, `format=${format}`)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toContain(format)
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const imported = await bring(text, to)
    expect(imported.body).toMatchObject({ newCount: 9, rejectedCount: 0 })
    expect(await ledger(to)).toEqual(await ledger(from))
  })

  it('adds the own categories that another household does not have', async () => {
    const account = await makeAccount()
    await enter(account, { date: '2026-03-06', amount: '-9.00', description: 'Canteen', categoryId: lunches })
    const { body } = await exportOf(account, 'format=csv')
    const other = await importer(platform)
    const to = await other.makeAccount()
    const reading = { accounts: [{ key: '*', accountId: to }] }
    const id = await other.send(body as string)
    const { body: seen } = await other.preview(id, reading)
    expect(seen.notes).toContain('These categories of your own will be added: School lunches.')
    await other.commit(id, seen.import.version, reading)
    const [row] = await sql`
      select t.category, c.name from wealth.transactions t join wealth.transaction_categories c on c.id = t.category_id where t.account_id = ${to}`
    expect(row).toEqual({ category: 'food_and_drink', name: 'School lunches' })
  })

  it('as OFX is read back to the same movements', async () => {
    const [from, to] = [await makeAccount(), await makeAccount()]
    for (const entry of cash) await enter(from, entry)
    const { body } = await exportOf(from, 'format=ofx')
    const imported = await bring(body as string, to)
    expect(imported.body).toMatchObject({ newCount: 3, rejectedCount: 0 })
    const movements = async (id: string) => (await ledger(id)).map(({ amount, date, description }) => ({ amount, date, description }))
    expect(await movements(to)).toEqual(await movements(from))
  })

  it('has the days that were asked for, and nothing of another account', async () => {
    const [one, other] = [await makeAccount(), await makeAccount()]
    for (const entry of cash) await enter(one, entry)
    await enter(other, { type: 'cash', date: '2026-03-05', amount: '-1.00', description: 'Elsewhere' })
    const { body } = await exportOf(one, 'format=csv&from=2026-03-03&to=2026-03-31')
    expect(body).toContain('salary')
    expect(body).not.toContain('Coffee')
    expect(body).not.toContain('Elsewhere')
  })
})
