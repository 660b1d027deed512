import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPlan, type TestUser } from '../../support/platform.ts'
import { expectGoodPage, signInThroughPage, startBrowser, startWebPlatform, visit } from '../browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>
let user: TestUser

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  user = await platform.newUser()
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

test('balances of a day are ranked among the futures, in words, and the report is kept', async () => {
  const { planId } = await newPlan(user)
  const opened = await visit(browser)
  const { close, page } = opened
  await signInThroughPage(page, platform.address, user, `/plans/${planId}/actual`)
  await page.getByRole('heading', { name: 'There is no run to compare with yet' }).waitFor()
  const { body: run } = await user.request('POST', `/v1/planning/plans/${planId}/runs`, { body: {} })
  await page.reload()
  await page.getByText('No comparison yet.').waitFor()
  await page.getByLabel('Day of the balances').fill('2028-07-01')
  await page.getByLabel('Real balance of Savings').fill('lots')
  await page.getByRole('button', { name: 'Compare' }).click()
  await page.getByText('Write an amount, such as 1250.50 or 420k.').waitFor()
  await page.getByLabel('Real balance of Savings').fill('1.1m')
  await page.getByRole('button', { name: 'Compare' }).click()
  await page.getByText(/^You are above \d+% of all futures on that day/).waitFor()
  const outputs = await user.request('GET', `/v1/planning/plans/${planId}/outputs?outputType=plan_versus_actual`)
  expect(outputs.body.items).toHaveLength(1)
  const report = outputs.body.items[0].outputValue
  expect(report).toMatchObject({ date: '2028-07-01', actual: 1_100_000, balances: [{ account: 'Savings', balance: '1100000' }] })
  await page.getByText(`You are above ${Math.round(report.rank * 100)}% of all futures`).waitFor()
  await expectGoodPage(opened, 'planning-actual')
  await page.getByLabel('Day of the balances').fill('2100-01-01')
  await page.getByRole('button', { name: 'Compare' }).click()
  await page.getByText(/within the 30 years from 2026-01-01/).waitFor()
  await page.reload()
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await page.getByText(`You are above ${Math.round(report.rank * 100)}% of all futures`).waitFor()
  expect(outputs.body.items[0].runId).toBe(run.id)
  await close()
})
