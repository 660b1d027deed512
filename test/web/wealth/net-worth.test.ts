import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tradeBody } from '../../lambdas/wealth/lots-platform.ts'
import { priceSecurity } from '../../lambdas/wealth/priced-securities.ts'
import { daysAgo, householdIn, newAccount, requesting, todayIn } from '../../lambdas/wealth/wealth-platform.ts'
import { newPlan, type TestUser } from '../../support/platform.ts'
import { expectGoodPage, settled, startBrowser, startWebPlatform, visitAs } from '../browser.ts'

/** A timezone in which it is another day than in UTC now. */
const zone = new Date().getUTCHours() < 10 ? 'Pacific/Pago_Pago' : 'Pacific/Kiritimati'
const today = todayIn(zone)
const ago = (days: number): string => daysAgo(days, zone)

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>
let user: TestUser
let userId: string
let householdId: string
let portfolioId: string

const request = (method: string, path: string, body?: unknown, headers = {}) => requesting(user)(method, path, body, headers)
const netWorthSince = (from?: string) =>
  request('GET', `/v1/wealth/net-worth?householdId=${householdId}${from === undefined ? '' : `&from=${from}`}`)

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  user = await platform.newUser()
  userId = (await request('GET', '/v1/identity/me')).id
  householdId = await householdIn(user, zone)
  const account = async (name: string, type: string, fields: object = {}): Promise<string> =>
    (await newAccount(user, householdId, { name, type, openedOn: ago(500), balanceSource: 'ledger', ...fields })).id
  const taxable = await account('Brokerage', 'investment', { taxType: 'taxable_brokerage' })
  const checking = await account('Checking', 'checking', { openingBalance: '8000.00' })
  await account('Mortgage', 'mortgage', { openingBalance: '-60000.00' })
  await account('House', 'savings', { openingBalance: '90000.00' })
  for (let number = 1; number <= 6; number += 1) await account(`Envelope ${number}`, 'savings', { openingBalance: `${number}00.00` })
  const composition = [{ key: 'us_large_cap', weight: '1' }]
  await priceSecurity(platform, 'VTI', { [ago(480)]: 100, [ago(250)]: 90, [ago(60)]: 118, [ago(10)]: 121, [ago(1)]: 130 }, { composition })
  // A price or a rate that is too old counts as unknown.
  const weeks = Array.from({ length: 70 }, (_, week) => 1 + 7 * week)
  await priceSecurity(platform, 'EXS1', Object.fromEntries(weeks.map(days => [ago(days), days < 50 ? 50 : 40])), { currency: 'EUR' })
  await platform.database.connect('postgres')`
    insert into market.fx_rates ${platform.database.connect('postgres')(
      weeks.map(days => ({ base: 'EUR', quote: 'USD', date: ago(days), rate: days < 20 ? '1.20' : '1.10' })),
    )}`
  const enter = (accountId: string, type: string, days: number, fields: Record<string, unknown>) =>
    request('POST', '/v1/wealth/transactions', tradeBody(accountId, type, ago(days), fields))
  await enter(taxable, 'contribution', 450, { symbol: undefined, amount: '40000.00' })
  await enter(taxable, 'buy', 440, { quantity: '200', price: '100' })
  await enter(taxable, 'buy', 430, { symbol: 'EXS1', quantity: '100', price: '44' })
  // Nobody knows what it is worth.
  await enter(taxable, 'transfer_in', 400, { symbol: 'GIVEN', quantity: '2', price: '0' })
  await enter(taxable, 'dividend', 70, { amount: '120.50' })
  await enter(taxable, 'fee', 40, { symbol: undefined, amount: '-12.25' })
  await request('POST', '/v1/wealth/transactions', { accountId: checking, date: ago(20), amount: '2500.00', description: 'Salary' })
  await request('POST', '/v1/wealth/transactions', { accountId: checking, date: today, amount: '-75.40', description: 'Groceries' })
  const target = [
    { key: 'us_large_cap', weight: '0.4' },
    { key: 'cash', weight: '0.6' },
  ]
  const body = { householdId, name: 'Core', accountIds: [taxable], targetKind: 'asset_class', targetAllocation: target, isDefault: true }
  portfolioId = (await request('POST', '/v1/wealth/portfolios', body)).id
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const open = () => visitAs(browser, platform, user)
const words = (date: string): string =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`))
const money = (amount: number, options: Intl.NumberFormatOptions = {}): string =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', ...options }).format(amount)
const whole = { maximumFractionDigits: 0 }
const signed = { signDisplay: 'exceptZero' } as const
const inLine = (text: string): string => text.trim().split(/\s+/).join(' ')
const section = (page: Page, heading: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: heading, exact: true, level: 2 }) })
const rowsOf = async (page: Page, name: string): Promise<string[]> =>
  (await page.getByRole('region', { name, exact: true }).getByRole('row').allInnerTexts()).slice(1).map(inLine)
const dayOf = (date: string, days: number): string => new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)
/** The same day of an earlier month, or the last one of that month. */
const monthsBefore = (months: number): string => {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 - months, Math.min(day, last))).toISOString().slice(0, 10)
}
const choose = (page: Page, range: string) => section(page, 'Net worth').getByText(range, { exact: true }).click()

/** Expects the figures of an answer of the API, and reasons that sum to the change. */
const expectFigures = async (page: Page, { from, to, total }: Awaited<ReturnType<typeof netWorthSince>>) => {
  expect(to).toBe(today)
  const change = total.endValue - total.beginValue
  const share =
    total.beginValue > 0
      ? ` (${new Intl.NumberFormat('en-US', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1, ...signed }).format(change / total.beginValue)})`
      : ''
  const figures = `On ${words(to)} ${money(total.endValue, whole)} ${money(change, { ...whole, ...signed })}${share} since ${words(dayOf(from, -1))}`
  await expect.poll(async () => inLine(await section(page, 'Net worth').innerText())).toContain(figures)
  const reasons = await rowsOf(page, 'Reasons of the change')
  expect(reasons).toEqual([
    `Money in and out ${money(total.netFlow, signed)}`,
    `Dividends and interest ${money(total.income, signed)}`,
    `Prices ${money(total.priceGain, signed)}`,
    `Exchange rates ${money(total.currencyGain, signed)}`,
    `Fees and withheld taxes ${money(-total.fees + 0, signed)}`,
    `Change of the net worth ${money(change, signed)}`,
  ])
  const amounts = reasons.map(row => Math.round(Number(row.replace(/^\D*?([+-]?)\$/, '$1').replaceAll(',', '')) * 100))
  expect(amounts.slice(0, -1).reduce((sum, amount) => sum + amount, 0)).toBe(amounts.at(-1))
}

test('the net worth is that of the household day, and the range changes the figures and the reasons', async () => {
  expect(today).not.toBe(todayIn('UTC'))
  const opened = await open()
  const { page } = opened
  await expectFigures(page, await netWorthSince(dayOf(monthsBefore(3), 1)))
  await section(page, 'Net worth')
    .getByText(/is not known: GIVEN in Brokerage\.$/)
    .waitFor()
  await choose(page, '1 month')
  const month = await netWorthSince(dayOf(monthsBefore(1), 1))
  await expectFigures(page, month)
  expect(await rowsOf(page, 'Accounts that changed most')).toEqual([
    expect.stringMatching(/^Checking \+\$2,424\.60 Money in and out \+\$2,424\.60$|^Brokerage/),
    expect.stringMatching(/^Brokerage \+\$[\d,.]+ Prices \+\$[\d,.]+$|^Checking/),
  ])
  await choose(page, 'This year')
  await expectFigures(page, await netWorthSince(`${today.slice(0, 4)}-01-01`))
  await choose(page, '1 year')
  await expectFigures(page, await netWorthSince(dayOf(monthsBefore(12), 1)))
  await choose(page, 'All')
  const all = await netWorthSince()
  await expectFigures(page, all)
  await section(page, 'What changed and why')
    .getByText(`From the first day, ${words(all.firstDate)}, to ${words(today)}.`)
    .waitFor()
  await page.reload()
  await settled(page)
  await expectFigures(page, all)
  await expectGoodPage(opened, 'home')
  await opened.close()
})

test('the chart ends with the figure of today, and each account leads to its page', async () => {
  const opened = await open()
  const { page } = opened
  await choose(page, '1 month')
  const month = await netWorthSince(dayOf(monthsBefore(1), 1))
  await section(page, 'Net worth').getByRole('button', { name: 'Show as a table' }).click()
  const last = page.getByRole('region', { name: 'Net worth by account' }).getByRole('row').last()
  await expect.poll(async () => inLine(await last.innerText())).toContain(`${words(today)} ${money(month.total.endValue)}`)
  const rows = page.getByRole('region', { name: 'Net worth by account' }).getByRole('row')
  expect(inLine(await rows.first().innerText())).toBe(
    'Date Net worth House Brokerage Checking Envelope 6 Envelope 5 Envelope 4 Mortgage Other accounts (3)',
  )
  await expectGoodPage(opened, 'home-table')
  const house = month.accounts.find(({ name }: { name: string }) => name === 'House')
  const link = section(page, 'Net worth').getByRole('link', { name: 'House' })
  expect(await link.getAttribute('href')).toBe(`/accounts/${house.accountId}`)
  await page.getByText('The other accounts').click()
  await page.getByRole('link', { name: 'Envelope 1' }).waitFor()
  await opened.close()
})

test('the allocation is shown against its target, and what is outside of its band needs attention', async () => {
  const { planId } = await newPlan(user, { householdId })
  await request('POST', `/v1/planning/plans/${planId}/runs`, {})
  const opened = await open()
  const { page } = opened
  const allocation = section(page, 'Allocation against the target')
  const holdings = await request('GET', `/v1/wealth/portfolios/${portfolioId}/holdings`)
  expect(holdings.allocation.filter(({ isInside }: { isInside: boolean | null }) => isInside === false)).toHaveLength(2)
  await allocation.getByText('2 parts are outside of the band.').waitFor()
  const bars = await allocation.getByRole('list', { name: 'Against the target' }).getByRole('listitem').allInnerTexts()
  expect(bars.map(text => inLine(text).split(/ \d/)[0])).toEqual(
    holdings.allocation.map(
      ({ key }: { key: string }) => ({ us_large_cap: 'US large cap', cash: 'Cash', unclassified: 'Not classified' })[key],
    ),
  )
  expect(await allocation.getByRole('list', { name: 'Parts of the portfolio' }).getByRole('listitem').count()).toBe(3)
  expect(await allocation.getByRole('link', { name: 'Rebalance' }).getAttribute('href')).toBe(`/portfolios/${portfolioId}/rebalance`)
  const need = section(page, 'What needs you').getByRole('listitem').filter({ hasText: '2 parts of “Core” are outside of their bands.' })
  expect(await need.getByRole('link').getAttribute('href')).toBe(`/portfolios/${portfolioId}/rebalance`)
  const { counts } = await request('GET', `/v1/wealth/data-health?householdId=${householdId}`)
  expect(counts.problem).toBe(1)
  const data = section(page, 'What needs you').getByRole('listitem').filter({ hasText: 'One problem of the data makes figures wrong' })
  expect(await data.getByRole('link').getAttribute('href')).toBe('/data-health')
  const { plans } = await request('GET', `/v1/identity/today?householdId=${householdId}`)
  const success = `${Math.round(plans[0].latestRun.successProbability * 100)}%`
  await section(page, 'Plans')
    .getByRole('img', { name: `${success} of the futures succeed.` })
    .waitFor()
  await section(page, 'Plans').getByText(success, { exact: true }).waitFor()
  await expectGoodPage(opened, 'home-plan')
  await opened.close()
})

test('the day of the last visit is one more range, which begins after it', async () => {
  const opened = await open()
  const { page } = opened
  expect(
    await section(page, 'Net worth')
      .getByText(/^Since /)
      .count(),
  ).toBe(0)
  expect(await page.evaluate(() => localStorage.getItem('nestegg:net-worth-visits'))).toBe(
    JSON.stringify({ [`${userId} ${householdId}`]: { last: today, before: null } }),
  )
  await page.evaluate(
    visits => localStorage.setItem('nestegg:net-worth-visits', visits),
    JSON.stringify({ [`${userId} ${householdId}`]: { last: ago(12), before: null } }),
  )
  await page.reload()
  await settled(page)
  await choose(page, `Since ${words(ago(12))}`)
  await expectFigures(page, await netWorthSince(ago(11)))
  await page.getByText(`Since your last visit, on ${words(ago(12))}, to ${words(today)}.`).waitFor()
  // It stays for the whole day.
  await page.reload()
  await settled(page)
  await page.getByText(`Since your last visit, on ${words(ago(12))}`).waitFor()
  await opened.close()
})

test('privacy mode hides every amount', async () => {
  const opened = await open()
  const { page } = opened
  expect(await page.locator('main').innerText()).toContain('$')
  await page.evaluate(() => localStorage.setItem('nestegg:privacy', 'true'))
  await page.reload()
  await settled(page)
  await page.getByRole('region', { name: 'Reasons of the change' }).waitFor()
  await page.getByRole('img', { name: 'Net worth by account' }).hover()
  expect(await page.locator('main').innerText()).not.toMatch(/\$\s?\d/)
  await section(page, 'Net worth').getByRole('button', { name: 'Show as a table' }).click()
  expect(await page.locator('main').innerText()).not.toMatch(/\$\s?\d/)
  await opened.close()
})

test('a part that cannot be read says so and is read again, and the others stay', async () => {
  const opened = await open()
  const { page } = opened
  await page.route('**/v1/wealth/net-worth*', route => route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{}' }))
  await page.reload()
  await settled(page)
  const failure = section(page, 'Net worth').getByRole('alert')
  await failure.waitFor()
  await section(page, 'Allocation against the target').getByRole('list', { name: 'Against the target' }).waitFor()
  await section(page, 'What needs you').waitFor()
  expect(await page.getByRole('heading', { name: 'What changed and why' }).count()).toBe(0)
  await page.unroute('**/v1/wealth/net-worth*')
  await failure.getByRole('button').first().click()
  await page.getByRole('img', { name: 'Net worth by account' }).waitFor()
  await opened.close()
})

test('what is read takes about the place that was kept for it', async () => {
  const opened = await open()
  const { page } = opened
  const topOf = (heading: string): Promise<number> =>
    page.getByRole('heading', { name: heading, exact: true }).evaluate(element => element.getBoundingClientRect().top + scrollY)
  let release: () => void = () => undefined
  const released = new Promise<void>(resolve => {
    release = resolve
  })
  await page.route(/\/v1\/wealth\/(net-worth|portfolios\/.*holdings)/, async route => {
    await released
    await route.continue()
  })
  await page.reload()
  await page.getByRole('heading', { name: 'Plans', exact: true }).waitFor()
  const headings = ['What changed and why', 'Allocation against the target', 'Plans']
  const before = await Promise.all(headings.map(topOf))
  release()
  await page.getByRole('region', { name: 'Reasons of the change' }).waitFor()
  await page.getByRole('list', { name: 'Against the target' }).waitFor()
  await settled(page)
  const after = await Promise.all(headings.map(topOf))
  const moves = after.map((top, index) => Math.abs(top - (before[index] ?? 0)))
  expect(Math.max(...moves), moves.join(', ')).toBeLessThan(60)
  await opened.close()
})

test('a household without accounts, and one without entries, have no figures', async () => {
  const other = await platform.newUser()
  const empty = await householdIn(other, zone)
  const opened = await visitAs(browser, platform, other)
  const { page } = opened
  await page.getByRole('heading', { name: 'Welcome to Nestegg' }).waitFor()
  expect(await page.getByRole('heading', { name: 'Net worth' }).count()).toBe(0)
  await newAccount(other, empty, { name: 'Checking', type: 'checking', openedOn: ago(3) })
  await page.reload()
  await page.getByRole('heading', { name: 'Nothing is entered yet' }).waitFor()
  expect(await page.getByRole('heading', { name: 'What changed and why' }).count()).toBe(0)
  // There is nothing to put in a portfolio.
  expect(await page.getByRole('heading', { name: 'Allocation against the target' }).count()).toBe(0)
  await expectGoodPage(opened, 'home-empty')
  await opened.close()
})
