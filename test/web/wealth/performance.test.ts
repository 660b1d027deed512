import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tradeBody } from '../../lambdas/wealth/lots-platform.ts'
import { priceSecurity } from '../../lambdas/wealth/priced-securities.ts'
import { daysAgo, householdIn, newAccount, requesting } from '../../lambdas/wealth/wealth-platform.ts'
import type { TestUser } from '../../support/platform.ts'
import { expectGoodPage, startBrowser, startWebPlatform, visitAs } from '../browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>
let user: TestUser
let portfolioId: string

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  user = await platform.newUser()
  const householdId = await householdIn(user)
  const { id: accountId } = await newAccount(user, householdId, {
    name: 'Brokerage',
    type: 'investment',
    openedOn: daysAgo(500),
    balanceSource: 'ledger',
  })
  await priceSecurity(platform, 'VTI', { [daysAgo(450)]: 100, [daysAgo(200)]: 90, [daysAgo(1)]: 120 })
  await priceSecurity(platform, 'INDEX', { [daysAgo(460)]: 10, [daysAgo(1)]: 11 })
  const [benchmark] = await platform.database.connect('postgres')<{ id: string }[]>`
    insert into market.benchmarks (symbol, name, benchmark_type, category, currency) values ('INDEX', 'The index', 'index', 'all', 'USD') returning id`
  const request = requesting(user)
  const enter = (type: string, days: number, fields: Record<string, unknown>) =>
    request('POST', '/v1/wealth/transactions', tradeBody(accountId, type, daysAgo(days), fields))
  await enter('contribution', 450, { symbol: undefined, amount: '10000.00' })
  await enter('buy', 450, { quantity: '100', price: '100' })
  const body = { householdId, name: 'All', accountIds: [accountId], benchmarkId: benchmark?.id }
  portfolioId = (await request('POST', '/v1/wealth/portfolios', body)).id
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

test('a portfolio shows its returns beside the benchmark, what contributed, its risk, and how they are computed', async () => {
  const opened = await visitAs(browser, platform, user, `/portfolios/${portfolioId}`)
  const { page } = opened
  await page.getByText('The portfolio: +20.00%. Dashed: The index: +10.00%.').waitFor()
  const contributions = page.getByRole('region', { name: 'What contributed' }).getByRole('row')
  expect(await contributions.nth(1).innerText()).toMatch(/VTI\s+Brokerage\s+\+20\.00%\s+\+\$2,000/)
  await page.getByRole('region', { name: 'Risk' }).getByText('Maximum drawdown', { exact: true }).waitFor()
  await page.getByText(/made up on/).waitFor()
  const periods = page.getByRole('region', { name: 'By period' })
  expect(await periods.getByRole('row', { name: /5 years/ }).innerText()).toContain('Not known')
  await expectGoodPage(opened, 'portfolio-performance')

  await page.getByText('1 y', { exact: true }).click()
  await page.waitForURL(/period=one_year/)
  await page.getByText('The portfolio: +20.00%. Dashed: The index: +10.00%.').waitFor()
  await page.getByRole('button', { name: 'How?' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('$2,000.00 gain over $10,000.00.').waitFor()
  // In this year, no money came or left: the one part is the whole year.
  expect(await dialog.getByRole('region', { name: 'Time-weighted return' }).getByRole('row').count()).toBe(2)
  await expectGoodPage(opened, 'performance-derivation')
})
