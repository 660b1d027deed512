import { readFileSync } from 'node:fs'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestUser } from '../../support/platform.ts'
import { anyVersion } from '../../lambdas/wealth/ledger-platform.ts'
import { tradeBody } from '../../lambdas/wealth/lots-platform.ts'
import { householdIn, newAccount, requesting } from '../../lambdas/wealth/wealth-platform.ts'
import { expectGoodPage, settled, startBrowser, startWebPlatform, visitAs } from '../browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>
let user: TestUser
let householdId: string
let broker: string

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  user = await platform.newUser()
  householdId = await householdIn(user, 'America/New_York')
  const account = async (name: string, body: object = {}): Promise<string> =>
    (await newAccount(user, householdId, { name, type: 'investment', taxType: 'taxable_brokerage', balanceSource: 'ledger', ...body })).id
  broker = await account('First', { institutionName: 'First Broker' })
  const paper = await account('Paper')
  const enter = (accountId: string, type: string, date: string, symbol: string, quantity: string, price: string) =>
    requesting(user)('POST', '/v1/wealth/transactions', tradeBody(accountId, type, date, { symbol, quantity, price }))
  await enter(broker, 'buy', '2024-01-02', 'LONG', '10', '100')
  await enter(broker, 'sell', '2025-01-03', 'LONG', '10', '130.05')
  // A loss of 200 on 10 shares, of which 4 are replaced: 80 are disallowed.
  await enter(broker, 'buy', '2025-02-03', 'WASH', '10', '50.45')
  await enter(broker, 'sell', '2025-03-03', 'WASH', '10', '30.45')
  await enter(broker, 'buy', '2025-03-10', 'WASH', '4', '31')
  await enter(paper, 'buy', '2025-04-01', 'NOTE', '1', '10')
  await enter(paper, 'sell', '2025-05-01', 'NOTE', '1', '12')
  await enter(broker, 'transfer_in', '2025-05-05', 'GIVEN', '2', '0')
  await enter(broker, 'sell', '2025-06-02', 'GIVEN', '2', '40')
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const open = (path: string) => visitAs(browser, platform, user, path)
/** The rows of a table, each in one line. */
const rowsOf = async (place: Page | Locator, name: string): Promise<string[]> => {
  const rows = place.getByRole('region', { name, exact: true }).getByRole('row')
  await rows.first().waitFor()
  return (await rows.allInnerTexts()).slice(1).map(row => row.trim().split(/\s+/).join(' '))
}
const gains = 'Form 8949 of 2025 by box'

test('capital gains have the boxes of Form 8949, Schedule D, and what is assumed', async () => {
  const opened = await open('/taxes?year=2025')
  const { page } = opened
  expect(await rowsOf(page, gains)).toEqual([
    'A: Short-term, basis reported on Form 1099-B 1 $304.50 $504.50 $80.00 -$120.00',
    'C: Short-term, no Form 1099-B 1 $12.00 $10.00 $0.00 $2.00',
    'Short-term in all 2 $316.50 $514.50 $80.00 -$118.00',
    'D: Long-term, basis reported on Form 1099-B 1 $1,300.50 $1,000.00 $0.00 $300.50',
    'Long-term in all 1 $1,300.50 $1,000.00 $0.00 $300.50',
  ])
  expect(await rowsOf(page, 'Schedule D of 2025')).toEqual([
    '1b Form 8949, box A $304.50 $504.50 $80.00 -$120.00',
    '3 Form 8949, box C $12.00 $10.00 $0.00 $2.00',
    '7 Net short-term gain or loss -$118.00',
    '8b Form 8949, box D $1,300.50 $1,000.00 $0.00 $300.50',
    '15 Net long-term gain or loss $300.50',
    '16 Net gain or loss $182.50',
    '21 Deducted loss $0.00',
  ])
  await page.getByText('No loss is carried to 2026.').waitFor()
  await page
    .getByText('The filing status is not stated. The deducted loss is that of every status but married filing separately.')
    .waitFor()
  await page.getByText('Losses of earlier years are not stated. They count as zero.').waitFor()
  expect(await page.getByRole('link', { name: 'State the facts of 2025' }).getAttribute('href')).toBe('/taxes/years/2025')
  expect(await page.locator('main h2').first().innerText()).toBe('Capital gains')
  await expectGoodPage(opened, 'wealth-gains')
  await page.setViewportSize({ width: 390, height: 900 })
  await page.getByText('1 line. Proceeds: $304.50. Basis: $504.50.').waitFor()
  await page.setViewportSize({ width: 1280, height: 900 })

  await page.getByLabel('Amounts', { exact: true }).selectOption('In whole dollars')
  await page.getByText('$1,301', { exact: true }).first().waitFor()
  expect((await rowsOf(page, gains))[0]).toBe('A: Short-term, basis reported on Form 1099-B 1 $305 $505 $80 -$120')
  await page.getByLabel('Sales with a reported basis and no adjustment').selectOption('As totals on Schedule D (Exception 1)')
  await page.getByText('Long-term, basis reported, not on Form 8949').waitFor()
  expect(await rowsOf(page, 'Schedule D of 2025')).toContain('8a Long-term, basis reported, not on Form 8949 $1,301 $1,000 $0 $301')
  const { searchParams } = new URL(page.url())
  expect([searchParams.get('rounding'), searchParams.get('plainSales')]).toEqual(['dollars', 'totals'])
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save Capital gains as CSV' }).click()])
  expect(file.suggestedFilename()).toBe('capital-gains-2025.csv')
  expect(readFileSync(await file.path(), 'utf8')).toContain('A,10 sh. WASH,2025-02-03,2025-03-03,305.00,505.00,W,80.00,-120.00,First,')
  await page.reload()
  await settled(page)
  expect((await rowsOf(page, gains))[0]).toContain('$305 $505')
  expect(opened.faults).toEqual([])
  await opened.close()
})

