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

test('adding and renaming a category are undone, in any order, and the reason is said when that is not possible', async () => {
  const home = await importer(platform)
  const { close, page } = await visit(browser)
  await signInThroughPage(page, platform.address, home.user, '/categories')
  await settled(page)
  const path = `/v1/wealth/transaction-categories?householdId=${home.householdId}`
  const names = async () => (await home.user.request('GET', path)).body.items.map(({ name }: { name: string }) => name)
  const add = async (name: string) => {
    await page.getByRole('button', { name: 'Add a category' }).first().click()
    await page.getByRole('dialog').getByLabel('Name').fill(name)
    await page.getByRole('dialog').getByRole('button', { name: 'Add the category' }).click()
    await page.getByRole('button', { name: `Change ${name}` }).waitFor()
  }
  const rename = async (from: string, to: string) => {
    await page.getByRole('button', { name: `Change ${from}` }).click()
    await page.getByRole('dialog').getByLabel('Name').fill(to)
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: `Change ${to}` }).waitFor()
  }
  const toast = (text: string) => page.getByRole('status').filter({ hasText: text })

  await add('One')
  await rename('One', 'Two')
  await rename('Two', 'Three')
  for (const left of ['Two', 'One']) {
    await page.keyboard.press('Control+z')
    await page.getByRole('button', { name: `Change ${left}` }).waitFor()
  }
  await page.keyboard.press('Control+z')
  await page.getByText('There are no own categories yet').waitFor()
  expect(await names()).toEqual([])

  await add('Four')
  await rename('Four', 'Five')
  await toast('Four was added').getByRole('button', { name: 'Undo' }).first().click()
  await page.getByText('There are no own categories yet').waitFor()
  expect(await names()).toEqual([])

  await add('Six')
  await rename('Six', 'Seven')
  const [{ id, version }] = (await home.user.request('GET', path)).body.items
  const renamed = await home.user.request('PATCH', `/v1/wealth/transaction-categories/${id}`, {
    body: { name: 'Eight' },
    headers: { 'if-match': `"v${version}"` },
  })
  expect(renamed.status).toBe(200)
  await page.keyboard.press('Control+z')
  await page.getByText(/It was changed again since/).waitFor()
  expect(await names()).toEqual(['Eight'])
  await close()
})
