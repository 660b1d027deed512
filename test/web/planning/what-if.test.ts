import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { couple, householdPlan } from '../../support/household.ts'
import { newPlan, type TestUser } from '../../support/platform.ts'
import { join } from '../../support/shared-household.ts'
import { expectGoodPage, settled, signInThroughPage, startBrowser, startWebPlatform, visit } from '../browser.ts'

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

const inputsOf = async (planId: string) => (await user.request('GET', `/v1/planning/plans/${planId}/inputs?sort=createdAt`)).body.items
const personOf = async (planId: string) => (await inputsOf(planId)).find((input: { inputName: string }) => input.inputName === 'Alex')
const open = async (planId: string, by = user) => {
  const opened = await visit(browser)
  await signInThroughPage(opened.page, platform.address, by, `/plans/${planId}/what-if`)
  await opened.page.getByRole('heading', { name: 'What would change' }).waitFor()
  return opened
}
const slide = (page: Page, label: string, value: number) => page.getByLabel(label, { exact: true }).fill(String(value))

test('sliders preview without storing, store with undo, and say how certain the difference is', async () => {
  const planId = await householdPlan(user, couple)
  const opened = await open(planId)
  const { close, page } = opened
  await page.getByText('The sliders stand where the plan is stored.').waitFor()
  await slide(page, 'Alex retires at', 60)
  await slide(page, 'Spending', 120)
  await slide(page, 'Robin claims Social Security at', 823)
  const difference = page.getByText(/^Success falls by [\d.]+ percentage points/)
  await difference.waitFor()
  await settled(page)
  const person = await personOf(planId)
  const replaced = (name: string, inputs: { id: string; inputName: string; inputType: string; inputValue: object }[], change: object) => {
    const { id, inputName, inputType, inputValue } = inputs.find(each => each.inputName === name)!
    return { inputId: id, input: { inputType, inputName, inputValue: { ...inputValue, ...change } } }
  }
  const inputs = await inputsOf(planId)
  const robin = inputs.find((input: { inputName: string }) => input.inputName === 'Robin').inputValue
  const { body } = await user.request('POST', `/v1/planning/plans/${planId}/previews`, {
    body: {
      inputs: {
        replace: [
          replaced('Alex', inputs, { retirementAge: 60 }),
          replaced('Robin', inputs, { socialSecurity: { ...robin.socialSecurity, claimingAgeMonths: 823 } }),
          replaced('Living', inputs, { annualAmount: '78000.00' }),
          replaced('Travel', inputs, { annualAmount: '18000.00' }),
        ],
      },
    },
  })
  const fall = (-100 * body.difference.success.difference.estimate).toFixed(1)
  await page.getByText(`Success falls by ${fall} percentage points`).waitFor()
  expect(person.inputValue.retirementAge).toBe(65)
  await page.getByText('$96,000 a year (120% of the plan)').waitFor()
  await page.getByText('68 years and 7 months').waitFor()
  await expectGoodPage(opened, 'planning-what-if')
  await page.getByRole('button', { name: 'Store these changes' }).click()
  await page.getByText('Changes of Retire at 65 stored').waitFor()
  expect((await personOf(planId)).inputValue.retirementAge).toBe(60)
  await page.getByText('The sliders stand where the plan is stored.').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Undone: Changes of Retire at 65 stored').waitFor()
  expect((await personOf(planId)).inputValue.retirementAge).toBe(65)
  await page.getByText('$80,000 a year (100% of the plan)').waitFor()
  await close()
})

