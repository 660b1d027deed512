import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { householdIn, newAccount } from '../../lambdas/wealth/wealth-platform.ts'
import type { TestUser } from '../../support/platform.ts'
import { expectGoodPage, startBrowser, startWebPlatform, visitAs } from '../browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>
let user: TestUser
let householdId: string

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  user = await platform.newUser()
  householdId = await householdIn(user, 'America/New_York')
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const year = new Date().getUTCFullYear() - 1
const enter = async (accountId: string, body: object) => {
  const answer = await user.request('POST', '/v1/wealth/transactions', { body: { accountId, ...body } })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
}

test('a year without transactions says so', async () => {
  const opened = await visitAs(browser, platform, user, '/taxes')
  const { page } = opened
  await page.getByText('No dividends and no interest in this year.').waitFor()
  await page.getByText('No contributions and no distributions in this year.').waitFor()
  await page.getByText('No transactions that count for the taxes of this year.').waitFor()
  expect(await page.getByRole('button', { name: /^Save / }).count()).toBe(0)
  await expectGoodPage(opened, 'wealth-taxes-empty')
  await opened.close()
})

test('the reports of a year: each figure opens its transactions, and files are saved', async () => {
  const broker = await newAccount(user, householdId, { name: 'Brokerage', type: 'investment', taxType: 'taxable_brokerage' })
  const ira = await newAccount(user, householdId, { name: 'Roth IRA', type: 'retirement', taxType: 'roth_ira' })
  const savings = await newAccount(user, householdId, { name: 'Savings', type: 'savings' })
  const dividend = { type: 'dividend', symbol: 'XYZ', description: 'XYZ dividend' }
  await enter(broker.id, { ...dividend, date: `${year}-03-14`, amount: '120.50', isQualified: true })
  await enter(broker.id, { ...dividend, date: `${year}-09-12`, amount: '130.00', taxWithheld: '20.00' })
  await enter(savings.id, { date: `${year}-12-31`, amount: '41.07', description: 'Interest paid' })
  await enter(ira.id, { type: 'contribution', date: `${year}-05-05`, taxYear: year, amount: '7000.00', description: 'Contribution' })

  const opened = await visitAs(browser, platform, user, '/taxes')
  const { page } = opened
  const region = page.getByRole('region', { name: 'Dividends and interest of All accounts, in USD' })
  await region.waitFor()
  const texts = (await region.getByRole('row').allInnerTexts()).map(row =>
    row
      .split(/\s*[\t\n]\s*/)
      .slice(0, 4)
      .join(' '),
  )
  expect(texts).toEqual([
    'Form Box Figure Amount',
    '1099-DIV 1a Total ordinary dividends $270.50',
    '1099-DIV 1b Qualified dividends $120.50',
    '1099-DIV 4 Federal income tax withheld $20.00',
    '1099-INT 1 Interest income $41.07',
  ])
  await page.getByRole('cell', { name: 'Roth IRA contributions', exact: true }).waitFor()
  await expectGoodPage(opened, 'wealth-taxes')

  await region.getByRole('button', { name: /Total ordinary dividends: show 2 transactions/ }).click()
  const dialog = page.getByRole('dialog', { name: 'The transactions of Total ordinary dividends' })
  expect(await dialog.getByRole('row').count()).toBe(3)
  expect(await dialog.getByRole('link', { name: 'Brokerage' }).first().getAttribute('href')).toBe(`/accounts/${broker.id}/register`)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })

  const saved = async (name: string) => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
    return { name: file.suggestedFilename(), content: readFileSync(await file.path()) }
  }
  const csv = await saved('Save Dividends and interest as CSV')
  expect(csv.name).toBe(`dividends-and-interest-${year}.csv`)
  expect(csv.content.toString()).toContain('Brokerage,1099-DIV,1a,Total ordinary dividends,USD,270.50,')
  const pdf = await saved('Save Dividends and interest as PDF')
  expect(pdf.name).toBe(`dividends-and-interest-${year}.pdf`)
  expect(pdf.content.subarray(0, 5).toString()).toBe('%PDF-')
  expect(pdf.content.toString('latin1').trimEnd()).toMatch(/%%EOF$/)

  await page.getByLabel('Tax year').selectOption(String(year - 1))
  await page.getByText('No dividends and no interest in this year.').waitFor()
  expect(new URL(page.url()).searchParams.get('year')).toBe(String(year - 1))
  expect(opened.faults).toEqual([])
  await opened.close()
})
