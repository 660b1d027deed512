import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestUser } from '../../support/platform.ts'
import { householdIn, newAccount, requesting } from '../../lambdas/wealth/wealth-platform.ts'
import { expectGoodPage, startBrowser, startWebPlatform, visitAs } from '../browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>
let user: TestUser
let householdId: string

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  user = await platform.newUser()
  householdId = await householdIn(user, 'America/New_York')
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const open = (path: string) => visitAs(browser, platform, user, path)

test('a household without accounts is shown the next step', async () => {
  const opened = await open('/taxes/limits?year=2025')
  await opened.page.getByRole('heading', { name: 'There is nothing to check for this year' }).waitFor()
  expect(await opened.page.getByRole('link', { name: 'To the accounts' }).getAttribute('href')).toBe('/accounts')
  await expectGoodPage(opened, 'taxes-limits-empty')
  await opened.page.getByRole('link', { name: 'Facts of the year' }).click()
  await opened.page.getByText('the household has no people yet').waitFor()
  expect(await opened.page.getByRole('link', { name: 'Add a person' }).getAttribute('href')).toBe('/people')
  await expectGoodPage(opened, 'taxes-facts-empty')
  // What needs no person is stated without one.
  await opened.page.getByLabel('State', { exact: false }).first().fill('TX')
  await opened.page.getByRole('button', { name: 'Save the facts' }).click()
  await opened.page.getByText('Facts of 2025 saved').waitFor()
  expect(await requesting(user)('GET', `/v1/wealth/households/${householdId}/tax-years/2025`)).toMatchObject({ state: 'TX', people: [] })
  await opened.close()
})

test('limits name what is missing, are complete with the facts of the year, and say what to do about an excess', async () => {
  const request = requesting(user)
  const person = async (name: string, relationship: string, birthDate: string | null): Promise<string> =>
    (await request('POST', `/v1/identity/households/${householdId}/people`, { name, relationship, birthDate })).id
  const [sam, kim, lee] = [
    await person('Sam', 'self', '1971-03-04'),
    await person('Kim', 'spouse', null),
    await person('Lee', 'child', '2012-05-06'),
  ]
  const account = async (name: string, taxType: string, ownerId: string, more: object = {}) =>
    newAccount(user, householdId, {
      name,
      type: taxType === '529' ? 'investment' : 'retirement',
      balanceSource: 'ledger',
      taxType,
      ownerId,
      ...more,
    })
  const deposit = async ({ id }: { id: string }, amount: string) =>
    request('POST', '/v1/wealth/transactions', {
      accountId: id,
      type: 'contribution',
      date: '2025-06-02',
      amount,
      description: 'Deposit',
      taxYear: 2025,
    })
  await deposit(await account('Workplace plan', '401k', sam), '31000.00')
  await deposit(await account('Roth account', 'roth_ira', sam), '8500.00')
  await deposit(await account('Health savings', 'hsa', sam), '4000.00')
  await deposit(await account('Kim’s IRA', 'traditional_ira', kim), '1000.00')
  await deposit(await account('College', '529', sam, { designatedBeneficiaryId: lee }), '25000.00')

  const opened = await open('/taxes/limits?year=2025')
  const { page } = opened
  const gauge = (name: string) => page.locator('details').filter({ has: page.locator('summary', { hasText: name }) })
  const health = gauge('Health savings accounts')
  await health.locator('summary').click()
  expect(await health.innerText()).toMatch(/Incomplete\s+\$4,000\.00 used/)
  await health.getByText('The health coverage of Sam by month').waitFor()
  expect(await gauge('Gifts to 529 accounts, for Lee').innerText()).toMatch(/Over\s+\$25,000\.00 of \$19,000\.00 used\s+\$6,000\.00 over/)
  await expectGoodPage(opened, 'taxes-limits-incomplete')
  await health.getByRole('link', { name: 'State the facts of the year' }).click()

  await page.getByLabel('Filing status', { exact: true }).selectOption('Married, filing jointly')
  await page.getByLabel('Modified adjusted gross income', { exact: false }).first().fill('180000')
  await page.getByLabel('Wages, Sam').fill('abc')
  await page.getByRole('button', { name: 'Save the facts' }).click()
  expect(await page.getByLabel('Wages, Sam').getAttribute('aria-invalid')).toBe('true')
  await page.getByLabel('Wages, Sam').fill('170000')
  await page.getByLabel('Covered by a plan at work, Sam').selectOption('Yes')
  await page.getByLabel('High-deductible health plan, Sam').selectOption('By month')
  for (const month of ['January', 'February', 'March']) await page.getByLabel(month, { exact: true }).selectOption('Self-only')
  await page.getByLabel('Spread the gifts of the year for Lee over five years, Sam').check()
  await expectGoodPage(opened, 'taxes-facts')
  await page.getByRole('button', { name: 'Save the facts' }).click()

  await page.getByText('$4,000.00 of $1,075.00 used').waitFor()
  // Three months of 4,300. The page shows the figures of before until it has read the new ones.
  await gauge('Health savings accounts').getByText('2,925.00 over', { exact: false }).waitFor()
  expect(await gauge('Deferrals to 401(k)').innerText()).toMatch(/Within\s+\$31,000\.00 of \$31,000\.00 used\s+\$0\.00 left/)
  expect(await gauge('Health savings accounts').innerText()).toMatch(/Over\s+\$4,000\.00 of \$1,075\.00 used\s+\$2,925\.00 over/)
  expect(await gauge('Gifts to 529 accounts, for Lee').innerText()).toMatch(/Within\s+\$25,000\.00 of \$95,000\.00 used/)
  const ira = gauge('Traditional and Roth IRAs').first()
  await ira.locator('summary').click()
  await ira.getByText('The excise is $30.00 a year.', { exact: false }).waitFor()
  expect(await ira.getByRole('link', { name: 'Roth account' }).count()).toBe(1)
  expect(await ira.innerText()).toMatch(/Last day to correct it:\s+Oct 15, 2026/)
  await gauge('Deductible IRA contributions').locator('summary').click()
  await gauge('Deductible IRA contributions').getByText('The birth date of Kim').waitFor()
  await page.getByRole('button', { name: 'Undo' }).waitFor()
  await expectGoodPage(opened, 'taxes-limits')
  await page.getByLabel('Tax year').selectOption('2024')
  await page.getByText('Notice 2023-75', { exact: false }).waitFor()
  expect(page.url()).toContain('year=2024')
  await opened.close()
})
