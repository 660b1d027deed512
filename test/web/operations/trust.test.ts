import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { operationsJobs } from '../../../lambdas/operations/jobs.ts'
import { fireJob } from '../../../local/schedules.ts'
import { newHousehold, newPlan, type TestUser } from '../../support/platform.ts'
import { join } from '../../support/shared-household.ts'
import { expectGoodPage, startBrowser, startWebPlatform, visitAs } from '../browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>
let user: TestUser

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  user = await platform.newUser()
  const { etag, planId } = await newPlan(user)
  await user.request('PATCH', `/v1/planning/plans/${planId}`, { body: { name: 'Retire at 67' }, headers: { 'if-match': etag } })
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const open = (person: TestUser, path: string) => visitAs(browser, platform, person, path)

test('activity says in words what changed, with the values before and after, and is filtered', async () => {
  const opened = await open(user, '/activity')
  const { page } = opened
  const rows = page.getByRole('row')
  const change = rows.filter({ hasText: 'You changed a plan “Retire at 67”' })
  await change
    .getByText('One field')
    .or(change.getByText(/\d fields/))
    .first()
    .click()
  const field = change.getByRole('row').filter({ hasText: /^name/ })
  await field.getByText('Retire at 65').waitFor()
  await field.getByText('Retire at 67').waitFor()
  await expectGoodPage(opened, 'operations-activity')

  const logs = async (query: string) =>
    (await user.request('GET', `/v1/operations/audit-logs?limit=1&count=true&${query}`)).body.total as number
  const shown = () => page.locator('section[aria-label="Changes, newest first"] > table > tbody > tr').count()
  await page.getByLabel('What').selectOption('a plan')
  await page.getByLabel('Action').selectOption('Added')
  await expect.poll(shown).toBe(await logs('resourceType=planning.plans&action=CREATE'))
  await page.getByLabel('Action').selectOption('Everything')
  await page.getByLabel('What').selectOption('an input of a plan')
  await expect.poll(shown).toBe(await logs('resourceType=planning.plan_inputs'))
  await page.getByLabel('Jump to').fill('2020-01-01')
  await page.getByRole('heading', { name: 'Nothing matches' }).waitFor()
  await page.getByRole('button', { name: 'Show everything' }).click()
  await rows.filter({ hasText: 'You changed a plan “Retire at 67”' }).first().waitFor()
  await opened.close()
})

test('a person verifies the entries about their own activity, and a changed one is named', async () => {
  const person = await platform.newUser()
  await newPlan(person)
  const opened = await open(person, '/activity')
  const { page } = opened
  const dialog = page.getByRole('dialog', { name: 'Your entries in the audit trail' })
  const verify = async () => {
    await page.getByRole('button', { name: /Show how this was computed/ }).click()
    await dialog.getByRole('button', { name: 'Verify' }).click()
  }
  const count = async () => (await person.request('GET', '/v1/operations/audit-logs?limit=1&count=true')).body.total as number
  await verify()
  await dialog.getByText(`${await count()} entries wait for a seal, which is made each hour.`).waitFor()
  await dialog.getByText('Not yet verified').waitFor()
  expect(await dialog.getByText('Verified:').count()).toBe(0)
  await dialog.getByRole('button', { name: 'Close' }).click()

  await fireJob(operationsJobs['seal-audit-trail'], '2026-11-26T10:25:00Z')
  const sealed = await count()
  await newHousehold(person)
  const total = await count()
  await verify()
  await dialog.getByText(`Verified: ${sealed} entries.`).waitFor()
  await dialog.getByText(`${total - sealed} entries wait for a seal`).waitFor()
  await expectGoodPage(opened, 'operations-activity-verified')
  await dialog.getByRole('button', { name: 'Close' }).click()
  await page.getByText('Verified on').waitFor()
  await page.getByText('Your entries in the chain', { exact: true }).first().click()
  await page.getByRole('cell', { name: 'yes' }).first().waitFor()

  const sql = platform.database.connect('postgres')
  const { items } = (await person.request('GET', '/v1/operations/audit-logs?limit=1&sort=timestamp&resourceType=planning.plans')).body
  await sql.begin(async transaction => {
    await transaction`set local session_replication_role = replica`
    await transaction`update operations.audit_logs set new_values = '{"name": "Another"}' where id = ${items[0].id}`
  })
  await verify()
  await dialog.getByText(`Of ${total} entries, one does not match the chain.`).waitFor()
  await dialog.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: /^Does not match/ }).waitFor()
  await page.getByRole('row').filter({ hasText: 'Its values were changed: they have another digest.' }).getByText(items[0].id).waitFor()
  await expectGoodPage(opened, 'operations-activity-changed')

  await page.getByLabel('To', { exact: true }).fill('2020-01-01')
  await page.getByText('The days of the filter above are verified.').waitFor()
  await verify()
  await dialog.getByText('There is no entry of yours in these days.').waitFor()
  expect(opened.faults).toEqual([])
  await opened.close()
})

