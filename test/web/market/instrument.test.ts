import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestUser } from '../../support/platform.ts'
import { expectGoodPage, settled, signInThroughPage, startBrowser, visit, visitAs } from '../browser.ts'
import { dailyBars, startMarketPages, storeDailyBars, tradingDaysUntil } from './market-web.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startMarketPages>>['platform']
let admin: TestUser
let user: TestUser

const days = tradingDaysUntil('2026-10-30', 1500)
/** A day without its bar. */
const missing = '2026-09-16'
const bars = dailyBars(days).filter(({ time }) => time !== missing)

beforeAll(async () => {
  const [opened, started] = await Promise.all([startBrowser(), startMarketPages()])
  browser = opened
  ;({ admin, platform, user } = started)
  await storeDailyBars(admin, { AAPL: bars, EMPTY: [] })
  const minutes = Array.from({ length: 78 }, (_, index) => new Date(Date.parse('2026-10-30T13:30:00Z') + index * 300_000).toISOString())
  await admin.request('POST', '/v1/market/bars?symbol=AAPL&timeframe=5m', {
    body: { bars: minutes.map((time, index) => ({ ...bars.at(-1)!, time, close: bars.at(-1)!.open, volume: String(index) })) },
  })
  await admin.request('PUT', '/v1/market/instruments/AAPL/splits', {
    body: { items: [{ exDate: '2026-05-04', numerator: 2, denominator: 1 }] },
  })
  await admin.request('PUT', '/v1/market/instruments/AAPL/dividends', {
    body: { items: [{ exDate: '2026-08-10', amount: '0.27', payDate: '2026-08-20' }] },
  })
  await admin.request('POST', '/v1/market/instruments/AAPL/market-caps', {
    body: { items: [{ date: '2026-09-30', marketCap: '2950000000000.00' }] },
  })
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const open = (path: string, person = user) => visitAs(browser, platform, person, path)
const chartOf = (page: Page) => page.getByRole('img', { name: /AAPL: .* bars from/ })
/** How many bars the chart shows, by its sentence. */
const shownBars = async (page: Page): Promise<number> =>
  Number(/: ([\d,]+) bars/.exec((await chartOf(page).getAttribute('aria-label')) ?? '')?.[1]?.replace(',', ''))

test('candles are drawn with indicators, and scrolling back loads older ones', async () => {
  const opened = await open('/market/AAPL')
  const { page } = opened
  await chartOf(page).locator('canvas').first().waitFor()
  const before = await shownBars(page)
  expect(before).toBeGreaterThan(400)
  expect(before).toBeLessThan(bars.length)
  const { lowest } = await chartOf(page).evaluate(() => ({ lowest: document.querySelectorAll('canvas').length }))
  for (const name of ['sma', 'bollinger', 'rsi', 'macd']) await page.getByLabel('Add an indicator').selectOption(name)
  await page.getByText('Macd 12, 26, 9: histogram').or(page.getByText('MACD 12, 26, 9: histogram')).waitFor()
  // Two panes more: RSI and MACD.
  expect(await page.locator('canvas').count()).toBeGreaterThan(lowest)
  await page.getByLabel('Simple moving average: period').fill('50')
  await page.getByLabel('Simple moving average: period').press('Enter')
  await page.getByText('SMA 50').waitFor()
  await expectGoodPage(opened, 'market-instrument')
  for (let step = 0; step < 8 && (await shownBars(page)) === before; step++) await page.getByRole('button', { name: 'Older' }).click()
  await expect.poll(() => shownBars(page)).toBeGreaterThan(before)
  expect(opened.faults).toEqual([])
  await opened.close()
})

test('on paper the candles are as wide as the paper, and light whatever the theme', async () => {
  const opened = await visit(browser, { theme: 'dark' })
  const { close, faults, page } = opened
  await signInThroughPage(page, platform.address, user, '/market/AAPL')
  await chartOf(page).locator('canvas').first().waitFor()
  await settled(page)
  const styleOf = () => chartOf(page).evaluate(({ parentElement }) => getComputedStyle(parentElement ?? document.body))
  const before = await chartOf(page).evaluate(({ clientWidth }) => clientWidth)
  await page.emulateMedia({ media: 'print' })
  await expect.poll(async () => Number((await styleOf()).zoom)).toBeCloseTo(690 / before, 1)
  expect((await styleOf()).filter).toContain('invert(1)')
  expect(await page.getByRole('button', { name: 'Older' }).filter({ visible: true }).count()).toBe(0)
  expect((await page.pdf({ preferCSSPageSize: true })).byteLength).toBeGreaterThan(10_000)
  await page.emulateMedia({ media: 'screen' })
  await expect.poll(async () => (await styleOf()).filter).toBe('none')
  expect(faults).toEqual([])
  await close()
})

test('the figures are a table that equals the answer of the API, adjusted or not, in days, weeks and minutes', async () => {
  const opened = await open('/market/AAPL?from=2026-05-01&until=2026-05-05')
  const { page } = opened
  await page.getByRole('button', { name: 'Show as a table' }).click()
  const rows = page.getByRole('region', { name: /AAPL: 3 bars from/ }).getByRole('row')
  const raw = await user.request('GET', '/v1/market/bars?symbols=AAPL&timeframe=1d&from=2026-05-01&until=2026-05-06')
  const closes = async () => (await rows.locator('td:nth-child(5)').allTextContents()).map(Number).toReversed()
  expect(await closes()).toEqual(raw.body.items.map((bar: { close: string }) => Number(bar.close)))
  await page.getByLabel('Prices', { exact: true }).selectOption('Adjusted for splits')
  const adjusted = await user.request('GET', '/v1/market/bars?symbols=AAPL&timeframe=1d&from=2026-05-01&until=2026-05-06&adjustment=splits')
  await expect.poll(closes).toEqual(adjusted.body.items.map((bar: { close: string }) => Number(bar.close)))
  expect(Number(adjusted.body.items[0].close) * 2).toBeCloseTo(Number(raw.body.items[0].close), 6)

  await page.getByLabel('To', { exact: true }).fill('')
  await page.getByLabel('From', { exact: true }).fill('')
  await page.getByLabel('Bars', { exact: true }).selectOption('Months')
  const months = await user.request('GET', '/v1/market/bars?symbols=AAPL&timeframe=1d&resample=1mo&adjustment=splits')
  await page.getByRole('region', { name: `AAPL: ${months.body.items.length} bars from` }).waitFor()
  await page.getByLabel('Bars', { exact: true }).selectOption('5 minutes')
  await page.getByRole('region', { name: /AAPL: 78 bars from Oct 30, 2026/ }).waitFor()
  expect(opened.faults).toEqual([])
  await opened.close()
})

test('splits, dividends, market capitalizations, gaps and faults are in words', async () => {
  const { close, page } = await open('/market/AAPL')
  await page.getByRole('cell', { name: '2-for-1 split' }).waitFor()
  await page.getByRole('cell', { name: 'Dividend: 0.27 per share' }).waitFor()
  await page.getByRole('cell', { name: '$2,950,000,000,000' }).waitFor()
  await page.getByText('Bars are missing on 1 trading day: 1 in all.').waitFor()
  const faults = await user.request('GET', '/v1/market/bar-faults?symbols=AAPL&timeframe=1d&from=2026-09-01&until=2026-10-01')
  expect(faults.body.items.map((fault: { date: string }) => fault.date)).toEqual([missing])
  const table = page.getByRole('region', { name: 'Gaps and faults' })
  await table.getByText(faults.body.items[0].message).waitFor()
  await table.getByText('Split without a jump').waitFor()
  await close()
})

test('the file has all bars of the range, and can be loaded again', async () => {
  const { close, page } = await open('/market/AAPL')
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download CSV' }).click()])
  const text = readFileSync(await saved.path(), 'utf8')
  expect(saved.suggestedFilename()).toBe('AAPL-1d.csv')
  expect(text.trim().split('\n')).toHaveLength(bars.length + 1)
  const again = await admin.request('POST', '/v1/market/bars', { rawBody: text, headers: { 'content-type': 'text/csv' } })
  expect(again.body).toMatchObject({ received: bars.length, stored: 0, unchanged: bars.length })
  await close()
})

test('an instrument without prices and an unknown symbol say what to do', async () => {
  const { close, page } = await open('/market/EMPTY')
  await page.getByRole('heading', { name: 'There are no prices yet' }).waitFor()
  await page.goto(`${platform.address}/market/${encodeURIComponent('BRK/B')}`)
  await page.getByRole('heading', { name: 'There is no instrument BRK/B' }).waitFor()
  expect(await page.getByRole('main').getByRole('link', { name: 'To all instruments' }).getAttribute('href')).toBe('/market')
  await close()
})
