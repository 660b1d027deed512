import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestUser } from '../../support/platform.ts'
import { tradeBody } from '../../lambdas/wealth/lots-platform.ts'
import { newAccount, requesting } from '../../lambdas/wealth/wealth-platform.ts'
import { expectGoodPage, settled, startBrowser } from '../browser.ts'
import { startMarketPages, storeDailyBars } from '../market/market-web.ts'
import { closed, form, openEditor, planOf, save, valueOf } from './edit-web.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startMarketPages>>['platform']
let user: TestUser
let plan: Awaited<ReturnType<typeof planOf>>

const trade = (accountId: string, type: string, symbol: string, quantity: string, price?: string) =>
  requesting(user)(
    'POST',
    '/v1/wealth/transactions',
    tradeBody(accountId, type, '2026-03-02', { symbol, quantity, ...(price === undefined ? { amount: '0.00' } : { price }) }),
  )

beforeAll(async () => {
  const [opened, started] = await Promise.all([startBrowser(), startMarketPages()])
  browser = opened
  ;({ platform, user } = started)
  plan = await planOf(user)
  const account = async (name: string, body: object): Promise<string> =>
    (await newAccount(user, plan.householdId, { name, type: 'investment', taxType: 'taxable_brokerage', ...body })).id
  const brokerage = await account('Brokerage', { balanceSource: 'ledger', openingBalance: '5000.00' })
  const stated = await account('Stated broker', { balanceSource: 'stated', currentBalance: '2000.00' })
  const old = await account('Old broker', { balanceSource: 'ledger' })
  await storeDailyBars(started.admin, {
    VTI: [{ time: '2026-10-30', open: '130.00', high: '130.00', low: '130.00', close: '130.00', volume: '1000' }],
  })
  await trade(brokerage, 'buy', 'VTI', '30', '100')
  await trade(stated, 'buy', 'VTI', '10', '100')
  await trade(old, 'transfer_in', 'MSFT', '3')
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

/** Opens the form of the taxable account of the plan. */
const edit = async (page: Page) => {
  await page.getByRole('button', { name: 'Edit Savings' }).click()
  return form(page)
}

test('a plan takes the balance and the cost basis of an account, and says where they come from', async () => {
  const opened = await openEditor(browser, platform.address, user, plan.planId)
  const { page } = opened
  const dialog = await edit(page)
  await dialog.getByText('Without a cost basis the whole balance counts as one').waitFor()
  expect(await dialog.getByRole('button', { name: /^Take/ }).count()).toBe(0)
  await dialog.getByLabel('Account of yours').selectOption('Brokerage')
  // 30 shares at 100, worth 130 each, and 2,000 in cash.
  await dialog.getByText('It is worth $5,900.00, at prices of Oct 30, 2026 or later.').waitFor()
  await dialog.getByText(/^The cost basis of its tax lots and its cash is \$5,000\.00 on /).waitFor()
  await dialog.getByRole('button', { name: 'Take the balance and the cost basis' }).click()
  await dialog.getByText(/^The cost basis was taken from the tax lots on /).waitFor()
  expect(await dialog.getByLabel('Balance').inputValue()).toBe('5,900')
  await expectGoodPage(opened, 'planning-edit-basis')
  await save(page)
  await closed(page)
  const stored = await valueOf(user, plan.path, 'Savings')
  expect(stored).toMatchObject({ balance: '5900', basis: '5000', basisAsOf: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) })
  await page.getByText('From tax lots on').waitFor()

  await edit(page)
  await dialog.getByLabel('Cost basis').fill('4,000')
  await dialog.getByText('The cost basis was entered by hand.').waitFor()
  await save(page)
  await closed(page)
  const entered = await valueOf(user, plan.path, 'Savings')
  expect(entered).toMatchObject({ basis: '4000', linkedAccountId: stored.linkedAccountId })
  expect(entered).not.toHaveProperty('basisAsOf')
  await opened.close()
})

test('a basis that is not known stays as it was entered, and the rest of a stated balance is cash only if the person says so', async () => {
  const opened = await openEditor(browser, platform.address, user, plan.planId)
  const { page } = opened
  const dialog = await edit(page)
  await dialog.getByLabel('Account of yours').selectOption('Old broker')
  await dialog.getByText('Its cost basis is not known. What is entered here stays.').waitFor()
  await dialog.getByText('MSFT: The cost basis of shares that were transferred in is not known.').waitFor()
  expect(await dialog.getByRole('button', { name: /^Take/ }).count()).toBe(0)
  expect(await dialog.getByLabel('Cost basis').inputValue()).toBe('4,000')
  await expectGoodPage(opened, 'planning-edit-basis-unknown')

  await dialog.getByLabel('Account of yours').selectOption('Stated broker')
  // 10 shares at 100, worth 130 each: 700 of the 2,000 have no lots.
  await dialog
    .getByText(/^The cost basis of its tax lots is \$1,000\.00 on .* Its stated balance is \$700\.00 more than they are worth/)
    .waitFor()
  await dialog.getByRole('button', { name: 'Take them, with the rest as cash' }).click()
  expect(await dialog.getByLabel('Cost basis').inputValue()).toBe('1,700')
  await dialog.getByLabel('Kind').selectOption('traditional')
  await dialog.getByRole('button', { name: 'Take the balance' }).waitFor()
  await opened.close()
})

test('a roll-forward takes them too', async () => {
  const { page, close } = await openEditor(browser, platform.address, user, plan.planId)
  await page.goto(`${platform.address}/plans/${plan.planId}/history`)
  await settled(page)
  await page.getByRole('button', { name: 'Roll forward' }).click()
  const dialog = page.getByRole('dialog')
  expect(await dialog.getByLabel('Cost basis of Savings').inputValue()).toBe('4,000')
  await dialog.getByRole('button', { name: 'Take the balance and the cost basis' }).click()
  expect(await dialog.getByLabel('Balance of Savings').inputValue()).toBe('5,900')
  await dialog.getByLabel('Cost basis of Savings').fill('much')
  await dialog.getByRole('button', { name: 'Roll forward' }).click()
  await dialog.getByText('Write an amount, such as 1250.50 or 420k.').waitFor()
  await dialog.getByRole('button', { name: 'Take the balance and the cost basis' }).click()
  await dialog.getByRole('button', { name: 'Roll forward' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(await valueOf(user, plan.path, 'Savings')).toMatchObject({ balance: '5900', basis: '5000', basisAsOf: expect.any(String) })
  await close()
})

test('the result says when the tax lots have another cost basis than the plan', async () => {
  const { page, close } = await openEditor(browser, platform.address, user, plan.planId)
  const show = async () => {
    await page.goto(`${platform.address}/plans/${plan.planId}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await settled(page)
  }
  expect((await user.request('POST', `${plan.path}/runs`, { body: { iterations: 100 } })).status).toBe(201)
  const words = page.getByText('The cost basis of Savings is $5,000.00 in the plan')
  await show()
  expect(await words.count()).toBe(0)
  const { body } = await user.request('GET', `/v1/wealth/accounts?householdId=${plan.householdId}`)
  const { id } = body.items.find(({ name }: { name: string }) => name === 'Brokerage')
  // 10 of the 30 shares that cost 100 each are sold for 120 each: 2,000 in shares and 3,200 in cash.
  const sale = tradeBody(id, 'sell', '2026-03-03', { symbol: 'VTI', quantity: '10', price: '120' })
  await requesting(user)('POST', '/v1/wealth/transactions', sale)
  await show()
  await page.getByText(/Now it is \$5,200\.00\./).waitFor()
  expect(await words.count()).toBe(1)
  await close()
})
