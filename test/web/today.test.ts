import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newHousehold, newPlan, type TestUser } from '../support/platform.ts'
import { invite } from '../support/shared-household.ts'
import { expectGoodPage, settled, signInThroughPage, startBrowser, startWebPlatform, visitAs } from './browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>
beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const open = (person: TestUser) => visitAs(browser, platform, person)
const region = (page: Page, heading: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: heading, exact: true, level: 2 }) })
const steps = (page: Page) => region(page, 'Welcome to Nestegg').getByRole('listitem')
const needs = (page: Page) => region(page, 'What needs you').getByRole('listitem')

test('a new person is led through four steps, and each is done, or skipped for this person only', async () => {
  const user = await platform.newUser()
  const opened = await open(user)
  const { page } = opened
  expect(await steps(page).count()).toBe(4)
  expect(
    await steps(page)
      .getByRole('button', { name: /^Skip: / })
      .count(),
  ).toBe(4)
  await expectGoodPage(opened, 'today-welcome')

  await page.getByRole('button', { name: 'Skip: Your region' }).click()
  await steps(page).nth(3).getByText('Skipped').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Skip: Your region' }).click()
  await page.getByRole('button', { name: 'Skip: Your sign-in' }).click()
  await page.reload()
  await steps(page).nth(3).getByText('Skipped').waitFor()
  // Without the step, the lack of a second factor is something that waits.
  await needs(page).getByText('Only a password protects your account.').waitFor()

  const householdId = await newHousehold(user)
  await invite(user, householdId, 'partner@nestegg.example', 'editor')
  await page.reload()
  await steps(page).nth(0).getByText('Done').waitFor()
  await steps(page).getByRole('link', { name: 'Make a plan' }).waitFor()
  await expectGoodPage(opened, 'today-welcome-half')
  await newPlan(user, { householdId })
  await page.reload()
  await page.getByRole('heading', { name: 'Plans', level: 2 }).waitFor()
  await settled(page)
  expect(await page.getByText('Welcome to Nestegg').or(page.getByText('First steps')).count()).toBe(0)

  await page.evaluate(() => localStorage.getItem('nestegg:skipped-steps')).then(text => expect(text).toContain('security'))
  await opened.close()
})

test('what a person has skipped on a device is open for another person on it', async () => {
  const [first, second] = [await platform.newUser(), await platform.newUser()]
  const opened = await open(first)
  const { page } = opened
  await page.getByRole('button', { name: 'Skip: Your plan' }).click()
  await page.getByRole('heading', { name: 'There is no plan yet' }).waitFor()
  await page.getByRole('button', { name: 'Your account', exact: true }).click()
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.waitForURL('**/sign-in**')
  await signInThroughPage(page, platform.address, second)
  await page.getByRole('button', { name: 'Skip: Your plan' }).waitFor()
  expect(await steps(page).getByText('Skipped').count()).toBe(0)
  await opened.close()
})

test('the list of what waits leads to the page where it is done, and ends empty', async () => {
  const [owner, guest] = [await platform.newUser(), await platform.newUser()]
  const { householdId, planId } = await newPlan(owner, { name: 'Retire by the sea' })
  const run = async () => (await owner.request('POST', `/v1/planning/plans/${planId}/runs`, { body: {} })).body.id as string
  const verify = (runId: string) => owner.request('POST', `/v1/planning/runs/${runId}/verify`)
  await owner.request('PATCH', '/v1/identity/preferences', { body: { theme: 'system' }, headers: { 'if-match': '*' } })
  await invite(owner, householdId, guest.email, 'viewer')
  const postgres = platform.database.connect('postgres')
  await postgres`update identity.household_invitations set expires_at = now() + interval '1 day' where household_id = ${householdId}`
  await postgres`update identity.users set role = 'admin' where email = ${owner.email}`
  await postgres`
    insert into operations.job_runs (job, scheduled_for, status, started_at, finished_at) values ('operations/maintain-database', now(), 'failed', now(), now())`
  // A slow machine can have recorded events of its own.
  await postgres`delete from operations.system_events`
  await postgres`
    insert into operations.system_events (event_type, event_category, message, severity, fingerprint)
    values ('error', 'api', 'A trial.', 'critical', 'trial'), ('error', 'api', 'A trial.', 'warning', 'trial')`

  const opened = await open(owner)
  const { page } = opened
  const texts = () => needs(page).locator('strong').allTextContents()
  await expect
    .poll(texts)
    .toEqual([
      'One critical event waits for somebody.',
      'The job operations/maintain-database has failed.',
      `Your invitation to ${guest.email} expires soon.`,
      'One warning event waits for somebody.',
      'No backup has a proof yet.',
      '“Retire by the sea” was not simulated yet.',
    ])
  await expectGoodPage(opened, 'today-needs')

  await postgres`delete from operations.job_runs`
  await postgres`update operations.system_events set status = 'resolved', resolved = true, resolved_at = now()`
  await postgres`update identity.users set role = 'member' where email = ${owner.email}`
  await owner.request(
    'DELETE',
    `/v1/identity/households/${householdId}/invitations/${(await owner.request('GET', `/v1/identity/households/${householdId}/invitations`)).body.items[0].id}`,
  )
  const first = await run()
  await page.reload()
  await page.getByRole('button', { name: 'Skip: Your household' }).click()
  await page.getByRole('button', { name: 'Skip: Your sign-in' }).click()
  await needs(page).getByText('The newest result of “Retire by the sea” is not verified.').waitFor()
  await needs(page).getByRole('link', { name: 'Verify' }).click()
  await page.waitForURL(`**/plans/${planId}`)
  await verify(first)
  await owner.request('POST', `/v1/planning/plans/${planId}/inputs`, {
    body: { inputType: 'withdrawal', inputName: 'Travel', inputValue: { annualAmount: '20000.00', startYear: 0 } },
  })
  await page.getByRole('link', { name: 'Today' }).click()
  await needs(page).getByText('“Retire by the sea” was changed after its newest result.').waitFor()
  await verify(await run())
  await postgres`update identity.users set mfa_enabled = true where email = ${owner.email}`
  await page.reload()
  await page.getByRole('heading', { name: 'Nothing needs you' }).waitFor()
  await page.getByText(/^-[\d.]+ points since the run before$/).waitFor()
  await expectGoodPage(opened, 'today-nothing')
  await opened.close()
})

test('an invited person learns of it, and a viewer is not asked for what only editors may do', async () => {
  const [owner, guest] = [await platform.newUser(), await platform.newUser()]
  const { householdId } = await newPlan(owner)
  await invite(owner, householdId, guest.email, 'viewer')
  const opened = await open(guest)
  const { page } = opened
  await needs(page).getByText('You are invited to “Home” as a viewer.').waitFor()
  await needs(page).getByRole('link', { name: 'Accept' }).click()
  const token = /^[\w-]{43}$/m.exec(platform.takeMail(guest.email).text)![0]
  await page.getByRole('textbox').fill(token)
  await page.getByRole('button', { name: 'Accept' }).click()
  await page.waitForURL(`**/households/${householdId}`)
  await page.getByRole('link', { name: 'Today' }).click()
  await page.getByRole('link', { name: 'Retire at 65' }).waitFor()
  await settled(page)
  expect(await page.getByText('was not simulated yet').count()).toBe(0)
  expect(await page.getByText('You are invited').count()).toBe(0)
  await opened.close()
})
