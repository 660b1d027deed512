import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestUser } from '../../support/platform.ts'
import { join } from '../../support/shared-household.ts'
import { addTransactions, daysAgo, householdIn, newAccount, todayIn } from '../../lambdas/wealth/wealth-platform.ts'
import { expectGoodPage, startBrowser, startWebPlatform, visitAs } from '../browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>
let user: TestUser
let householdId: string

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  user = await platform.newUser()
  householdId = await householdIn(user, 'America/Los_Angeles')
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const open = (path: string, who = user) => visitAs(browser, platform, who, path)
const listed = async () => (await user.request('GET', `/v1/wealth/accounts?householdId=${householdId}&sort=createdAt`)).body.items

test('the first account is added from the empty page, and faults are at their fields', async () => {
  const opened = await open('/accounts')
  const { page } = opened
  await page.getByRole('heading', { name: 'There are no accounts yet' }).waitFor()
  await expectGoodPage(opened, 'accounts-empty')
  await page.getByRole('link', { name: 'Add an account' }).last().click()
  await page.getByLabel('Name').fill('Car loan')
  await page.getByLabel('Type').selectOption('Loan')
  await page.getByLabel('What you owe').fill('12k')
  await page.getByLabel('Last four characters of its number').fill('123456789')
  await page.getByRole('button', { name: 'Add the account' }).click()
  await page.getByText('must be the last four characters of the number').waitFor()
  expect(await listed()).toEqual([])
  await page.getByLabel('Last four characters of its number').fill('6789')
  await expectGoodPage(opened, 'accounts-new')
  await page.getByRole('button', { name: 'Add the account' }).click()
  await page.getByRole('heading', { name: 'Car loan', level: 1 }).waitFor()
  await page.getByText('You owe').first().waitFor()
  expect(await listed()).toMatchObject([
    { name: 'Car loan', type: 'loan', currentBalance: '-12000.00', mask: '6789', balanceSource: 'ledger' },
  ])
  await opened.close()
})

test('accounts stand in groups, with totals by currency and what is owed', async () => {
  const robin = await user.request('POST', `/v1/identity/households/${householdId}/people`, { body: { name: 'Robin' } })
  const checking = await newAccount(user, householdId, {
    name: 'Joint checking',
    type: 'checking',
    openingBalance: '4100.50',
    openedOn: daysAgo(500),
    institutionName: 'First Bank',
    mask: '4821',
  })
  const monthly = Array.from({ length: 12 }, (_, month) => ({ date: daysAgo(330 - month * 28), amount: `${(month % 3) * 400 - 300}.00` }))
  await addTransactions(platform, checking, monthly)
  const savings = await newAccount(user, householdId, {
    name: 'Savings',
    type: 'savings',
    openingBalance: '18000.00',
    openedOn: daysAgo(700),
    ownerId: robin.body.id,
  })
  await addTransactions(platform, savings, [{ date: daysAgo(100), amount: '250.00' }])
  await newAccount(user, householdId, { name: 'Yen savings', type: 'savings', currency: 'JPY', openingBalance: '250000' })
  await newAccount(user, householdId, { name: 'Card', type: 'credit_card', openingBalance: '-820.10', creditLimit: '5000.00' })
  await newAccount(user, householdId, { name: 'House', type: 'property', currentBalance: '640000.00' })
  const without = await open('/accounts')
  await without.page.getByText('There is no exchange rate of this week between JPY and USD').waitFor()
  await without.close()
  await platform.database.connect('postgres')`
    insert into market.fx_rates (base, quote, date, rate) values ('USD', 'JPY', ${daysAgo(3)}, 150)`
  const opened = await open('/accounts')
  const { page } = opened
  await page.getByText('All currencies in USD').waitFor()
  const cash = page.getByRole('region', { name: 'Accounts: Cash' })
  await cash.getByRole('link', { name: 'Joint checking' }).waitFor()
  expect(await cash.getByRole('row').filter({ hasText: 'Savings' }).first().textContent()).toContain('Robin')
  await cash.getByText('Old balance').waitFor()
  await page.getByText('¥250,000').first().waitFor()
  const cards = page.getByRole('region', { name: 'Accounts: Credit cards' })
  expect(await cards.getByRole('row').last().textContent()).toMatch(/-\$820\.10.*owed/)
  await expectGoodPage(opened, 'accounts')
  await opened.close()
})

