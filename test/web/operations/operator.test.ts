import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPlan, type TestUser } from '../../support/platform.ts'
import { expectGoodPage, settled, startBrowser, startWebPlatform, visitAs } from '../browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>
let admin: TestUser
let member: TestUser

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  ;[admin, member] = [await platform.newUser(), await platform.newUser()]
  await admin.request('GET', '/v1/identity/me')
  await newPlan(member)
  const postgres = platform.database.connect('postgres')
  await postgres`update identity.users set role = 'admin' where email = ${admin.email}`
  await postgres`insert into operations.job_runs (job, scheduled_for, status, started_at, finished_at, result, error) values
    ('operations/run-retention', '2026-11-01T01:25:00Z', 'succeeded', '2026-11-01T01:25:01Z', '2026-11-01T01:25:09Z', '{"records": 3}', null),
    ('planning/fail-abandoned-runs', '2026-11-01T02:25:00Z', 'failed', '2026-11-01T02:25:01Z', '2026-11-01T02:25:02Z', null, 'no connection')`
  await postgres`
    with backup as (
      insert into operations.backups (reason, status, started_at, snapshot_at, rows, size_bytes, manifest_sha256, verified_at)
      values ('schedule', 'good', '2026-11-01T05:40:00Z', '2026-11-01T05:40:01Z', 1234, 5000000, 'ab12cd34ef56ab78', '2026-11-01T06:25:00Z') returning id
    )
    insert into operations.restores (backup_id, kind, status, started_at, recovery_time_ms, data_loss_ms)
    select id, 'verification', 'succeeded', '2026-11-01T06:20:00Z', 61000, 2000 from backup`
  await postgres`insert into operations.system_events (event_type, event_category, severity, message, component, fingerprint) values
    ('error', 'api', 'error', 'The fan-out did not answer', 'planning/create-run', 'a'),
    ('limit', 'database', 'warning', 'Many connections', 'operations/maintain-database', 'b')`
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const open = (person: TestUser, path: string) => visitAs(browser, platform, person, path)

test('health shows the database, and writing is tested', async () => {
  const opened = await open(admin, '/operator')
  const { page } = opened
  await page.getByText('PostgreSQL 16').first().waitFor()
  await page.getByRole('button', { name: 'Test writing' }).click()
  await page.getByText(/It can be written: written in/).waitFor()
  await expectGoodPage(opened, 'operator-health')
  // Slow requests of a busy machine become events too.
  await page.reload()
  await settled(page)
  const events = await admin.request('GET', '/v1/operations/system-events?status=open&count=true&limit=1')
  expect(await page.getByText('Open events').locator('..').textContent()).toContain(`Open events${events.body.total}`)
  await opened.close()
})

test('jobs and backups are shown with their outcome and proof', async () => {
  const opened = await open(admin, '/operator/jobs')
  const { page } = opened
  await page.getByRole('region', { name: 'Jobs' }).getByText('no connection').waitFor()
  await page.getByLabel('Job', { exact: true }).selectOption('operations/run-retention')
  await page.getByRole('region', { name: 'Runs' }).getByText('{"records":3}').waitFor()
  await expectGoodPage(opened, 'operator-jobs')
  await page.goto(`${platform.address}/operator/backups`)
  await page.getByRole('cell', { name: 'Proven good' }).waitFor()
  await page.getByRole('cell', { name: '1,234' }).waitFor()
  expect(await page.getByRole('region', { name: 'Restores' }).getByRole('row').nth(1).textContent()).toContain('Verification')
  await expectGoodPage(opened, 'operator-backups')
  await opened.close()
})

test('an event is acknowledged, and resolved with notes', async () => {
  const opened = await open(admin, '/operator/events')
  const { page } = opened
  const row = page.getByRole('row').filter({ hasText: 'The fan-out did not answer' })
  await row.getByRole('button', { name: 'Acknowledge' }).click()
  await row.getByText('Acknowledged', { exact: true }).waitFor()
  await row.getByRole('button', { name: 'Resolve' }).click()
  const dialog = page.getByRole('dialog', { name: 'Resolve this event' })
  await dialog.getByRole('button', { name: 'Resolve' }).click()
  await expect.poll(() => dialog.getByLabel('What the cause was').getAttribute('aria-invalid')).toBe('true')
  await dialog.getByLabel('What the cause was').fill('The queue was full.')
  await dialog.getByRole('button', { name: 'Resolve' }).click()
  await row.getByText('The queue was full.').waitFor()
  const stored = await admin.request('GET', '/v1/operations/system-events?status=resolved')
  expect(stored.body.items).toMatchObject([{ message: 'The fan-out did not answer', resolutionNotes: 'The queue was full.' }])
  await page.getByLabel('Severity').selectOption('Warning')
  await row.waitFor({ state: 'detached' })
  await expectGoodPage(opened, 'operator-events')
  await opened.close()
})

