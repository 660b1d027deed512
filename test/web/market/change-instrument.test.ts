import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestUser } from '../../support/platform.ts'
import { expectGoodPage, settled, startBrowser, visitAs } from '../browser.ts'
import { dailyBars, startMarketPages, storeDailyBars, tradingDaysUntil } from './market-web.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startMarketPages>>['platform']
let admin: TestUser
let user: TestUser

beforeAll(async () => {
  const [opened, started] = await Promise.all([startBrowser(), startMarketPages()])
  browser = opened
  ;({ admin, platform, user } = started)
  await storeDailyBars(admin, { ACME: [] })
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const open = (path: string, person = admin) => visitAs(browser, platform, person, path)
const read = async (path: string) => (await admin.request('GET', `/v1/market/instruments/${path}`)).body

test('an instrument is made, and a symbol that is used is refused', async () => {
  const opened = await open('/market')
  const { page } = opened
  await page.getByRole('link', { name: 'New instrument' }).click()
  await page.getByLabel('Symbol', { exact: true }).fill('acme')
  await page.getByLabel('Name', { exact: true }).fill('Bond fund')
  await page.getByRole('button', { name: 'Store' }).click()
  await page.getByText('There is an instrument ACME.').waitFor()
  await page.getByLabel('Symbol', { exact: true }).fill('fund')
  await page.getByLabel('Type').selectOption('ETF')
  await page.getByRole('textbox', { name: 'Known price (optional)', exact: true }).fill('1,012.5')
  await page.getByLabel('Day of the known price').fill('2026-10-30')
  await page.getByLabel('Costs per year').fill('0.03')
  await page.getByLabel('Country').fill('Utopia')
  await page.getByRole('button', { name: 'Store' }).click()
  await expect.poll(() => page.getByLabel('Country').getAttribute('aria-invalid')).toBe('true')
  await expectGoodPage(opened, 'market-new-instrument')
  await page.getByLabel('Country').fill('us')
  await page.getByRole('button', { name: 'Store' }).click()
  await page.getByRole('heading', { name: 'FUND · Bond fund' }).waitFor()
  expect(await read('FUND')).toMatchObject({
    type: 'etf',
    exchangeCode: 'XNYS',
    currentPrice: '1012.5',
    priceDate: '2026-10-30',
    expenseRatio: '0.0003',
    country: 'US',
    sector: null,
  })
  await opened.close()
})

test('what is known of an instrument is changed and that is undone, and its other figures stay', async () => {
  const { currency, exchangeCode, name, type } = await read('ACME')
  await admin.request('PUT', '/v1/market/instruments/ACME', {
    body: { currency, exchangeCode, name, type, dividendYield: '0.0125', fundamentals: { beta: 1.5 } },
  })
  const opened = await open('/market/ACME')
  const { page } = opened
  await page.getByRole('link', { name: 'Change', exact: true }).click()
  expect(await page.getByLabel('Dividend yield').inputValue()).toBe('1.25')
  await page.getByLabel('Sector').fill('Anvils')
  await page.getByLabel('It is traded').uncheck()
  await page.getByRole('button', { name: 'Store', exact: true }).click()
  await page.getByText('ACME is stored.').waitFor()
  const changed = { sector: 'Anvils', isActive: false, dividendYield: '0.0125', fundamentals: { beta: 1.5 } }
  expect(await read('ACME')).toMatchObject(changed)
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Undone: ACME is stored.').waitFor()
  expect(await read('ACME')).toMatchObject({ ...changed, sector: null, isActive: true })
  await opened.close()
})

test('splits and dividends are added and undone, and the symbol is changed', async () => {
  const opened = await open('/market/ACME/change')
  const { page } = opened
  await page.getByRole('button', { name: 'Add a split' }).click()
  await page.getByRole('button', { name: 'Store the splits' }).click()
  await page.getByText('Split 1: fill in the day').waitFor()
  const split = page.getByRole('group', { name: 'Split 1' })
  await split.getByLabel('Ex-date').fill('2026-05-04')
  await split.getByLabel('New shares').fill('4')
  await page.getByRole('button', { name: 'Store the splits' }).click()
  await page.getByText('The splits of ACME are stored.').waitFor()
  expect((await read('ACME/splits')).items).toEqual([{ exDate: '2026-05-04', numerator: 4, denominator: 1 }])
  await page.getByRole('button', { name: 'Add a dividend' }).click()
  const dividend = page.getByRole('group', { name: 'Dividend 1' })
  await dividend.getByLabel('Ex-date').fill('2026-08-10')
  await dividend.getByLabel('Amount per share').fill('0.27')
  await expectGoodPage(opened, 'market-change-instrument')
  await page.getByRole('button', { name: 'Store the dividends' }).click()
  await page.getByText('The dividends of ACME are stored.').waitFor()
  expect((await read('ACME/dividends')).items).toMatchObject([{ exDate: '2026-08-10', kind: 'regular', amount: '0.27', payDate: null }])
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('Control+z')
  await page.getByText('Undone: The dividends of ACME are stored.').waitFor()
  expect((await read('ACME/dividends')).items).toEqual([])

  await page.getByLabel('New symbol', { exact: true }).fill('fund')
  await page.getByRole('button', { name: 'Change the symbol' }).click()
  await expect.poll(() => page.getByLabel('New symbol', { exact: true }).getAttribute('aria-invalid')).toBe('true')
  await page.getByLabel('New symbol', { exact: true }).fill('acme2')
  await page.getByRole('button', { name: 'Change the symbol' }).click()
  await page.getByRole('heading', { name: /^ACME2 · / }).waitFor()
  expect((await read('ACME')).symbol).toBe('ACME2')
  expect(opened.faults).toEqual([])
  await opened.close()
})

test('prices are removed between two days, after a question', async () => {
  const days = tradingDaysUntil('2026-10-30', 20)
  const day = (index: number): string => days[index] ?? ''
  await storeDailyBars(admin, { WRONG: dailyBars(days) })
  const opened = await open('/market/WRONG/change')
  const { page } = opened
  await page.getByRole('button', { name: 'Remove …' }).click()
  await expect.poll(() => page.getByLabel('First day to remove').getAttribute('aria-invalid')).toBe('true')
  await page.getByLabel('First day to remove').fill(day(5))
  await page.getByLabel('Last day to remove').fill(day(0))
  await page.getByRole('button', { name: 'Remove …' }).click()
  await page.getByText('The last day is before the first.').waitFor()
  await page.getByLabel('Last day to remove').fill(day(7))
  await page.getByRole('button', { name: 'Remove …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Remove prices of WRONG?' })
  await expectGoodPage(opened, 'market-remove-bars')
  await dialog.getByRole('button', { name: 'Remove the prices' }).click()
  await page.getByText('3 bars of WRONG are removed.').waitFor()
  const { body } = await admin.request('GET', '/v1/market/bars?symbols=WRONG&timeframe=1d')
  expect(body.items.map(({ time }: { time: string }) => time.slice(0, 10))).toEqual([...days.slice(0, 5), ...days.slice(8)])
  await opened.close()
})

test('others are not offered to change an instrument', async () => {
  const { close, page } = await open('/market/ACME/change', user)
  await page.getByRole('heading', { name: 'Only administrators see this page' }).waitFor()
  await page.goto(`${platform.address}/market/ACME`)
  await settled(page)
  expect(await page.getByRole('link', { name: 'Change', exact: true }).count()).toBe(0)
  await close()
})
