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
  await page.getByLabel('Price file').setInputFiles({ name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from([0xff, 0xfe, 0x44, 0]) })
  await page.getByText('This file is not text in UTF-8.').waitFor()
  await page.getByLabel('Or paste the rows').fill('Datum;Kurs\n1;2')
  await page.getByRole('button', { name: 'Check' }).click()
  await page.getByRole('region', { name: 'Faulty rows' }).waitFor()
  expect(await page.getByLabel('Or paste the rows').inputValue()).toBe('Datum;Kurs\n1;2')
  expect(faults).toEqual([])
  await close()
})

test('others are not offered to load prices', async () => {
  const { close, page } = await visit(browser)
  await signInThroughPage(page, platform.address, user, '/market/load')
  await page.getByRole('heading', { name: 'Only administrators load prices' }).waitFor()
  expect(await page.getByRole('navigation').getByRole('link', { name: 'Load prices' }).count()).toBe(0)
  await close()
})
