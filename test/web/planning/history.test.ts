import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPlan, type TestUser } from '../../support/platform.ts'
import { newAccount } from '../../lambdas/wealth/wealth-platform.ts'
import { expectGoodPage, settled, signInThroughPage, startBrowser, startWebPlatform, visit } from '../browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

/** A plan with four versions: made, an account, a withdrawal, other terms. */
const planOf = async (user: TestUser) => {
  const { etag, householdId, planId } = await newPlan(user)
  const path = `/v1/planning/plans/${planId}`
  const changed = await user.request('PATCH', path, {
    headers: { 'if-match': etag },
    body: { name: 'Retire at 66', planningHorizonYears: 35 },
  })
  expect(changed.body.version).toBe(4)
  return { householdId, path, planId }
}

const open = async (user: TestUser, planId: string) => {
  const opened = await visit(browser)
  await signInThroughPage(opened.page, platform.address, user, `/plans/${planId}/history`)
  await opened.page.getByRole('heading', { name: 'Versions' }).waitFor()
  await settled(opened.page)
  return opened
}

test('versions show who did what, and any two are compared in words', async () => {
  const user = await platform.newUser()
  const { path, planId } = await planOf(user)
  const inputs = await user.request('GET', `${path}/inputs?inputType=account`)
  await user.request('PUT', `${path}/inputs/${inputs.body.items[0].id}`, {
    body: { inputType: 'account', inputName: 'Savings', inputValue: { balance: '1100000.00', feeRate: 0.005 } },
  })
  const opened = await open(user, planId)
  const { page } = opened
  const versions = page.getByRole('list', { name: 'Versions of the plan, the newest first' }).getByRole('listitem')
  await versions.filter({ hasText: /^Input changed Now.*Version 5 · .* · You$/ }).waitFor()
  await versions.filter({ hasText: /^The plan itself changed.*Version 4 · / }).waitFor()
  const differences = page.getByRole('region', { name: 'Differences' })
  await differences.getByRole('row', { name: 'Balance $1,000,000 $1,100,000' }).waitFor()
  await differences.getByRole('row', { name: 'Fees per year 0% 0.50%' }).waitFor()
  await expectGoodPage(opened, 'planning-history')
  await page.getByLabel('From').selectOption('1')
  await differences.getByRole('row', { name: 'Name Retire at 65 Retire at 66' }).waitFor()
  await differences.getByRole('row', { name: 'Years to look ahead 30 35' }).waitFor()
  await differences.getByText('Added: Living (Withdrawal)').waitFor()
  await differences.getByRole('row', { name: 'Amount – $40,000' }).waitFor()
  await page.getByLabel('From').selectOption('5')
  await page.getByText('These two versions are the same.').waitFor()
  expect(await differences.count()).toBe(0)
  await opened.close()
})

test('a version is restored, and that is undone', async () => {
  const user = await platform.newUser()
  const { path, planId } = await planOf(user)
  const { close, page } = await open(user, planId)
  await page.getByRole('button', { name: 'Restore version 2' }).click()
  await page.getByRole('heading', { name: 'Retire at 65', level: 1 }).waitFor()
  const restored = await user.request('GET', path)
  expect(restored.body).toMatchObject({ version: 5, name: 'Retire at 65', planningHorizonYears: 30 })
  expect((await user.request('GET', `${path}/inputs`)).body.items).toHaveLength(1)
  await page
    .getByRole('listitem')
    .filter({ hasText: /^Restored: version 2 Now/ })
    .waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('heading', { name: 'Retire at 66', level: 1 }).waitFor()
  expect((await user.request('GET', `${path}/inputs`)).body.items).toHaveLength(2)
  await close()
})

test('a plan that was changed elsewhere is not restored over it unseen', async () => {
  const user = await platform.newUser()
  const { path, planId } = await planOf(user)
  const { close, page } = await open(user, planId)
  const { headers } = await user.request('GET', path)
  await user.request('PATCH', path, { headers: { 'if-match': headers.get('etag')! }, body: { name: 'Changed elsewhere' } })
  await page.getByRole('button', { name: 'Restore version 2' }).click()
  await page.getByRole('heading', { name: 'Changed elsewhere', level: 1 }).waitFor()
  await page.getByText('This did not work').waitFor()
  expect((await user.request('GET', path)).body.name).toBe('Changed elsewhere')
  await close()
})

