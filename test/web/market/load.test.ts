import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestUser } from '../../support/platform.ts'
import { expectGoodPage, settled, signInThroughPage, startBrowser, visit } from '../browser.ts'
import { startMarketPages } from './market-web.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startMarketPages>>['platform']
let admin: TestUser
let user: TestUser

beforeAll(async () => {
  const [opened, started] = await Promise.all([startBrowser(), startMarketPages()])
  browser = opened
  ;({ admin, platform, user } = started)
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const header = 'Date,Open,High,Low,Close,Adj Close,Volume'
const faulty = `${header}\n2026-03-30,10,9,8,10.5,9.9,1000\n2026-03-31,10.25,11,9,10.75,9.9,1000\n`
const storedBars = async () => (await admin.request('GET', '/v1/market/bars?symbols=ACME&timeframe=1d')).body.items

test('a file is checked, its instrument made, its faulty row corrected, and then it is stored', async () => {
  const opened = await visit(browser)
  const { page } = opened
  await signInThroughPage(page, platform.address, admin, '/market/load')
  await settled(page)
  await page.getByRole('button', { name: 'Check' }).click()
  await page.getByText('Choose a file, or paste its rows.').waitFor()
  await page.getByLabel('Price file').setInputFiles({ name: 'acme.us.csv', mimeType: 'text/csv', buffer: Buffer.from(faulty) })
  await expect.poll(() => page.getByLabel('Symbol').inputValue()).toBe('ACME')
  await page.getByRole('button', { name: 'Check' }).click()
  const faults = page.getByRole('region', { name: 'Faulty rows' })
  await faults.getByText('9 is below the open or close').waitFor()
  await faults.getByText('2026-03-30,10,9,8,10.5,9.9,1000').waitFor()
  await page.getByText('These columns are not stored: Adj Close.').waitFor()
  expect(await page.getByRole('button', { name: 'Store' }).count()).toBe(0)

  await page.getByRole('heading', { name: 'There is no instrument ACME yet' }).waitFor()
  await expectGoodPage(opened, 'market-load')
  await page.getByLabel('Name', { exact: true }).fill('Acme Corporation')
  await page.getByLabel('Market identifier code').fill('XNYS')
  await page.getByLabel('Name of the exchange').fill('New York Stock Exchange')
  await page.getByLabel('Timezone of the exchange').fill('America/Nowhere')
  await page.getByRole('button', { name: 'Make the instrument' }).click()
  await expect.poll(() => page.getByLabel('Timezone of the exchange').getAttribute('aria-invalid')).toBe('true')
  await page.getByLabel('Timezone of the exchange').fill('America/New_York')
  await page.getByRole('button', { name: 'Make the instrument' }).click()
  await page.getByRole('heading', { name: 'There is no instrument ACME yet' }).waitFor({ state: 'detached' })

  const rows = page.getByLabel('Or paste the rows')
  await rows.fill((await rows.inputValue()).replace('10,9,8', '10,11,8'))
  await page.getByText('The rows have changed since. Check them again.').waitFor()
  await page.getByRole('button', { name: 'Check' }).click()
  await page.getByRole('button', { name: 'Store' }).waitFor()
  expect(await storedBars()).toEqual([])
  await page.getByRole('button', { name: 'Store' }).click()
  await page.getByText('Stored 2 bars. 0 were stored already.').waitFor()
  expect((await storedBars()).map((bar: { close: string }) => bar.close)).toEqual(['10.5', '10.75'])

  await rows.fill((await rows.inputValue()).replace('10.75', '10.5'))
  await page.getByRole('button', { name: 'Check' }).click()
  await page.getByText('Replaced').locator('..').getByText('1', { exact: true }).waitFor()
  await page.getByText('Already stored').locator('..').getByText('1', { exact: true }).waitFor()
  expect((await storedBars()).map((bar: { close: string }) => bar.close)).toEqual(['10.5', '10.75'])
  await opened.close()
})

test('a file that is no text, and one that is no price file, are refused in words, and what was typed stays', async () => {
  const { close, faults, page } = await visit(browser)
  await signInThroughPage(page, platform.address, admin, '/market/load')
  const archive = { name: 'x.zip', mimeType: 'application/zip', buffer: Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0]) }
  await page.getByLabel('Price file').setInputFiles(archive)
  await page.getByText('x.zip is sent as it is.').waitFor()
  await page.getByRole('button', { name: 'Check' }).click()
  await page.getByText('is a ZIP archive or an Excel workbook').waitFor()
  await page.getByRole('button', { name: 'Paste rows instead' }).click()
  await page.getByLabel('Or paste the rows').fill('Tag;Kommentar\n1;2')
  await page.getByRole('button', { name: 'Check' }).click()
  await page.getByRole('region', { name: 'Faulty rows' }).waitFor()
  expect(await page.getByLabel('Or paste the rows').inputValue()).toBe('Tag;Kommentar\n1;2')
  expect(faults).toEqual([])
  await close()
})

