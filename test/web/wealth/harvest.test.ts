import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestUser } from '../../support/platform.ts'
import { tradeBody } from '../../lambdas/wealth/lots-platform.ts'
import { daysAgo, householdIn, newAccount, requesting, todayIn } from '../../lambdas/wealth/wealth-platform.ts'
import { expectGoodPage, startBrowser, visitAs } from '../browser.ts'
import { startMarketPages, storeDailyBars } from '../market/market-web.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startMarketPages>>['platform']
let user: TestUser
let householdId: string
let taxable: string
let ira: string

const zone = 'America/New_York'
const ago = (days: number): string => daysAgo(days, zone)
const year = todayIn(zone).slice(0, 4)
/** A day as the pages print it. */
const words = (date: string): string =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`))
const buy = (accountId: string, date: string, symbol: string, quantity: string, price: string) =>
  requesting(user)('POST', '/v1/wealth/transactions', tradeBody(accountId, 'buy', date, { symbol, quantity, price }))
const bar = (close: string) => [{ time: ago(4), open: close, high: close, low: close, close, volume: '1000' }]

beforeAll(async () => {
  const [opened, started] = await Promise.all([startBrowser(), startMarketPages()])
  browser = opened
  ;({ platform, user } = started)
  householdId = await householdIn(user, zone)
  const account = async (body: object): Promise<string> => (await newAccount(user, householdId, { balanceSource: 'ledger', ...body })).id
  taxable = await account({ name: 'Brokerage', type: 'investment', taxType: 'taxable_brokerage', openedOn: ago(1500) })
  ira = await account({ name: 'IRA', type: 'retirement', taxType: 'traditional_ira', openedOn: ago(1500) })
  await storeDailyBars(started.admin, { LOSS: bar('80.00'), WASH: bar('80.00'), GAIN: bar('150.00') })
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

test('a household without positions has no gains', async () => {
  const opened = await visitAs(browser, platform, user, '/investments/gains')
  const { page } = opened
  await page.getByText('Nothing is held in accounts in which gains are taxed.').waitFor()
  expect(await page.getByRole('button', { name: /^Save / }).count()).toBe(0)
  expect(await page.getByRole('heading', { name: 'Losses to realise' }).count()).toBe(0)
  await opened.close()
})

test('gains are summed by term, the next long-term lots are listed, and files are saved', async () => {
  await buy(taxable, ago(400), 'LOSS', '10', '100')
  await buy(taxable, ago(100), 'WASH', '10', '100')
  await buy(ira, ago(10), 'WASH', '4', '80')
  for (let day = 40; day < 51; day += 1) await buy(taxable, ago(day), 'GAIN', '1', '100')
  // Nobody has said when it was opened: its records begin 5 days ago.
  const old = (
    await newAccount(user, householdId, {
      name: 'Old broker',
      type: 'investment',
      taxType: 'taxable_brokerage',
      balanceSource: 'ledger',
    })
  ).id
  await buy(old, ago(5), 'GLD', '2', '300')

  const opened = await visitAs(browser, platform, user, '/investments')
  const { page } = opened
  await page.getByRole('link', { name: 'Unrealised gains' }).click()
  // Short-term: 11 shares that rose from 100 to 150, and 10 that fell from 100 to 80. Long-term: 10 that fell from 100 to 80.
  expect(await rowsOf(page, 'Unrealised gains by term')).toEqual([
    'Short-term +$350.00 +$550.00 -$200.00 $2,450.00 $2,100.00',
    'Long-term -$200.00 $0.00 -$200.00 $800.00 $1,000.00',
    'All +$150.00 +$550.00 -$400.00 $3,250.00 $3,100.00',
  ])
  await page.getByText('One lot is in no sum, because its price or its basis is not known.').waitFor()
  const turning = await rowsOf(page, 'Lots that turn long-term next')
  expect(turning).toHaveLength(10)
  expect(turning[0]).toMatch(/^WASH Brokerage \w+ \d+, \d{4} 26[56] days left -\$200\.00 10$/)
  await page.getByRole('button', { name: 'Show 3 more lots' }).click()
  expect((await rowsOf(page, 'Lots that turn long-term next')).at(-1)).toMatch(/^GLD Old broker .* Not known 2$/)
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save Unrealised gains as CSV' }).click(),
  ])
  expect(file.suggestedFilename()).toBe(`unrealised-gains-${ago(0)}.csv`)
  // A header, 14 lots, and the end of the last line.
  expect(
    readFileSync(await file.path())
      .toString()
      .split('\r\n'),
  ).toHaveLength(16)
  await opened.close()
})

test('losses name the wash sale, what must not be bought, and the tax once the facts of the year are stated', async () => {
  const person = { name: 'Ann', relationship: 'self', birthDate: '1980-01-01' }
  await requesting(user)('POST', `/v1/identity/households/${householdId}/people`, person)
  const opened = await visitAs(browser, platform, user, '/taxes')
  const { page } = opened
  await page.getByRole('link', { name: 'Unrealised gains' }).click()
  const card = (name: string) =>
    page
      .locator('main div')
      .filter({ has: page.getByRole('heading', { name, exact: true }) })
      .last()
  const textOf = async (name: string): Promise<string> => inLine(await card(name).innerText())
  await page.getByRole('heading', { name: 'WASH in Brokerage' }).waitFor()
  // The IRA bought 4 shares 10 days ago: 20 of loss on each of 4 shares would not count.
  const wash = await textOf('WASH in Brokerage')
  expect(wash).toContain('10 shares at a loss Loss $200.00 Counts, short-term $120.00 Would not count $80.00 Tax saved Not known')
  expect(wash).toContain(`$80.00 of the loss would not count, because of a purchase in the last 30 days. Wait until ${words(ago(-21))}.`)
  expect(wash).toContain(`After a sale today, nobody in the household may buy WASH up to ${words(ago(-30))}, in any account.`)
  expect(await textOf('LOSS in Brokerage')).toContain('Counts, long-term $200.00 Tax saved Not known')
  expect(await card('LOSS in Brokerage').getByText('would be a wash sale').count()).toBe(0)
  await page.getByText(`Old broker: ${words(ago(30))} to ${words(ago(6))} are missing.`).waitFor()
  await page.getByText(`The tax of ${year} is not estimated yet. Missing: the filing status and the income of the year.`).waitFor()
  await expectGoodPage(opened, 'wealth-gains-without-facts')

  await page.getByRole('link', { name: `State the facts of ${year}` }).click()
  await page.getByLabel('Filing status').selectOption('Single')
  await page.getByLabel('Other ordinary income').fill('100000')
  await page.getByRole('button', { name: 'Save the facts' }).click()
  await page.getByRole('button', { name: 'Undo' }).waitFor()
  await page.goto(`${platform.address}/investments/gains`)
  await page.getByText(`Tax of ${year}, estimated: Single, no state tax`).waitFor()
  // Income of 100,000 is in the 22 % bracket: a loss saves that of other income, whatever its term. 22 % of 200, and of 120.
  expect(await textOf('LOSS in Brokerage')).toContain('Tax saved $44.00')
  expect(await textOf('WASH in Brokerage')).toContain('Tax saved $26.40')
  expect(inLine(await page.locator('dl').first().innerText())).toBe(
    'Counts, short-term $0.00 Counts, long-term $200.00 Tax saved $44.00 Carried to next year $0.00',
  )
  await expectGoodPage(opened, 'wealth-gains')
  await page.getByRole('link', { name: 'Tax lots: LOSS in Brokerage' }).click()
  await page.getByRole('heading', { name: 'LOSS in Brokerage' }).waitFor()
  await opened.close()
})