test('an older answer that comes late is dropped', async () => {
  const planId = await householdPlan(user, couple)
  const { close, page } = await open(planId)
  let isFirst = true
  await page.route('**/previews', async route => {
    const isLate = isFirst
    isFirst = false
    const response = await route.fetch()
    if (isLate) await new Promise(resolve => setTimeout(resolve, 3000))
    await route.fulfill({ response }).catch(() => undefined)
  })
  await slide(page, 'Spending', 150)
  await page.waitForRequest('**/previews')
  await slide(page, 'Spending', 101)
  await page.getByText('$80,800 a year (101% of the plan)').waitFor()
  await page.waitForTimeout(4000)
  await settled(page)
  const words = await page.getByText(/This makes no difference|Success (falls|rises) by/).textContent()
  const fall = Number(/by ([\d.]+) percentage/.exec(words ?? '')?.[1] ?? 0)
  expect(fall).toBeLessThan(5)
  await close()
})

test('a change of the plan in another tab is shown beside yours, and nothing is lost', async () => {
  const planId = await householdPlan(user, couple)
  const { close, context, page } = await open(planId)
  const second = await context.newPage()
  await second.goto(`${platform.address}/plans/${planId}/what-if`)
  await second.getByRole('heading', { name: 'What would change' }).waitFor()
  await slide(page, 'Alex retires at', 67)
  await slide(second, 'Alex retires at', 62)
  await second.getByRole('button', { name: 'Store these changes' }).click()
  await second.getByText('Changes of Retire at 65 stored').waitFor()
  await page.bringToFront()
  await page.getByRole('button', { name: 'Store these changes' }).click()
  const conflict = page.getByRole('dialog', { name: 'Somebody changed this meanwhile' })
  await conflict.waitFor()
  expect(await conflict.getByRole('row').last().textContent()).toBe('Alex retires at67 years62 years')
  await conflict.getByRole('button', { name: 'Store mine over it' }).click()
  await page.getByText('Changes of Retire at 65 stored').waitFor()
  expect((await personOf(planId)).inputValue.retirementAge).toBe(67)
  await close()
})

test('a scenario is a copy with the changes, and is compared at once', async () => {
  const { planId } = await newPlan(user)
  const { close, page } = await open(planId)
  await slide(page, 'Spending', 130)
  await slide(page, 'Years that are simulated', 40)
  await slide(page, 'Allocation', 0)
  await page.getByRole('button', { name: 'Make a scenario of it' }).click()
  const dialog = page.getByRole('dialog', { name: 'Make a scenario of it' })
  await dialog.getByLabel('Name of the scenario').fill('Live well')
  await dialog.getByRole('button', { name: 'Make a scenario of it' }).click()
  await page.waitForURL(/compare\?with=/)
  await page.getByRole('row', { name: /^Live well/ }).waitFor()
  const branchId = new URL(page.url()).searchParams.get('with')!
  const { body: branch } = await user.request('GET', `/v1/planning/plans/${branchId}`)
  expect(branch).toMatchObject({ name: 'Live well', parentPlanId: planId, planningHorizonYears: 40 })
  const living = (await inputsOf(branchId)).find((input: { inputName: string }) => input.inputName === 'Living')
  expect(living.inputValue.annualAmount).toBe('52000.00')
  const stored = (await inputsOf(planId)).find((input: { inputName: string }) => input.inputName === 'Living')
  expect(stored.inputValue.annualAmount).toBe('40000.00')
  await close()
})

test('a viewer previews, and has no button that would be refused', async () => {
  const { householdId, planId } = await newPlan(user)
  const viewer = await platform.newUser()
  await join(platform, user, householdId, viewer, 'viewer')
  const { close, page } = await open(planId, viewer)
  await slide(page, 'Spending', 120)
  await page.getByText(/Success falls by/).waitFor()
  await page.getByRole('button', { name: 'Back to the stored plan' }).waitFor()
  expect(await page.getByRole('button', { name: 'Store these changes' }).count()).toBe(0)
  await page.goto(`${platform.address}/plans/${planId}`)
  await page.getByText('Ask an owner or editor of the household to run it.').waitFor()
  expect(await page.getByRole('button', { name: 'Run the simulation' }).count()).toBe(0)
  await close()
})
