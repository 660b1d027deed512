import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newHousehold, newPlan, type TestUser } from '../../support/platform.ts'
import { importDataset } from '../../support/return-dataset.ts'
import { returnModels } from '../../support/return-models.ts'
import { expectGoodPage, signInThroughPage, startBrowser, startWebPlatform, visit } from '../browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>
let user: TestUser
let planId: string
let datasetId: string

const assetAllocation = { us_large_cap: 0.6, us_core_bond: 0.4 }

const planOf = async (more: Record<string, unknown> = {}) => {
  const householdId = await newHousehold(user)
  const { body: sets } = await user.request('GET', '/v1/planning/assumption-sets')
  const { body: model } = await user.request('POST', '/v1/planning/portfolio-models', {
    body: { householdId, cmaId: sets.items[0].id, name: 'Two assets', riskLevel: 5, assetAllocation },
  })
  return (await newPlan(user, { householdId, portfolioModelId: model.id, planningHorizonYears: 6, ...more })).planId
}

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  user = await platform.newUser()
  planId = await planOf()
  await importDataset(platform.database, { name: 'other-assets' })
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const open = async (plan: string) => {
  const opened = await visit(browser)
  await signInThroughPage(opened.page, platform.address, user, `/plans/${plan}`)
  return opened
}
const openDialog = async ({ page }: Awaited<ReturnType<typeof open>>): Promise<Locator> => {
  await page.getByRole('button', { name: 'More ways to run' }).click()
  return page.getByRole('dialog', { name: 'More ways to run' })
}
const runIn = (dialog: Locator) => dialog.getByRole('button', { name: 'Run', exact: true }).click()

test('a plan that no dataset fits says which returns it needs, and how they are imported', async () => {
  const opened = await open(planId)
  const dialog = await openDialog(opened)
  await dialog.getByLabel('How returns are drawn').selectOption('Past years, in blocks of a fixed length')
  await dialog.getByText('No dataset fits this plan.').waitFor()
  await dialog.getByText('year, us_core_bond, us_large_cap, cpi_inflation').waitFor()
  expect(await dialog.getByLabel('Past returns').count()).toBe(0)
  await runIn(dialog)
  await dialog.getByText('There are no past returns to draw from.').waitFor()
  await expectGoodPage(opened, 'planning-run-dialog-no-dataset')
  await opened.close()
})

const typed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  lognormal: {},
  student_t: { 'Degrees of freedom': '4' },
  regime: {
    'Change of mean returns in turbulent years': '-12',
    'Volatility in turbulent years, as a multiple': '1.8',
    'Chance that a calm year is followed by a turbulent one': '15 %',
    'Chance that a turbulent year is followed by a calm one': '40',
  },
  bootstrap: {},
  block_bootstrap: { 'Years per block': '3' },
  stationary_bootstrap: { 'Mean number of years per block': '2.5' },
  historical_replay: {},
}

test('every return model of the API is offered, and gives the run that the API gives', async () => {
  datasetId = await importDataset(platform.database, { name: 'us-history', stocks: 'us_large_cap', bonds: 'us_core_bond' })
  const models = returnModels({ datasetId, allocation: assetAllocation })
  const opened = await open(planId)
  for (const [kind, fields] of Object.entries(typed)) {
    const dialog = await openDialog(opened)
    const model = dialog.getByLabel('How returns are drawn')
    expect(await model.locator('option').evaluateAll(options => options.map(option => option.getAttribute('value')))).toEqual(
      Object.keys(models),
    )
    await model.selectOption(kind)
    for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(label).fill(value)
    const returnModel = { ...models[kind] }
    if ('datasetId' in returnModel) {
      const datasets = dialog.getByLabel('Past returns').locator('option')
      await datasets.first().waitFor({ state: 'attached' })
      expect(await datasets.allTextContents()).toEqual(['us-history, version 1 (2001–2010)'])
    }
    await runIn(dialog)
    await dialog.waitFor({ state: 'detached' })
    const { body: run } = await user.request('POST', `/v1/planning/plans/${planId}/runs`, { body: { returnModel } })
    const runs = await user.request('GET', `/v1/planning/plans/${planId}/runs?limit=2&sort=-createdAt`)
    expect(runs.body.items.map(({ outputHash }: { outputHash: string }) => outputHash)).toEqual([run.outputHash, run.outputHash])
  }
  await opened.close()
})

test('a wrong figure is said at its field, by the page or by the server', async () => {
  const opened = await open(planId)
  const dialog = await openDialog(opened)
  const model = dialog.getByLabel('How returns are drawn')
  const errorOf = async (label: string) => {
    const field = dialog.getByLabel(label)
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true')
    const id = await field.getAttribute('id')
    return dialog.locator(`[id="${id}-error"]`).textContent()
  }
  await model.selectOption('regime')
  await expectGoodPage(opened, 'planning-run-dialog-regime')
  await dialog.getByLabel('Change of mean returns in turbulent years').fill('much')
  await runIn(dialog)
  expect(await errorOf('Change of mean returns in turbulent years')).toContain('percent')
  await dialog.getByLabel('Change of mean returns in turbulent years').fill('-80')
  await runIn(dialog)
  expect(await errorOf('Change of mean returns in turbulent years')).toContain('-0.5')
  await model.selectOption('block_bootstrap')
  await expectGoodPage(opened, 'planning-run-dialog-blocks')
  await dialog.getByLabel('Years per block').fill('51')
  await runIn(dialog)
  expect(await errorOf('Years per block')).toContain('50')
  await opened.close()
})

test('a replay of history has no number of futures, and a plan in monthly steps has no past returns', async () => {
  const opened = await open(await planOf({ stepsPerYear: 12 }))
  const dialog = await openDialog(opened)
  await dialog.getByLabel('Number of futures').waitFor()
  await dialog.getByLabel('How returns are drawn').selectOption('historical_replay')
  expect(await dialog.getByLabel('Number of futures').count()).toBe(0)
  await runIn(dialog)
  await dialog.getByText('Past returns are annual, and this plan has monthly steps.').waitFor()
  await opened.close()
})