test('a retention policy is counted, run and switched off, and a hold is placed and released', async () => {
  const opened = await open(admin, '/operator/retention')
  const { page } = opened
  const policies = async () => (await admin.request('GET', '/v1/operations/retention-policies?limit=200&sort=name')).body.items
  const { id, name } = (await policies())[0]
  const row = page.getByRole('region', { name: 'Policies' }).getByRole('row').filter({ hasText: name }).first()
  await row.getByRole('button', { name: 'Count and run …' }).click()
  const dialog = page.getByRole('dialog', { name: `What ${name} would do now` })
  await dialog.getByText('Nothing has been changed yet.').waitFor()
  await dialog.getByRole('button', { name: 'Run now' }).click()
  await page.getByText(`${name}: 0 rows were processed.`).waitFor()
  const before = (await policies())[0].isActive
  await row.getByRole('button', { name: before ? 'Deactivate' : 'Activate' }).click()
  await row.getByText(before ? 'Inactive' : 'Active', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await row.getByText(before ? 'Active' : 'Inactive', { exact: true }).waitFor()
  expect((await policies()).find((policy: { id: string }) => policy.id === id).isActive).toBe(before)

  const { body: me } = await member.request('GET', '/v1/identity/me')
  await page.getByRole('button', { name: 'Place a hold' }).click()
  const place = page.getByRole('dialog', { name: 'Place a hold' })
  await place.getByLabel('Id of the person').fill(me.id)
  await place.getByLabel('Reason').fill('Claim 2026-17')
  await place.getByRole('button', { name: 'Place a hold' }).click()
  await page.getByRole('cell', { name: 'Claim 2026-17' }).waitFor()
  await expectGoodPage(opened, 'operator-retention')
  await page.getByRole('button', { name: 'Release' }).click()
  await page.getByRole('dialog', { name: 'Release this hold?' }).getByRole('button', { name: 'Release' }).click()
  await page.getByText('No hold is in force.').waitFor()
  const holds = await admin.request('GET', '/v1/operations/legal-holds?inForce=true')
  expect(holds.body.items).toEqual([])
  await opened.close()
})

test('the audit trail of everybody is searched and verified, and a user is found and erased', async () => {
  const { body: me } = await member.request('GET', '/v1/identity/me')
  const opened = await open(admin, '/operator/audit')
  const { page } = opened
  await page.getByRole('button', { name: 'Verify' }).click()
  await page.getByText('Nothing was changed, inserted or removed', { exact: true }).waitFor()
  await page.getByLabel('First month').fill('soon')
  await page.getByRole('button', { name: 'Verify' }).click()
  await expect.poll(() => page.getByLabel('First month').getAttribute('aria-invalid')).toBe('true')
  await page.getByLabel('Id of the person').fill(me.id)
  await page.getByText('added a plan “Retire at 65”').waitFor()
  await expectGoodPage(opened, 'operator-audit')
  await page.goto(`${platform.address}/operator/users`)
  await page.getByLabel('Email address').fill(member.email.slice(0, 12))
  await page.getByText('1 of 1 users').waitFor()
  await expectGoodPage(opened, 'operator-users')
  await page.getByRole('row').filter({ hasText: member.email }).getByRole('button', { name: 'Erase' }).click()
  const dialog = page.getByRole('dialog', { name: `Erase ${member.email} for ever?` })
  await dialog.getByRole('button', { name: 'Erase for ever' }).click()
  await dialog.getByText('This is not the email address of the person.').waitFor()
  await dialog.getByLabel('Type the email address to confirm').fill(member.email)
  await dialog.getByRole('button', { name: 'Erase for ever' }).click()
  await page.getByText(`${member.email} was erased.`).waitFor()
  const records = page.getByRole('region', { name: 'Erased persons' })
  await records.getByRole('row').filter({ hasText: me.id }).getByText('An administrator').waitFor()
  await expectGoodPage(opened, 'operator-erasures')
  const erasures = await admin.request('GET', `/v1/identity/erasures?userId=${me.id}`)
  expect(erasures.body.items).toMatchObject([{ userId: me.id, kind: 'admin' }])
  await opened.close()
})

test('others see no page of the operator', async () => {
  const other = await platform.newUser()
  const { close, faults, page } = await open(other, '/operator/users')
  await page.getByRole('heading', { name: 'Only administrators see this page' }).waitFor()
  expect(await page.getByRole('navigation').getByRole('link', { name: 'Users' }).count()).toBe(0)
  expect(faults).toEqual([])
  await close()
})