test('how a file is read is shown, set where nothing decides it, and then it is stored', async () => {
  const opened = await visit(browser)
  const { page } = opened
  await signInThroughPage(page, platform.address, admin, '/market/load')
  await settled(page)
  const german = 'Datum;Erster;Hoch;Tief;Schlusskurs;St\u00fccke\r\n01.02.2025;1,234;1,300;1,200;1,250;\r\n02.02.2025;;;;1,260;1.200\r\n'
  const file = { name: 'acme.csv', mimeType: 'text/csv', buffer: Buffer.from(german, 'latin1') }
  await page.getByLabel('Price file').setInputFiles(file)
  await page.getByText('acme.csv is sent as it is.').waitFor()
  await page.getByRole('button', { name: 'Check' }).click()
  await page.getByRole('heading', { name: 'How the file was read' }).waitFor()
  await page.getByText('Nothing in the file decides how some of it is to be read.').waitFor()
  expect(await page.getByLabel('Encoding').inputValue()).toBe('windows-1252')
  expect(await page.getByLabel('Order of dates').inputValue()).toBe('DMY')
  expect(await page.getByLabel('Column of the close').inputValue()).toBe('5')
  expect(await page.getByRole('button', { name: 'Store' }).count()).toBe(0)
  await expectGoodPage(opened, 'market-load-profile')
  await page.getByLabel('Decimal mark').selectOption(',')
  await page.getByLabel('Between thousands').selectOption('.')
  await page.getByRole('button', { name: 'Read it again' }).click()
  await page.getByText('3 opens, highs or lows are missing or zero: the close stands for them.').waitFor()
  await page.getByRole('button', { name: 'Store' }).click()
  await page.getByText('Stored 2 bars. 0 were stored already.').waitFor()
  const { body } = await admin.request('GET', '/v1/market/bars?symbols=ACME&timeframe=1d&from=2025-01-01&until=2025-12-31')
  expect(body.items).toMatchObject([
    { time: '2025-02-01T00:00:00Z', open: '1.234', close: '1.25', volume: null },
    { open: '1.26', high: '1.26', close: '1.26', volume: '1200' },
  ])
  await opened.close()
})