test('a scenario is made once and opened; a name that is too long is refused at its field', async () => {
  const user = await platform.newUser()
  const { planId } = await planOf(user)
  const { close, page } = await open(user, planId)
  await page.getByRole('button', { name: 'Make a scenario' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name of the scenario').fill('w'.repeat(10_000))
  await dialog.getByRole('button', { name: 'Make it' }).click()
  await page.waitForFunction(() => document.querySelector('dialog [name="name"]')?.getAttribute('aria-invalid') === 'true')
  await dialog.getByLabel('Name of the scenario').fill('<b>What</b> if')
  await dialog.getByRole('button', { name: 'Make it' }).click()
  await page.getByRole('heading', { name: '<b>What</b> if', level: 1 }).waitFor()
  await page.getByText('Scenario of').waitFor()
  const { body } = await user.request('GET', '/v1/planning/plans')
  const made = body.items.filter(({ parentPlanId }: { parentPlanId: string | null }) => parentPlanId === planId)
  expect(made).toHaveLength(1)
  expect(page.url()).toBe(`${platform.address}/plans/${made[0].id}/edit`)
  await close()
})

test('a plan is rolled forward with real balances, and back', async () => {
  const user = await platform.newUser()
  const { householdId, path, planId } = await planOf(user)
  const { id: link } = await newAccount(user, householdId, { name: 'Savings', type: 'savings' })
  const { close, page } = await open(user, planId)
  await page.getByRole('button', { name: 'Roll forward' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('No account takes its real balance yet.').waitFor()
  await page.keyboard.press('Escape')
  const inputs = await user.request('GET', `${path}/inputs?inputType=account`)
  await user.request('PUT', `${path}/inputs/${inputs.body.items[0].id}`, {
    body: { inputType: 'account', inputName: 'Savings', inputValue: { balance: '1000000.00', linkedAccountId: link } },
  })
  await page.reload()
  await settled(page)
  await page.getByRole('button', { name: 'Roll forward' }).click()
  await dialog.getByLabel('Day of the balances').fill('2026-06-30')
  await dialog.getByLabel('Balance of Savings').fill('not yet')
  await dialog.getByRole('button', { name: 'Roll forward' }).click()
  await dialog.getByText('Write an amount, such as 1250.50 or 420k.').waitFor()
  await dialog.getByLabel('Balance of Savings').fill('1,012,345.67')
  await dialog.getByLabel('Change of prices since the as-of date').fill('1.5')
  await dialog.getByLabel('Day of the balances').fill('2190-06-30')
  await dialog.getByRole('button', { name: 'Roll forward' }).click()
  await dialog.getByText(/must not be after today/).waitFor()
  await dialog.getByLabel('Day of the balances').fill('2026-06-30')
  await dialog.getByRole('button', { name: 'Roll forward' }).click()
  await page.getByText('Rolled forward to Jun 30, 2026').waitFor()
  const plan = await user.request('GET', path)
  expect(plan.body.asOfDate).toBe('2026-06-30')
  const { body } = await user.request('GET', `${path}/inputs`)
  const valueOf = (name: string) => body.items.find(({ inputName }: { inputName: string }) => inputName === name).inputValue
  expect(valueOf('Savings').balance).toBe('1012345.67')
  expect(valueOf('Living').annualAmount).toBe('40600.00')
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Undone: Rolled forward to Jun 30, 2026').waitFor()
  expect((await user.request('GET', path)).body.asOfDate).toBe('2026-01-01')
  await close()
})

test('a viewer sees the versions and no button that would be refused', async () => {
  const owner = await platform.newUser()
  const viewer = await platform.newUser()
  const { householdId, planId } = await planOf(owner)
  await owner.request('POST', `/v1/identity/households/${householdId}/invitations`, { body: { email: viewer.email, role: 'viewer' } })
  const [token] = /^[\w-]{40,}$/m.exec(platform.takeMail(viewer.email).text)!
  await viewer.request('POST', '/v1/identity/invitation-acceptances', { body: { token } })
  const { close, page } = await open(viewer, planId)
  await page.getByText('You can look at this plan.').waitFor()
  expect(await page.getByRole('button', { name: /Restore|scenario|Roll/ }).count()).toBe(0)
  await page.getByRole('listitem').filter({ hasText: 'Plan made' }).getByText(owner.email).waitFor()
  await close()
})
