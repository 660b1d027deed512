import { afterAll, describe, expect, it } from 'vitest'
import { startTestPlatform } from '../../support/platform.ts'
import { importer } from './import-files.ts'

const platform = await startTestPlatform()
afterAll(() => platform.close())
const { bring, bytes, commit, householdId, makeAccount, preview, send, sql, undo, user } = await importer(platform)

const exportOf = async (accountId: string, query: string) => user.request('GET', `/v1/wealth/accounts/${accountId}/export?${query}`)

/** What a file can hold of the ledger of an account. The fingerprint of a reversal follows from the id of what it cancels. */
const ledger = (accountId: string) => sql`
  select t.date::text, t.type, t.amount::text, t.description, t.merchant_name, t.category, t.notes, t.tags, t.check_number, t.external_id, t.is_pending,
    case when t.reverses_id is null then t.fingerprint end as fingerprint, t.category_id, t.attachments, t.transfer_account_id, to_jsonb(i) - 'transaction_id' - 'account_id' as security,
    (select jsonb_build_array(o.fingerprint, o.account_id = t.account_id,
      t.fingerprint = left(encode(sha256(convert_to('reverses' || E'\\n' || o.id, 'UTF8')), 'hex'), 32))
      from wealth.transactions o where o.id = t.reverses_id) as reverses,
    (select jsonb_agg(jsonb_build_array(s.amount, s.category, s.category_id, s.notes) order by s.position) from wealth.transaction_splits s where s.transaction_id = t.id) as parts
  from wealth.transactions t left join wealth.investment_transactions i on i.transaction_id = t.id
  where t.account_id = ${accountId} order by t.date, t.amount, t.description, t.reverses_id is not null`

const enter = async (accountId: string, entry: object) => {
  const { body, status } = await user.request('POST', '/v1/wealth/transactions', { body: { accountId, ...entry } })
  if (status !== 201) throw new Error(JSON.stringify(body))
  return body
}
const reverse = async (id: string, body: object = {}) => {
  const answer = await user.request('POST', `/v1/wealth/transactions/${id}/reversals`, { body })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return answer.body
}
const textOf = async (accountId: string, query: string): Promise<string> => {
  const { body } = await exportOf(accountId, query)
  return typeof body === 'string' ? body : JSON.stringify(body)
}
const makeInvestment = async (): Promise<string> =>
  (
    await user.request('POST', '/v1/wealth/accounts', {
      body: { householdId, name: `Brokerage ${crypto.randomUUID()}`, type: 'investment', balanceSource: 'ledger', currency: 'USD' },
    })
  ).body.id

