import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestUser } from '../../support/platform.ts'
import { join } from '../../support/shared-household.ts'
import { anyVersion } from '../../lambdas/wealth/ledger-platform.ts'
import { tradeBody } from '../../lambdas/wealth/lots-platform.ts'
import { daysAgo, householdIn, newAccount, requesting } from '../../lambdas/wealth/wealth-platform.ts'
import { expectGoodPage, startBrowser, visitAs } from '../browser.ts'
import { startMarketPages, storeDailyBars } from '../market/market-web.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startMarketPages>>['platform']
let user: TestUser
let householdId: string
let taxable: string
let first: string
let second: string

const zone = 'America/New_York'
const ago = (days: number): string => daysAgo(days, zone)
const year = ago(0).slice(0, 4)
/** A day as the pages print it. */
const words = (date: string): string =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`))
const enter = async (type: string, date: string, symbol: string, quantity: string, price: string): Promise<string> =>
  (await requesting(user)('POST', '/v1/wealth/transactions', tradeBody(taxable, type, date, { symbol, quantity, price }))).id

beforeAll(async () => {
  const [opened, started] = await Promise.all([startBrowser(), startMarketPages()])
  browser = opened
  ;({ platform, user } = started)
  householdId = await householdIn(user, zone)
  const account = { name: 'Brokerage', type: 'investment', taxType: 'taxable_brokerage', openedOn: ago(1500), balanceSource: 'ledger' }
  taxable = (await newAccount(user, householdId, account)).id
  await storeDailyBars(started.admin, {
    VTI: [{ time: ago(4), open: '130.00', high: '130.00', low: '130.00', close: '130.00', volume: '1000' }],
  })
  // Average cost is for funds.
  const fund = { name: 'The VTI', type: 'etf', exchangeCode: 'XNYS', currency: 'USD' }
  await requesting(started.admin)('PUT', '/v1/market/instruments/VTI', fund, anyVersion)
  first = await enter('buy', ago(800), 'VTI', '10', '100')
  second = await enter('buy', ago(200), 'VTI', '10', '120')
  await enter('buy', ago(60), 'XYZ', '1', '10')
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const inLine = (text: string): string => text.trim().split(/\s+/).join(' ')
/** The rows of a table, each in one line. */
const rowsOf = async (page: Page, name: string): Promise<string[]> => {
  const rows = page.getByRole('region', { name, exact: true }).getByRole('row')
  await rows.first().waitFor()
  return (await rows.allInnerTexts()).slice(1).map(inLine)
}
const compare = (page: Page) => page.getByRole('button', { name: 'Compare', exact: true }).click()

test('the ways to sell stand beside one another, with the facts that the tax still needs', async () => {
  const opened = await visitAs(browser, platform, user, `/investments/${taxable}/VTI`)
  const { page } = opened
  await page.getByRole('link', { name: 'Compare ways to sell' }).click()
  await page.getByRole('heading', { name: 'Sell VTI in Brokerage' }).waitFor()
  await compare(page)
  await page.getByText('Write a number.').waitFor()
  await page.getByLabel('Shares to sell').fill('21')
  await compare(page)
  await page.getByText('must be at most 20: the account holds 20 of VTI').waitFor()
  await page.getByLabel('Shares to sell').fill('8')
  await compare(page)
  await page.getByRole('heading', { name: `Sale of 8 shares at $130.00 on ${words(ago(0))}` }).waitFor()
  await page.getByText(`The tax of ${year} is not estimated yet. Missing: the filing status and the income of the year.`).waitFor()
  expect((await rowsOf(page, 'Ways to sell VTI'))[0]).toBe(
    'First in, first out Holds without a choice Not known $0.00 +$240.00 $0.00 $1,040.00 $800.00 Lots',
  )
  expect(await page.getByText('Lowest tax', { exact: true }).count()).toBe(0)

  await page.goto(`${platform.address}/investments/${taxable}/XYZ/sell`)
  await page.getByLabel('Shares to sell').fill('1')
  await compare(page)
  await page.getByText('is needed: the platform has no price of the security').waitFor()
  await page.getByLabel('Price of a share').fill('12.50')
  await compare(page)
  await page.getByRole('heading', { name: 'Sale of 1 share at $12.50' }).waitFor()
  await opened.close()
})

test('the lowest tax is marked, each way opens its lots, and a person compares their own choice', async () => {
  await requesting(user)(
    'PUT',
    `/v1/wealth/households/${householdId}/tax-years/${year}`,
    { filingStatus: 'single', ordinaryIncome: '100000.00' },
    anyVersion,
  )
  const opened = await visitAs(browser, platform, user, `/investments/${taxable}/VTI/sell?lots=${first}:4,${second}:3.5`)
  const { page } = opened
  expect(await page.getByLabel('Shares to sell').inputValue()).toBe('7.5')
  await page.getByLabel('Shares to sell').fill('8')
  await page.getByText('Chosen so far: 7.5 shares.').waitFor()
  await compare(page)
  await page.getByText('must sum to 8, the quantity; they sum to 7.5').waitFor()
  await page.getByLabel(words(ago(200))).fill('4')
  await compare(page)
  // At 130, a share of the old lot gains 30, taxed at 15 %; one of the new lot 10, at the 22 % of an income of 100,000.
  // Average cost is 110, and the oldest are sold first: 8 × 20 at 15 %. The own choice: 120 at 15 % and 40 at 22 %.
  expect(await rowsOf(page, 'Ways to sell VTI')).toEqual([
    'First in, first out Holds without a choice +$36.00 $0.00 +$240.00 $0.00 $1,040.00 $800.00 Lots',
    'Last in, first out Lowest tax +$17.60 +$80.00 $0.00 $0.00 $1,040.00 $960.00 Lots',
    'Highest cost first Lowest tax +$17.60 +$80.00 $0.00 $0.00 $1,040.00 $960.00 Lots',
    'Least taxed first +$36.00 $0.00 +$240.00 $0.00 $1,040.00 $800.00 Lots',
    'Average cost +$24.00 $0.00 +$160.00 $0.00 $1,040.00 $880.00 Lots',
    'Your own choice +$26.80 +$40.00 +$120.00 $0.00 $1,040.00 $880.00 Lots',
  ])
  await expectGoodPage(opened, 'wealth-sell')
  await page.getByRole('button', { name: 'Lots of: Your own choice' }).click()
  expect(await rowsOf(page, 'Lots of: Your own choice')).toEqual([
    `${words(ago(800))} Long-term 4 +$120.00 $520.00 $400.00`,
    `${words(ago(200))} Short-term 4 +$40.00 $520.00 $480.00`,
  ])
  await page.keyboard.press('Escape')
  await page.getByText('Nothing is stored here.').waitFor()
  expect(await page.getByRole('link', { name: 'To the register' }).getAttribute('href')).toBe(`/accounts/${taxable}/register`)
  // There is one lot of it.
  await page.goto(`${platform.address}/investments/${taxable}/XYZ/sell`)
  await page.getByLabel('Shares to sell').fill('1')
  await page.getByLabel('Price of a share').fill('12.50')
  await compare(page)
  await page.getByText('The tax is the same by all ways.').waitFor()
  expect(opened.faults).toEqual([])
  await opened.close()
})

test('the lots of a sale are chosen until it settles, a viewer only reads, and the choice is undone', async () => {
  const sale = await enter('sell', ago(0), 'VTI', '5', '130')
  const closed = async (page: Page) => rowsOf(page, `Closed lots of VTI in ${year}`)
  const choiceOf = async (id: string) => requesting(user)('GET', `/v1/wealth/transactions/${id}/lot-choice`)
  const { settlesOn } = await choiceOf(sale)
  const opened = await visitAs(browser, platform, user, `/investments/${taxable}/VTI`)
  const { page } = opened
  const title = `Lots of the sale of VTI on ${words(ago(0))}`
  // First in, first out: 5 shares of the old lot gain 30 each.
  expect(await closed(page)).toEqual([
    `${words(ago(0))} Sale Acquired ${words(ago(800))} 5 +$150.00 Long-term $0.00 $650.00 $500.00 Transactions Choose lots`,
  ])
  await page.getByRole('button', { name: `Choose lots: ${title}` }).click()
  const dialog = page.getByRole('dialog', { name: title })
  await dialog.getByText(`Give the same choice to your broker by ${words(settlesOn)}`).waitFor()
  expect(inLine(await dialog.locator('dl').innerText())).toBe(
    `Way that holds First in, first out Chosen By the method of the account or the security Can change until ${words(settlesOn)}`,
  )
  await dialog.getByLabel('Way to choose').selectOption('Your own choice')
  // The lots that the sale closes now, out of all that it could close.
  expect(await dialog.getByLabel(words(ago(800))).inputValue()).toBe('5')
  await dialog.getByLabel(words(ago(800))).fill('1')
  await dialog.getByLabel(words(ago(200))).fill('3')
  await dialog.getByRole('button', { name: 'Store the choice' }).click()
  await dialog.getByText('must sum to 5, the quantity of the sale; they sum to 4').waitFor()
  await dialog.getByLabel(words(ago(200))).fill('4')
  await expectGoodPage(opened, 'wealth-choose-lots')
  await dialog.getByRole('button', { name: 'Store the choice' }).click()
  await page.getByText('Lots of the sale of VTI chosen').waitFor()
  await page.getByRole('cell', { name: '+$40.00' }).waitFor()
  expect((await closed(page)).map(row => row.replace(/^.* Acquired /, ''))).toEqual([
    `${words(ago(800))} 1 +$30.00 Long-term $0.00 $130.00 $100.00 Transactions Choose lots`,
    `${words(ago(200))} 4 +$40.00 Short-term $0.00 $520.00 $480.00 Transactions`,
  ])
  expect(await choiceOf(sale)).toMatchObject({
    method: 'specific',
    identifiedOn: ago(0),
    lots: [
      { openingId: first, quantity: '1' },
      { openingId: second, quantity: '4' },
    ],
  })

  const viewer = await platform.newUser()
  await join(platform, user, householdId, viewer, 'viewer')
  const watched = await visitAs(browser, platform, viewer, `/investments/${taxable}/VTI`)
  await watched.page.getByRole('button', { name: `Choice of lots: ${title}` }).click()
  await watched.page.getByRole('dialog').getByText('Your own choice').waitFor()
  expect(await watched.page.getByRole('button', { name: 'Store the choice' }).count()).toBe(0)
  await watched.close()

  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('region', { name: 'Closed lots of VTI' }).getByRole('cell', { name: '+$150.00' }).waitFor()
  expect(await choiceOf(sale)).toMatchObject({ method: null, usedMethod: 'fifo', lots: [] })
  await opened.close()
})

test('a choice for a sale that is settled needs the day on which the broker had it', async () => {
  await enter('buy', ago(50), 'OLD', '1', '20')
  await enter('buy', ago(45), 'OLD', '1', '30')
  const sale = await enter('sell', ago(40), 'OLD', '1', '40')
  const opened = await visitAs(browser, platform, user, `/investments/${taxable}/OLD`)
  const { page } = opened
  await page.getByRole('button', { name: 'Choose lots' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('The law takes another choice only if your broker had it by that day').waitFor()
  await dialog.getByLabel('Way to choose').selectOption('Last in, first out')
  const store = dialog.getByRole('button', { name: 'Store the choice' })
  await store.click()
  await dialog.getByText('Choose a date.').waitFor()
  await dialog.getByLabel('Your broker had the choice on').fill(ago(30))
  await store.click()
  await dialog.getByText(/must not be after .*, when the sale is settled/).waitFor()
  await dialog.getByLabel('Your broker had the choice on').fill(ago(40))
  await store.click()
  await page.getByText('Lots of the sale of OLD chosen').waitFor()
  // The share of 30 is sold at 40.
  await page.getByRole('cell', { name: '+$10.00' }).waitFor()
  expect(await requesting(user)('GET', `/v1/wealth/transactions/${sale}/lot-choice`)).toMatchObject({
    method: 'lifo',
    identifiedOn: ago(40),
  })
  expect(opened.faults).toEqual([])
  await opened.close()
})

test('the lots of shares that are transferred out are chosen by a method, in the register', async () => {
  const request = requesting(user)
  await enter('buy', ago(50), 'MOVE', '2', '20')
  await enter('buy', ago(45), 'MOVE', '2', '30')
  const { id } = await request('POST', '/v1/wealth/transactions', {
    ...tradeBody(taxable, 'transfer_out', ago(0), { symbol: 'MOVE', quantity: '2', lotOrigin: 'transfer' }),
    description: 'To another broker',
  })
  const held = async (): Promise<string[]> =>
    (await request('GET', `/v1/wealth/tax-lots?householdId=${householdId}&accountId=${taxable}&symbol=MOVE`)).items.map(
      ({ acquiredOn }: { acquiredOn: string }) => acquiredOn,
    )
  // First in, first out: the newer lot stays.
  expect(await held()).toEqual([ago(45)])
  const opened = await visitAs(browser, platform, user, `/accounts/${taxable}/register`)
  const { page } = opened
  await page.getByRole('button', { name: 'Edit To another broker' }).click()
  await page.getByRole('button', { name: 'Choose lots' }).click()
  const dialog = page.getByRole('dialog', { name: `Lots of the transfer of MOVE on ${words(ago(0))}` })
  const method = dialog.getByLabel('Way to choose')
  expect((await method.locator('option').allInnerTexts()).includes('Your own choice')).toBe(false)
  await method.selectOption('Last in, first out')
  await expectGoodPage(opened, 'wealth-choose-lots-transfer')
  await dialog.getByRole('button', { name: 'Store the choice' }).click()
  await page.getByText('Lots of the transfer of MOVE chosen').waitFor()
  expect(await held()).toEqual([ago(50)])

  // Somebody else is faster: both versions are shown.
  await page.getByRole('button', { name: 'Choose lots' }).click()
  await method.selectOption('Highest cost first')
  await request('PUT', `/v1/wealth/transactions/${id}/lot-choice`, { method: 'fifo' }, anyVersion)
  await dialog.getByRole('button', { name: 'Store the choice' }).click()
  const conflict = page.getByRole('dialog', { name: 'Somebody changed this meanwhile' })
  await conflict.waitFor()
  expect((await conflict.getByRole('row').allInnerTexts()).map(inLine)).toEqual([
    'Field Yours Stored now',
    'Way to choose Highest cost first First in, first out',
  ])
  await conflict.getByRole('button', { name: 'Store mine over it' }).click()
  await expect.poll(held).toEqual([ago(50)])
  expect(opened.faults).toEqual([])
  await opened.close()
})
