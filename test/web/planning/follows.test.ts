import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { handler } from '../../../lambdas/planning/handlers/follow-accounts.ts'
import { lambdaContext } from '../../../local/api-event.ts'
import { addRates, newLinkedPlan } from '../../lambdas/planning/linked-plan.ts'
import { addTransactions, todayIn } from '../../lambdas/wealth/wealth-platform.ts'
import type { TestUser } from '../../support/platform.ts'
import { pointEnvironmentTo } from '../../support/postgres.ts'
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

/** Fires the job of month ends as if it were another time. */
const fireAt = async (now: string) => {
  pointEnvironmentTo(platform.database.location)
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(now) })
  await handler({ scheduledTime: now }, lambdaContext('planning-follow-accounts', crypto.randomUUID(), 900))
  vi.useRealTimers()
}

test('a plan follows its accounts: real balances in the fan, success by month, and a report without typed balances', async () => {
  const months = ['2026-01-30', '2026-02-27', '2026-03-31', '2026-04-30', '2026-05-29']
  await addRates(platform, Object.fromEntries(['2026-01-01', ...months, todayIn('UTC')].map((date, index) => [date, 1 + index / 20])))
  const { checking, path, planId, request } = await newLinkedPlan(user)
  await addTransactions(platform, checking, [{ date: '2026-02-10', amount: '15000.00' }])
  await request('POST', `${path}/runs`, {})
  const opened = await visit(browser)
  const { close, page } = opened
  await signInThroughPage(page, platform.address, user, `/plans/${planId}/actual`)
  await page.getByText('Switch on “Follow the real accounts each month” above').waitFor()
  await page.getByLabel('Follow the real accounts each month').check()
  await page.getByText('The plan follows its accounts. The first point').waitFor()
  expect((await request('GET', path)).followsAccounts).toBe(true)
  for (const month of ['02', '03', '04', '05', '06']) await fireAt(`2026-${month}-01T08:00:00Z`)
  expect((await request('GET', `${path}/month-ends`)).items).toHaveLength(5)

  await page.reload()
  await page.getByLabel('Compared with').waitFor()
  await page.getByText('Line with points: the real balances of your accounts.').waitFor()
  await page.getByText(/over 5 month ends/).waitFor()
  expect(await page.locator('svg circle').count()).toBeGreaterThanOrEqual(6)
  await settled(page)
  await expectGoodPage(opened, 'planning-follows')
  await page.getByRole('button', { name: 'Report now' }).click()
  await page.getByText('The report is kept.').waitFor()
  const { items } = await request('GET', `${path}/outputs?outputType=plan_versus_actual&sort=-createdAt`)
  expect(items[0].outputValue).toMatchObject({ date: todayIn('UTC'), actual: 185_000 })
  await page.getByRole('button', { name: 'Roll forward to today' }).click()
  await page.getByText('Rolled the plan forward to today').waitFor()
  expect((await request('GET', path)).asOfDate).toBe(todayIn('UTC'))
  await close()
})

test('an account without a link is named, with the way to link it', async () => {
  const { add, path, planId, request } = await newLinkedPlan(user)
  await add('account', 'Mattress', { balance: '5.00' })
  await request('POST', `${path}/runs`, {})
  const { close, page } = await visit(browser)
  await signInThroughPage(page, platform.address, user, `/plans/${planId}/actual`)
  await page.getByText('Mattress: it is linked to no account.').waitFor()
  await page.getByLabel('Real balance of Mattress').waitFor()
  await page.getByRole('link', { name: 'Link the accounts' }).click()
  await page.getByRole('heading', { name: 'What the plan knows' }).waitFor()
  expect(new URL(page.url()).pathname).toBe(`/plans/${planId}/edit`)
  await close()
})
