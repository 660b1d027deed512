import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newHousehold, type TestUser } from '../../support/platform.ts'
import { expectGoodPage, startBrowser, startWebPlatform, visitAs } from '../browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>
let user: TestUser
let householdId: string

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  user = await platform.newUser()
  householdId = await newHousehold(user)
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const open = (path: string, person = user) => visitAs(browser, platform, person, path)

const assumptions = {
  assets: [
    { key: 'stocks', name: 'Stocks', meanReturn: 0.07, volatility: 0.17 },
    { key: 'cash', name: 'Cash', meanReturn: 0.02, volatility: 0.01 },
  ],
  inflation: { mean: 0.025, volatility: 0.018 },
  correlation: [
    [1, 0.1],
    [0.1, 1],
  ],
}
const makeSet = async (version: string) => {
  const { body } = await user.request('POST', '/v1/planning/assumption-sets', {
    body: { householdId, version, name: `House ${version}`, effectiveDate: '2026-01-01', assumptions },
  })
  return body.id as string
}
const setAt = async (page: Page) => (await user.request('GET', `/v1/planning/assumption-sets/${page.url().split('/').at(-1)}`)).body

test('a set is made from a published one, and faults are at their fields', async () => {
  const opened = await open('/assumptions')
  const { page } = opened
  await page.getByRole('link', { name: 'Horizon survey' }).first().waitFor()
  await expectGoodPage(opened, 'planning-assumptions')
  await page.getByRole('link', { name: 'New assumption set' }).click()
  await page.getByLabel('Mean inflation').waitFor()
  const first = page.getByRole('group', { name: 'Asset class 1', exact: true })
  expect(await first.getByLabel('Name').inputValue()).toBe('US equity, large cap')
  expect(await first.getByLabel('Mean return').inputValue()).toBe('7.76')
  await first.getByLabel('Mean return').fill('many')
  await page.getByRole('button', { name: 'Store as a draft' }).click()
  await first.getByText('Write a percentage').waitFor()
  expect(await page.getByLabel('Version').getAttribute('aria-invalid')).toBe('true')
  await first.getByLabel('Mean return').fill('6.5')
  await page.getByLabel('Name', { exact: true }).first().fill('House view')
  await page.getByLabel('Version').fill('2026-house')
  const inflation = page.getByLabel('Correlation of Inflation and US equity, large cap')
  await inflation.fill('7')
  await page.getByRole('button', { name: 'Store as a draft' }).click()
  await page.getByText(/Correlation of Inflation and US equity, large cap: /).waitFor()
  expect(await inflation.getAttribute('aria-invalid')).toBe('true')
  await expectGoodPage(opened, 'planning-new-assumption-set')
  await inflation.fill('-0.1')
  await page.getByRole('button', { name: 'Store as a draft' }).click()
  await page.getByRole('heading', { name: 'House view', level: 1 }).waitFor()
  const stored = await setAt(page)
  expect(stored).toMatchObject({ status: 'draft', version: '2026-house', householdId })
  expect(stored.assumptions.assets[0]).toMatchObject({ key: 'us_large_cap', meanReturn: 0.065 })
  expect(stored.assumptions.inflation.correlation[0]).toBe(-0.1)
  await opened.close()
})

test('a set without a basis is made, and its impossible correlations are explained', async () => {
  const { close, page } = await open('/assumptions/new?from=none')
  await page.getByLabel('Name', { exact: true }).first().fill('Three assets')
  await page.getByLabel('Version').fill('three')
  const asset = (number: number) => page.getByRole('group', { name: `Asset class ${number}`, exact: true })
  const typed: readonly (readonly [name: string, mean: string, volatility: string])[] = [
    ['Stocks', '7', '17'],
    ['Bonds', '3', '6'],
    ['Gold', '4', '15'],
  ]
  for (const [index, [name, mean, volatility]] of typed.entries()) {
    if (index > 0) await page.getByRole('button', { name: 'Add an asset class' }).click()
    await asset(index + 1)
      .getByLabel('Name')
      .fill(name)
    await asset(index + 1)
      .getByLabel('Mean return')
      .fill(mean)
    await asset(index + 1)
      .getByLabel('Volatility')
      .fill(volatility)
  }
  await page.getByLabel('Mean inflation').fill('2.5')
  await page.getByLabel('Volatility of inflation').fill('1.8')
  await page.getByLabel('Correlation of Bonds and Stocks').fill('0.9')
  await page.getByLabel('Correlation of Gold and Stocks').fill('-0.9')
  await page.getByLabel('Correlation of Gold and Bonds').fill('0.9')
  await page.getByRole('button', { name: 'Store as a draft' }).click()
  await page.getByText(/not positive semi-definite/).waitFor()
  await page.reload()
  await page.getByText('Your earlier entries are still here.').waitFor()
  await page.getByLabel('Correlation of Gold and Bonds').fill('-0.8')
  await page.getByRole('button', { name: 'Remove asset class 3' }).click()
  expect(await page.getByLabel('Correlation of Gold and Bonds').count()).toBe(0)
  await page.getByRole('button', { name: 'Store as a draft' }).click()
  await page.getByRole('heading', { name: 'Three assets', level: 1 }).waitFor()
  expect((await setAt(page)).assumptions).toMatchObject({
    assets: [{ key: 'stocks' }, { key: 'bonds' }],
    correlation: [
      [1, 0.9],
      [0.9, 1],
    ],
  })
  await close()
})

