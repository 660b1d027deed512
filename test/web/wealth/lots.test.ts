import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestUser } from '../../support/platform.ts'
import { tradeBody } from '../../lambdas/wealth/lots-platform.ts'
import { daysAgo, householdIn, newAccount, requesting } from '../../lambdas/wealth/wealth-platform.ts'
import { expectGoodPage, settled, startBrowser, visitAs } from '../browser.ts'
import { startMarketPages, storeDailyBars } from '../market/market-web.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startMarketPages>>['platform']
let user: TestUser
let householdId: string
let taxable: string
let ira: string

const zone = 'America/New_York'
const ago = (days: number): string => daysAgo(days, zone)
/** A day as the pages print it. */
const words = (date: string): string =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`))
const enter = (accountId: string, type: string, date: string, symbol: string, quantity: string, price?: string) =>
  requesting(user)(
    'POST',
    '/v1/wealth/transactions',
    tradeBody(accountId, type, date, { symbol, quantity, ...(price === undefined ? { amount: '0.00' } : { price }) }),
  )

beforeAll(async () => {
  const [opened, started] = await Promise.all([startBrowser(), startMarketPages()])
  browser = opened
  ;({ platform, user } = started)
  householdId = await householdIn(user, zone)
  const account = async (body: object): Promise<string> => (await newAccount(user, householdId, { balanceSource: 'ledger', ...body })).id
  taxable = await account({ name: 'Brokerage', type: 'investment', taxType: 'taxable_brokerage', openedOn: ago(1500) })
  ira = await account({ name: 'IRA', type: 'retirement', taxType: 'traditional_ira', openedOn: ago(1500) })
  // Nobody has said when it was opened: its records begin 400 days ago.
  const old = await account({ name: 'Old broker', type: 'investment', taxType: 'taxable_brokerage' })
  await storeDailyBars(started.admin, {
    VTI: [{ time: '2026-10-30', open: '130.00', high: '130.00', low: '130.00', close: '130.00', volume: '1000' }],
  })
  await enter(taxable, 'buy', ago(800), 'VTI', '10', '100')
  await enter(taxable, 'buy', ago(200), 'VTI', '10', '120')
  await enter(taxable, 'buy', ago(600), 'BND', '5', '80')
  await enter(taxable, 'sell', ago(500), 'BND', '5', '70')
  await enter(taxable, 'buy', ago(350), 'GLD', '1', '300')
  await enter(taxable, 'sell', ago(300), 'GLD', '1', '290')
  await enter(taxable, 'buy', ago(330), 'IWM', '10', '200')
  await enter(taxable, 'sell', ago(20), 'IWM', '10', '150')
  await enter(ira, 'buy', ago(5), 'IWM', '4', '150')
  await enter(taxable, 'buy', ago(3), 'IWM', '2', '150')
  await enter(ira, 'buy', ago(60), 'BRK/B', '1.5', '400')
  await enter(old, 'transfer_in', ago(400), 'MSFT', '3')
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const open = (path: string) => visitAs(browser, platform, user, path)
const inLine = (text: string): string => text.trim().split(/\s+/).join(' ')
/** The rows of a table, each in one line. */
const rowsOf = async (page: Page, name: string): Promise<string[]> => {
  const rows = page.getByRole('region', { name }).getByRole('row')
  await rows.first().waitFor()
  return (await rows.allInnerTexts()).slice(1).map(inLine)
}

test('investments show positions by account, what is incomplete, and which trades to avoid', async () => {
  const opened = await open('/investments')
  const { page } = opened
  await page.getByRole('heading', { name: 'What to avoid now' }).waitFor()
  const turns = new Date(`${ago(200)}T00:00:00Z`)
  turns.setUTCFullYear(turns.getUTCFullYear() + 1)
  turns.setUTCDate(turns.getUTCDate() + 1)
  // 10 at a gain of 10 each are short-term, 10 at a gain of 30 each are long-term.
  expect((await rowsOf(page, 'Positions in Brokerage')).find(row => row.startsWith('VTI'))).toBe(
    `VTI 20 shares, 2 lots $2,600.00 Price of Oct 30, 2026 $2,200.00 +$100.00 +$300.00 ${words(turns.toISOString().slice(0, 10))}`,
  )
  // Two new shares cost 300, and replace 2 of 10 shares that lost 500.
  expect((await rowsOf(page, 'Positions in Brokerage')).find(row => row.startsWith('IWM'))).toMatch(
    /^IWM 2 shares, 1 lot No price \$400\.00 \$100\.00 of it from wash sales Not known/,
  )
  // A sale 20 days ago: 30 days after it are over in 10 days, so a purchase is free on the 11th.
  await page.getByText(`Do not buy IWM before ${words(ago(-11))}`, { exact: true }).waitFor()
  await page.getByText('4 shares were sold at a loss in Brokerage. Up to $200.00 of it would not count.').waitFor()
  await page.getByText(`A sale of IWM at a loss before ${words(ago(-28))} would be a wash sale`, { exact: true }).waitFor()
  await page.getByText('4 shares were bought in IRA.').waitFor()
  const link = page.getByRole('link', { name: `Show the transaction of ${words(ago(400))}` })
  expect(await link.getAttribute('href')).toMatch(new RegExp(`/accounts/[\\w-]+/register\\?from=${ago(400)}&to=${ago(400)}$`))
  expect(await link.locator('xpath=ancestor::li').innerText()).toContain('MSFT, 3 shares, Old broker: The cost basis of shares')
  expect(await page.getByText('Changes of the ledger are being calculated').count()).toBe(0)
  await expectGoodPage(opened, 'wealth-investments')
  await link.click()
  await page.getByRole('button', { name: /transfer_in/ }).waitFor()
  await opened.close()
})

test('a notice stays until the changes of the ledger are calculated', async () => {
  const opened = await open('/people')
  const { page } = opened
  let isCurrent = false
  await page.route('**/v1/wealth/positions?*', async route => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, json: { ...(await answer.json()), isCurrent } })
  })
  await page.goto(`${platform.address}/investments`)
  const notice = page.getByText('Changes of the ledger are being calculated')
  await notice.waitFor()
  isCurrent = true
  await notice.waitFor({ state: 'detached' })
  expect(await page.getByRole('link', { name: 'VTI', exact: true }).count()).toBe(1)
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await opened.close()
})

test('a position shows its lots and what was closed, and each row opens its transactions', async () => {
  const opened = await open('/investments')
  const { page } = opened
  await page.getByRole('link', { name: 'BRK/B' }).click()
  await page.getByRole('heading', { name: 'BRK/B in IRA' }).waitFor()
  expect((await rowsOf(page, 'Tax lots of BRK/B'))[0]).toContain(`${words(ago(60))} Bought 1.5 Short-term`)
  await page.reload()
  await page.getByRole('heading', { name: 'BRK/B in IRA' }).waitFor()

  await page.goto(`${platform.address}/investments/${taxable}/VTI`)
  await page.getByText('+$300.00').first().waitFor()
  expect((await rowsOf(page, 'Tax lots of VTI'))[0]).toBe(
    `${words(ago(800))} Bought 10 Long-term $1,000.00 $1,300.00 Price of Oct 30, 2026 +$300.00 Transactions`,
  )
  await page.getByText('Nothing of this position was closed yet.').waitFor()

  await page.goto(`${platform.address}/investments/${taxable}/IWM`)
  const year = ago(20).slice(0, 4)
  await page.getByRole('heading', { name: year, exact: true }).waitFor()
  expect(await rowsOf(page, `Closed lots of IWM in ${year}`)).toEqual([
    `${words(ago(20))} Sale Acquired ${words(ago(330))} 10 -$200.00 Short-term $300.00 $1,500.00 $2,000.00 Transactions Wash sale Choose lots`,
  ])
  await expectGoodPage(opened, 'wealth-position')
  await page.getByRole('button', { name: `Transactions of what was closed on ${words(ago(20))}` }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(`Opened by: buy ${ago(330)}`).waitFor()
  await dialog.getByText(`Closed by: sell ${ago(20)}`).waitFor()
  await dialog.getByRole('link', { name: 'Show it in the register' }).last().click()
  await page.getByRole('button', { name: `sell ${ago(20)}` }).waitFor()
  await page.goBack()
  await page.getByRole('link', { name: `Wash sale of the loss of ${words(ago(20))}` }).click()
  await page.getByRole('heading', { name: 'Loss of $500.00 on 10 shares of IWM' }).waitFor()
  await page.getByText('Only the losses of one sale are shown.').waitFor()
  expect(await page.locator('main h2').count()).toBe(1)
  await opened.close()
})

test('wash sales say for each loss what replaced it, how certain that is, and can be filtered', async () => {
  const opened = await open('/investments/wash-sales')
  const { page } = opened
  const story = (symbol: string) =>
    page
      .locator('main div')
      .filter({ has: page.getByRole('heading', { name: new RegExp(`of ${symbol}$`) }) })
      .last()
  const iwm = story('IWM')
  await iwm.getByText(`Still watching until ${words(ago(-10))}`).waitFor()
  expect(await iwm.getByRole('list', { name: 'Replacements' }).getByRole('listitem').allInnerTexts()).toEqual([
    `${words(ago(5))}, 15 days after the sale: 4 shares of IWM in IRA. $200.00 of the loss is lost for good: the account is tax-advantaged. Show the purchase`,
    `${words(ago(3))}, 17 days after the sale: 2 shares of IWM in Brokerage. $100.00 of the loss is added to the basis of these shares. Show the purchase`,
  ])
  const drawing = iwm.getByRole('img', { name: `The 61 days around the sale of 10 shares of IWM on ${words(ago(20))}` })
  // A lost part is a square, one in the basis is a circle: the shapes say it without colour.
  expect([await drawing.locator('rect').count(), await drawing.locator('circle').count()]).toEqual([1, 1])
  await iwm.getByRole('button', { name: 'Show as a table' }).click()
  expect((await iwm.getByRole('row').allInnerTexts()).map(inLine)).toEqual([
    'Event Day Days from the sale Account Security Shares Disallowed loss What becomes of it',
    `Sale ${words(ago(20))} 0 Brokerage IWM 10 shares`,
    `1 ${words(ago(5))} 15 IRA IWM 4 shares $200.00 Lost for good`,
    `2 ${words(ago(3))} 17 Brokerage IWM 2 shares $100.00 In the basis`,
  ])
  await iwm.getByRole('button', { name: 'Show as a chart' }).click()
  await story('GLD').getByText('The 61 days are over, and the records of all accounts cover them.').waitFor()
  // The days from 530 to 470 days ago: nothing of the old broker is recorded before 400 days ago.
  await story('BND').getByText('The records of some accounts do not cover the 61 days').waitFor()
  await story('BND')
    .getByText(`Old broker: ${words(ago(530))} to ${words(ago(470))} are missing.`)
    .waitFor()
  await expectGoodPage(opened, 'wealth-wash-sales')

  const shown = () => page.locator('main h2').allInnerTexts()
  await page.getByLabel('Year').selectOption(ago(500).slice(0, 4))
  await page.getByRole('heading', { name: 'of IWM' }).waitFor({ state: 'detached' })
  expect(await shown()).toContain('Loss of $50.00 on 5 shares of BND')
  await page.getByLabel('Year').selectOption('All years')
  await page.getByLabel('Account', { exact: true }).selectOption('Old broker')
  await page.getByRole('heading', { name: 'There are no losses here' }).waitFor()
  await page.getByLabel('Account', { exact: true }).selectOption('Brokerage')
  await page.getByRole('heading', { name: 'of IWM' }).waitFor()
  await settled(page)
  expect(await shown()).toHaveLength(3)
  await opened.close()
})
