import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestUser } from '../../support/platform.ts'
import { makeInstruments } from '../../lambdas/market/market-platform.ts'
import { expectGoodPage, settled, signInThroughPage, startBrowser, visit, visitAs } from '../browser.ts'
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

const open = (path: string) => visitAs(browser, platform, user, path)

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

test('an administrator makes and changes a benchmark, and faults are at their fields', async () => {
  await makeInstruments(admin, 'VTI', 'BND')
  const opened = await visit(browser)
  const { page } = opened
  await signInThroughPage(page, platform.address, admin, '/market/benchmarks')
  await page.getByRole('link', { name: 'New benchmark' }).click()
  await page.getByRole('button', { name: 'Store' }).click()
  await expect.poll(() => page.getByLabel('Symbol', { exact: true }).getAttribute('aria-invalid')).toBe('true')
  await page.getByLabel('Symbol', { exact: true }).fill('mix80')
  await page.getByLabel('Name', { exact: true }).fill('Eighty twenty')
  await page.getByLabel('Category').fill('growth')
  await page.getByLabel('Type').selectOption('Blend')
  await page.getByRole('button', { name: 'Add an instrument' }).click()
  await page.getByRole('button', { name: 'Add an instrument' }).click()
  const part = (number: number) => page.getByRole('group', { name: `Instrument ${number}`, exact: true })
  await part(1).getByLabel('Symbol').fill('vti')
  await part(1).getByLabel('Weight').fill('80')
  await part(2).getByLabel('Symbol').fill('NONE')
  await part(2).getByLabel('Weight').fill('19.5')
  await page.getByText('Sum of the weights: 99.50%').waitFor()
  await page.getByRole('button', { name: 'Store' }).click()
  await page.getByText('must have weights that sum to 1').waitFor()
  await part(2).getByLabel('Weight').fill('20')
  await page.getByRole('button', { name: 'Store' }).click()
  await page.getByText('no instrument has the symbol NONE').waitFor()
  await expectGoodPage(opened, 'market-new-benchmark')
  await part(2).getByLabel('Symbol').fill('BND')
  await page.getByRole('button', { name: 'Store' }).click()
  await page.getByText('Eighty twenty is stored.').waitFor()
  const stored = async () => (await admin.request('GET', '/v1/market/benchmarks/MIX80')).body
  expect(await stored()).toMatchObject({
    name: 'Eighty twenty',
    currency: 'USD',
    composition: [
      { symbol: 'VTI', weight: '0.8' },
      { symbol: 'BND', weight: '0.2' },
    ],
  })

  await page.getByRole('link', { name: 'Change Eighty twenty' }).click()
  await page.getByRole('button', { name: 'Remove instrument 2' }).click()
  await part(1).getByLabel('Weight').fill('100')
  await page.getByLabel('It is offered').uncheck()
  await page.getByRole('button', { name: 'Store' }).click()
  await page.getByText('No longer offered').waitFor()
  expect(await stored()).toMatchObject({ isActive: false, composition: [{ symbol: 'VTI', weight: '1' }] })
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await page.getByText('Undone: Eighty twenty is stored.').waitFor()
  expect(await stored()).toMatchObject({ isActive: true, composition: [{ weight: '0.8' }, { weight: '0.2' }] })

  await page.goto(`${platform.address}/market/benchmarks/new`)
  await page.getByLabel('Symbol', { exact: true }).fill('MIX80')
  await page.getByLabel('Name', { exact: true }).fill('Another')
  await page.getByLabel('Category').fill('growth')
  await page.getByRole('button', { name: 'Store' }).click()
  await page.getByText('There is a benchmark MIX80.').waitFor()
  expect(await stored()).toMatchObject({ name: 'Eighty twenty' })
  expect(opened.faults).toEqual([])
  await opened.close()
})

test('rates are checked, compared with what is stored, and loaded', async () => {
  await admin.request('POST', '/v1/market/fx-rates', {
    body: {
      items: [
        { base: 'GBP', quote: 'USD', date: '2026-06-29', rate: '1.25' },
        { base: 'GBP', quote: 'USD', date: '2026-06-30', rate: '1.26' },
      ],
    },
  })
  const opened = await visit(browser)
  const { page } = opened
  await signInThroughPage(page, platform.address, admin, '/market/fx')
  await page.getByRole('link', { name: 'Load rates' }).click()
  await page.getByLabel('One unit of').fill('gbp')
  await page.getByLabel('Source').fill('Bank')
  const rates = page.getByLabel('Rates', { exact: true })
  await rates.fill('Date;Rate\n2026-06-29;1,25\n2026-06-31;1,2\n2026-07-01;0')
  await page.getByRole('button', { name: 'Check' }).click()
  await page.getByText(/Line 3: it has no date like 2026-06-30 · Line 4: it has no rate above zero/).waitFor()
  expect(await rates.getAttribute('aria-invalid')).toBe('true')
  await rates.fill('Date;Rate\n2026-06-29;1,25\n2026-06-30;1,27\n2026-07-01;1,28')
  await page.getByRole('button', { name: 'Check' }).click()
  for (const label of ['New', 'Replaced', 'Already stored'])
    await page.getByText(label, { exact: true }).locator('..').getByText('1', { exact: true }).waitFor()
  await expectGoodPage(opened, 'market-fx-load')
  const stored = async () => (await admin.request('GET', '/v1/market/fx-rates?base=GBP&quote=USD')).body.items
  expect(await stored()).toHaveLength(2)
  await page.getByRole('button', { name: 'Store' }).click()
  await page.getByText('Stored 3 rates.').waitFor()
  await page.getByText('On Jul 1, 2026, one GBP cost 1.28 USD.').waitFor()
  expect(await stored()).toMatchObject([
    { date: '2026-07-01', rate: '1.28', source: 'Bank' },
    { date: '2026-06-30', rate: '1.27' },
    { date: '2026-06-29', rate: '1.25' },
  ])
  await opened.close()
})

test('others are not offered to change benchmarks or to load rates', async () => {
  const { close, page } = await open('/market/benchmarks/new')
  await page.getByRole('heading', { name: 'Only administrators see this page' }).waitFor()
  await page.goto(`${platform.address}/market/fx`)
  await settled(page)
  expect(await page.getByRole('link', { name: 'Load rates' }).count()).toBe(0)
  await close()
})
