import { afterAll, describe, expect, it } from 'vitest'
import { startTestPlatform } from '../../support/platform.ts'
import { importer } from './import-files.ts'

const platform = await startTestPlatform()
afterAll(() => platform.close())
const { bring, bytes, commit, householdId, ledger, makeAccount, path, preview, send, sql, undo, user } = await importer(platform)

const csv = (...rows: readonly string[]) => `Date,Description,Amount\n${rows.join('\n')}\n`
const coffee = '2026-03-02,Coffee,-4.50'
const bread = '2026-03-03,Bread,-3.20'
const salary = '2026-03-31,Salary,2500.00'

describe('an import', () => {
  it('shows what would be stored, stores it, and says so', async () => {
    const accountId = await makeAccount()
    const id = await send(csv(coffee, bread, salary))
    const choice = { accounts: [{ key: '*', accountId }] }
    const { body: seen } = await preview(id, choice)
    expect(seen).toMatchObject({ format: 'csv', rejectedCount: 0, profile: { delimiter: ',', dateOrder: 'YMD' } })
    expect(seen.accounts[0]).toMatchObject({ accountId, newCount: 3, duplicateCount: 0, newAmount: '2492.30' })
    expect(seen.accounts[0].rows[0]).toMatchObject({ line: 2, verdict: 'new', date: '2026-03-02', amount: '-4.50', description: 'Coffee' })
    expect(await ledger(accountId)).toHaveLength(0)
    const stored = await commit(id, seen.import.version, choice)
    expect(stored.body).toMatchObject({ status: 'committed', newCount: 3, accounts: [{ accountId, stored: 3 }] })
    expect((await ledger(accountId)).map(({ amount }) => amount)).toEqual(['-4.50', '-3.20', '2500.00'])
    expect(await sql`select from wealth.import_parts where import_id = ${id}`).toHaveLength(0)
  })

  it('comes in parts of any size, cut within a character', async () => {
    const accountId = await makeAccount()
    const id = await send(csv('2026-03-02,Café Zürich,-4.50', bread), 7)
    const { body: seen } = await preview(id, { accounts: [{ key: '*', accountId }] })
    expect(seen.accounts[0].rows.map(({ description }: { description: string }) => description)).toEqual(['Café Zürich', 'Bread'])
  })

  it('knows what the ledger has, and keeps two equal purchases of a day', async () => {
    const accountId = await makeAccount()
    await bring(csv(coffee, coffee, bread), accountId)
    const again = await bring(csv(coffee, coffee, bread, salary), accountId)
    expect(again.body).toMatchObject({ newCount: 1, duplicateCount: 3 })
    const third = await bring(csv(coffee, coffee, coffee), accountId)
    expect(third.body).toMatchObject({ newCount: 1, duplicateCount: 2 })
    expect(await ledger(accountId)).toHaveLength(5)
  })

  it('leaves a doubtful row to the person', async () => {
    const accountId = await makeAccount()
    await bring(csv(coffee), accountId)
    const id = await send(csv('2026-03-03,POS COFFEE SHOP 123,-4.50'))
    const choice = { accounts: [{ key: '*', accountId }] }
    const { body: seen } = await preview(id, choice)
    expect(seen.accounts[0].rows[0]).toMatchObject({ verdict: 'doubtful', existingId: expect.any(String) })
    const { body: left } = await commit(id, seen.import.version, choice)
    expect(left.newCount).toBe(0)
    const other = await bring(csv('2026-03-03,POS COFFEE SHOP 123,-4.50'), accountId, { except: [2] })
    expect(other.body.newCount).toBe(1)
  })

  it('is undone byte for byte', async () => {
    const accountId = await makeAccount()
    await bring(csv(coffee), accountId)
    const before = await bytes(accountId)
    const { body } = await bring(csv(bread, salary, '2026-04-01,Rent,-1200.00'), accountId)
    expect(await ledger(accountId)).toHaveLength(4)
    const undone = await undo(body.id, body.version)
    expect(undone.body).toMatchObject({ status: 'undone' })
    expect(await bytes(accountId)).toEqual(before)
    expect((await undo(body.id, undone.body.version)).status).toBe(409)
  })

  it('stores nothing while a row cannot be read, unless the person leaves it out', async () => {
    const accountId = await makeAccount()
    const choice = { accounts: [{ key: '*', accountId }] }
    const id = await send(csv(coffee, '2026-13-45,Bread,-3.20'))
    const { body: seen } = await preview(id, choice)
    expect(seen).toMatchObject({ rejectedCount: 1, rejected: [{ line: 3 }] })
    const refused = await commit(id, seen.import.version, choice)
    expect(refused.status).toBe(422)
    expect(refused.body.errors[0].path).toContain('lines.3')
    expect(await ledger(accountId)).toHaveLength(0)
    const { body: skipping } = await preview(id, { ...choice, rejected: 'skip' })
    expect((await commit(id, skipping.import.version, { ...choice, rejected: 'skip' })).body).toMatchObject({
      newCount: 1,
      rejectedCount: 1,
    })
  })

  it('is refused when the ledger has changed since the preview', async () => {
    const accountId = await makeAccount()
    const choice = { accounts: [{ key: '*', accountId }] }
    const id = await send(csv(coffee, bread))
    const { body: seen } = await preview(id, choice)
    await bring(csv(coffee), accountId)
    const refused = await commit(id, seen.import.version, choice)
    expect(refused).toMatchObject({ status: 409, body: { type: '/problems/import-changed' } })
    expect(await ledger(accountId)).toHaveLength(1)
  })

  it('twice at once gives one result', async () => {
    const accountId = await makeAccount()
    const choice = { accounts: [{ key: '*', accountId }] }
    const ids = [await send(csv(coffee, bread)), await send(csv(coffee, salary))]
    const seen = await Promise.all(ids.map(async id => (await preview(id, choice)).body))
    await Promise.all(ids.map((id, index) => commit(id, seen[index].import.version, choice)))
    for (const id of ids) {
      const { body: row } = await user.request('GET', path(id))
      if (row.status === 'committed') continue
      const { body: next } = await preview(id, choice)
      expect((await commit(id, next.import.version, choice)).status).toBe(200)
    }
    expect((await ledger(accountId)).map(({ description }) => description)).toEqual(['Coffee', 'Bread', 'Salary'])
  })

  it('does not reach the account of another household, nor is it reached by one', async () => {
    const stranger = await importer(platform)
    const foreign = await stranger.makeAccount()
    const id = await send(csv(coffee))
    const refused = await preview(id, { accounts: [{ key: '*', accountId: foreign }] })
    expect(refused.status).toBe(422)
    expect(refused.body.errors[0].path).toContain('accountId')
    expect((await stranger.user.request('GET', path(id))).status).toBe(404)
    expect((await stranger.user.request('POST', path(id, '/preview'), { body: {} })).status).toBe(404)
  })

  it('sets the opening balance to that of the statement, and gives it back', async () => {
    const accountId = await makeAccount()
    const ofx = `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\nCOMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n
<OFX><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>1<ACCTID>9876543210<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20260301<DTEND>20260331
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260302<TRNAMT>-4.50<FITID>A1<NAME>Coffee</STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>995.50<DTASOF>20260331</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`
    const { body } = await bring(ofx, accountId, { setOpeningBalance: true })
    expect(body).toMatchObject({ status: 'committed', format: 'ofx', accounts: [{ openingBalanceBefore: '0.00' }] })
    const [account] = await sql`select opening_balance::text as opening, mask from wealth.accounts where id = ${accountId}`
    expect(account).toEqual({ opening: '1000.00', mask: '3210' })
    // The next file of the account finds it by its number.
    const id = await send(ofx)
    expect((await preview(id)).body.accounts[0]).toMatchObject({ accountId, newCount: 0, duplicateCount: 1 })
    await undo(body.id, body.version)
    expect(await sql`select opening_balance::text as opening from wealth.accounts where id = ${accountId}`).toMatchObject([
      { opening: '0.00' },
    ])
  })

  it('remembers how the tables of a bank are read', async () => {
    const accountId = await makeAccount()
    const table = 'Posted;Text;Sum\n02.03.2026;Coffee;4,50\n03.03.2026;Bread;3,20\n'
    const profile = { columns: { date: 'Posted', description: 'Text', amount: 'Sum' }, sign: 'inverted' }
    const { body } = await bring(table, accountId, { profile, saveProfileAs: 'Village bank' })
    expect(body.status).toBe('committed')
    expect((await ledger(accountId)).map(({ amount }) => amount)).toEqual(['-4.50', '-3.20'])
    const { body: profiles } = await user.request('GET', `/v1/wealth/import-profiles?householdId=${householdId}`)
    expect(profiles.items).toMatchObject([{ name: 'Village bank', profile: { sign: 'inverted' } }])
    const id = await send('Posted;Text;Sum\n05.03.2026;Milk;1,10\n06.03.2026;Eggs;2,20\n')
    const { body: next } = await preview(id, { accounts: [{ key: '*', accountId }] })
    expect(next.accounts[0].rows.map(({ amount }: { amount: string }) => amount)).toEqual(['-1.10', '-2.20'])
  })

  it('asks for the decimal mark of a file in which no number shows it', async () => {
    const accountId = await makeAccount()
    const choice = { accounts: [{ key: '*', accountId }] }
    const id = await send('!Type:Bank\nD3/15/2026\nT-1,230\nPMarket\n^\n')
    const { body: seen } = await preview(id, choice)
    expect(seen.ambiguous).toEqual(['decimalMark'])
    expect(await commit(id, seen.import.version, choice)).toMatchObject({ status: 422, body: { errors: [{ path: 'body.decimalMark' }] } })
    const chosen = { ...choice, decimalMark: ',' }
    const { body: again } = await preview(id, chosen)
    expect((await commit(id, again.import.version, chosen)).status).toBe(200)
    expect((await ledger(accountId)).map(({ amount }) => amount)).toEqual(['-1.23'])
  })

  it('says of a file with only positions that nothing of it is stored', async () => {
    const accountId = await makeAccount()
    const choice = { accounts: [{ key: '*', accountId }] }
    const id = await send('Symbol,Quantity,Price,Market Value\nAAPL,10,200.00,2000.00\nMSFT,5,400.00,2000.00\n')
    const { body: seen } = await preview(id, choice)
    expect(seen.accounts[0]).toMatchObject({ rowCount: 0, holdingCount: 2 })
    expect(seen.notes[0]).toContain('Positions are not kept yet')
    const refused = await commit(id, seen.import.version, choice)
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'file', message: expect.stringContaining('only positions') }] } })
  })

  it('keeps the parts into which a file divides a transaction', async () => {
    const accountId = await makeAccount()
    const qif = '!Type:Bank\nD3/15/2026\nT-100.00\nPMarket\nSFood\n$-60.00\nSGarden\nEBulbs\n$-40.00\n^\n'
    const { body } = await bring(qif, accountId)
    expect(body.newCount).toBe(1)
    const parts = await sql`select s.position, s.amount::text, s.notes from wealth.transaction_splits s
      join wealth.transactions t on t.id = s.transaction_id where t.account_id = ${accountId} order by s.position`
    expect(parts).toMatchObject([
      { position: 0, amount: '-60.00' },
      { position: 1, amount: '-40.00', notes: 'Bulbs' },
    ])
    await undo(body.id, body.version)
    expect(await bytes(accountId)).toEqual({ transactions: [], totals: [] })
  })

  it('does not put the rows of two accounts of a file into one', async () => {
    const accountId = await makeAccount()
    const id = await send('Date,Description,Amount,Account\n2026-03-02,Coffee,-4.50,One\n2026-03-02,Coffee,-4.50,Two\n')
    const choice = { accounts: [{ key: '*', accountId }] }
    const { body: seen } = await preview(id, choice)
    expect(seen.accounts.map(({ problem }: { problem: string | null }) => problem !== null)).toEqual([false, true])
    expect(await commit(id, seen.import.version, choice)).toMatchObject({ status: 422, body: { errors: [{ path: 'body.accounts' }] } })
    expect(await ledger(accountId)).toHaveLength(0)
  })

  it('of which parts are missing cannot be read', async () => {
    const { body } = await user.request('POST', '/v1/wealth/imports', { body: { householdId, fileName: 'a.csv', sizeBytes: 10 } })
    expect(await preview(body.id)).toMatchObject({ status: 409, body: { type: '/problems/import-incomplete' } })
    expect((await user.request('DELETE', path(body.id), { headers: { 'if-match': '"v1"' } })).status).toBe(204)
  })
})
