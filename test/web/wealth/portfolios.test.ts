import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anyVersion } from '../../lambdas/wealth/ledger-platform.ts'
import { tradeBody } from '../../lambdas/wealth/lots-platform.ts'
import { priceSecurity } from '../../lambdas/wealth/priced-securities.ts'
import { daysAgo, householdIn, newAccount, requesting } from '../../lambdas/wealth/wealth-platform.ts'
import type { TestUser } from '../../support/platform.ts'
import { expectGoodPage, settled, startBrowser, startWebPlatform, visitAs } from '../browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>
let user: TestUser
let householdId: string
let taxable: string

const ago = (days: number): string => daysAgo(days)
/** A day as the pages print it. */
const words = (date: string): string =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`))
const request = (method: string, path: string, body?: unknown, headers = {}) => requesting(user)(method, path, body, headers)

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  user = await platform.newUser()
  householdId = await householdIn(user)
  const account = async (name: string, type: string, taxType: string): Promise<string> =>
    (await newAccount(user, householdId, { name, type, taxType, openedOn: ago(400), balanceSource: 'ledger' })).id
  taxable = await account('Brokerage', 'investment', 'taxable_brokerage')
  await account('IRA', 'retirement', 'traditional_ira')
  await newAccount(user, householdId, { name: 'Card', type: 'credit_card' })
  const composition = [{ key: 'us_large_cap', weight: '0.8' }]
  await priceSecurity(platform, 'VTI', { [ago(100)]: 100, [ago(3)]: 130 }, { composition })
  await priceSecurity(platform, 'EXS1', { [ago(2)]: 50 }, { currency: 'EUR' })
  const administrator = platform.database.connect('postgres')
  await administrator`insert into market.fx_rates (base, quote, date, rate) values ('EUR', 'USD', ${ago(50)}, 1.10), ('EUR', 'USD', ${ago(1)}, 1.20)`
  const enter = (type: string, days: number, fields: Record<string, unknown>) =>
    request('POST', '/v1/wealth/transactions', tradeBody(taxable, type, ago(days), fields))
  await enter('contribution', 120, { symbol: undefined, amount: '5000.00' })
  await enter('buy', 90, { quantity: '20', price: '100' })
  await enter('sell', 30, { quantity: '5', price: '120' })
  await enter('buy', 50, { symbol: 'EXS1', quantity: '10', price: '44' })
  await enter('buy', 40, { symbol: 'PRIVATE', quantity: '4', price: '25' })
  // Nobody knows what it is worth, or what it has cost.
  await enter('transfer_in', 40, { symbol: 'GIVEN', quantity: '2', price: '0' })
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const open = (path: string) => visitAs(browser, platform, user, path)
const inLine = (text: string): string => text.trim().split(/\s+/).join(' ')
const rowsOf = async (page: Page, name: string): Promise<string[]> => {
  const rows = page.getByRole('region', { name, exact: true }).getByRole('row')
  await rows.nth(1).waitFor()
  return (await rows.allInnerTexts()).slice(1).map(inLine)
}
const undo = (page: Page) => page.getByRole('button', { name: 'Undo' }).last().click()
const list = async (): Promise<readonly { readonly id: string; readonly name: string; readonly accountIds: readonly string[] }[]> =>
  (await request('GET', `/v1/wealth/portfolios?householdId=${householdId}`)).items
const make = (body: object) => request('POST', '/v1/wealth/portfolios', { householdId, name: 'Some', accountIds: [taxable], ...body })

test('one action makes a portfolio of all investment and retirement accounts, and it is undone', async () => {
  const opened = await open('/investments')
  const { page } = opened
  await page.getByRole('link', { name: 'Portfolios' }).last().click()
  await page.getByRole('heading', { name: 'There are no portfolios yet' }).waitFor()
  await page.getByText('It has 2 open accounts for investments and retirement.').waitFor()
  await expectGoodPage(opened, 'portfolios-empty')
  const button = page.getByRole('button', { name: 'Create “All investments”' })
  await button.click()
  await page.getByText('All investments was added.').waitFor()
  expect(await list()).toMatchObject([{ name: 'All investments', accountIds: [expect.any(String), expect.any(String)] }])
  await undo(page)
  await button.waitFor()
  expect(await list()).toEqual([])
  await button.click()
  await page.getByRole('link', { name: 'All investments' }).waitFor()
  await page.getByText('Brokerage, IRA').waitFor()
  await page.getByText('$5,710', { exact: true }).waitFor()
  await page.getByText('without 1 holding of unknown value').waitFor()
  await page.getByText('No target is set.').waitFor()
  await opened.close()
})

test('a portfolio shows what is known and says what is not', async () => {
  const [first] = await list()
  const opened = await open(`/portfolios/${first?.id}`)
  const { page } = opened
  // 15 VTI at 130, 10 EXS1 at 50 EUR of 1.20 USD, 4 PRIVATE at 25, and 5,000 - 2,000 + 600 - 440 - 100 in cash.
  for (const [name, value] of [
    ['Total value', '$5,710'],
    ['Invested', '$2,650'],
    ['Cash', '$3,060'],
    ['Unrealised gain', '+$610'],
    ['Oldest price', words(ago(40))],
  ] as const)
    expect(inLine(await page.locator('main span', { hasText: name }).first().locator('..').innerText())).toBe(`${name} ${value}`)
  await page.getByText('The value of 1 holding is not known. No sum contains it.').waitFor()
  expect(await rowsOf(page, 'Value by asset class')).toEqual([
    'Cash $3,060 53.6%',
    'US large cap $1,560 27.3%',
    'Not classified $1,090 19.1%',
  ])
  const areas = page.getByRole('list', { name: 'Parts of the portfolio' }).getByRole('listitem')
  expect(await areas.evaluateAll(each => each.map(area => area.getAttribute('aria-label')))).toEqual([
    'Cash: $3,060, 53.6%',
    'US large cap: $1,560, 27.3%',
    'Not classified: $1,090, 19.1%',
  ])
  await page.getByText('Holding', { exact: true }).first().click()
  expect(await rowsOf(page, 'Value by holding')).toEqual(['Cash $3,060 53.6%', 'VTI $1,950 34.2%', 'EXS1 $600 10.5%', 'PRIVATE $100 1.8%'])
  const holdings = await rowsOf(page, 'Holdings of the portfolio')
  expect(holdings).toEqual([
    'Cash Brokerage $3,060.00 53.6% – – – – Cash',
    `VTI VTI fund Brokerage $1,950.00 34.2% +$450.00 +30.0% 15 $100.00 $130.00 Market price of ${words(ago(3))} US large cap 80%, Not classified 20% by its composition`,
    `EXS1 EXS1 fund Brokerage $600.00 10.5% +$160.00 +36.4% +$120.00 by the price +$40.00 by the exchange rate 10 $44.00 €50.00 Market price of ${words(ago(2))} Not classified`,
    `PRIVATE Brokerage $100.00 1.8% $0.00 0.0% 4 $25.00 $25.00 Last trade, of ${words(ago(40))} Not classified`,
    'GIVEN There is no market price of it, and no trade with a price. The cost basis of a lot is not known. Brokerage Not known – Not known 2 Not known – Not classified',
  ])
  await page.getByRole('button', { name: 'Gain' }).click()
  expect((await rowsOf(page, 'Holdings of the portfolio')).map(row => row.split(' ')[0])).toEqual([
    'PRIVATE',
    'EXS1',
    'VTI',
    'Cash',
    'GIVEN',
  ])
  expect(await page.getByRole('link', { name: 'VTI', exact: true }).getAttribute('href')).toBe(`/investments/${taxable}/VTI`)
  await expectGoodPage(opened, 'portfolio')

  await page.getByLabel('Day', { exact: true }).fill(ago(60))
  await page.getByText('$5,000', { exact: true }).first().waitFor()
  expect(new URL(page.url()).searchParams.get('date')).toBe(ago(60))
  expect((await rowsOf(page, 'Holdings of the portfolio')).map(row => row.split(' ')[0])).toEqual(['VTI', 'Cash'])
  await page.reload()
  await settled(page)
  expect(await page.getByLabel('Day', { exact: true }).inputValue()).toBe(ago(60))
  await page.getByLabel('Day', { exact: true }).fill(ago(-2))
  await page.getByText(`Choose a day until ${words(ago(0))}.`).waitFor()
  await page.getByLabel('Day', { exact: true }).fill(ago(300))
  await page.getByRole('heading', { name: 'There are no holdings on this day' }).waitFor()
  await page.getByRole('button', { name: 'Today' }).click()
  await page.getByText('$5,710', { exact: true }).first().waitFor()
  expect(opened.faults).toEqual([])
  await opened.close()
})

test('a portfolio is created once its target is whole, and shows what is out of balance', async () => {
  const opened = await open('/portfolios')
  const { page } = opened
  await page.getByRole('link', { name: 'Add a portfolio' }).click()
  const store = page.getByRole('button', { name: 'Add the portfolio' })
  await store.click()
  await page.getByText('Choose at least one account.').waitFor()
  await page.getByLabel('Name', { exact: true }).fill('Core')
  expect(await page.getByLabel('Card', { exact: true }).count()).toBe(0)
  await page.getByLabel('Brokerage', { exact: true }).check()
  await page.getByLabel('Target', { exact: true }).selectOption('Asset classes')
  const row = (number: number) => page.getByRole('group', { name: `Row ${number}`, exact: true })
  await row(1).getByLabel('Asset class').selectOption('US large cap')
  await row(1).getByLabel('Weight').fill('30')
  await page.getByText('The sum is 30%: 70% is missing.').waitFor()
  await page.getByRole('button', { name: 'Add a row' }).click()
  await row(2).getByLabel('Asset class').selectOption('Cash')
  await row(2).getByLabel('Weight').fill('60')
  await page.getByRole('button', { name: 'Add a row' }).click()
  await row(3).getByLabel('Asset class').selectOption('Other …')
  await row(3).getByLabel('Its name').fill('Art')
  await row(3).getByLabel('Weight').fill('11')
  await page.getByText('The sum is 101%: 1% is too much.').waitFor()
  await store.click()
  await page.getByText('The weights must sum to exactly 100%.').waitFor()
  expect(await list()).toHaveLength(1)
  await expectGoodPage(opened, 'portfolio-new')
  await row(3).getByLabel('Weight').fill('10')
  await page.getByText('The sum is 100%.').waitFor()
  await page.getByLabel('Percentage points from the target').fill('4.5')
  await store.click()
  await page.getByRole('heading', { name: 'Core', level: 1 }).waitFor()
  const core = (await list()).find(({ name }) => name === 'Core')!
  expect(core).toMatchObject({
    targetKind: 'asset_class',
    rebalancing: { absoluteBand: '0.045', relativeBand: '0.25' },
    targetAllocation: [
      { key: 'us_large_cap', weight: '0.3' },
      { key: 'cash', weight: '0.6' },
      { key: 'Art', weight: '0.1' },
    ],
  })
  const bars = page.getByRole('list', { name: 'Against the target' }).getByRole('listitem')
  await bars.first().waitFor()
  expect((await bars.allInnerTexts()).map(inLine)).toEqual([
    // 0.6 of 5,710 are 3,426, and 0.1 of it are 571.
    'Cash 53.6% Below the band Target 60.0%, band 55.5% to 64.5% · $366 to buy',
    'US large cap 27.3% In balance Target 30.0%, band 25.5% to 34.5%',
    'Not classified 19.1%',
    'Art 0.0% Below the band Target 10.0%, band 7.5% to 12.5% · $571 to buy',
  ])
  await expectGoodPage(opened, 'portfolio-target')
  await page.getByRole('link', { name: 'All portfolios' }).click()
  const outside = page.getByRole('list', { name: 'Out of balance' }).getByRole('listitem')
  await outside.first().waitFor()
  expect((await outside.allInnerTexts()).map(text => inLine(text).split(' Target')[0])).toEqual([
    'Cash 53.6% Below the band',
    'Art 0.0% Below the band',
  ])
  await expectGoodPage(opened, 'portfolios')
  await opened.close()
})

test('settings are changed, a conflict is shown, and a change is undone', async () => {
  const former = (await list()).find(({ name }) => name === 'All investments')!
  const { id } = await make({ name: 'Changed' })
  const opened = await open(`/portfolios/${id}/edit`)
  const { page } = opened
  await page.getByLabel('Target', { exact: true }).selectOption('A portfolio model')
  await page.getByLabel('Portfolio model').selectOption({ index: 1 })
  await page.getByLabel('Show it first').check()
  await request('PATCH', `/v1/wealth/portfolios/${id}`, { name: 'Changed elsewhere' }, anyVersion)
  const save = page.getByRole('button', { name: 'Save', exact: true })
  await save.click()
  const conflict = page.getByRole('dialog', { name: 'Somebody changed this meanwhile' })
  await conflict.waitFor()
  expect((await conflict.getByRole('row').allInnerTexts()).map(inLine)).toContain('Name Changed Changed elsewhere')
  await conflict.getByRole('button', { name: 'Store mine over it' }).click()
  await page.getByText('Changed was changed.').waitFor()
  await page.getByText('Default', { exact: true }).waitFor()
  expect(await request('GET', `/v1/wealth/portfolios/${id}`)).toMatchObject({ name: 'Changed', targetKind: 'model', isDefault: true })
  await undo(page)
  await page.getByText('Default', { exact: true }).waitFor({ state: 'detached' })
  expect(await request('GET', `/v1/wealth/portfolios/${id}`)).toMatchObject({ targetKind: 'none', isDefault: false })
  expect(await request('GET', `/v1/wealth/portfolios/${former.id}`)).toMatchObject({ isDefault: true })

  await page.getByRole('link', { name: 'Change', exact: true }).click()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByText('was removed.').waitFor()
  expect((await list()).some(each => each.id === id)).toBe(false)
  await undo(page)
  await page.getByRole('link', { name: 'Changed' }).waitFor()
  await page.goto(`${platform.address}/portfolios/${id}`)
  await page.getByRole('heading', { name: 'There is no such portfolio' }).waitFor()
  await opened.close()
})

test('versions are compared in words, and one is restored, and that is undone', async () => {
  const { id } = await make({ name: 'First' })
  const patch = (body: object) => request('PATCH', `/v1/wealth/portfolios/${id}`, body, anyVersion)
  const target = (large: string, cash: string) => ({
    targetKind: 'asset_class',
    targetAllocation: [
      { key: 'us_large_cap', weight: large },
      { key: 'cash', weight: cash },
    ],
  })
  await patch({ name: 'Second', ...target('0.6', '0.4') })
  await patch({ ...target('0.625', '0.375'), rebalancing: { absoluteBand: '0.05', relativeBand: '0.2' } })
  const opened = await open(`/portfolios/${id}`)
  const { page } = opened
  await page.getByRole('link', { name: 'History' }).click()
  expect(await rowsOf(page, 'Differences')).toEqual([
    'Per cent of the target 25% 20%',
    'Target of US large cap 60% 62.5%',
    'Target of Cash 40% 37.5%',
  ])
  const versions = page.getByRole('list', { name: 'Versions of the portfolio, the newest first' }).getByRole('listitem')
  await versions.filter({ hasText: /^Settings changed Now.*Version 3 · .* · You$/ }).waitFor()
  await page.getByLabel('From').selectOption('1')
  await page.getByRole('row', { name: 'Name First Second' }).waitFor()
  await page.getByRole('row', { name: 'Target No target Asset classes' }).waitFor()
  await page.getByRole('row', { name: 'Target of Cash – 37.5%' }).waitFor()
  await expectGoodPage(opened, 'portfolio-history')
  await page.getByRole('button', { name: 'Restore version 1' }).click()
  await page.getByRole('heading', { name: 'First', level: 1 }).waitFor()
  await versions.filter({ hasText: /^Restored: version 1 Now/ }).waitFor()
  await undo(page)
  await page.getByRole('heading', { name: 'Second', level: 1 }).waitFor()
  expect(await request('GET', `/v1/wealth/portfolios/${id}`)).toMatchObject({ name: 'Second', ...target('0.625', '0.375') })
  await opened.close()
})

test('the classes of a security are stored, changed, removed, and each step is undone', async () => {
  const { id } = await make({ name: 'Classes' })
  const opened = await open(`/portfolios/${id}`)
  const { page } = opened
  const classes = async () =>
    (await request('GET', `/v1/wealth/security-classes?householdId=${householdId}`)).items.map(
      (each: { readonly symbol: string; readonly classes: unknown }) => [each.symbol, each.classes],
    )
  const assign = page.getByRole('button', { name: 'Asset classes of EXS1' })
  await assign.click()
  const dialog = page.getByRole('dialog', { name: 'Asset classes of EXS1' })
  const store = dialog.getByRole('button', { name: 'Store the classes' })
  await dialog.getByLabel('Asset class').selectOption('Emerging equity')
  await dialog.getByLabel('Weight').fill('99')
  await store.click()
  await dialog.getByText('The weights must sum to exactly 100%.').waitFor()
  await dialog.getByLabel('Weight').fill('100')
  await expectGoodPage(opened, 'portfolio-classes')
  await store.click()
  await page.getByText('The classes of EXS1 were stored.').waitFor()
  await page.getByText('as you say').waitFor()
  expect((await rowsOf(page, 'Value by asset class'))[2]).toBe('Emerging equity $600 10.5%')
  expect(await classes()).toEqual([['EXS1', [{ key: 'emerging_equity', weight: '1' }]]])

  await assign.click()
  await dialog.getByLabel('Weight').fill('75')
  await dialog.getByRole('button', { name: 'Add a row' }).click()
  const second = dialog.getByRole('group', { name: 'Row 2', exact: true })
  await second.getByLabel('Asset class').selectOption('Cash')
  await second.getByLabel('Weight').fill('25')
  await store.click()
  await page.getByText('Emerging equity 75%, Cash 25%').waitFor()
  await undo(page)
  await page.getByText('Emerging equity 75%, Cash 25%').waitFor({ state: 'detached' })
  expect(await classes()).toEqual([['EXS1', [{ key: 'emerging_equity', weight: '1' }]]])

  await assign.click()
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByText('The classes of EXS1 were removed.').waitFor()
  expect(await classes()).toEqual([])
  await undo(page)
  await page.getByText('as you say').waitFor()
  expect(await classes()).toEqual([['EXS1', [{ key: 'emerging_equity', weight: '1' }]]])
  expect(opened.faults).toEqual([])
  await opened.close()
})