test('a box opens its lines, and each line its lots and the register', async () => {
  const opened = await open('/taxes?year=2025&rounding=dollars')
  const { page } = opened
  await page.getByRole('link', { name: 'A: Short-term, basis reported on Form 1099-B' }).click()
  await page.getByRole('heading', { name: 'Box A: Short-term, basis reported on Form 1099-B' }).waitFor()
  expect(await rowsOf(page, 'Lines of Form 8949')).toEqual(['10 sh. WASH First Feb 3, 2025 Mar 3, 2025 $305 $505 W $80 -$120'])
  const href = (name: string) => page.getByRole('region', { name: 'Lines of Form 8949' }).getByRole('link', { name }).getAttribute('href')
  expect(await href('10 sh. WASH')).toBe(`/investments/${broker}/WASH`)
  expect(await href('First')).toBe(`/accounts/${broker}/register?from=2025-03-03&to=2025-03-03`)
  await expectGoodPage(opened, 'wealth-gain-lines')
  await page.setViewportSize({ width: 390, height: 900 })
  await page.getByText('Sold Mar 3, 2025. Acquired: Feb 3, 2025. Proceeds: $305. Basis: $505. Wash sale: $80 disallowed.').waitFor()
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.getByRole('link', { name: 'Taxes', exact: true }).last().click()
  await page.getByText('$1,301', { exact: true }).first().waitFor()
  await page.goto(`${platform.address}/taxes/2025/gains/toString`)
  await page.getByRole('heading', { name: 'There is no such box' }).waitFor()
  await opened.close()
})

test('lines are read page by page', async () => {
  const opened = await open('/taxes?year=2025')
  const { page } = opened
  // The page asks for 200 lines at a time: the server is asked for one.
  await page.route('**/form-8949/lines?*', async route => {
    const address = new URL(route.request().url())
    address.searchParams.set('limit', '1')
    address.searchParams.delete('box')
    await route.continue({ url: address.href })
  })
  await page.getByRole('link', { name: 'A: Short-term' }).click()
  const region = page.getByRole('region', { name: 'Lines of Form 8949' })
  await region.getByText('10 sh. LONG').waitFor()
  expect(await region.getByRole('row').count()).toBe(2)
  await page.getByRole('button', { name: 'Show more' }).click()
  await region.getByText('10 sh. WASH').waitFor()
  expect(await region.getByRole('row').count()).toBe(3)
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await opened.close()
})

test('incomplete sales are in no total, and are shown with the reason', async () => {
  const opened = await open('/taxes?year=2025')
  const { page } = opened
  await page
    .getByText('1 sale is in no total, because the basis or the proceeds are not known. Known proceeds: $80.00.', { exact: false })
    .waitFor()
  await page.getByRole('link', { name: 'Show incomplete sales' }).click()
  await page.getByRole('heading', { name: 'Incomplete sales' }).waitFor()
  const [row, ...others] = await rowsOf(page, 'Lines of Form 8949')
  expect(others).toEqual([])
  expect(row).toMatch(/^2 sh\. GIVEN First .*Jun 2, 2025 \$80\.00 .*not known\.$/)
  await expectGoodPage(opened, 'wealth-gains-incomplete')
  await opened.close()
})

test('a notice stays until the changes of the ledger are calculated', async () => {
  const opened = await open('/people')
  const { page } = opened
  let isCurrent = false
  await page.route('**/form-8949?*', async route => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, json: { ...(await answer.json()), isCurrent } })
  })
  await page.goto(`${platform.address}/taxes?year=2025`)
  const notice = page.getByText('Changes of the ledger are being calculated')
  await notice.waitFor()
  isCurrent = true
  await notice.waitFor({ state: 'detached' })
  expect(await rowsOf(page, gains)).toHaveLength(5)
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await opened.close()
})

