import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { couple, householdPlan } from '../../support/household.ts'
import { newPlan, type TestUser } from '../../support/platform.ts'
import { type Flows } from '../../../web/planning/show/flows.ts'
import { failuresByCause, failuresByYear, type Result } from '../../../web/planning/show/results.ts'
import { expectGoodPage, settled, signInThroughPage, startBrowser, startWebPlatform, visit, visitAs } from '../browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>
let user: TestUser
let planId: string
let run: { id: string; result: Result }

/** A couple that spends too much, with a debt and a goal that is often missed. */
const inputs = [
  ...couple,
  { inputType: 'expense', inputName: 'Second home', inputValue: { annualAmount: '30000.00' } },
  { inputType: 'goal', inputName: 'Boat', inputValue: { year: 25, amount: '60000.00' } },
]
const runOf = async (id: string) => (await user.request('POST', `/v1/planning/plans/${id}/runs`, { body: {} })).body

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  user = await platform.newUser()
  planId = await householdPlan(user, inputs)
  run = await runOf(planId)
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const open = (path: string) => visitAs(browser, platform, user, path)
const money = (amount: number) => `$${Math.round(amount).toLocaleString('en-US')}`
const percent = (share: number, digits = 1) => `${(share * 100).toFixed(digits)}%`

test('the result says how often, when and why it fails, and which goals are missed', async () => {
  const opened = await open(`/plans/${planId}`)
  const { close, page } = opened
  const { goals, paths, success } = run.result
  const failures = failuresByYear(run.result)
  await page.getByText(percent(success.probability)).first().waitFor()
  const failed = paths - success.count
  const essential = failuresByCause(failures)?.find(({ cause }) => cause === 'essentialSpending')?.paths ?? 0
  const causes = page.getByRole('table', { name: 'What cannot be paid' })
  const row = await causes.getByRole('row', { name: /^Essential spending/ }).textContent()
  expect(row).toContain(`${essential}${percent(essential / failed, 0)}${percent(essential / paths)}`)
  const by80 = failures.filter(({ age = 0 }) => age <= 80).reduce((sum, each) => sum + each.paths, 0)
  await page.getByText(`${percent(by80 / paths)} by the age of 80`).waitFor()
  await page.getByText('Why does it fail? One future as an example').waitFor()
  const boat = goals?.find(({ key }) => key === 'Boat')
  await page.getByText(`Missed most often: Boat, in 2051. In ${boat?.missed} of ${boat?.reached} futures`).waitFor()
  const table = page.getByRole('table', { name: 'Goals' })
  expect(await table.getByRole('row', { name: /^Boat/ }).textContent()).toContain(`Boat2051${percent(boat?.funded?.probability ?? 0)}`)
  expect(await table.getByRole('row', { name: /^New roof/ }).textContent()).toContain('2032')
  await expectGoodPage(opened, 'planning-result')
  await close()
})

test('the means by year are charts, tables and the file of the server', async () => {
  const { close, page } = await open(`/plans/${planId}`)
  const { real } = run.result.yearly as { real: Flows }
  await page.getByText('On average over all futures in which somebody is alive in the year, in money of today.').first().waitFor()
  for (const name of ['Money in, by year', 'Money out, by year, and what cannot be paid', 'Taxes by kind, by year']) {
    const figure = page.getByRole('figure').filter({ hasText: name })
    await figure.getByRole('img', { name }).hover({ position: { x: 80, y: 100 } })
    await figure.getByText(/^Year 2026 \(Alex 61, Robin 59\): /).waitFor()
    await figure.getByRole('button', { name: 'Show as a table' }).click()
    expect(await figure.getByRole('row').count()).toBe(real.income.total.length + 1)
  }
  const sources = page.getByRole('region', { name: 'Money in, by year' }).getByRole('row')
  expect(await sources.nth(1).textContent()).toContain('2026$120K')
  const lifetime = page.getByRole('table', { name: 'Whole life, on average' })
  expect(await lifetime.getByRole('row').last().textContent()).toContain(`All taxes${money(run.result.taxes?.lifetimeReal.mean ?? 0)}100%`)
  const years = page.getByRole('table', { name: 'Money in and out' })
  const cells = await years.getByRole('row').nth(10).getByRole('cell').allTextContents()
  const headers = await years.getByRole('columnheader').allTextContents()
  const cellOf = (header: string) => cells[headers.indexOf(header)]
  expect([cellOf('Year'), cellOf('Social Security'), cellOf('Spending'), cellOf('Taxes')]).toEqual([
    '2035',
    ...[real.income.socialSecurity[9], real.spending.paid[9], real.taxes.paid[9]].map(amount => money(amount ?? 0)),
  ])
  expect(cellOf('All money in')).toBe(cellOf('All money out'))
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download all years as CSV' }).click()
  const file = await saved
  const csv = await user.request('GET', `/v1/planning/runs/${run.id}/years.csv`)
  expect([file.suggestedFilename(), await readFile(await file.path(), 'utf8')]).toEqual(['Years of the plan.csv', csv.body])
  await page.getByText('Wealth and spending', { exact: true }).click()
  const spread = page.getByRole('table', { name: 'Wealth and spending' })
  const middle = run.result.bands.percentiles.indexOf(0.5)
  expect(await spread.getByRole('row').last().textContent()).toContain(money(run.result.bands.real[middle]?.at(-1) ?? 0))
  await page.getByText('Money of each year').click()
  expect(await spread.getByRole('row').last().textContent()).toContain(money(run.result.bands.nominal[middle]?.at(-1) ?? 0))
  await spread.getByRole('columnheader', { name: 'Spending 50%, money of today' }).waitFor()
  await page.getByRole('link', { name: 'Look at one future year by year' }).click()
  await page.getByRole('heading', { name: `Future number ${run.result.samplePaths?.[middle]?.path}` }).waitFor()
  await close()
})

