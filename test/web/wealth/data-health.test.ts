import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tradeBody } from '../../lambdas/wealth/lots-platform.ts'
import { priceSecurity } from '../../lambdas/wealth/priced-securities.ts'
import { addWealth, daysAgo } from '../../lambdas/wealth/wealth-platform.ts'
import { expectGoodPage, settled, startBrowser, startWebPlatform, visitAs } from '../browser.ts'

let browser: Browser
let wealth: Awaited<ReturnType<typeof addWealth<Awaited<ReturnType<typeof startWebPlatform>>>>>

beforeAll(async () => {
  const [opened, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  browser = opened
  wealth = await addWealth(platform)
})
afterAll(async () => {
  await browser.close()
  await wealth.platform.close()
})

test('what is wrong is shown with its facts, leads to where it is fixed, and is gone afterwards', async () => {
  const { account, administrator, enter, householdId, platform, request, user } = wealth
  const opened = await visitAs(browser, platform, user, '/')
  const { page } = opened
  await page.keyboard.press('g')
  await page.keyboard.press('d')
  await page.getByRole('heading', { name: 'Nothing to fix' }).waitFor()
  await page.getByText('11 checks of 0 accounts').waitFor()
  await expectGoodPage(opened, 'wealth-data-health-empty')

  await priceSecurity(platform, 'VTI', { [daysAgo(40)]: '100.5' }, { composition: [{ key: 'us_large_cap', weight: '1' }] })
  const broker = await account('Brokerage', { type: 'investment', tax_type: 'taxable_brokerage' })
  const rows = [
    { accountId: broker, type: 'contribution', date: daysAgo(90), amount: '5000.00', description: 'Deposit' },
    tradeBody(broker, 'buy', daysAgo(80), { symbol: 'VTI', quantity: '10', price: '90' }),
    tradeBody(broker, 'buy', daysAgo(30), { symbol: 'UNKNOWN', quantity: '3', price: '20' }),
  ]
  for (const row of rows) await request('POST', '/v1/wealth/transactions', row)
  const checking = await account('Everyday', { opening_balance: '1000' })
  await enter(checking, daysAgo(50), '-12.50', 'Bakery', { category: 'food_and_drink' })
  await enter(checking, daysAgo(20), '-3.00', 'Parking', { category: 'transportation', is_pending: true })
  const house = await account('House', { type: 'property', balance_source: 'stated' })
  await administrator`
    insert into wealth.plaid_connections (household_id, plaid_item_id, access_token, wrapped_key, key_id, institution_name, next_sync_at, sync_status, error_message)
    values (${householdId}, 'item', 'x', 'x', 'x', 'First Bank', now(), 'sign-in-required', 'The institution asks you to sign in again.')`
  await page.getByRole('button', { name: 'Check again' }).click()
  await page.getByText('Problems: 1. Warnings: 4. Hints: 2.').waitFor()

  const part = (name: string) => page.locator('section', { has: page.getByRole('heading', { name, level: 2, exact: true }) })
  const finding = (area: string, text: string | RegExp) => part(area).getByRole('listitem').filter({ hasText: text }).last()
  const prices = finding('Prices', 'The last close is $100.50')
  expect(await prices.innerText()).toMatch(/^\s*Warning\s[\s\S]*The exchange has traded on \d+ days since\./)
  expect(await part('Prices').getByText('An administrator of the platform adds prices').count()).toBe(1)
  const href = (area: string, name: string) => part(area).getByRole('link', { name, exact: true }).getAttribute('href')
  expect(await href('Prices', 'Show the prices: VTI · VTI fund')).toBe('/market/VTI')
  expect(await href('Prices', 'Show the position: UNKNOWN')).toBe(`/investments/${broker}/UNKNOWN`)
  expect(await href('Positions and tax lots', 'State its classes: UNKNOWN')).toBe('/portfolios')
  expect(await href('Accounts', 'Import transactions: Everyday')).toBe(`/accounts/import?account=${checking}`)
  expect(await href('Bank connections', 'Reconnect: First Bank')).toBe('/wealth/connections')
  expect(await href('Transactions', 'Show what is pending: Everyday')).toBe(`/accounts/${checking}/register?show=pending`)
  await expectGoodPage(opened, 'wealth-data-health')

  await part('Accounts').getByRole('link', { name: 'State a value: House' }).click()
  await page.waitForURL(`**/accounts/${house}`)
  await request('POST', `/v1/wealth/accounts/${house}/valuations`, { date: daysAgo(0), balance: '400000.00' })
  await page.goBack()
  await settled(page)
  await page.getByText('Problems: 1. Warnings: 4. Hints: 1.').waitFor()
  expect(await page.getByText('No value has been stated.').count()).toBe(0)
  expect(opened.faults).toEqual([])
  await opened.close()
})

test('an administrator is led to where prices and rates are added', async () => {
  const { account, administrator, platform, user } = wealth
  await account('Francs', { currency: 'CHF', opening_balance: '10' })
  await administrator`update identity.users set role = 'admin' where email = ${user.email}`
  const opened = await visitAs(browser, platform, user, '/data-health')
  const { page } = opened
  await page.getByText('There is no exchange rate to USD.').waitFor()
  const href = (name: string) => page.getByRole('link', { name, exact: true }).getAttribute('href')
  expect(await href('Add exchange rates: CHF')).toBe('/market/fx/load')
  expect(await href('Add prices: VTI · VTI fund')).toBe('/market/load')
  expect(await href('Add the security: UNKNOWN')).toBe('/market/new')
  expect(await page.getByText('An administrator of the platform adds prices').count()).toBe(0)
  await opened.close()
})
