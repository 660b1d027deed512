import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { startTestPlatform } from '../../support/platform.ts'
import { importer } from './import-files.ts'

const platform = await startTestPlatform()
afterAll(() => platform.close())
const { commit, ledger, makeAccount, preview, send } = await importer(platform)
const accountId = await makeAccount()
const choice = { accounts: [{ key: '*', accountId }] }

const csv = (...rows: readonly string[]) => `Date,Description,Amount\n2026-03-01,Right,-1.00\n${rows.join('\n')}\n`
const ofx = (rows: string, head = '') =>
  `${head}<OFX><BANKMSGSRSV1><STMTTRNRS><TRNUID>1</TRNUID><STMTRS><CURDEF>USD</CURDEF><BANKACCTFROM><BANKID>1</BANKID><ACCTID>12345678</ACCTID><ACCTTYPE>CHECKING</ACCTTYPE></BANKACCTFROM>
<BANKTRANLIST>
${rows}
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`
const row = (id: string, amount: string) =>
  `<STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20260302</DTPOSTED><TRNAMT>${amount}</TRNAMT><FITID>${id}</FITID><NAME>Coffee</NAME></STMTTRN>`
const bomb = `<?xml version="1.0"?><!DOCTYPE OFX [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>\n`

/** Files of which nothing can be read. */
const unreadable: Readonly<Record<string, string | Uint8Array>> = {
  'a zip': Uint8Array.from([0x50, 0x4b, 3, 4, ...Array.from({ length: 60 }, () => 0)]),
  'a PDF': '%PDF-1.7\n%âãÏÓ\n1 0 obj',
  'a web page': '<!DOCTYPE html><html><body>Sign in</body></html>',
  'white space': ' \n \n',
  'bytes of nothing': new Uint8Array(400),
  'an answer that says that signing in failed':
    'OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>15500<SEVERITY>ERROR<MESSAGE>Wrong password</STATUS></SONRS></SIGNONMSGSRSV1></OFX>',
  'a bomb of entities': ofx(row('A1', '-4.50').replace('Coffee', '&b;'), bomb),
  'a bomb of gzip': gzipSync(new Uint8Array(80_000_000)),
}

/** Files with a row that cannot be read: the line, and the field as the file names it. */
const faulty: Readonly<Record<string, readonly [file: string, line: number, field: string]>> = {
  'a date in the year 1': [csv('0001-01-01,Wrong,-1.00'), 3, 'Date'],
  'a date in the year 9999': [csv('9999-12-31,Wrong,-1.00'), 3, 'Date'],
  'a day that does not exist': [csv('2026-02-30,Wrong,-1.00'), 3, 'Date'],
  'an amount of 10^15': [csv('2026-03-02,Wrong,1000000000000000.00'), 3, 'Amount'],
  'three decimal marks': [csv('2026-03-02,Wrong,1.2.3.4'), 3, 'Amount'],
  'a formula in a text': [csv('2026-03-02,=HYPERLINK("http://example.com"),-1.00'), 3, 'Description'],
  'a formula in an amount': [csv('2026-03-02,Wrong,=1+1'), 3, 'Amount'],
  'HTML in a text': [csv('2026-03-02,<script>alert(1)</script>,-1.00'), 3, 'Description'],
  'an amount of words': [csv('2026-03-02,Wrong,many'), 3, 'Amount'],
  'one id with two amounts': [ofx(`${row('A1', '-4.50')}\n${row('A1', '-9.99')}`), 4, 'FITID'],
}

describe('a file that cannot be read', () => {
  it.each(Object.entries(unreadable))('is refused with a reason: %s', async (_, file) => {
    const answer = await preview(await send(file), choice)
    expect(answer.status).toBe(422)
    expect(answer.body.errors[0].path).toMatch(/^file/)
    expect(answer.body.errors[0].message.length).toBeGreaterThan(5)
    expect(await ledger(accountId)).toHaveLength(0)
  })
})

describe('a file with a row that cannot be read', () => {
  it.each(Object.entries(faulty))('names line and field, and stores nothing: %s', async (_, [file, line, field]) => {
    const id = await send(file)
    const { body, status } = await preview(id, choice)
    const faults: readonly { path: string }[] =
      status === 200
        ? body.rejected.map((fault: { line: number; field: string }) => ({ path: `${fault.line}.${fault.field}` }))
        : body.errors
    expect(faults.map(({ path }) => path).join(' ')).toContain(`${line}.${field}`)
    if (status === 200) expect((await commit(id, body.import.version, choice)).status).toBe(422)
    expect(await ledger(accountId)).toHaveLength(0)
  })
})

it('a table that is cut in its header has nothing to store', async () => {
  const id = await send('Date,Descr')
  const { body } = await preview(id, choice)
  expect(body).toMatchObject({ accounts: [], ambiguous: ['columns.amount'] })
  expect((await commit(id, body.import.version, choice)).status).toBe(422)
})

it('a file that is cut anywhere gives an answer, and stores nothing by a preview', async () => {
  const whole = ofx([1, 2, 3].map(n => row(`A${n}`, `-${n}.00`)).join('\n'))
  const statuses = new Set<number>()
  for (let end = 1; end < whole.length; end += 61) statuses.add((await preview(await send(whole.slice(0, end)), choice)).status)
  expect([...statuses].every(status => status === 200 || status === 422)).toBe(true)
  expect(await ledger(accountId)).toHaveLength(0)
})