test('a printed result has no controls, is light, and shows its charts and tables whole', async () => {
  const opened = await visit(browser, { theme: 'dark' })
  const { close, faults, page } = opened
  await signInThroughPage(page, platform.address, user, `/plans/${planId}`)
  await settled(page)
  await page.setViewportSize({ width: 710, height: 900 })
  await page.emulateMedia({ media: 'print' })
  expect(
    await page
      .getByRole('navigation')
      .or(page.getByRole('button', { name: /^(?!Not yet verified)/ }))
      .filter({ visible: true })
      .count(),
  ).toBe(0)
  const title = page.getByRole('heading', { level: 2, name: 'Taxes', exact: true })
  // The browser computes styles anew with its next frame.
  await expect.poll(() => page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)')
  expect(await title.evaluate(element => getComputedStyle(element).color)).toBe('rgb(0, 0, 0)')
  const widths = await page.locator('figure svg').evaluateAll(all => all.map(each => each.getBoundingClientRect().width))
  expect(widths).toHaveLength(5)
  for (const width of widths) expect(width).toBeGreaterThan(600)
  for (const width of widths) expect(width).toBeLessThanOrEqual(710)
  const cut = await page
    .getByRole('region', { name: 'Money in and out' })
    .evaluate(({ clientHeight, scrollHeight }) => scrollHeight - clientHeight)
  expect(cut).toBeLessThanOrEqual(0)
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  const shapes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) =>
    Number(width) > Number(height) ? 'wide' : 'high',
  )
  expect([shapes[0], shapes.at(-1)]).toEqual(['high', 'wide'])
  expect(shapes.length).toBeLessThan(10)
  expect(faults).toEqual([])
  await close()
})

test('a result of an earlier engine, and one of a portfolio, say what they do not know', async () => {
  const old = await householdPlan(user, inputs)
  const { id } = await runOf(old)
  await platform.database.connect('postgres')`
    update planning.runs set result = (result - 'yearly')
      || jsonb_build_object('depletion', (select jsonb_agg(each - 'causes') from jsonb_array_elements(result -> 'depletion') as each))
      || jsonb_build_object('goals', (select jsonb_agg(each - 'year' - 'missed') from jsonb_array_elements(result -> 'goals') as each))
    where id = ${id}`
  const opened = await open(`/plans/${old}`)
  const { page } = opened
  await page.getByText('This result is of an earlier version of the simulation. It does not know incomes').waitFor()
  await page.getByText('which did not know why a future fails').waitFor()
  await page.getByText('which did not know the years of goals').waitFor()
  expect(await page.getByRole('table', { name: 'Goals' }).getByRole('columnheader').allTextContents()).not.toContain('Missed')
  await page.getByRole('table', { name: 'Whole life, on average' }).waitFor()
  expect(await page.getByRole('heading', { name: 'Where the money comes from' }).count()).toBe(0)
  const years = page.getByRole('region').filter({ hasText: 'Wealth 50%' })
  expect(await years.getByRole('row').count()).toBe((run.result.bands.real[0]?.length ?? 0) + 1)
  await expectGoodPage(opened, 'planning-result-older')
  const { planId: portfolio } = await newPlan(user)
  const other = await runOf(portfolio)
  await page.goto(`${platform.address}/plans/${portfolio}`)
  await page.getByText('This plan is one portfolio with payments in and out').waitFor()
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download all years as CSV' }).click()
  const csv = await user.request('GET', `/v1/planning/runs/${other.id}/years.csv`)
  expect(await readFile(await (await saved).path(), 'utf8')).toBe(csv.body)
  await expectGoodPage(opened, 'planning-result-portfolio')
  await opened.close()
})