test('the export goes on after a fresh sign-in', async () => {
  const opened = await open(user, '/my-data')
  const { page } = opened
  let isOld = true
  await page.route('**/v1/identity/me/export', route =>
    isOld
      ? route.fulfill({
          status: 401,
          contentType: 'application/problem+json',
          body: JSON.stringify({ type: 'https://nestegg.example/problems/sign-in-required', detail: 'Sign in again first.' }),
        })
      : route.continue(),
  )
  await page.getByRole('button', { name: 'Download my data' }).click()
  const dialog = page.getByRole('dialog', { name: 'Sign in again to get your data' })
  expect(await dialog.getByLabel('Email address').inputValue()).toBe(user.email)
  await dialog.getByLabel('Password', { exact: true }).fill(user.password)
  isOld = false
  const [saved] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Sign in', exact: true }).click()])
  const lines = readFileSync(await saved.path(), 'utf8')
    .trim()
    .split('\n')
  expect(lines.some(line => line.includes('Retire at 67'))).toBe(true)
  await page.getByText(`Your data was saved: ${lines.length - 1} rows.`).waitFor()
  await dialog.waitFor({ state: 'detached' })
  await expectGoodPage(opened, 'operations-my-data')
  await opened.close()
})

test('an account is closed with the password, and cannot be used any more', async () => {
  const person = await platform.newUser()
  const opened = await open(person, '/my-data')
  const { page } = opened
  await page.getByRole('button', { name: 'Close my account …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Close your account?' })
  await dialog.locator('input[type=password]').fill('wrong-Password-1')
  await dialog.getByRole('button', { name: 'Close my account' }).click()
  await expect.poll(() => dialog.locator('input[type=password]').getAttribute('aria-invalid')).toBe('true')
  await expectGoodPage(opened, 'operations-close-account')
  await dialog.locator('input[type=password]').fill(person.password)
  await dialog.getByRole('button', { name: 'Close my account' }).click()
  await page.getByText('Your account is closed.').waitFor()
  await page.waitForURL('**/sign-in')
  const { email, password } = person
  expect((await platform.request('POST', '/v1/identity/sessions', { body: { email, password } })).status).toBe(403)
  await opened.close()
})

test('the only owner of a shared household learns which one, and is deleted after handing it over', async () => {
  const [owner, other] = [await platform.newUser(), await platform.newUser()]
  const householdId = await newHousehold(owner)
  const memberId = await join(platform, owner, householdId, other, 'editor')
  const opened = await open(owner, '/my-data')
  const { page } = opened
  const remove = async (password: string) => {
    const dialog = page.getByRole('dialog', { name: 'Delete your account for ever?' })
    await dialog.locator('input[type=password]').fill(password)
    await dialog.getByRole('button', { name: 'Delete for ever' }).click()
    return dialog
  }
  await page.getByRole('button', { name: 'Delete my account …' }).click()
  const dialog = await remove('wrong-Password-1')
  await expect.poll(() => dialog.locator('input[type=password]').getAttribute('aria-invalid')).toBe('true')
  await remove(owner.password)
  await dialog.getByRole('alert').getByText('“Home”').first().waitFor()
  await expectGoodPage(opened, 'operations-delete-account')

  const path = `/v1/identity/households/${householdId}/members/${memberId}`
  const version = (await owner.request('GET', path)).headers.get('etag')!
  const raised = await owner.request('PATCH', path, { body: { role: 'owner' }, headers: { 'if-match': version } })
  expect(raised.status).toBe(200)
  await remove(owner.password)
  await page.waitForURL('**/good-bye')
  await page.getByRole('heading', { name: 'Your account is deleted' }).waitFor()
  await page.getByRole('region', { name: 'What stays, and why' }).waitFor()
  await expectGoodPage(opened, 'operations-good-bye')
  expect((await owner.request('GET', '/v1/identity/me')).status).toBe(401)
  expect((await platform.request('POST', '/v1/identity/sessions', { body: { email: owner.email, password: owner.password } })).status).toBe(
    401,
  )
  await page.goto(platform.address)
  await page.waitForURL('**/sign-in')
  await opened.close()
})
