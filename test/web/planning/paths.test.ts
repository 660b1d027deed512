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
const ranked = async (runId: string, percentiles: string): Promise<{ pathIndex: number; endingWealthReal: number }[]> =>
  (await user.request('GET', `/v1/planning/runs/${runId}/ranked-paths?percentiles=${percentiles}`)).body.paths
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
  const [worst, middle, third] = (await ranked(run.id, '0,0.5,0.333')).map(({ pathIndex }) => pathIndex)
  await page.getByRole('link', { name: /^Worst/ }).click()
  await page.waitForURL(`**/paths/${worst}?run=${run.id}`)
  await page.getByRole('link', { name: /^Worst fails in 20\d\d, \$/, exact: false }).waitFor()
  await page.getByText('This future fails: from').waitFor()
  await page.getByLabel('Or by any percentile').fill('101')
  await page.getByRole('button', { name: 'Find it' }).click()
  await page.getByText('Write a percentage from 0 to 100.').waitFor()
  await page.getByLabel('Or by any percentile').fill('33.3 %')
  await page.getByRole('button', { name: 'Find it' }).click()
  await page.waitForURL(`**/paths/${third}?run=${run.id}`)
  await page.getByRole('link', { name: /^Median/ }).click()
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
  const opened = await open(`/plans/${planId}/paths/3`)
  const { close, page } = opened
  await page.getByRole('heading', { name: 'There is no run to look into yet' }).waitFor()
  const run = await runOf(planId)
  await page.reload()
  const table = page.getByRole('table', { name: 'Future number 3' })
  await table.waitFor()
  const { body } = await user.request('GET', `/v1/planning/runs/${run.id}/paths/3`)
  const last = body.years.at(-1)
  const closing = `$${Math.round(last.realBalance).toLocaleString('en-US')}`
  expect(await table.getByRole('row').last().textContent()).toContain(closing)
  await page.goto(`${platform.address}/plans/${planId}`)
  await page.getByRole('link', { name: 'Choose any future by its rank or its number' }).click()
  await page.waitForURL(`**/paths/0?run=${run.id}`)
  const [best] = (await ranked(run.id, '1')).map(({ pathIndex }) => pathIndex)
  await page.getByRole('link', { name: /^Best \$/ }).click()
  await page.waitForURL(`**/paths/${best}?run=${run.id}`)
  await page.getByRole('table', { name: `Future number ${best}` }).waitFor()
  const names = await page.getByRole('navigation', { name: 'Which future' }).getByRole('link').locator('span').allTextContents()
  expect(names).toEqual(['Worst', '5%', '25%', 'Median', '75%', '95%', 'Best'])
  await expectGoodPage(opened, 'planning-path-portfolio')
  await page.goto(`${platform.address}/plans/${planId}/paths/4000`)
  await page.getByRole('alert').waitFor()
  await close()
})

test('a run that cannot be ranked says why, and offers the futures of its result', async () => {
  const planId = await householdPlan(user, couple)
  const run = await runOf(planId)
  const { close, page } = await open(`/plans/${planId}/paths/0?run=${run.id}`)
  await page.getByRole('link', { name: /^Median/ }).waitFor()
  const administrator = platform.database.connect('postgres')
  await administrator`update planning.runs set specification = jsonb_set(specification, '{paths}', '1000000') where id = ${run.id}`
  await page.reload()
  await page.getByText('more than a request can rank').waitFor()
  const samples = page.getByRole('navigation', { name: 'Which future' }).getByRole('link')
  expect(await samples.allTextContents()).toEqual(['5%', '10%', '25%', 'Median', '75%', '90%', '95%'])
  await administrator`update planning.runs set engine_version = 'nestegg-household-5' where id = ${run.id}`
  await page.reload()
  await page.getByText('The engine has changed since this run.').waitFor()
  expect(await page.getByLabel('Or by any percentile').count()).toBe(0)
  expect(await samples.count()).toBe(7)
  await close()
})
