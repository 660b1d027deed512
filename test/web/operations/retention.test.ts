import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestUser } from '../../support/platform.ts'
import { expectGoodPage, startBrowser, startWebPlatform, visitAs } from '../browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>
let admin: TestUser

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  admin = await platform.newUser()
  await admin.request('GET', '/v1/identity/me')
  const postgres = platform.database.connect('postgres')
  await postgres`update identity.users set role = 'admin' where email = ${admin.email}`
  await postgres`insert into operations.system_events (timestamp, event_type, event_category, message, severity, fingerprint)
    select now() - interval '40 days', 'error', 'api', 'Old event', 'debug', n::text from generate_series(1, 7) n`
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const open = (path: string) => visitAs(browser, platform, admin, path)
const stored = async (name: string) => {
  const { body } = await admin.request('GET', '/v1/operations/retention-policies?limit=200')
  return body.items.find((policy: { name: string }) => policy.name === name)
}
const isInvalid = (page: Page, label: string) => page.getByLabel(label, { exact: true }).getAttribute('aria-invalid')

const debugEvents = {
  tableName: 'operations.system_events',
  conditions: [{ column: 'severity', operator: 'eq', value: 'debug' }],
  retentionPeriodDays: 30,
  action: 'delete',
  scheduleCron: '0 3 * * *',
}

test('a policy is made: its faults are at their fields, and its rows are counted before it is stored', async () => {
  const opened = await open('/operator/retention')
  const { page } = opened
  await page.getByRole('link', { name: 'New policy' }).click()
  await page.getByLabel('Table').selectOption('operations.audit_logs')
  await page.getByText('This table is removed by whole months').waitFor()
  await page.getByLabel('Table').selectOption('operations.system_events')
  await page.getByLabel('What happens to older rows').selectOption('Archive, then delete')
  await page.getByLabel('Kept for').fill('soon')
  await page.getByRole('button', { name: 'Count and store …' }).click()
  await page.getByText('Fill in a whole number of days.').waitFor()
  expect(await isInvalid(page, 'Name')).toBe('true')
  await page.getByLabel('Name', { exact: true }).fill('Debug events')
  await page.getByLabel('Kept for').fill('30')
  await page.getByLabel('Schedule', { exact: true }).fill('every day')
  await page.getByRole('button', { name: 'Add a condition' }).click()
  await page.getByLabel('Column').selectOption('severity')
  await page.getByLabel('Comparison').selectOption('is one of')
  await page.getByLabel('Value').fill('debug, nothing')
  await page.getByRole('button', { name: 'Add a condition' }).click()
  await page.getByRole('group', { name: 'Condition 2' }).getByLabel('Column').selectOption('component')
  await page.getByRole('group', { name: 'Condition 2' }).getByLabel('Comparison').selectOption('is empty')
  await expectGoodPage(opened, 'operator-new-policy')
  await page.getByRole('button', { name: 'Count and store …' }).click()
  const dialog = page.getByRole('dialog', { name: 'What it would do now' })
  await dialog.getByText(/^7 rows are older than/).waitFor()
  expect(await stored('Debug events')).toBeUndefined()
  await expectGoodPage(opened, 'operator-policy-count')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Count and store …' }).click()
  await dialog.getByRole('button', { name: 'Store' }).click()
  await expect.poll(() => isInvalid(page, 'Schedule')).toBe('true')
  await page.getByLabel('Schedule', { exact: true }).fill('0 4 * * *')
  await page.getByRole('button', { name: 'Count and store …' }).click()
  await dialog.getByRole('button', { name: 'Store' }).click()
  await page.getByText('Debug events is stored.').waitFor()
  expect(await stored('Debug events')).toMatchObject({
    tableName: 'operations.system_events',
    action: 'archive',
    retentionPeriodDays: 30,
    scheduleCron: '0 4 * * *',
    isActive: true,
    conditions: [
      { column: 'severity', operator: 'in', value: ['debug', 'nothing'] },
      { column: 'component', operator: 'is-null' },
    ],
  })
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Undone: Debug events is stored.').waitFor()
  expect(await stored('Debug events')).toBeUndefined()
  await opened.close()
})

test('a policy is changed, and what somebody else changed meanwhile is shown', async () => {
  const { body: policy } = await admin.request('POST', '/v1/operations/retention-policies', { body: { ...debugEvents, name: 'Changing' } })
  const opened = await open('/operator/retention')
  const { page } = opened
  await page.getByRole('link', { name: 'Changing' }).click()
  await page.getByLabel('Kept for').fill('35')
  await page.getByLabel('Value').fill('nothing')
  await admin.request('PATCH', `/v1/operations/retention-policies/${policy.id}`, {
    body: { retentionPeriodDays: 90 },
    headers: { 'if-match': '*' },
  })
  await page.getByRole('button', { name: 'Count and store …' }).click()
  const count = page.getByRole('dialog', { name: 'What it would do now' })
  await count.getByText(/^0 rows are older than/).waitFor()
  await count.getByRole('button', { name: 'Store' }).click()
  const conflict = page.getByRole('dialog', { name: 'Somebody changed this meanwhile' })
  await conflict.getByRole('row', { name: 'Kept for 35 90' }).waitFor()
  await conflict.getByRole('row', { name: 'Conditions severity eq nothing severity eq debug' }).waitFor()
  await conflict.getByRole('button', { name: 'Store mine over it' }).click()
  await count.getByRole('button', { name: 'Store' }).click()
  await page.getByText('Changing is stored.').waitFor()
  expect(await stored('Changing')).toMatchObject({ retentionPeriodDays: 35, conditions: [{ value: 'nothing' }] })
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Undone: Changing is stored.').waitFor()
  expect(await stored('Changing')).toMatchObject({ retentionPeriodDays: 30, conditions: [{ value: 'debug' }] })
  expect(opened.faults).toEqual([])
  await opened.close()
})

test('a policy is deleted after a question, and made again by undo', async () => {
  const { body: policy } = await admin.request('POST', '/v1/operations/retention-policies', { body: { ...debugEvents, name: 'Leaving' } })
  const opened = await open(`/operator/retention/${policy.id}`)
  const { page } = opened
  await page.getByRole('button', { name: 'Delete …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete Leaving?' })
  await expectGoodPage(opened, 'operator-policy-delete')
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByText('Leaving is deleted.').waitFor()
  expect(await stored('Leaving')).toBeUndefined()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('link', { name: 'Leaving' }).waitFor()
  expect(await stored('Leaving')).toMatchObject({ ...debugEvents, description: null, isActive: true })
  await opened.close()
})
