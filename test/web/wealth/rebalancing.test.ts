import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tradesCsv } from '../../../web/wealth/rebalancing/trades-csv.ts'
import { tradeBody } from '../../lambdas/wealth/lots-platform.ts'
import { priceSecurity } from '../../lambdas/wealth/priced-securities.ts'
import { daysAgo, householdIn, newAccount, requesting } from '../../lambdas/wealth/wealth-platform.ts'
import type { TestUser } from '../../support/platform.ts'
import { expectGoodPage, settled, startBrowser, startWebPlatform, visitAs } from '../browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>
let user: TestUser
let path: string
let balancedPath: string
let plainPath: string

const ago = (days: number): string => daysAgo(days)
const year = ago(0).slice(0, 4)

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  user = await platform.newUser()
  const request = requesting(user)
  const householdId = await householdIn(user)
  await request('POST', `/v1/identity/households/${householdId}/people`, { name: 'Ann', relationship: 'self', birthDate: '1980-01-01' })
  const { id: accountId } = await newAccount(user, householdId, {
    name: 'Brokerage',
    type: 'investment',
    taxType: 'taxable_brokerage',
    openedOn: ago(600),
    balanceSource: 'ledger',
  })
  const classOf = (key: string) => ({ composition: [{ key, weight: '1' }] })
  await priceSecurity(platform, 'STOCKS', { [ago(1)]: 200 }, classOf('us_large_cap'))
  await priceSecurity(platform, 'GROWTH', { [ago(1)]: 200 }, classOf('us_large_cap'))
  await priceSecurity(platform, 'BONDS', { [ago(1)]: 50 }, classOf('us_core_bond'))
  const enter = (type: string, fields: Record<string, unknown>) =>
    request('POST', '/v1/wealth/transactions', tradeBody(accountId, type, ago(500), fields))
  await enter('contribution', { symbol: undefined, amount: '8750.00' })
  await enter('buy', { symbol: 'STOCKS', quantity: '25', price: '100' })
  await enter('buy', { symbol: 'GROWTH', quantity: '25', price: '50' })
  await enter('buy', { symbol: 'BONDS', quantity: '100', price: '50' })
  const make = async (name: string, target: object): Promise<string> => {
    const { id } = await request('POST', '/v1/wealth/portfolios', { householdId, name, accountIds: [accountId], ...target })
    return `/portfolios/${id}`
  }
  const targetOf = (shares: string, bonds: string) => ({
    targetKind: 'asset_class',
    targetAllocation: [
      { key: 'us_large_cap', weight: shares },
      { key: 'us_core_bond', weight: bonds },
    ],
  })
  path = await make('All investments', targetOf('0.6', '0.4'))
  balancedPath = await make('In balance', targetOf('0.66', '0.34'))
  plainPath = await make('Without a target', {})
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const open = (to: string) => visitAs(browser, platform, user, to)
const inLine = (text: string): string => text.trim().split(/\s+/).join(' ')
const rowsOf = async (page: Page, name: string): Promise<string[]> => {
  const rows = page.getByRole('region', { name, exact: true }).getByRole('row')
  await rows.nth(1).waitFor()
  return (await rows.allInnerTexts()).slice(1).map(inLine)
}
const taxText = (page: Page, text: string) => page.getByText(text, { exact: true }).waitFor()

test('without facts of the tax year, a proposal says that no tax is counted, and leads to the facts', async () => {
  const opened = await open(path)
  const { page } = opened
  await page.getByRole('link', { name: 'Rebalance' }).click()
  await page.getByText(`No tax is counted: the facts of the tax year ${year} are not complete.`).waitFor()
  // 10,000 of shares and 5,000 of bonds: 66.7 % against 60 %, and the band ends at 65 %. A sale of 1,000 at 200 has 500 of gain at least.
  expect((await rowsOf(page, 'Proposals by limit of gains')).map(row => row.replace(/\d+\.\d\d% /, ''))).toEqual([
    '$0.00 Not known $0.00 $0.00 2 0.0% 0',
    '$5,000.00 Not known $0.00 +$500.00 0 6.7% 2',
    'No limit Not known $0.00 +$500.00 0 6.7% 2',
  ])
  await page.getByText('No trade is proposed. The reasons are under “What is not done”.').waitFor()
  expect((await rowsOf(page, 'Trades that are left out')).join('\n')).toContain('The sale would realise more gains than the budget allows.')
  await expectGoodPage(opened, 'rebalancing-without-facts')

  await page.getByRole('link', { name: `State the facts of ${year}` }).click()
  await page.getByLabel('Filing status').selectOption('Single')
  await page.getByLabel('Other ordinary income').fill('100000')
  await page.getByRole('button', { name: 'Save the facts' }).click()
  await page.getByRole('button', { name: 'Undo' }).waitFor()
  await opened.close()
})

