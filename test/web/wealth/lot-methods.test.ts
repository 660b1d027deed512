import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anyVersion } from '../../lambdas/wealth/ledger-platform.ts'
import { tradeBody } from '../../lambdas/wealth/lots-platform.ts'
import { daysAgo, householdIn, newAccount, requesting } from '../../lambdas/wealth/wealth-platform.ts'
import type { TestUser } from '../../support/platform.ts'
import { join } from '../../support/shared-household.ts'
import { expectGoodPage, startBrowser, startWebPlatform, visitAs } from '../browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>
let user: TestUser
let householdId: string
let taxable: string

const zone = 'America/New_York'
const ago = (days: number): string => daysAgo(days, zone)
/** A day as the pages print it. */
const words = (date: string): string =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`))
const enter = (type: string, date: string, symbol: string, quantity: string, price: string) =>
  requesting(user)('POST', '/v1/wealth/transactions', tradeBody(taxable, type, date, { symbol, quantity, price }))

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  user = await platform.newUser()
  householdId = await householdIn(user, zone)
  const account = { name: 'Brokerage', type: 'investment', taxType: 'taxable_brokerage', openedOn: ago(1500), balanceSource: 'ledger' }
  taxable = (await newAccount(user, householdId, account)).id
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const inLine = (text: string): string => text.trim().split(/\s+/).join(' ')
const rowsOf = async (page: Page, name: string): Promise<string[]> => {
  const rows = page.getByRole('region', { name, exact: true }).getByRole('row')
  await rows.first().waitFor()
  return (await rows.allInnerTexts()).slice(1).map(inLine)
}
const undo = (page: Page) => page.getByRole('button', { name: 'Undo' }).last().click()
const listOf = async (resource: string): Promise<readonly Record<string, unknown>[]> =>
  (await requesting(user)('GET', `/v1/wealth/${resource}?householdId=${householdId}`)).items
const gains = async (symbol: string): Promise<string[]> =>
  (await requesting(user)('GET', `/v1/wealth/lot-closings?householdId=${householdId}&symbol=${symbol}`)).items.map(
    ({ gain }: { gain: string }) => gain,
  )

test('a method is added, changed, removed, and each step is undone', async () => {
  await enter('buy', ago(90), 'VTI', '1', '100')
  await enter('buy', ago(80), 'VTI', '1', '120')
  await enter('sell', ago(70), 'VTI', '1', '130')
  const opened = await visitAs(browser, platform, user, '/investments')
  const { page } = opened
  await page.getByRole('link', { name: 'How lots are chosen' }).click()
  await page.getByText('No method is set. Everywhere it is first in, first out.').waitFor()
  await page.getByRole('button', { name: 'Add a method' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Method').selectOption('Average cost')
  await dialog.getByText('It holds only for funds, and for shares of a dividend reinvestment plan.').waitFor()
  const store = dialog.getByRole('button', { name: 'Store the method' })
  await store.click()
  await dialog.getByText('is needed for average cost: it is elected for one fund at a time').waitFor()
  await dialog.getByLabel('Security').fill('VTI')
  await store.click()
  await dialog.getByText('must not be average').waitFor()
  await dialog.getByLabel('Method').selectOption('Last in, first out')
  await dialog.getByLabel('Holds for sales from').fill(ago(75))
  await store.click()
  await page.getByText('Method of VTI in Brokerage added').waitFor()
  expect(await rowsOf(page, 'Methods by account')).toEqual([`Brokerage VTI Last in, first out ${words(ago(75))}`])
  // The share of 120 is sold at 130.
  expect(await gains('VTI')).toEqual(['10.00'])

  await page.getByRole('button', { name: 'Change the method of VTI in Brokerage' }).click()
  await dialog.getByLabel('Method').selectOption('First in, first out')
  await store.click()
  await page.getByText('Method of VTI in Brokerage changed').waitFor()
  expect(await gains('VTI')).toEqual(['30.00'])
  await undo(page)
  await page.getByRole('cell', { name: 'Last in, first out' }).waitFor()
  expect(await gains('VTI')).toEqual(['10.00'])

  // Somebody else is faster: both versions are shown.
  await page.getByRole('button', { name: 'Change the method of VTI in Brokerage' }).click()
  await dialog.getByLabel('Method').selectOption('First in, first out')
  const [{ id }] = (await listOf('lot-elections')) as readonly [{ readonly id: string }]
  await requesting(user)('PATCH', `/v1/wealth/lot-elections/${id}`, { method: 'hifo' }, anyVersion)
  await store.click()
  const conflict = page.getByRole('dialog', { name: 'Somebody changed this meanwhile' })
  await conflict.waitFor()
  expect((await conflict.getByRole('row').allInnerTexts()).map(inLine)).toEqual([
    'Field Yours Stored now',
    'Method First in, first out Highest cost first',
  ])
  await conflict.getByRole('button', { name: 'Store mine over it' }).click()
  await page.getByRole('cell', { name: 'First in, first out' }).waitFor()
  await requesting(user)('PATCH', `/v1/wealth/lot-elections/${id}`, { method: 'lifo' }, anyVersion)
  await page.reload()
  await page.getByRole('cell', { name: 'Last in, first out' }).waitFor()

  await page.getByRole('button', { name: 'Remove the method of VTI in Brokerage' }).click()
  await page.getByText('No method is set.').waitFor()
  expect(await listOf('lot-elections')).toEqual([])
  await undo(page)
  await page.getByRole('cell', { name: 'Last in, first out' }).waitFor()
  expect(await listOf('lot-elections')).toMatchObject([{ accountId: taxable, symbol: 'VTI', method: 'lifo', effectiveOn: ago(75) }])
  await opened.close()
})

test('a pair of substantially identical securities makes a wash sale, until it is removed', async () => {
  await enter('buy', ago(60), 'VOO', '5', '500')
  await enter('sell', ago(40), 'VOO', '5', '450')
  await enter('buy', ago(39), 'IVV', '5', '450')
  const disallowed = async (): Promise<string> =>
    (await requesting(user)('GET', `/v1/wealth/wash-sales?householdId=${householdId}&symbol=VOO`)).items[0].loss.disallowedLoss
  const opened = await visitAs(browser, platform, user, '/investments/methods')
  const { page } = opened
  await page.getByText('No securities count as substantially identical.').waitFor()
  await page.getByRole('button', { name: 'Add a pair' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Security', { exact: true }).fill('VOO')
  await dialog.getByLabel('Other security').fill('VOO')
  const store = dialog.getByRole('button', { name: 'Store the pair' })
  await store.click()
  await dialog.getByText('must be another security').waitFor()
  await dialog.getByLabel('Other security').fill('IVV')
  await dialog.getByLabel('Why they are substantially identical').fill('The same index')
  await store.click()
  await page.getByText('Pair IVV and VOO added').waitFor()
  expect(await rowsOf(page, 'Pairs of securities')).toEqual(['IVV and VOO The same index'])
  // 5 shares were sold at a loss of 50 each, and the purchase of the next day replaces all of them.
  expect(await disallowed()).toBe('250.00')
  await expectGoodPage(opened, 'wealth-lot-methods')
  const change = page.getByRole('button', { name: 'Change the reason of IVV and VOO' })
  const storeReason = dialog.getByRole('button', { name: 'Store the reason' })
  await change.click()
  await dialog.getByLabel('Why they are substantially identical').fill('One index, two providers')
  await storeReason.click()
  await page.getByText('Reason of IVV and VOO changed').waitFor()
  expect(await rowsOf(page, 'Pairs of securities')).toEqual(['IVV and VOO One index, two providers'])
  await undo(page)
  await page.getByRole('cell', { name: 'The same index' }).waitFor()
  // Somebody else is faster: both versions are shown.
  await change.click()
  await dialog.getByLabel('Why they are substantially identical').fill('Mine')
  const [{ id }] = (await listOf('identical-securities')) as readonly [{ readonly id: string }]
  await requesting(user)('PATCH', `/v1/wealth/identical-securities/${id}`, { reason: 'The same index' }, anyVersion)
  await storeReason.click()
  await page.getByRole('dialog', { name: 'Somebody changed this meanwhile' }).waitFor()
  await page.getByRole('button', { name: 'Take the stored one' }).click()
  expect(await dialog.getByLabel('Why they are substantially identical').inputValue()).toBe('The same index')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Remove the pair IVV and VOO' }).click()
  await page.getByText('Pair IVV and VOO removed').waitFor()
  expect(await disallowed()).toBe('0.00')
  await undo(page)
  await page.getByRole('cell', { name: 'The same index' }).waitFor()
  expect(await listOf('identical-securities')).toMatchObject([{ symbol: 'IVV', otherSymbol: 'VOO', reason: 'The same index' }])

  const viewer = await platform.newUser()
  await join(platform, user, householdId, viewer, 'viewer')
  const watched = await visitAs(browser, platform, viewer, '/investments/methods')
  await watched.page.getByRole('cell', { name: 'The same index' }).waitFor()
  expect(await watched.page.locator('main').getByRole('button').count()).toBe(0)
  await watched.close()
  expect(opened.faults).toEqual([])
  await opened.close()
})
