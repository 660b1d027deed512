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

const newestRun = async (planId: string) =>
  (await user.request('GET', `/v1/planning/plans/${planId}/runs?limit=1&sort=-createdAt`)).body.items[0]
const open = async (path: string) => {
  const opened = await visit(browser)
  await signInThroughPage(opened.page, platform.address, user, path)
  return opened
}

test('a plan that was never run offers it, says that it works on it over a slow network, and shows the result', async () => {
  const planId = await householdPlan(user, couple)
  const opened = await open(`/plans/${planId}`)
  const { close, context, page } = opened
  await page.getByRole('heading', { name: 'Not simulated yet' }).waitFor()
  await expectGoodPage(opened, 'planning-result-empty')
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 800,
    downloadThroughput: 60_000,
    uploadThroughput: 30_000,
  })
  await page.getByRole('button', { name: 'Run the simulation' }).first().click()
  await page.getByText('Simulating 1,000 futures').waitFor()
  const success = page.getByText(/^In [\d,]+ of 1,000 futures, all essential spending/)
  await success.waitFor({ timeout: 30_000 })
  const run = await newestRun(planId)
  const { body } = await user.request('GET', `/v1/planning/runs/${run.id}`)
  expect(await success.textContent()).toContain(`In ${body.result.success.count} of 1,000 futures`)
  expect(await page.getByText(/^Of the futures in which somebody is alive in \d{4}, the middle one has /).count()).toBe(1)
  await close()
})

test('the seal opens hashes and seed, verifies the run, and sees a run that was altered', async () => {
  const { planId } = await newPlan(user)
  await user.request('POST', `/v1/planning/plans/${planId}/runs`, { body: {} })
  const run = await newestRun(planId)
  const opened = await open(`/plans/${planId}`)
  const { close, page } = opened
  await page.getByRole('button', { name: /^Not yet verified/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(run.inputHash).waitFor()
  await dialog.getByText('Seed of the random numbers').waitFor()
  await expectGoodPage(opened, 'planning-seal')
  await dialog.getByRole('button', { name: 'Verify' }).click()
  await dialog.getByText('Every hash, and every figure, is as it was stored.').waitFor()
  await dialog.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: /^Verified on/ }).waitFor()
  expect((await newestRun(planId)).lastVerificationMatched).toBe(true)
  const administrator = platform.database.connect('postgres')
  await administrator`update planning.plan_outputs set output_value = '0.5' where run_id = ${run.id} and output_name = 'success_probability'`
  await page.getByRole('button', { name: /^Verified on/ }).click()
  await dialog.getByRole('button', { name: 'Verify' }).click()
  await dialog.getByText('Does not match: the main figures.').waitFor()
  await administrator`update planning.runs set engine_version = 'nestegg-simulation-1', last_verified_at = null, last_verification_matched = null where id = ${run.id}`
  await page.reload()
  await page.getByRole('button', { name: /^The engine has changed since/ }).waitFor()
  await close()
})

test('a change since the run is named, also in another tab, and an earlier run can be shown', async () => {
  const { planId } = await newPlan(user)
  const { body: first } = await user.request('POST', `/v1/planning/plans/${planId}/runs`, { body: {} })
  const { close, context, page } = await open(`/plans/${planId}`)
  await page.getByText(/^In \d+ of 1,000 futures/).waitFor()
  expect(await page.getByText(/^In \d{4}, the middle future has /).count()).toBe(1)
  await user.request('PATCH', `/v1/planning/plans/${planId}`, { body: { planningHorizonYears: 20 }, headers: { 'if-match': '*' } })
  const second = await context.newPage()
  await second.goto(`${platform.address}/plans/${planId}`)
  await second.getByText('The plan has changed since this result').waitFor()
  await second.getByRole('button', { name: 'Run again' }).click()
  await second.getByText('The new result is here.').waitFor()
  await second.getByText(/pays every withdrawal of all 20 years/).waitFor()
  await page.goto(`${platform.address}/plans/${planId}?run=${first.id}`)
  await page.getByText('This is an earlier result, not the newest.').waitFor()
  await page.getByText(/pays every withdrawal of all 30 years/).waitFor()
  await page.getByRole('link', { name: 'Show the newest' }).click()
  await page.getByText(/pays every withdrawal of all 20 years/).waitFor()
  expect(await page.getByText('This is an earlier result').count()).toBe(0)
  await close()
})

test('a plan that cannot be simulated says why, and a repeated run takes effect once', async () => {
  const planId = await householdPlan(user, [])
  const { close, page } = await open(`/plans/${planId}`)
  await page.getByRole('button', { name: 'Run the simulation' }).first().click()
  const refused = page.getByRole('dialog', { name: 'The plan cannot be simulated yet' })
  await refused
    .getByText(/account/i)
    .first()
    .waitFor()
  await refused.getByRole('button', { name: 'Close' }).click()
  const account = { inputType: 'account', inputName: 'Savings', inputValue: { balance: '1000000.00' } }
  await user.request('POST', `/v1/planning/plans/${planId}/inputs`, { body: account })
  // The answer gets lost on its way: the same request is sent again by the page.
  let losses = 1
  await page.route('**/runs', async route => {
    if (route.request().method() !== 'POST' || losses-- <= 0) return route.continue()
    await route.fetch()
    return route.abort()
  })
  await page.getByRole('button', { name: 'Run the simulation' }).first().click()
  await page.getByText('The new result is here.').waitFor({ timeout: 30_000 })
  const runs = await user.request('GET', `/v1/planning/plans/${planId}/runs`)
  expect(runs.body.items).toHaveLength(1)
  await close()
})

