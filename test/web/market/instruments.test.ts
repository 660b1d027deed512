import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestUser } from '../../support/platform.ts'
import { expectGoodPage, startBrowser, visitAs } from '../browser.ts'
import { dailyBars, startMarketPages, storeDailyBars, todayText, tradingDaysUntil } from './market-web.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startMarketPages>>['platform']
let admin: TestUser
let user: TestUser

const many = Array.from({ length: 60 }, (_, index) => `Z${String(index).padStart(2, '0')}`)

beforeAll(async () => {
  const [opened, started] = await Promise.all([startBrowser(), startMarketPages()])
  browser = opened
  ;({ admin, platform, user } = started)
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const open = (person: TestUser, path: string) => visitAs(browser, platform, person, path)

test('without instruments, an administrator is led to loading, and others to an administrator', async () => {
  const ofAdmin = await open(admin, '/market')
  expect(await ofAdmin.page.getByRole('main').getByRole('link', { name: 'Load prices' }).getAttribute('href')).toBe('/market/load')
  await expectGoodPage(ofAdmin, 'market-instruments-empty')
  await ofAdmin.close()
  const { close, page } = await open(user, '/market')
  await page.getByText('An administrator of this platform loads prices.').waitFor()
  expect(await page.getByRole('main').getByRole('link').count()).toBe(0)
  await close()
})

test('instruments are searched, filtered, sorted and read page by page, and old prices are named', async () => {
  const recent = tradingDaysUntil(todayText(), 5)
  await storeDailyBars(admin, {
    AAPL: dailyBars(recent),
    MSFT: dailyBars(tradingDaysUntil('2026-03-31', 5)),
    ...Object.fromEntries(many.map(symbol => [symbol, []])),
  })
  await admin.request('PUT', '/v1/market/instruments/VTI', {
    body: { name: 'Total market', type: 'etf', exchangeCode: 'XNYS', currency: 'USD', isActive: false },
  })
  const opened = await open(user, '/market')
  const { page } = opened
  const rows = page.getByRole('region', { name: 'Instruments' }).getByRole('row')
  await page.getByText('50 of 63 instruments').waitFor()
  await page.getByRole('button', { name: 'Show more' }).click()
  await page.getByText('63 of 63 instruments').waitFor()
  expect(await rows.count()).toBe(64)
  const apple = rows.filter({ hasText: 'AAPL' })
  await apple.getByText('Up to date').waitFor()
  const bars = await user.request('GET', '/v1/market/latest-bars?symbols=AAPL&timeframe=1d')
  expect(await apple.textContent()).toContain(`$${Number(bars.body.items[0].close).toFixed(2)}`)
  await rows.filter({ hasText: 'MSFT' }).getByText('Old prices').waitFor()
  await rows.filter({ hasText: 'VTI' }).getByText('No longer traded').waitFor()

  await page.getByRole('button', { name: 'Symbol' }).click()
  await page.waitForURL('**/market?sort=-symbol')
  await page.getByRole('row').nth(1).getByText('Z59', { exact: true }).waitFor()
  await page.getByLabel('Symbol or name').fill('total MAR')
  await page.getByText('1 of 1 instruments').waitFor()
  await page.getByLabel('Symbol or name').fill('')
  await page.getByLabel('Type').selectOption('ETF')
  await page.getByText('1 of 1 instruments').waitFor()
  await page.reload()
  await page.getByText('1 of 1 instruments').waitFor()
  await page.getByLabel('Symbol or name').fill('nothing')
  await page.getByRole('heading', { name: 'Nothing matches' }).waitFor()
  await page.getByRole('button', { name: 'Show all instruments' }).click()
  await page.getByText('50 of 63 instruments').waitFor()
  await page.getByLabel('Show').selectOption('Only those with old prices')
  await page.getByRole('region', { name: 'Instruments with old prices' }).getByRole('link', { name: 'MSFT' }).waitFor()
  expect(await page.getByRole('row').count()).toBe(2)
  await page.getByLabel('Show').selectOption('All instruments')
  await expectGoodPage(opened, 'market-instruments')
  await opened.close()
})
