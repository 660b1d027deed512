import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { couple, householdPlan } from '../../support/household.ts'
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

const runOf = async (planId: string) => (await user.request('POST', `/v1/planning/plans/${planId}/runs`, { body: {} })).body
const open = async (path: string) => {
  const opened = await visit(browser)
  await signInThroughPage(opened.page, platform.address, user, path)
  return opened
}

test('one future is chosen by percentile or number, explained year by year, and shared by its address', async () => {
  const planId = await householdPlan(user, couple)
  const run = await runOf(planId)
  const opened = await open(`/plans/${planId}/paths/0?run=${run.id}`)
  const { close, context, page } = opened
  await page.getByRole('heading', { name: 'Future number 0' }).waitFor()
  const middle = run.result.samplePaths[run.result.bands.percentiles.indexOf(0.5)].path
  await page.getByRole('link', { name: 'Middle 50%' }).click()
  await page.waitForURL(`**/paths/${middle}?run=${run.id}`)
  const { body } = await user.request('GET', `/v1/planning/runs/${run.id}/paths/${middle}`)
  const table = page.getByRole('table', { name: 'What happens in it' })
  await table.waitFor()
  expect(await table.getByRole('row').count()).toBe(body.years.length + 1)
  const retiring = body.years.findIndex((year: { reasons: string[] }) => year.reasons.includes('initial'))
  const row = await table
    .getByRole('row')
    .nth(retiring + 1)
    .textContent()
  expect(row).toContain(String(body.years[retiring].calendarYear))
  expect(row).toContain('First year of retirement')
  await page.getByText('This future succeeds').waitFor()
  await expectGoodPage(opened, 'planning-path')
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Copy the link' }).click()
  await page.getByText('The link is copied.').waitFor()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toBe(`${platform.address}/plans/${planId}/paths/${middle}?run=${run.id}`)
  await page.getByLabel('Or by its number').fill('5000')
  await page.getByRole('button', { name: 'Show it' }).click()
  await page.getByText('Write a whole number from 0 to 999.').waitFor()
  await page.getByLabel('Or by its number').fill('7')
  await page.getByRole('button', { name: 'Show it' }).click()
  await page.getByRole('heading', { name: 'Future number 7' }).waitFor()
  await page.getByRole('link', { name: 'Next' }).click()
  await page.getByRole('heading', { name: 'Future number 8' }).waitFor()
  await close()
})

test('a future of a portfolio shows its flows, and one that does not exist says so', async () => {
  const { planId } = await newPlan(user)
  const { close, page } = await open(`/plans/${planId}/paths/3`)
  await page.getByRole('heading', { name: 'There is no run to look into yet' }).waitFor()
  const run = await runOf(planId)
  await page.reload()
  const table = page.getByRole('table', { name: 'Future number 3' })
  await table.waitFor()
  const { body } = await user.request('GET', `/v1/planning/runs/${run.id}/paths/3`)
  const last = body.years.at(-1)
  const closing = `$${Math.round(last.realBalance).toLocaleString('en-US')}`
  expect(await table.getByRole('row').last().textContent()).toContain(closing)
  await page.goto(`${platform.address}/plans/${planId}/paths/4000`)
  await page.getByRole('alert').waitFor()
  await close()
})