test('a large run is followed in the page and in the tray, and can be cancelled', async () => {
  const { planId } = await newPlan(user, { stepsPerYear: 12, planningHorizonYears: 90 })
  const opened = await open(`/plans/${planId}`)
  const { close, page } = opened
  await page.getByRole('button', { name: 'More ways to run' }).click()
  const dialog = page.getByRole('dialog', { name: 'More ways to run' })
  await dialog.getByLabel('Number of futures').fill('5')
  await dialog.getByRole('button', { name: 'Run', exact: true }).click()
  await dialog.getByText('Write a number from 100 to 1,000,000.').waitFor()
  await dialog.getByLabel('Number of futures').fill('1000000')
  await dialog.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByText('This run is too long to wait for.').waitFor()
  await page.getByRole('button', { name: 'Cancel this run' }).waitFor()
  await page.getByRole('button', { name: 'Runs in progress: 1' }).waitFor()
  await page.getByRole('button', { name: 'Cancel this run' }).click()
  await page.getByText('The run is cancelled.').waitFor()
  await page.getByRole('heading', { name: 'Not simulated yet' }).waitFor()
  expect((await newestRun(planId)).status).toBe('cancelled')
  await close()
})

test('a run and a verification that are too large for a request become runs in the background', async () => {
  const many = Array.from({ length: 50 }, (_, index) => ({
    inputType: 'expense',
    inputName: `Expense ${index}`,
    inputValue: { annualAmount: '100.00' },
  }))
  const large = await householdPlan(user, [...couple, ...many], { planningHorizonYears: 60, monteCarloIterations: 100_000 })
  const { close, page } = await open(`/plans/${large}`)
  const statuses: number[] = []
  page.on('response', response => {
    if (/\/(large-)?(runs|verify|verifications)$/.test(response.url()) && response.request().method() === 'POST')
      statuses.push(response.status())
  })
  await page.getByRole('button', { name: 'Run the simulation' }).first().click()
  await page.getByText('This run is too long to wait for.').waitFor()
  await page.getByRole('button', { name: 'Runs in progress: 1' }).waitFor()
  expect(statuses).toEqual([307, 202])
  await page.getByRole('button', { name: 'Cancel this run' }).click()
  await page.getByText('The run is cancelled.').waitFor()
  const small = await householdPlan(user, couple)
  const { body: run } = await user.request('POST', `/v1/planning/plans/${small}/runs`, { body: { iterations: 100 } })
  await platform.database.connect('postgres')`
    update planning.runs set path_count = 1000000, specification = jsonb_set(specification, '{paths}', '1000000') where id = ${run.id}`
  await page.goto(`${platform.address}/plans/${small}`)
  await page.getByRole('button', { name: /^Not yet verified/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Verify' }).click()
  await dialog.getByText('This run is long. Its verification goes on by itself').waitFor()
  expect(statuses).toEqual([307, 202, 307, 202])
  await dialog.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: /^Runs in progress: 2/ }).waitFor()
  const { body } = await user.request('GET', `/v1/planning/plans/${small}/runs?limit=5`)
  const verifying = body.items.find(({ verifiesRunId }: { verifiesRunId: string | null }) => verifiesRunId === run.id)
  expect(verifying.pathCount).toBe(1_000_000)
  await user.request('POST', `/v1/planning/runs/${verifying.id}/cancellations`)
  await close()
})

test('a run in the background that measures what matters shows its tornado', async () => {
  const planId = await householdPlan(user, couple, { monteCarloIterations: 100 })
  const { close, page } = await open(`/plans/${planId}`)
  await page.getByRole('button', { name: 'More ways to run' }).click()
  const dialog = page.getByRole('dialog', { name: 'More ways to run' })
  await dialog.getByLabel('Also measure what matters most').check()
  await dialog.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByRole('heading', { name: 'What matters most?' }).waitFor({ timeout: 30_000 })
  const run = await newestRun(planId)
  const { body } = await user.request('GET', `/v1/planning/runs/${run.id}`)
  expect(body.result.sensitivities.length).toBeGreaterThan(3)
  await page.getByText(/matters most: it moves success from/).waitFor()
  await close()
})

test('a run that fails says why and what to do', async () => {
  const { planId } = await newPlan(user)
  const { body: run } = await user.request('POST', `/v1/planning/plans/${planId}/runs`, { body: {} })
  await platform.database.connect('postgres')`
    update planning.runs set status = 'failed', result = null, output_hash = null, computation_time_ms = null,
      error = 'A part of the simulation ended without a result.' where id = ${run.id}`
  const opened = await open(`/plans/${planId}`)
  const { close, page } = opened
  await page.getByText('The last simulation has failed.').waitFor()
  await page.getByText('A part of the simulation ended without a result.').waitFor()
  await page.getByText('Try it again with fewer paths.').waitFor()
  await expectGoodPage(opened, 'planning-result-failed')
  await page.getByRole('button', { name: 'Run again' }).click()
  await page.getByText(/^In \d+ of 1,000 futures/).waitFor()
  expect(await page.getByText('The last simulation has failed.').count()).toBe(0)
  await close()
})
