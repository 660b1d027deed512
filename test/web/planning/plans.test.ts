import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newHousehold, newPlan, type TestUser } from '../../support/platform.ts'
import { expectGoodPage, settled, signInThroughPage, startBrowser, startWebPlatform, visit } from '../browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>
let user: TestUser
let planId: string
let householdId: string

const hostile = '<img src=x onerror=alert(1)> & "quotes"'
const rightToLeft = 'خطة التقاعد'

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  user = await platform.newUser()
  ;({ householdId, planId } = await newPlan(user))
  await user.request('POST', `/v1/planning/plans/${planId}/runs`, { body: {} })
  await user.request('POST', `/v1/planning/plans/${planId}/branches`, { body: { name: 'Retire at 67' } })
  await newPlan(user, { householdId, name: hostile })
  await newPlan(user, { householdId, name: rightToLeft })
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const names = (page: Awaited<ReturnType<typeof visit>>['page']): Promise<string[]> =>
  page.getByRole('region', { name: 'Your plans' }).getByRole('link').allTextContents()

test('the list shows each plan with the success of its last run, and a scenario under its plan', async () => {
  const opened = await visit(browser)
  const { page } = opened
  await signInThroughPage(page, platform.address, user, '/plans?sort=name')
  await settled(page)
  const shown = await names(page)
  expect(shown.indexOf('Retire at 67')).toBe(shown.indexOf('Retire at 65') + 1)
  const runs = await user.request('GET', `/v1/planning/plans/${planId}/runs`)
  const success = `${Math.round(runs.body.items[0].successProbability * 100)}%`
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: 'Retire at 65', exact: true }) })
  await row.getByText(success).waitFor()
  expect(await row.getByText('Home').count()).toBe(1)
  expect(
    await page
      .getByRole('row', { name: /Retire at 67/ })
      .getByText('Not simulated yet')
      .count(),
  ).toBe(1)
  await expectGoodPage(opened, 'planning-plans')
  await opened.close()
})

test('names with markup and from right to left are text', async () => {
  const { close, faults, page } = await visit(browser)
  await signInThroughPage(page, platform.address, user, '/plans')
  await page.getByRole('link', { name: hostile }).waitFor()
  await page.getByRole('link', { name: rightToLeft }).waitFor()
  expect(await page.locator('main img').count()).toBe(0)
  expect(faults).toEqual([])
  await close()
})

test('search and stage use the parameters of the list, and stay in the address', async () => {
  const { close, page } = await visit(browser)
  await signInThroughPage(page, platform.address, user, '/plans')
  await page.getByRole('link', { name: 'Retire at 65' }).waitFor()
  await page.getByLabel('Search by name').fill('at 67')
  await page.waitForURL(/search=at\+67/)
  await page.getByRole('link', { name: 'Retire at 65' }).waitFor({ state: 'detached' })
  expect(await names(page)).toEqual(['Retire at 67'])
  await page.reload()
  await page.getByRole('link', { name: 'Retire at 67' }).waitFor()
  expect(await page.getByLabel('Search by name').inputValue()).toBe('at 67')
  await page.getByLabel('Search by name').fill('nothing like it')
  await page.getByRole('heading', { name: 'No plan matches' }).waitFor()
  await page.getByRole('button', { name: 'Show all plans' }).click()
  await page.getByRole('link', { name: 'Retire at 65' }).waitFor()
  await page.getByLabel('Stage').selectOption('Archived')
  await page.getByRole('heading', { name: 'No plan matches' }).waitFor()
  await close()
})

test('a plan is archived, and that is undone', async () => {
  const { close, page } = await visit(browser)
  await signInThroughPage(page, platform.address, user, '/plans')
  await page.getByRole('button', { name: 'Archive: Retire at 65' }).click()
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: 'Retire at 65', exact: true }) })
  await row.getByText('Archived').waitFor()
  expect((await user.request('GET', `/v1/planning/plans/${planId}`)).body.status).toBe('archived')
  await page.getByRole('button', { name: 'Undo' }).click()
  await row.getByText('Draft').waitFor()
  expect((await user.request('GET', `/v1/planning/plans/${planId}`)).body.status).toBe('draft')
  await close()
})

test('a long list comes page by page, in the order of a column', async () => {
  const person = await platform.newUser()
  const home = await newHousehold(person)
  const { body } = await person.request('GET', '/v1/planning/portfolio-models')
  for (let number = 10; number < 35; number++)
    await person.request('POST', '/v1/planning/plans', {
      body: { householdId: home, name: `Plan ${number}`, portfolioModelId: body.items[0].id, planningHorizonYears: 30 },
    })
  const { close, page } = await visit(browser)
  await signInThroughPage(page, platform.address, person, '/plans')
  await page.getByRole('button', { name: 'Plan', exact: true }).click()
  await page.getByRole('link', { name: 'Plan 10' }).waitFor()
  expect(await names(page)).toHaveLength(20)
  await page.getByRole('button', { name: 'Show more' }).click()
  await page.getByRole('link', { name: 'Plan 34' }).waitFor()
  expect(await names(page)).toEqual(Array.from({ length: 25 }, (_, index) => `Plan ${index + 10}`))
  expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0)
  await close()
})

test('a person without a plan sees the next step, and a viewer no button that would be refused', async () => {
  const person = await platform.newUser()
  const opened = await visit(browser)
  await signInThroughPage(opened.page, platform.address, person, '/plans')
  await opened.page.getByRole('heading', { name: 'There is no plan yet' }).waitFor()
  await expectGoodPage(opened, 'planning-plans-empty')
  await user.request('POST', `/v1/identity/households/${householdId}/invitations`, { body: { email: person.email, role: 'viewer' } })
  const [token] = /^[\w-]{40,}$/m.exec(platform.takeMail(person.email).text)!
  await person.request('POST', '/v1/identity/invitation-acceptances', { body: { token } })
  await opened.page.reload()
  await opened.page.getByRole('link', { name: 'Retire at 65' }).waitFor()
  expect(await opened.page.getByRole('button', { name: /Archive/ }).count()).toBe(0)
  expect(await opened.page.getByRole('link', { name: 'Make a plan' }).count()).toBe(0)
  await opened.close()
})
