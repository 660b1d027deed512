import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestUser } from '../../support/platform.ts'
import { makeInstruments } from '../../lambdas/market/market-platform.ts'
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

const open = async (path: string) => {
  const opened = await visit(browser)
  await signInThroughPage(opened.page, platform.address, user, path)
  await settled(opened.page)
  return opened
}

test('benchmarks are shown with their composition, and found by name', async () => {
  const opened = await open('/market/benchmarks')
  const { page } = opened
  await page.getByRole('heading', { name: 'There are no benchmarks yet' }).waitFor()
  await makeInstruments(admin, 'VTI', 'BND')
  const blend = { benchmarkType: 'blend', category: 'balanced', currency: 'USD' }
  const put = (symbol: string, body: object) => admin.request('PUT', `/v1/market/benchmarks/${symbol}`, { body })
  await put('B6040', {
    ...blend,
    name: 'Sixty forty',
    composition: [
      { symbol: 'VTI', weight: '0.6' },
      { symbol: 'BND', weight: '0.4' },
    ],
  })
  await put('ALLCASH', { ...blend, name: 'All cash' })
  await page.reload()
  const rows = page.getByRole('region', { name: 'Composition of Sixty forty' }).getByRole('row')
  await rows.filter({ hasText: 'VTI' }).getByText('60.00%').waitFor()
  expect(await rows.count()).toBe(3)
  await expectGoodPage(opened, 'market-benchmarks')
  await page.getByLabel('Symbol or name').fill('cash')
  await page.getByRole('heading', { name: 'Sixty forty' }).waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: 'All cash' }).waitFor()
  await opened.close()
})

test('exchange rates are read by pair and date, page by page', async () => {
  const dates = Array.from({ length: 300 }, (_, index) =>
    new Date(Date.parse('2026-01-01') + index * 86_400_000).toISOString().slice(0, 10),
  )
  await admin.request('POST', '/v1/market/fx-rates', {
    body: { items: dates.map((date, index) => ({ base: 'EUR', quote: 'USD', date, rate: (1.08 + index / 10_000).toFixed(4) })) },
  })
  const opened = await open('/market/fx')
  const { page } = opened
  const rows = page.getByRole('region', { name: 'USD for one EUR' }).getByRole('row')
  await page.getByText(/On Oct 27, 2026, one EUR cost 1.1099 USD./).waitFor()
  expect(await rows.count()).toBe(251)
  await page.getByRole('button', { name: 'Show more' }).click()
  await expect.poll(() => rows.count()).toBe(301)
  await page.getByLabel('From').fill('2026-03-01')
  await page.getByLabel('To', { exact: true }).fill('2026-03-10')
  await expect.poll(() => rows.count()).toBe(11)
  await expectGoodPage(opened, 'market-fx')
  await page.getByRole('button', { name: 'The other way round' }).click()
  await page.getByRole('heading', { name: 'There are no rates of USD in EUR' }).waitFor()
  await page.getByLabel('costs so many').fill('usd')
  await page.getByText('Choose two different currencies').waitFor()
  await opened.close()
})