const header = 'Symbol,Quantity,Date Acquired,Date Sold,Proceeds,Cost Basis,Wash Sale Loss Disallowed,Term,Form 8949 Code'
const csv = (...lines: readonly string[]) => ({ name: '1099-B.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) })

test('a broker’s file is compared: what differs is side by side, what is equal is folded', async () => {
  const opened = await open('/taxes?year=2025')
  const { page } = opened
  await page.getByRole('link', { name: 'Compare with Form 1099-B' }).click()
  await page.getByText('Nothing is stored').waitFor()
  expect(await page.getByLabel('Tax year').inputValue()).toBe('2025')
  const file = page.getByLabel('Form 1099-B as a CSV file')
  const compare = page.getByRole('button', { name: 'Compare', exact: true })
  await compare.click()
  await page.getByText('Choose a file.').waitFor()
  await file.setInputFiles(csv('just words'))
  await compare.click()
  await page.getByText('No column has the date sold').waitFor()
  expect(await file.getAttribute('aria-invalid')).toBe('true')
  expect(await page.getByRole('alert').count()).toBe(0)

  await file.setInputFiles(
    csv(
      header,
      'LONG,10,01/02/2024,01/03/2025,"1,300.50","1,000.00",0.00,Long,D',
      'WASH,10,02/03/2025,03/03/2025,304.50,504.50,0.00,Short,A',
      'ELSE,1,02/03/2025,03/03/2025,5.00,4.00,0.00,Short,A',
      'WASH,x,02/03/2025,03/03/2025,5.00,4.00,0.00,Short,A',
    ),
  )
  await compare.click()
  await page.getByRole('heading', { name: 'All accounts at an institution, 2025' }).waitFor()
  const facts = page.locator('main dl').first()
  expect((await facts.innerText()).split(/\s*\n\s*/)).toEqual(
    ['Equal', 'Differing', 'Only at the broker', 'Only here', 'Not read'].flatMap(name => [name, '1']),
  )
  // Broker: 1,300.50 + 304.50 + 5.00. Here: 1,300.50 + 304.50 + 80.00, the sale without a basis among them.
  expect(await rowsOf(page, 'Totals of both sides')).toEqual(['Broker $1,610.00 $1,508.50 $0.00', 'Here $1,685.00 $1,504.50 $80.00'])
  await page.getByText('Dates: the day or the month can be first.').waitFor()
  expect(await rowsOf(page, 'Differences of 10 sh. WASH, sold Mar 3, 2025')).toEqual(['Disallowed loss $0.00 $80.00 -$80.00'])
  await page.getByText('A wash sale that the broker does not see').waitFor()
  expect(await rowsOf(page, 'Only at the broker')).toEqual(['1 sh. ELSE, sold Mar 3, 2025 Line 4 of the file. $5.00 $4.00'])
  await page.getByText('The sale is not in the ledger: enter or import it.').waitFor()
  expect(await rowsOf(page, 'Only here')).toEqual(['2 sh. GIVEN, sold Jun 2, 2025 Show the tax lots $80.00 Not known'])
  expect((await rowsOf(page, 'Lines that could not be read'))[0]).toMatch(/^5 Quantity /)
  expect(await page.getByRole('region', { name: 'Sales that are equal' }).count()).toBe(0)
  await page.getByText('Equal: 1 sale').click()
  expect(await rowsOf(page, 'Sales that are equal on both sides')).toEqual(['10 sh. LONG, sold Jan 3, 2025 $1,300.50 $1,000.00'])
  await expectGoodPage(opened, 'wealth-broker-form')

  await page.getByLabel('Account at the broker').selectOption('Paper')
  await file.setInputFiles(csv(header, 'NOTE,1,04/01/2025,05/01/2025,12.00,10.00,0,Short,C'))
  await compare.click()
  await page.getByText('Both sides are equal.').waitFor()
  await page.getByText('Dates: the day or the month can be first.').waitFor()
  await page.getByLabel('Order of dates').selectOption('Day, month, year')
  await compare.click()
  await page.getByText('1 sh. NOTE, sold Jan 5, 2025').waitFor()
  expect(await page.getByText('Dates: the day or the month can be first.').count()).toBe(0)
  expect(opened.faults).toEqual([])
  await opened.close()
})

test('with the facts of the year, the rest of a loss is carried to the next one', async () => {
  await requesting(user)(
    'PUT',
    `/v1/wealth/households/${householdId}/tax-years/2025`,
    { filingStatus: 'marriedFilingSeparately', longTermLossCarryover: '2500.00' },
    anyVersion,
  )
  const opened = await open('/taxes?year=2025')
  const { page } = opened
  // 300.50 - 2,500 = -2,199.50; with -118 on line 7: -2,317.50, of which 1,500 are deducted, the short-term loss first.
  expect((await rowsOf(page, 'Schedule D of 2025')).slice(4)).toEqual([
    '14 Long-term loss of earlier years -$2,500.00',
    '15 Net long-term gain or loss -$2,199.50',
    '16 Net gain or loss -$2,317.50',
    '21 Deducted loss -$1,500.00',
  ])
  await page.getByRole('heading', { name: 'Carried to 2026' }).waitFor()
  expect((await page.locator('main dl').first().innerText()).split(/\s*\n\s*/)).toEqual([
    'Short-term loss',
    '$0.00',
    'Long-term loss',
    '$817.50',
  ])
  await page.getByText('Short-term losses of earlier years are not stated. They count as zero.').waitFor()
  expect(await page.getByText('The filing status is not stated.').count()).toBe(0)
  await opened.close()
})
