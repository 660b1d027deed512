import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importer } from '../../lambdas/wealth/import-files.ts'
import { expectGoodPage, settled, signInThroughPage, startBrowser, startWebPlatform, visit } from '../browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

test('a category is added, changed, given to a transaction, and removed with a replacement', async () => {
  const home = await importer(platform)
  const opened = await visit(browser)
  const { close, page } = opened
  await signInThroughPage(page, platform.address, home.user, '/categories')
  await settled(page)
  await page.getByText('There are no own categories yet').waitFor()
  await expectGoodPage(opened, 'wealth-categories-empty')
  await page.getByRole('button', { name: 'Add a category' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Add the category' }).click()
  await page.getByRole('dialog').getByLabel('Name').and(page.locator('[aria-invalid="true"]')).waitFor()
  await page.getByRole('dialog').getByLabel('Name').fill('Grocries')
  await page.getByRole('dialog').getByRole('button', { name: 'Add the category' }).click()
  await page.getByRole('button', { name: 'Change Grocries' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Groceries')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByRole('row').filter({ hasText: 'Groceries' }).waitFor()
  const list = async () => (await home.user.request('GET', `/v1/wealth/transaction-categories?householdId=${home.householdId}`)).body.items
  const [{ id: categoryId }] = await list()
  const accountId = await home.makeAccount()
  const body = { accountId, date: '2026-03-04', amount: '-12.50', description: 'Market', category: 'food_and_drink', categoryId }
  const { body: bought } = await home.user.request('POST', '/v1/wealth/transactions', { body })
  await expectGoodPage(opened, 'wealth-categories')
  await page.getByRole('button', { name: 'Remove Groceries' }).click()
  await page.getByRole('dialog').getByLabel('Their category then').selectOption({ label: 'Shopping' })
  await expectGoodPage(opened, 'wealth-categories-remove')
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByText('There are no own categories yet').waitFor()
  expect(await list()).toEqual([])
  expect((await home.user.request('GET', `/v1/wealth/transactions/${bought.id}`)).body).toMatchObject({
    category: 'shopping',
    categoryId: null,
  })
  await close()
})