const giver = (await user.request('POST', `/v1/identity/households/${householdId}/people`, { body: { name: 'Robin' } })).body.id as string
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
    const [coffee] = [await enter(from, cash[0]), await enter(from, cash[1]), await enter(from, cash[2])]
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
    const purchase = await enter(from, {
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
    await enter(from, {
      type: 'contribution',
      date: '2026-03-25',
      amount: '500.00',
      description: 'Match',
      taxYear: 2026,
      contributionSource: 'employer',
      contributorId: giver,
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
    await reverse(coffee.id, { notes: 'not mine', replacement: { date: '2026-03-03', amount: '-3.50', description: 'Tea' } })
    await reverse(purchase.id, { date: '2026-03-11' })
    await reverse(divided.id)
    const { body, headers, status } = await exportOf(from, `format=${format}`)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toContain(format)
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const imported = await bring(text, to)
    expect(imported.body).toMatchObject({ newCount: 14, rejectedCount: 0 })
    expect(await ledger(to)).toEqual(await ledger(from))
    expect((await ledger(to)).filter(({ reverses }) => reverses !== null)).toHaveLength(3)
    for (const accountId of [to, from]) expect((await bring(text, accountId)).body).toMatchObject({ newCount: 0, duplicateCount: 14 })
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

describe('a reversal in a file', () => {
  /** An account with a purchase and its reversal three weeks later, and its export. */
  const exported = async (query = '') => {
    const from = await makeAccount()
    const { id } = await enter(from, cash[1])
    await reverse(id, { date: '2026-03-23' })
    return { from, text: await textOf(from, `format=csv${query}`) }
  }
  const links = (accountId: string) => sql`
    select t.amount::text, t.date::text, o.description as reverses from wealth.transactions t left join wealth.transactions o on o.id = t.reverses_id
    where t.account_id = ${accountId} order by t.date, t.amount, t.id`
  const bought = { amount: '-4.50', date: '2026-03-02', reverses: null }
  const reversal = { amount: '4.50', date: '2026-03-23', reverses: cash[1].description }

  it('is removed with its link by an undo', async () => {
    const { text } = await exported()
    const to = await makeAccount()
    const before = await bytes(to)
    const { body } = await bring(text, to)
    expect(await links(to)).toEqual([bought, reversal])
    await undo(body.id, body.version)
    expect(await bytes(to)).toEqual(before)
    expect((await bring(text, to)).body).toMatchObject({ newCount: 2 })
  })

  it('reverses the transaction that the ledger has, until it is undone', async () => {
    const { text } = await exported()
    const to = await makeAccount()
    const { id } = await enter(to, cash[1])
    const { body } = await bring(text, to)
    expect(body).toMatchObject({ newCount: 1, duplicateCount: 1 })
    expect(await links(to)).toEqual([bought, reversal])
    await undo(body.id, body.version)
    expect(await links(to)).toEqual([bought])
    await reverse(id)
    expect(await links(to)).toHaveLength(2)
  })

  it('is a duplicate where the ledger has reversed the transaction on another day', async () => {
    const { text } = await exported()
    const to = await makeAccount()
    const { reversal: own } = await reverse((await enter(to, cash[1])).id, { date: '2026-03-09' })
    const { body } = await preview(await send(text), { accounts: [{ key: '*', accountId: to }] })
    expect(body.accounts[0]).toMatchObject({ newCount: 0, duplicateCount: 2, newAmount: '0.00' })
    expect(body.accounts[0].rows[1]).toMatchObject({
      verdict: 'duplicate',
      existingId: own.id,
      reason: expect.stringContaining('is reversed already'),
    })
  })

  it('is doubtful where the transaction of the ledger cannot be reversed, and has no link if it is stored', async () => {
    const { from, text } = await exported()
    const to = await makeAccount()
    await sql`
      insert into wealth.transactions (household_id, account_id, date, amount, description, source, fingerprint, is_pending)
      select household_id, ${to}, date, amount, description, 'import', fingerprint, true from wealth.transactions
      where account_id = ${from} and reverses_id is null`
    const reading = { accounts: [{ key: '*', accountId: to }], doubtful: 'store' }
    const id = await send(text)
    const { body } = await preview(id, reading)
    expect(body.accounts[0].rows[0]).toMatchObject({ verdict: 'doubtful', reason: expect.stringContaining('cannot be reversed') })
    expect((await commit(id, body.import.version, reading)).body).toMatchObject({ newCount: 1 })
    expect(await links(to)).toEqual([bought, { ...reversal, reverses: null }])
  })

  it('has no link where the file lacks what it reverses, and is found again', async () => {
    const { from, text } = await exported('&from=2026-03-20')
    const to = await makeAccount()
    const { body } = await preview(await send(text), { accounts: [{ key: '*', accountId: to }] })
    expect(body.notes).toEqual([expect.stringContaining('Line 2 reverses a transaction that is not among those of its account')])
    await bring(text, to)
    expect(await links(to)).toEqual([{ ...reversal, reverses: null }])
    for (const accountId of [to, from]) expect((await bring(text, accountId)).body).toMatchObject({ newCount: 0, duplicateCount: 1 })
  })

  it('that is no opposite is refused by line', async () => {
    const { text } = await exported()
    const { body, status } = await bring(text.replace(',4.50,', ',4.51,'), await makeAccount())
    expect(status).toBe(422)
    expect(body.errors).toMatchObject([{ path: 'file.lines.3.reverses', message: expect.stringContaining('opposite amount') }])
  })
})
