import { decodeJwt } from 'jose'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asUser } from '../../db/requests.ts'
import type { TestUser } from '../../support/platform.ts'
import { expectGoodPage, startBrowser, startWebPlatform, visitAs } from '../browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>
let user: TestUser
let householdId: string

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  user = await platform.newUser()
  householdId = (await user.request('POST', '/v1/identity/households', { body: { name: 'Home', timezone: 'UTC' } })).body.id
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const account = async (columns: Record<string, unknown> = {}): Promise<string> => {
  const sql = platform.database.connect('postgres')
  const values = { household_id: householdId, name: 'Everyday checking', type: 'checking', balance_source: 'ledger', ...columns }
  const [row] = await sql<{ id: string }[]>`insert into wealth.accounts ${sql(values)} returning id`
  return row?.id ?? ''
}
const enter = async (accountId: string, date: string, amount: string, description: string, more: object = {}): Promise<string> =>
  (await user.request('POST', '/v1/wealth/transactions', { body: { accountId, date, amount, description, ...more } })).body.id
const read = async (id: string) => (await user.request('GET', `/v1/wealth/transactions/${id}`)).body
const open = (path: string) => visitAs(browser, platform, user, path)

test('an empty register says what to do, and a transaction is added by hand', async () => {
  const accountId = await account({ opening_balance: '100.00' })
  const opened = await open(`/accounts/${accountId}/register`)
  const { close, page } = opened
  await page.getByText('Import a file of your bank, connect the bank, or add a transaction by hand.').waitFor()
  expect(await page.getByRole('link', { name: 'Connect the bank' }).getAttribute('href')).toBe('/wealth/connections')
  await expectGoodPage(opened, 'wealth-register-empty')
  await page.getByRole('button', { name: 'Add a transaction' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await dialog.getByText('Enter a date.').waitFor()
  await dialog.getByLabel('Date').fill('2026-03-04')
  await dialog.getByLabel('Description').fill('Corner shop')
  await dialog.getByLabel('Amount').fill('12.50')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  const row = page.getByRole('row').filter({ hasText: 'Corner shop' })
  await row.getByText('-$12.50').waitFor()
  expect(await row.getByText('$87.50').last().isVisible()).toBe(true)
  await page.getByRole('main').getByText('$87.50').first().waitFor()
  await close()
})

test('the fields of shares that come in say why they are asked, by where the shares come from', async () => {
  const accountId = await account({ name: 'Brokerage', type: 'investment', tax_type: 'taxable_brokerage' })
  const opened = await open(`/accounts/${accountId}/register`)
  const { page } = opened
  await page.getByRole('button', { name: 'Add a transaction' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Type').selectOption('Transfer in')
  await dialog.getByText('It decides the cost basis and the holding period of the shares.').waitFor()
  const origin = dialog.getByLabel('Where the shares come from or go to')
  await origin.selectOption('A gift')
  // IRS Publication 551, Property Received as a Gift.
  await dialog.getByText('The donor’s basis. It is yours when you sell with a gain (IRS Publication 551).').waitFor()
  await dialog.getByText('it is your basis when you sell at a loss (IRS Publication 551).').waitFor()
  await dialog.getByText('The donor’s purchase day').waitFor()
  await expectGoodPage(opened, 'wealth-entry-gift')
  await origin.selectOption('An inheritance')
  // IRS Publication 551, Inherited Property.
  await dialog.getByText('Fair market value on the day of death.').waitFor()
  expect(await dialog.getByText('The donor’s basis.').count()).toBe(0)
  await opened.close()
})

test('the register is filtered by its address, and shows balances, pending and reversed rows', async () => {
  const accountId = await account({ opening_balance: '1500.00' })
  await enter(accountId, '2026-01-31', '4200.00', 'ACME PAYROLL', { merchantName: 'Acme', category: 'income' })
  await enter(accountId, '2026-02-02', '-84.13', 'WHOLEFDS 10293 SEATTLE', {
    merchantName: 'Whole Foods',
    category: 'food_and_drink',
    tags: ['weekly'],
  })
  const wrong = await enter(accountId, '2026-02-03', '-9.99', 'Book', { category: 'shopping' })
  await enter(accountId, '2026-02-04', '-1850.00', 'Rent', { category: 'payment' })
  const sql = platform.database.connect('postgres')
  await sql`insert into wealth.transactions (household_id, account_id, date, amount, description, is_pending, source, fingerprint)
    values (${householdId}, ${accountId}, '2026-02-05', '-5.25', 'COFFEE BAR', true, 'plaid', 'pending')`
  const opened = await open(`/accounts/${accountId}/register`)
  const { close, page } = opened
  const rows = page.getByRole('region', { name: 'Transactions' }).getByRole('row')
  await page.getByText('5 transactions').waitFor()
  await page.getByRole('button', { name: 'Edit Book' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Reverse', exact: true }).click()
  await page.getByRole('dialog').getByLabel('Why').fill('Entered twice')
  await expectGoodPage(opened, 'wealth-register-reverse')
  await page.getByRole('dialog').getByRole('button', { name: 'Reverse', exact: true }).click()
  await page.getByText('6 transactions').waitFor()
  expect((await read(wrong)).reversedById).not.toBeNull()
  await expectGoodPage(opened, 'wealth-register')
  await page.getByLabel('Search').fill('whole')
  await page.getByText('1 transaction', { exact: true }).waitFor()
  expect(await rows.count()).toBe(2)
  expect(page.url()).toContain('search=whole')
  await page.getByLabel('Search').fill('nothing like it')
  await page.getByRole('button', { name: 'Show all transactions' }).click()
  await page.getByText('6 transactions').waitFor()
  await close()
})

test('labels are edited and undone, one by one and many at once', async () => {
  const accountId = await account({ name: 'Card', type: 'credit_card' })
  const ids: string[] = []
  for (const day of ['01', '02', '03']) ids.push(await enter(accountId, `2026-05-${day}`, '-20.00', `Market ${day}`))
  const opened = await open(`/transactions?search=market`)
  const { close, page } = opened
  await page.getByRole('button', { name: 'Edit Market 01' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Category').selectOption('Travel')
  await dialog.getByLabel('Tags').fill('summer, family')
  await expectGoodPage(opened, 'wealth-register-labels')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('row').filter({ hasText: '#summer' }).waitFor()
  expect(await read(ids[0] ?? '')).toMatchObject({ category: 'travel', tags: ['summer', 'family'], provenance: { category: 'person' } })
  await page.getByLabel('Choose Market 02').check()
  await page.getByRole('button', { name: 'Choose all 3 that match' }).click()
  await page.getByText('All 3 that match are chosen').waitFor()
  await page.getByLabel('New category').selectOption('Food and drink')
  await expectGoodPage(opened, 'wealth-register-selection')
  await page.getByRole('button', { name: 'Set category' }).click()
  await page.getByText('3 transactions changed').waitFor()
  expect((await read(ids[0] ?? '')).category).toBe('food_and_drink')
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await page.getByText('Undone').first().waitFor()
  expect([(await read(ids[0] ?? '')).category, (await read(ids[2] ?? '')).category]).toEqual(['travel', 'other'])
  await close()
})

test('a transaction is divided, with what is left in view', async () => {
  const accountId = await account({ name: 'Wallet', type: 'other' })
  const id = await enter(accountId, '2026-05-01', '-100.00', 'Department store', { category: 'shopping' })
  const opened = await open(`/accounts/${accountId}/register`)
  const { close, page } = opened
  await page.getByRole('button', { name: 'Edit Department store' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Divide' }).click()
  const part = (number: number) => dialog.getByRole('group', { name: `Part ${number}` })
  await part(1).getByLabel('Amount').fill('60')
  await dialog.getByText('$40.00 is left to divide.').waitFor()
  await part(2).getByLabel('Amount').fill('39.99')
  await dialog.getByRole('button', { name: 'Divide' }).click()
  await dialog.getByText(/-0.01 is not divided yet/).waitFor()
  await part(2).getByLabel('Amount').fill('40')
  await part(2).getByLabel('Category').selectOption('Food and drink')
  await dialog.getByText('Nothing is left: the parts add up.').waitFor()
  await expectGoodPage(opened, 'wealth-register-split')
  await dialog.getByRole('button', { name: 'Divide' }).click()
  await dialog.getByText('Food and drink: -$40.00').waitFor()
  expect((await read(id)).splits).toMatchObject([{ amount: '-60.00' }, { amount: '-40.00', category: 'food_and_drink' }])
  await close()
})

test('a long register is read as one scrolls, and only the rows in view exist', async () => {
  const accountId = await account({ name: 'Long' })
  const sql = platform.database.connect('nestegg_write')
  await asUser(sql, String(decodeJwt(user.token).sub), async transaction => {
    await transaction`insert into wealth.transactions (household_id, account_id, date, amount, description, source, fingerprint)
    select ${householdId}, ${accountId}, date '2000-01-01' + n / 10, -1, 'Row ' || n, 'import', n::text from generate_series(1, 100000) n`
  })
  const { close, page } = await open(`/accounts/${accountId}/register`)
  const region = page.getByRole('region', { name: 'Transactions' })
  await page.getByText('200 of 100,000 transactions').waitFor()
  const thousands = page.getByText(/^[1-9],\d00 of 100,000/)
  // The next rows come when the last ones are in view, after a time that depends on the machine.
  for (let step = 0; step < 400 && (await thousands.count()) === 0; step += 1) {
    await region.evaluate(element => element.scrollTo(0, element.scrollHeight))
    await page.waitForTimeout(60)
  }
  await thousands.waitFor()
  expect(await region.getByRole('row').count()).toBeLessThan(80)
  await close()
})

test('the list of all accounts shows one account, and a transaction is added to it by hand', async () => {
  const accountId = await account({ name: 'Account to choose' })
  const other = await account({ name: 'Another account' })
  await enter(other, '2026-05-01', '-7.00', 'Kiosk of another')
  const opened = await open('/transactions?search=kiosk')
  const { close, page } = opened
  await page.getByText('Kiosk of another').waitFor()
  expect(await page.getByRole('link', { name: 'Import a file' }).getAttribute('href')).toBe('/accounts/import')
  await page.getByRole('button', { name: 'Add a transaction' }).click()
  await page.getByRole('dialog').getByLabel('Account').selectOption(accountId)
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Date').fill('2026-05-02')
  await dialog.getByLabel('Description').fill('Kiosk by hand')
  await dialog.getByLabel('Amount').fill('3.00')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('row').filter({ hasText: 'Kiosk by hand' }).getByText('-$3.00').waitFor()
  await page.getByLabel('Account', { exact: true }).selectOption(accountId)
  await page.getByText('Kiosk of another').waitFor({ state: 'detached' })
  expect(await page.getByRole('row').filter({ hasText: 'Kiosk by hand' }).count()).toBe(1)
  await expectGoodPage(opened, 'wealth-transactions-of-one')
  await close()
})
