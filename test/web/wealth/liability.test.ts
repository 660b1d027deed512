import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestUser } from '../../support/platform.ts'
import { join } from '../../support/shared-household.ts'
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

const open = (path: string, who = user) => visitAs(browser, platform, who, path)
const sectionOf = (page: Page, name: string) => page.locator('section').filter({ has: page.getByRole('heading', { name }) })
const termsOf = async (accountId: string) => (await user.request('GET', `/v1/wealth/accounts/${accountId}/liability-terms`)).body.terms

test('a connected mortgage and card show what the institution states, and nobody can change it', async () => {
  const { bank } = platform.services.plaid
  const { body: link } = await user.request('POST', '/v1/wealth/plaid/link-tokens', { body: { householdId } })
  bank.finishLink(link.linkToken)
  await user.request('POST', '/v1/wealth/plaid/connections', { body: { householdId, linkToken: link.linkToken } })
  const { items } = (await user.request('GET', `/v1/wealth/accounts?householdId=${householdId}`)).body
  const idOf = (name: string): string => items.find((one: { name: string }) => one.name === name).id
  const mortgage = await open(`/accounts/${idOf('Home Loan')}`)
  const loan = sectionOf(mortgage.page, 'Loan terms')
  await loan.getByText('4.125% fixed').waitFor()
  await loan.getByText('$1,402.11').first().waitFor()
  expect(await loan.getByText('Past due').count()).toBe(0)
  expect(await loan.getByRole('button').count()).toBe(0)
  await expectGoodPage(mortgage, 'wealth-account-terms')
  await mortgage.close()
  const card = await open(`/accounts/${idOf('Travel Card')}`)
  const terms = sectionOf(card.page, 'Card terms')
  await terms.getByText('21.9%').waitFor()
  await terms.getByText('Rate for cash').waitFor()
  await card.close()
})

test('a person enters the terms of a loan, corrects a fault, takes the change back, and a viewer only reads', async () => {
  const { id } = await newAccount(user, householdId, { name: 'Car loan', type: 'loan', openingBalance: '-12000.00' })
  const opened = await open(`/accounts/${id}`)
  const { page } = opened
  await page.getByText('Add the rate and the next payment').waitFor()
  await page.getByRole('button', { name: 'Add the terms' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Interest rate per year').fill('6.25')
  await dialog.getByLabel('Payment each time').fill('310')
  await dialog.getByLabel('The loan began on').fill('2024-01-01')
  await dialog.getByLabel('The loan ends on').fill('2023-01-01')
  await dialog.getByRole('button', { name: 'Store the terms' }).click()
  await dialog.getByText('must not be before the beginning of the loan').waitFor()
  await dialog.getByLabel('The loan ends on').fill('2029-01-01')
  await dialog.getByRole('button', { name: 'Store the terms' }).click()
  await page.getByText('6.25%').waitFor()
  expect(await termsOf(id)).toMatchObject({ interestRate: '0.0625', minimumPayment: '310.00', maturesOn: '2029-01-01', source: 'person' })
  const viewer = await platform.newUser()
  await join(platform, user, householdId, viewer, 'viewer')
  const watched = await open(`/accounts/${id}`, viewer)
  await watched.page.getByText('6.25%').waitFor()
  expect(await watched.page.getByRole('button', { name: 'Change the terms' }).count()).toBe(0)
  await watched.close()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Add the rate and the next payment').waitFor()
  expect(await termsOf(id)).toBeNull()
  await opened.close()
})