test('the limit of gains and the sales can be changed, and the tax follows; the trades are saved for the broker', async () => {
  const opened = await open(`${path}/rebalance`)
  const { page } = opened
  await taxText(page, 'Tax of this proposal: $0.00.')
  await page.getByText(`Tax by the facts of ${year}: 22.0% of one more dollar of short-term gain, 15.0% of long-term gain.`).waitFor()
  await page.getByLabel('No limit').check()
  // 15 % of the gain of 500.
  await taxText(page, 'Tax of this proposal: $75.00. $75.00 more than before.')
  expect(await rowsOf(page, 'Proposed trades')).toEqual([
    'Sell STOCKS Brokerage 5 $1,000.00 +$500.00 long-term $75.00 US large cap is above its target Lots',
    'Buy BONDS Brokerage 20 $1,000.00 – – US core bond is below its target',
  ])
  await page.getByText('66.7% before, 60.0% after · Target 60.0%, band 55.0% to 65.0%').waitFor()
  expect(await rowsOf(page, 'Cash of each account before and after')).toEqual(['Brokerage $0.00 $0.00 $0.00 $1,000.00 $1,000.00 $0.00'])
  await page.getByRole('button', { name: 'Lots of STOCKS in Brokerage to name to the broker' }).click()
  expect((await rowsOf(page, 'Lots of STOCKS in Brokerage to name to the broker'))[0]).toMatch(
    /\d{4} long-term 5 \+\$500\.00 \$1,000\.00 \$500\.00$/,
  )
  await page.getByRole('button', { name: 'Close' }).click()
  await expectGoodPage(opened, 'rebalancing')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV for the broker' }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/^rebalancing-\d{4}-\d\d-\d\d\.csv$/)
  expect(readFileSync(await file.path()).toString()).toBe(
    [
      'Account,Symbol,Side,Quantity,Order type,Lots',
      `Brokerage,STOCKS,Sell,5,Market,"5 acquired ${ago(500)}, basis 500.00"`,
      'Brokerage,BONDS,Buy,20,Market,',
      '',
    ].join('\r\n'),
  )

  // Shares of GROWTH have risen from 50 to 200: 1,000 of them have 750 of gain, and 15 % of it is tax.
  await page.getByLabel('Sell STOCKS in Brokerage').uncheck()
  await taxText(page, 'Tax of this proposal: $112.50. $37.50 more than before.')
  expect(await page.getByRole('group', { name: 'Trades', exact: true }).evaluate(group => group === document.activeElement)).toBe(true)
  expect((await rowsOf(page, 'Proposed trades'))[0]).toContain('Sell GROWTH Brokerage 5 $1,000.00 +$750.00 long-term $112.50')
  await page.getByRole('button', { name: 'Allow sales of STOCKS' }).click()
  await taxText(page, 'Tax of this proposal: $75.00. $37.50 less than before.')

  await page.getByText('More settings').click()
  const limit = page.getByRole('group', { name: 'Limit 2', exact: true }).getByLabel('Net gain')
  await limit.fill('some')
  await page.getByText('Write an amount in dollars and cents that is not below zero.').waitFor()
  await limit.fill('250')
  await page.getByLabel('$250.00').check()
  await taxText(page, 'Tax of this proposal: $37.50. $37.50 less than before.')
  await page.getByRole('group', { name: 'Brokerage' }).getByLabel('Take out').fill('2000')
  await page.getByText('Raises cash that is taken out or kept').first().waitFor()
  await expectGoodPage(opened, 'rebalancing-settings')
  await opened.close()
})

test('a portfolio in balance has nothing to do, and one without a target leads to it', async () => {
  const opened = await open(`${balancedPath}/rebalance`)
  const { page } = opened
  await page.getByText('Nothing has to be done: every class is in its band.').waitFor()
  expect(await page.getByRole('region', { name: 'Proposed trades' }).count()).toBe(0)
  await expectGoodPage(opened, 'rebalancing-nothing')
  await page.getByLabel('When to trade').selectOption('Now, whatever the bands')
  await page.getByLabel('No limit').check()
  await page.getByRole('region', { name: 'Proposed trades' }).waitFor()

  await page.goto(`${platform.address}${plainPath}`)
  await settled(page)
  expect(await page.getByRole('link', { name: 'Rebalance' }).count()).toBe(0)
  await page.goto(`${platform.address}${plainPath}/rebalance`)
  await page.getByRole('link', { name: 'Set a target' }).click()
  await page.waitForURL(`**${plainPath}/edit`)
  expect(opened.faults).toEqual([])
  await opened.close()
})

test('names that a spreadsheet would run as formulas are plain text in the file', () => {
  const trade = {
    accountId: 'one',
    symbol: '@SUM(A1)',
    side: 'sell',
    quantity: '1.5',
    amount: '15.00',
    lots: [{ openedBy: null, acquiredOn: null, quantity: '1.5', proceeds: '15.00', costBasis: null, gain: null, isLong: true }],
    shortGain: '0.00',
    longGain: '0.00',
    tax: '0.00',
    reason: 'over_target',
    assetClass: null,
  } as const
  const [, row] = tradesCsv([{ ...trade, lots: [...trade.lots] }], () => '=HYPERLINK("x")').split('\r\n')
  expect(row).toBe(`"'=HYPERLINK(""x"")",'@SUM(A1),Sell,1.5,Market,1.5 without a lot`)
})
