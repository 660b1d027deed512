import type { Answer, TestPlatform, TestUser } from '../../support/platform.ts'

/** A household with accounts, and the requests with which a person imports files into them. */
export const importer = async (platform: TestPlatform) => {
  const user = await platform.newUser()
  const sql = platform.database.connect('postgres')
  const { body: household } = await user.request('POST', '/v1/identity/households', {
    body: { name: 'Home', timezone: 'America/New_York' },
  })
  const householdId: string = household.id
  const makeAccount = async (currency = 'USD'): Promise<string> => {
    const [row] = await sql<{ id: string }[]>`
      insert into wealth.accounts (household_id, name, type, balance_source, currency)
      values (${householdId}, ${`Checking ${crypto.randomUUID()}`}, 'checking', 'ledger', ${currency}) returning id`
    return row!.id
  }
  const path = (id: string, rest = '') => `/v1/wealth/imports/${id}${rest}`
  /** Begins an import and sends the file, in parts of some bytes. */
  const send = async (content: string | Uint8Array, partBytes = 4_194_304, by: TestUser = user): Promise<string> => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
    const { body } = await by.request('POST', '/v1/wealth/imports', {
      body: { householdId, fileName: 'file.csv', sizeBytes: bytes.length },
    })
    for (let part = 0; part * partBytes < bytes.length; part += 1)
      await by.request('PUT', path(body.id, `/parts/${part}`), {
        rawBody: Uint8Array.from(bytes.subarray(part * partBytes, (part + 1) * partBytes)),
        headers: { 'content-type': 'application/octet-stream' },
      })
    return body.id
  }
  const preview = (id: string, body: object = {}): Promise<Answer> => user.request('POST', path(id, '/preview'), { body })
  const commit = (id: string, version: number, body: object = {}): Promise<Answer> =>
    user.request('POST', path(id, '/commit'), { body, headers: { 'if-match': `"v${version}"` } })
  const undo = (id: string, version: number): Promise<Answer> =>
    user.request('POST', path(id, '/undo'), { headers: { 'if-match': `"v${version}"` } })
  /** Sends a file, looks at its preview and commits it into one account. */
  const bring = async (content: string | Uint8Array, accountId: string, reading: object = {}): Promise<Answer> => {
    const body = { accounts: [{ key: '*', accountId }], ...reading }
    const id = await send(content)
    const { body: seen, status } = await preview(id, body)
    if (status !== 200) throw new Error(JSON.stringify(seen))
    return commit(id, seen.import.version, body)
  }
  /** What the ledger of an account says to a person, in a fixed order. */
  const ledger = (accountId: string) => sql`
    select date::text, amount::text, description, category, fingerprint, occurrence from wealth.transactions
    where account_id = ${accountId} order by date, amount, description, occurrence`
  /** Every row of the ledger of an account and its totals, byte for byte. */
  const bytes = async (accountId: string) => ({
    transactions: (await sql`select to_jsonb(t)::text as row from wealth.transactions t where account_id = ${accountId} order by id`).map(
      ({ row }) => String(row),
    ),
    totals: (
      await sql`select to_jsonb(t)::text as row from wealth.account_totals t where account_id = ${accountId} order by period, starts_on`
    ).map(({ row }) => String(row)),
  })
  return { user, sql, householdId, makeAccount, send, preview, commit, undo, bring, ledger, bytes, path }
}
