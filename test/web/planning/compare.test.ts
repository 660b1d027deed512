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

const open = async (planId: string) => {
  const opened = await visit(browser)
  await signInThroughPage(opened.page, platform.address, user, `/plans/${planId}/compare`)
  return opened
}
const branchOf = async (planId: string, name: string) =>
  (await user.request('POST', `/v1/planning/plans/${planId}/branches`, { body: { name } })).body.id as string

test('scenarios stand side by side with differences, intervals, warnings, and what is different in them', async () => {
  const planId = await householdPlan(user, couple)
  const [cheap, long] = [await branchOf(planId, 'Spend less'), await branchOf(planId, 'Live longer')]
  const inputs = (await user.request('GET', `/v1/planning/plans/${cheap}/inputs`)).body.items
  const { id, inputName, inputType, inputValue } = inputs.find((input: { inputName: string }) => input.inputName === 'Living')
  const body = { inputType, inputName, inputValue: { ...inputValue, annualAmount: '50000.00' } }
  await user.request('PUT', `/v1/planning/plans/${cheap}/inputs/${id}`, { body })
  await user.request('PATCH', `/v1/planning/plans/${long}`, { body: { planningHorizonYears: 45 }, headers: { 'if-match': '*' } })
  const opened = await open(planId)
  const { close, page } = opened
  await page.getByLabel('Spend less').check()
  await page.getByLabel('Live longer').check()
  const table = page.getByRole('table', { name: 'Scenarios side by side' })
  const row = table.getByRole('row', { name: /^Spend less/ })
  await row.waitFor()
  await table.getByRole('row', { name: /^Live longer/ }).waitFor()
  const compared = await user.request('POST', `/v1/planning/plans/${planId}/comparisons`, { body: { otherPlanId: cheap } })
  const { difference, first, second } = compared.body.success
  expect(await table.getByRole('row', { name: /this plan/ }).textContent()).toContain(`${(first * 100).toFixed(1)}%`)
  expect(await row.textContent()).toContain(`${(second * 100).toFixed(1)}%+${(difference.estimate * 100).toFixed(1)}`)
  await page.getByText(/^Spend less succeeds most often/).waitFor()
  await page.getByText('Living, annual amount: $65,000.00 → $50,000.00').waitFor()
  await page.getByText('Years that are simulated: 35 → 45').waitFor()
  await page.getByText('The horizons differ: 35 and 45 years.').waitFor()
  await expectGoodPage(opened, 'planning-compare')
  await page.reload()
  await table.getByRole('row', { name: /^Live longer/ }).waitFor()
  await close()
})

test('without another plan, the page makes a scenario once', async () => {
  const lonely = await platform.newUser()
  const { planId } = await newPlan(lonely)
  const opened = await visit(browser)
  const { close, page } = opened
  await signInThroughPage(page, platform.address, lonely, `/plans/${planId}/compare`)
  await page.getByRole('heading', { name: 'There is nothing to compare yet' }).waitFor()
  await expectGoodPage(opened, 'planning-compare-empty')
  await page.getByRole('button', { name: 'Make a scenario' }).click()
  const dialog = page.getByRole('dialog', { name: 'Make a scenario' })
  await dialog.getByRole('button', { name: 'Make a scenario' }).click()
  await dialog.getByText('Fill this in.').waitFor()
  await dialog.getByLabel('Name of the scenario').fill('Retire later')
  await dialog.getByRole('button', { name: 'Make a scenario' }).click()
  await page.getByText('The scenario Retire later is there.').waitFor()
  const plans = (await lonely.request('GET', '/v1/planning/plans')).body.items
  const branch = plans.find((plan: { name: string }) => plan.name === 'Retire later')
  expect(branch.parentPlanId).toBe(planId)
  expect(page.url()).toBe(`${platform.address}/plans/${branch.id}/edit`)
  await close()
})