test('a set is reviewed, approved and retired, and its name is changed and put back', async () => {
  const id = await makeSet('stages')
  const opened = await open(`/assumptions/${id}`)
  const { page } = opened
  const move = async (words: string) => {
    await page.getByRole('button', { name: words, exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: words, exact: true }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  const stored = async () => (await user.request('GET', `/v1/planning/assumption-sets/${id}`)).body
  await page.getByRole('heading', { name: 'This set has no portfolio model yet' }).waitFor()
  await move('Send to review')
  await page.getByText('The set waits for approval.').waitFor()
  await page.getByRole('button', { name: 'Approve', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Valid until').fill('2025-06-30')
  await dialog.getByRole('button', { name: 'Approve', exact: true }).click()
  await dialog.getByText(/must not be before the effective date/).waitFor()
  await dialog.getByLabel('Valid until').fill('2027-06-30')
  await dialog.getByRole('button', { name: 'Approve', exact: true }).click()
  await page.getByText('Plans can use this set.').waitFor()
  expect(await stored()).toMatchObject({ status: 'approved', effectiveUntil: '2027-06-30', approvedBy: expect.any(String) })
  await expectGoodPage(opened, 'planning-assumption-set')
  await page.getByLabel('Name', { exact: true }).fill('Other name')
  await page.getByLabel('Offer it in the choice of assumptions').uncheck()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { name: 'Other name', level: 1 }).waitFor()
  expect(await stored()).toMatchObject({ name: 'Other name', isActive: false })
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('heading', { name: 'House stages', level: 1 }).waitFor()
  expect(await stored()).toMatchObject({ name: 'House stages', isActive: true })
  await page.getByRole('button', { name: 'Retire', exact: true }).click()
  await user.request('PATCH', `/v1/planning/assumption-sets/${id}`, { body: { description: 'Elsewhere' }, headers: { 'if-match': '*' } })
  await dialog.getByRole('button', { name: 'Retire', exact: true }).click()
  await dialog.getByRole('alert').waitFor()
  expect((await stored()).status).toBe('approved')
  await page.getByText('Elsewhere').first().waitFor()
  await dialog.getByRole('button', { name: 'Retire', exact: true }).click()
  await page.getByText('The set is retired.').waitFor()
  expect((await stored()).status).toBe('retired')
  await opened.close()
})

test('a portfolio model is made, changed and put back, and two versions of it are compared', async () => {
  const id = await makeSet('models')
  const opened = await open(`/assumptions/${id}`)
  const { page } = opened
  await page.getByRole('link', { name: 'New portfolio model' }).click()
  await page.getByLabel('Stocks').fill('70')
  await page.getByLabel('Cash').fill('20')
  await page.getByText('Sum of the weights: 90.00%').waitFor()
  await page.getByRole('button', { name: 'Store' }).click()
  expect(await page.getByLabel('Name', { exact: true }).getAttribute('aria-invalid')).toBe('true')
  await page.getByLabel('Name', { exact: true }).fill('Seventy thirty')
  await page.getByRole('button', { name: 'Store' }).click()
  await page.getByText(/must add up to 1/).waitFor()
  await page.getByLabel('Cash').fill('30')
  await page.getByRole('button', { name: 'Store' }).click()
  await page.getByRole('heading', { name: 'Seventy thirty', level: 1 }).waitFor()
  const path = `/v1/planning/portfolio-models/${page.url().split('/').at(-1)}`
  const stored = async () => (await user.request('GET', path)).body
  expect(await stored()).toMatchObject({ cmaId: id, assetAllocation: { stocks: 0.7, cash: 0.3 }, expectedReturn: 0.055 })
  await page.getByText('5.50%').waitFor()
  await expectGoodPage(opened, 'planning-portfolio-model')
  await page.getByLabel('Stocks').fill('100')
  await page.getByLabel('Cash').fill('')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('7.00%', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await page.getByText('5.50%').waitFor()
  expect((await stored()).assetAllocation).toEqual({ stocks: 0.7, cash: 0.3 })
  await user.request('PATCH', path, { body: { name: 'Named elsewhere' }, headers: { 'if-match': '*' } })
  await page.getByLabel('Notes').fill('Mine')
  await page.getByRole('button', { name: 'Save' }).click()
  const dialog = page.getByRole('dialog', { name: 'Somebody changed this meanwhile' })
  await dialog.getByText('Named elsewhere').waitFor()
  await dialog.getByRole('button', { name: 'Store mine over it' }).click()
  await expect.poll(async () => (await stored()).description).toBe('Mine')
  await opened.close()
})

test('what is published, and what a viewer sees, can be looked at only', async () => {
  const { body } = await user.request('GET', '/v1/planning/portfolio-models?limit=200')
  const model = body.items.find(({ published }: { published: boolean }) => published)
  const opened = await open(`/assumptions/models/${model.id}`)
  const { page } = opened
  await page.getByText('This model is published').waitFor()
  await page.getByRole('region', { name: 'Weights' }).getByRole('row').nth(1).waitFor()
  expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0)
  await expectGoodPage(opened, 'planning-published-model')
  await page.getByRole('link', { name: 'To its assumption set' }).click()
  await page.getByText('This set is published').waitFor()
  expect(await page.getByRole('button', { name: 'Retire' }).count()).toBe(0)
  await opened.close()
  const newcomer = await platform.newUser()
  const other = await open('/assumptions/new', newcomer)
  await other.page.getByRole('link', { name: 'To your households' }).waitFor()
  await other.close()
})