test('how a source writes its files is kept under its name, used for the next file, and forgotten', async () => {
  const opened = await visit(browser)
  const { page } = opened
  await signInThroughPage(page, platform.address, admin, '/market/load')
  await settled(page)
  await page.getByText('None yet. Check a file, set how it is read').waitFor()
  const check = async (text: string) => {
    await page.getByLabel('Or paste the rows').fill(text)
    await page.getByRole('button', { name: 'Check' }).click()
  }
  await page.getByLabel('Symbol', { exact: false }).first().fill('ACME')
  await page.getByLabel('If rows are faulty').selectOption({ label: 'Leave them out and report them' })
  await check('Datum;Schlusskurs\n01/02/2019;1,234\n')
  await page.getByText('Nothing in the file decides how some of it is to be read.').waitFor()
  await page.getByLabel('Decimal mark').selectOption(',')
  await page.getByLabel('Between thousands').selectOption('.')
  await page.getByLabel('Order of dates').selectOption('DMY')
  await page.getByRole('button', { name: 'Read it again' }).click()
  await page.getByLabel('Keep how it is read, as').fill('Hausbank')
  await page.getByRole('button', { name: 'Store' }).click()
  const known = page.getByRole('region', { name: 'Sources that are known' }).getByRole('row').filter({ hasText: 'Hausbank' })
  await known.getByText('Day, month, year · Comma: 1,5 · Faulty rows are left out').waitFor()

  await page.reload()
  await settled(page)
  await page.getByLabel('Symbol', { exact: false }).first().fill('ACME')
  await check('Datum;Schlusskurs\n03/04/2019;2,345\n04/04/2019;x\n')
  await page.getByText('Read as kept for Hausbank.').waitFor()
  await page.getByText('2019-04-03').waitFor()
  expect(await page.getByLabel('Keep how it is read, as').inputValue()).toBe('Hausbank')
  await expectGoodPage(opened, 'market-load-kept')
  await page.getByRole('button', { name: 'Store' }).click()
  await page.getByText('Stored 1 bar.').waitFor()
  const files = page.getByRole('region', { name: 'Files that were stored' })
  await files.getByRole('button', { name: 'Undo Pasted rows' }).first().waitFor()
  await page.getByRole('button', { name: 'Forget Hausbank' }).click()
  await page.getByText('None yet. Check a file, set how it is read').waitFor()
  expect((await admin.request('GET', '/v1/market/price-profiles')).body.items).toEqual([])
  await opened.close()
})

test('a file that was stored is undone in its list, and by the button of the message', async () => {
  const opened = await visit(browser)
  const { page } = opened
  await signInThroughPage(page, platform.address, admin, '/market/load')
  await settled(page)
  const before = await storedBars()
  const storeFile = async (name: string, text: string) => {
    await page.getByLabel('Price file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
    await page.getByRole('button', { name: 'Check' }).click()
    await page.getByRole('button', { name: 'Store', exact: true }).click()
    await page.getByText(`${name} is stored.`).waitFor()
  }
  const old = 'Date,Open,High,Low,Close,Volume,Dividends\n2018-01-02,1,2,1,2,100,0\n2018-01-03,2,2,2,2,100,0.25\n'
  await storeFile('acme.good.csv', old)
  const good = await storedBars()
  await storeFile('acme.wrong.csv', old.replace('2,2,2,2', '3,3,3,3'))
  const files = page.getByRole('region', { name: 'Files that were stored' })
  await files.getByText('1 bar replaced').waitFor()
  await files.getByText('2 new bars · 1 dividend or split').waitFor()
  await expectGoodPage(opened, 'market-load-files')
  await files.getByRole('button', { name: 'Undo acme.good.csv' }).click()
  await page.getByText('acme.good.csv is not undone.').waitFor()
  await page.getByText('of ACME have changed since').waitFor()
  await files.getByRole('button', { name: 'Undo acme.wrong.csv' }).click()
  await page.getByText('acme.wrong.csv is undone.').waitFor()
  expect(await storedBars()).toEqual(good)
  await files.getByRole('row').filter({ hasText: 'acme.wrong.csv' }).getByText('Undone', { exact: true }).waitFor()
  await files.getByRole('button', { name: 'Undo acme.good.csv' }).click()
  await page.getByText('acme.good.csv is undone.').waitFor()
  expect(await storedBars()).toEqual(before)
  await storeFile('acme.again.csv', old)
  await page.getByRole('status').filter({ hasText: 'acme.again.csv is stored.' }).getByRole('button', { name: 'Undo' }).click()
  await expect.poll(storedBars).toEqual(before)
  await opened.close()
})

test('others are not offered to load prices', async () => {
  const { close, page } = await visit(browser)
  await signInThroughPage(page, platform.address, user, '/market/load')
  await page.getByRole('heading', { name: 'Only administrators load prices' }).waitFor()
  expect(await page.getByRole('navigation').getByRole('link', { name: 'Load prices' }).count()).toBe(0)
  await close()
})
