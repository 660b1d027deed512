import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importer } from '../../lambdas/wealth/import-files.ts'
import { expectGoodPage, startBrowser, startWebPlatform, visitAs } from '../browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>
let home: Awaited<ReturnType<typeof importer>>

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  home = await importer(platform)
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const open = (path = '/accounts/import') => visitAs(browser, platform, home.user, path)
const choose = (page: Page, name: string, text: string) =>
  page.getByLabel('File', { exact: true }).setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
const drop = async (page: Page, name: string, content: string) => {
  const field = page.getByLabel('File', { exact: true })
  const dataTransfer = await field.evaluateHandle(
    (_, file) => {
      const data = new DataTransfer()
      data.items.add(new File([file.content], file.name))
      return data
    },
    { name, content },
  )
  await field.dispatchEvent('drop', { dataTransfer })
}
const rowsOf = (page: Page) => page.getByRole('region', { name: /^What was read/ }).getByRole('row')

test('a file is dropped, looked at, stored in an account that the person chooses, shown in the register and undone', async () => {
  const accountId = await home.makeAccount()
  await home.bring('Date,Description,Amount\n2026-03-02,Coffee,-4.50\n2026-03-04,Corner shop,-20.00\n', accountId)
  const opened = await open()
  const { close, page } = opened
  await drop(
    page,
    'march.csv',
    'Date,Description,Amount\n2026-03-02,Coffee,-4.50\n2026-03-05,POS CORNER SHOP SEATTLE WA 98101,-20.00\n2026-03-31,Salary of March,2500.00\n',
  )
  await page.getByText('Choose an account for the rows first.').waitFor()
  await page.getByLabel('Goes to').selectOption(accountId)
  await page.getByRole('button', { name: 'Store 1 transaction' }).waitFor()
  expect(await home.ledger(accountId)).toHaveLength(2)
  await page.setViewportSize({ width: 390, height: 900 })
  const doubtful = rowsOf(page).filter({ hasText: 'POS CORNER' })
  const duplicate = rowsOf(page).filter({ hasText: 'Coffee' })
  expect(await doubtful.getByText('same amount within three days and another description').isVisible()).toBe(true)
  expect(await doubtful.getByText('-$20.00').isVisible()).toBe(true)
  expect(await doubtful.getByText('Mar 5').isVisible()).toBe(true)
  expect(await duplicate.getByText('same date, amount and description').isVisible()).toBe(true)
  await expectGoodPage(opened, 'wealth-import-preview')
  await page.getByLabel('Store the doubtful rows too').check()
  await page.getByRole('button', { name: 'Store 2 transactions' }).click()
  await page.getByText('2 transactions were stored.').waitFor()
  expect((await home.ledger(accountId)).map(({ amount }) => amount)).toEqual(['-4.50', '-20.00', '-20.00', '2500.00'])
  await expectGoodPage(opened, 'wealth-import-stored')
  await page.getByRole('link', { name: 'Show the transactions' }).click()
  await page.getByRole('row').filter({ hasText: 'Salary of March' }).getByText('$2,500.00').waitFor()
  await page.goBack()
  await page.getByRole('row').filter({ hasText: 'march.csv' }).getByRole('button', { name: 'Undo' }).click()
  await expectGoodPage(opened, 'wealth-import-undo')
  await page.getByRole('dialog').getByRole('button', { name: 'Undo', exact: true }).click()
  await page.getByRole('row').filter({ hasText: 'march.csv' }).getByText('Undone').waitFor()
  expect(await home.ledger(accountId)).toHaveLength(2)
  await close()
})

test('what a German table does not decide is asked, and the file is read again', async () => {
  const accountId = await home.makeAccount()
  const opened = await open(`/accounts/import?account=${accountId}`)
  const { close, page } = opened
  await choose(
    page,
    'umsatz.csv',
    'Buchungstag;Verwendungszweck;Gruppe;Betrag\n02.03.2026;Miete März;Miete;1.200,00\n05.03.2026;Bäckerei Grün;Lebensmittel;3,20\n',
  )
  await page.getByText('Check how the file is read below').waitFor()
  expect(await page.getByRole('button', { name: 'Store 2 transactions' }).isDisabled()).toBe(true)
  await expectGoodPage(opened, 'wealth-import-undecided')
  await page.getByLabel('Sign of amounts').selectOption('inverted')
  await page.getByLabel('Order of dates').selectOption('DMY')
  await page.getByText('Columns', { exact: true }).click()
  await page.getByLabel('Category').selectOption('Gruppe')
  await page.getByLabel('Remember this for files with the same columns, as').fill('Village bank')
  await page.getByRole('button', { name: 'Read again' }).click()
  await rowsOf(page).filter({ hasText: 'Miete März' }).getByText('-$1,200.00').waitFor()
  await page.getByRole('button', { name: 'Store 2 transactions' }).click()
  await page.getByText('2 transactions were stored.').waitFor()
  expect(await home.ledger(accountId)).toMatchObject([
    { date: '2026-03-02', amount: '-1200.00', category: 'payment' },
    { date: '2026-03-05', amount: '-3.20', category: 'food_and_drink' },
  ])
  await page.getByRole('button', { name: 'Undo this import' }).click()
  await page.getByText('The import was undone').waitFor()
  expect(await home.ledger(accountId)).toEqual([])
  await close()
})

test('a row that cannot be read stops the file until the person leaves it out', async () => {
  const accountId = await home.makeAccount()
  const opened = await open(`/accounts/import?account=${accountId}`)
  const { close, page } = opened
  await choose(page, 'faulty.csv', 'Date,Description,Amount\n2026-13-45,Bread,-3.20\n2026-03-02,Coffee,-4.50\n')
  const faults = page.getByRole('region', { name: 'Rows that cannot be read' })
  await faults.waitFor()
  expect(await page.getByRole('button', { name: 'Store 1 transaction' }).isDisabled()).toBe(true)
  await expectGoodPage(opened, 'wealth-import-faulty')
  await page.getByLabel('Leave out the rows that cannot be read (1)').check()
  await page.getByRole('button', { name: 'Store 1 transaction' }).click()
  await page.getByText('1 transaction was stored.').waitFor()
  expect(await home.ledger(accountId)).toMatchObject([{ description: 'Coffee' }])
  await close()
})

test('a statement sets the opening balance, and an empty file is refused at the field', async () => {
  const accountId = await home.makeAccount()
  const opened = await open(`/accounts/import?account=${accountId}`)
  const { close, page } = opened
  await choose(page, 'empty.csv', '')
  await page.getByText('The file is empty.').waitFor()
  await choose(
    page,
    'march.ofx',
    `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\nCOMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n
<OFX><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>1<ACCTID>9876543210<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20260301<DTEND>20260331
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260302<TRNAMT>-4.50<FITID>A1<NAME>Coffee</STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>995.50<DTASOF>20260331</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`,
  )
  await page.getByLabel('Change the opening balance to $1,000.00').check()
  await page.getByText('Balance in the ledger then').waitFor()
  await expectGoodPage(opened, 'wealth-import-statement')
  await page.getByRole('button', { name: 'Store 1 transaction' }).click()
  await page.getByText('1 transaction was stored.').waitFor()
  const [account] = await home.sql`select opening_balance::text as opening from wealth.accounts where id = ${accountId}`
  expect(account).toEqual({ opening: '1000.00' })
  await close()
})
