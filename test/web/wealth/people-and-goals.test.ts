import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestUser } from '../../support/platform.ts'
import { householdIn, newAccount } from '../../lambdas/wealth/wealth-platform.ts'
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
const people = async () => (await user.request('GET', `/v1/identity/households/${householdId}/people?sort=createdAt`)).body.items

test('a person is added with risk and identity check, changed, and kept as long as they own accounts', async () => {
  const opened = await open('/people')
  const { page } = opened
  await page.getByRole('heading', { name: 'There are no people yet' }).waitFor()
  await page.getByRole('link', { name: 'Add a person' }).last().click()
  await page.getByLabel('Name', { exact: true }).fill('Alex')
  await page.getByLabel('Member of the household').selectOption({ index: 1 })
  await page.getByLabel('Risk tolerance').fill('120')
  await page.getByLabel('Citizenship').fill('usa')
  await page.getByRole('button', { name: 'Add the person' }).click()
  await page.getByText('must be an ISO 3166-1 country code, like US').waitFor()
  expect(await page.getByLabel('Risk tolerance').getAttribute('aria-invalid')).toBe('true')
  await page.getByLabel('Risk tolerance').fill('65')
  await page.getByLabel('Citizenship').fill('US')
  await page.getByLabel('Investment horizon').fill('20')
  await page.getByLabel('Identity check: Status').selectOption('Verified')
  await page.getByLabel('Employment').selectOption('Employed')
  await expectGoodPage(opened, 'people-new')
  await page.getByRole('button', { name: 'Add the person' }).click()
  await page.getByRole('link', { name: 'Alex' }).waitFor()
  const [alex] = await people()
  expect(alex).toMatchObject({
    riskTolerance: 0.65,
    investmentHorizon: 20,
    kycStatus: 'verified',
    kycData: { citizenship: 'US', employment: 'employed' },
  })
  expect(alex.userId).not.toBeNull()
  await user.request('POST', `/v1/identity/households/${householdId}/people`, {
    body: { name: 'Robin', relationship: 'spouse', birthDate: '1974-08-09' },
  })
  await page.reload()
  await page.getByText('65%').waitFor()
  await expectGoodPage(opened, 'people')

  await page.getByRole('link', { name: 'Robin' }).click()
  await page.getByLabel('Risk tolerance').fill('12.5')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText(/must be a multiple of 0.01|multiple/i).waitFor()
  await page.getByLabel('Risk tolerance').fill('30')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('30%').waitFor()
  await newAccount(user, householdId, { name: 'Robin’s savings', type: 'savings', ownerId: (await people())[1].id })
  await page.getByRole('link', { name: 'Robin' }).click()
  await page.getByRole('button', { name: 'Remove' }).click()
  await page.getByText('The person owns Robin’s savings.').waitFor()
  expect(await people()).toHaveLength(2)
  await opened.close()
})

test('a goal is added with its accounts, shows what is needed a month, and is changed', async () => {
  await newAccount(user, householdId, { name: 'Rainy day', type: 'savings', openingBalance: '2500.00' })
  await newAccount(user, householdId, { name: 'Yen', type: 'savings', currency: 'JPY', openingBalance: '100' })
  const opened = await open('/goals')
  const { page } = opened
  await page.getByRole('heading', { name: 'There are no goals yet' }).waitFor()
  await page.getByRole('link', { name: 'Add a goal' }).last().click()
  await page.getByLabel('Name', { exact: true }).fill('Emergencies')
  await page.getByLabel('Target amount').fill('0')
  await page.getByRole('button', { name: 'Add the goal' }).click()
  await page.getByText('must be above zero').waitFor()
  await page.getByLabel('Target amount').fill('10k')
  await page.getByLabel('Needed on').fill(`${new Date().getUTCFullYear() + 3}-01-01`)
  expect(await page.getByLabel('Yen').count()).toBe(0)
  await page.getByLabel('Rainy day').check()
  await expectGoodPage(opened, 'goals-new')
  await page.getByRole('button', { name: 'Add the goal' }).click()
  await page.getByText('$2,500 of $10,000').waitFor()
  await page.getByText('25.0%').waitFor()
  await page.getByText(/a month are needed, without any growth/).waitFor()
  await user.request('POST', '/v1/wealth/goals', {
    body: { householdId, name: 'New roof', kind: 'home', targetAmount: '32000.00', priority: 1 },
  })
  await page.reload()
  await page.getByText('No account is linked yet').waitFor()
  await expectGoodPage(opened, 'goals')
  await page.getByRole('link', { name: 'Change Emergencies' }).click()
  await page.getByLabel('Target amount').fill('2,000')
  await page.getByLabel('Status').selectOption('Reached')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Everything is saved.').waitFor()
  const { body } = await user.request('GET', `/v1/wealth/goals?householdId=${householdId}&status=reached`)
  expect(body.items).toMatchObject([{ name: 'Emergencies', targetAmount: '2000.00', progress: 1 }])
  await opened.close()
})
