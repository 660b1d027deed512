import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Item } from '../../../local/plaid/bank.ts'
import type { BankTransaction } from '../../../local/plaid/forms.ts'
import { newHousehold, type TestUser } from '../../support/platform.ts'
import { join } from '../../support/shared-household.ts'
import { expectGoodPage, signInThroughPage, startBrowser, startWebPlatform, visit } from '../browser.ts'

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

const bank = () => platform.services.plaid.bank
const connections = async () => (await user.request('GET', `/v1/wealth/plaid/connections?householdId=${householdId}`)).body.items

test('a person connects a bank, leaves without one, signs in again, reads it and removes it', async () => {
  const visitor = await visit(browser)
  const { close, page } = visitor
  await signInThroughPage(page, platform.address, user, '/wealth/connections')
  await page.getByText('No institution is connected yet').waitFor()
  await expectGoodPage(visitor, 'wealth-connections-empty')

  await page.getByRole('button', { name: 'Connect an institution' }).first().click()
  await page.getByRole('button', { name: 'Leave' }).click()
  await page.getByText('Nothing was connected.').waitFor()
  expect(await connections()).toEqual([])

  await page.getByRole('button', { name: 'Connect an institution' }).first().click()
  await page.getByRole('button', { name: 'Harbor Street Bank' }).click()
  await page.getByText('Harbor Street Bank is connected').waitFor()
  await page.getByText('Up to date').waitFor()
  expect(await connections()).toMatchObject([{ institutionName: 'Harbor Street Bank', syncStatus: 'waiting' }])

  await page.getByRole('button', { name: 'Connect an institution' }).click()
  await page.getByRole('button', { name: 'Fieldstone Brokerage' }).click()
  await page.getByText('Fieldstone Brokerage is connected').waitFor()

  const [{ changes, itemId }] = bank().items() as [Item, ...Item[]]
  const cafe = changes.find(({ transaction }) => transaction.transaction_id.endsWith('tcafe'))!.transaction as BankTransaction
  const { items } = (await user.request('GET', `/v1/wealth/transactions?householdId=${householdId}&search=cafe`)).body
  const splits = [
    { weight: '60', category: 'food_and_drink' },
    { weight: '40', category: 'shopping' },
  ]
  await user.request('PUT', `/v1/wealth/transactions/${items[0].id}/splits`, { body: { splits }, headers: { 'if-match': '*' } })
  bank().post(itemId, cafe.transaction_id, { amount: 7 })
  await page.getByRole('button', { name: 'Read now: Harbor Street Bank' }).click()
  await page.getByText('The parts have changed in proportion').waitFor()
  expect(await page.getByRole('link', { name: 'CORNER CAFE' }).getAttribute('href')).toMatch(/\/register\?search=CORNER%20CAFE$/)

  bank().setError(bank().items()[0]?.itemId ?? '', 'ITEM_LOGIN_REQUIRED')
  await page.getByRole('button', { name: 'Read now: Harbor Street Bank' }).click()
  await page.getByRole('button', { name: 'Sign in again: Harbor Street Bank' }).waitFor()
  await expectGoodPage(visitor, 'wealth-connections')
  await page.getByRole('button', { name: 'Sign in again: Harbor Street Bank' }).click()
  await page.getByRole('button', { name: 'Sign in again' }).click()
  await page.getByText('Harbor Street Bank is up to date').waitFor()
  expect((await connections()).map((one: { syncStatus: string }) => one.syncStatus)).toEqual(['waiting', 'waiting'])

  await page.getByRole('button', { name: 'Remove Harbor Street Bank' }).click()
  await page.getByRole('button', { name: 'Keep it' }).click()
  expect(await connections()).toHaveLength(2)
  await page.getByRole('button', { name: 'Remove Harbor Street Bank' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByText('Harbor Street Bank is removed').waitFor()
  expect(await connections()).toMatchObject([{ institutionName: 'Fieldstone Brokerage' }])
  await close()
})

test('a viewer sees the connections and no button that would be refused', async () => {
  const viewer = await platform.newUser()
  await join(platform, user, householdId, viewer, 'viewer')
  const { close, page } = await visit(browser)
  await signInThroughPage(page, platform.address, viewer, '/wealth/connections')
  await page.getByRole('heading', { name: 'Fieldstone Brokerage' }).waitFor()
  expect(await page.getByRole('button', { name: /Read|Remove|Connect/ }).count()).toBe(0)
  await close()
})