test('a value is added, corrected and removed, and the balance follows', async () => {
  const house = await newAccount(user, householdId, { name: 'Cabin', type: 'property' })
  const opened = await open(`/accounts/${house.id}`)
  const { page } = opened
  const balance = async () => (await user.request('GET', `/v1/wealth/accounts/${house.id}`)).body.currentBalance
  await page.getByText('This account has no value yet').waitFor()
  const addValue = async (date: string, amount: string) => {
    await page.getByRole('button', { name: 'Add a value' }).click()
    await page.getByRole('dialog').getByLabel('Date').fill(date)
    await page.getByRole('dialog').getByLabel('Value').fill(amount)
    await page.getByRole('button', { name: 'Store the value' }).click()
  }
  await addValue(daysAgo(-3), '1')
  await page.getByText(/must not be after today/).waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  for (const [days, amount] of [
    [300, '150k'],
    [20, '162,500'],
  ] as const) {
    await addValue(daysAgo(days), amount)
    await page.getByText('The value is stored.').first().waitFor()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  await expect.poll(balance).toBe('162500.00')
  await page.getByRole('figure').waitFor()
  await expectGoodPage(opened, 'account-property')
  await page
    .getByRole('button', { name: /^Remove the value/ })
    .first()
    .click()
  await expect.poll(balance).toBe('150000.00')
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect.poll(balance).toBe('162500.00')
  await opened.close()
})

test('beneficiaries need exactly 100 per cent', async () => {
  const account = await newAccount(user, householdId, {
    name: 'Roth',
    type: 'retirement',
    openingBalance: '96000.00',
    taxType: 'roth_ira',
    openedOn: daysAgo(900),
  })
  const opened = await open(`/accounts/${account.id}`)
  const { page } = opened
  const stored = async () => (await user.request('GET', `/v1/wealth/accounts/${account.id}/beneficiaries`)).body
  await page.getByRole('button', { name: 'Change the beneficiaries' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Add a beneficiary' }).first().click()
  await dialog.getByLabel('Share').fill('99.5')
  await dialog.getByRole('button', { name: 'Store the beneficiaries' }).click()
  await dialog.getByText(/sum to exactly 100 per cent; they sum to 99.5/).waitFor()
  await dialog.getByRole('button', { name: 'Add a beneficiary' }).first().click()
  await dialog.getByRole('group', { name: 'Primary: Beneficiary 2' }).getByLabel('Who').selectOption('Somebody else')
  await dialog.getByRole('group', { name: 'Primary: Beneficiary 2' }).getByLabel('Name').fill('Red Cross')
  await dialog.getByRole('group', { name: 'Primary: Beneficiary 2' }).getByLabel('Kind').selectOption('Charity')
  await dialog.getByRole('group', { name: 'Primary: Beneficiary 2' }).getByLabel('Share').fill('0.5')
  await expectGoodPage(opened, 'account-heirs')
  await dialog.getByRole('button', { name: 'Store the beneficiaries' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(await stored()).toMatchObject({
    primary: [
      { name: 'Robin', share: '99.5' },
      { name: 'Red Cross', kind: 'charity', share: '0.5' },
    ],
  })
  await page.getByText('Red Cross').waitFor()
  await expectGoodPage(opened, 'account-ledger')
  await opened.close()
})

test('an account is changed, closed and opened again', async () => {
  const account = await newAccount(user, householdId, { name: 'Old', type: 'savings', openingBalance: '5.00' })
  const opened = await open(`/accounts/${account.id}`)
  const { page } = opened
  const read = async () => (await user.request('GET', `/v1/wealth/accounts/${account.id}`)).body
  await page.getByRole('link', { name: 'Change', exact: true }).click()
  await page.getByLabel('Name').fill('Older')
  await page.getByLabel('Balance at the beginning').fill('-1')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('must be zero or more for this type of account').waitFor()
  await page.getByLabel('Balance at the beginning').fill('7.5')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { name: 'Older', level: 1 }).waitFor()
  expect(await read()).toMatchObject({ name: 'Older', openingBalance: '7.50' })
  await page.getByRole('button', { name: 'Close the account' }).click()
  expect(await page.getByLabel('Closed on').inputValue()).toBe(todayIn('America/Los_Angeles'))
  await page.getByRole('button', { name: 'Close it' }).click()
  await page.getByRole('button', { name: 'Open it again' }).waitFor()
  expect(await read()).toMatchObject({ closedOn: todayIn('America/Los_Angeles') })
  await page.getByRole('button', { name: 'Open it again' }).click()
  await page.getByRole('button', { name: 'Close the account' }).waitFor()
  expect(await read()).toMatchObject({ closedOn: null })
  expect(opened.faults).toEqual([])
  await opened.close()
})

test('a viewer sees accounts and no button that would be refused', async () => {
  const viewer = await platform.newUser()
  await join(platform, user, householdId, viewer, 'viewer')
  const opened = await open('/accounts', viewer)
  const { page } = opened
  await page.getByText('Only owners and editors of the household can change them.').waitFor()
  expect(await page.getByRole('link', { name: 'Add an account' }).count()).toBe(0)
  await page.getByRole('link', { name: 'House', exact: true }).click()
  await page.getByRole('heading', { name: 'House', level: 1 }).waitFor()
  for (const name of ['Add a value', 'Close the account', 'Change the beneficiaries'])
    expect(await page.getByRole('button', { name }).count()).toBe(0)
  await opened.close()
})

test('the transactions of an account are saved as a file', async () => {
  const account = await newAccount(user, householdId, { name: 'Savings to export', type: 'savings', openingBalance: '10.00' })
  await addTransactions(platform, account, [{ date: daysAgo(3), amount: '-4.25' }])
  const opened = await open(`/accounts/${account.id}`)
  const { page } = opened
  await page.getByLabel('Format').selectOption('CSV')
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save the file' }).click()])
  expect(saved.suggestedFilename()).toBe('Savings to export.csv')
  expect(readFileSync(await saved.path(), 'utf8')).toContain('-4.25')
  await expectGoodPage(opened, 'accounts-export')
  await opened.close()
})
