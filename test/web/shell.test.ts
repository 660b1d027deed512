import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPlan, type TestUser } from '../support/platform.ts'
import { expectGoodPage, settled, signInThroughPage, startBrowser, startWebPlatform, visit } from './browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>
let user: TestUser

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  user = await platform.newUser()
  await newPlan(user)
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

test('a page without a session leads to sign-in, and from there back to the page', async () => {
  const { close, page } = await visit(browser)
  await page.goto(`${platform.address}/plans`)
  await page.waitForURL('**/sign-in?to=%2Fplans')
  await page.getByLabel('Email address').fill(user.email)
  await page.getByLabel('Password').fill('wrong')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('alert').waitFor()
  expect(await page.getByLabel('Email address').inputValue()).toBe(user.email)
  await page.getByLabel('Password').fill(user.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(`${platform.address}/plans`)
  await page.getByRole('link', { name: 'Retire at 65' }).waitFor()
  await close()
})

test('a session goes on after the page is loaded again, in another tab, and ends in both', async () => {
  const { close, context, page } = await visit(browser)
  await signInThroughPage(page, platform.address, user)
  await page.reload()
  await page.getByRole('heading', { name: 'Today' }).waitFor()
  const second = await context.newPage()
  await second.goto(`${platform.address}/plans`)
  await second.getByRole('heading', { name: 'Plans' }).waitFor()
  await page.getByRole('button', { name: 'Your account' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL('**/sign-in')
  await second.waitForURL('**/sign-in**')
  expect(await context.cookies()).toEqual([])
  await close()
})

test('a link to sign-in does not lead to another site', async () => {
  const { close, page } = await visit(browser)
  await page.goto(`${platform.address}/sign-in?to=${encodeURIComponent('//elsewhere.example/')}`)
  await page.getByLabel('Email address').fill(user.email)
  await page.getByLabel('Password').fill(user.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { name: 'Today' }).waitFor()
  expect(page.url()).toBe(`${platform.address}/`)
  await close()
})

test('the keyboard alone finds a page, a plan and the list of shortcuts', async () => {
  const { close, page } = await visit(browser)
  await signInThroughPage(page, platform.address, user)
  await settled(page)
  await page.keyboard.press('g')
  await page.keyboard.press('p')
  await page.waitForURL('**/plans')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('today')
  await page.keyboard.press('Enter')
  await page.waitForURL(`${platform.address}/`)
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  await page.keyboard.press('Escape')
  expect(await page.getByRole('dialog').count()).toBe(0)
  await close()
})

test('a paused database is announced, and the page goes on by itself', async () => {
  const { close, page } = await visit(browser)
  await signInThroughPage(page, platform.address, user)
  let refusals = 2
  await page.route('**/v1/planning/plans?*', route =>
    refusals-- > 0
      ? route.fulfill({ status: 503, headers: { 'retry-after': '1' }, contentType: 'application/problem+json', body: '{}' })
      : route.continue(),
  )
  await page.goto(`${platform.address}/plans`)
  await page.getByText('The database is waking up').waitFor()
  await page.getByRole('link', { name: 'Retire at 65' }).waitFor()
  expect(await page.getByText('The database is waking up').count()).toBe(0)
  await close()
})

test('a page that is opened while the server gives no answer waits, and goes on with the session', async () => {
  const { close, page } = await visit(browser)
  await signInThroughPage(page, platform.address, user)
  await settled(page)
  let failures = 2
  await page.route('**/v1/identity/sessions/refreshes', route => (failures-- > 0 ? route.abort() : route.continue()))
  await page.reload()
  await page.getByText('There is no connection to the server.').waitFor()
  await page.getByRole('heading', { name: 'Today' }).waitFor()
  expect(page.url()).toBe(`${platform.address}/`)
  await close()
})

test('a theme that is chosen by the keyboard is kept, and leaves the timezone of the device', async () => {
  const person = await platform.newUser()
  const { close, page } = await visit(browser)
  await signInThroughPage(page, platform.address, person)
  await settled(page)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('dark')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await person.request('GET', '/v1/identity/preferences')).body.theme).toBe('dark')
  expect((await person.request('GET', '/v1/identity/preferences')).body.timezone).toBe('America/New_York')
  await page.reload()
  await page.getByRole('heading', { name: 'Today' }).waitFor()
  await settled(page)
  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
  await close()
})

test('a session that ends shows sign-in over the page, and the page goes on', async () => {
  const person = await platform.newUser()
  const { close, page } = await visit(browser)
  await signInThroughPage(page, platform.address, person)
  await settled(page)
  await person.request('DELETE', '/v1/identity/sessions')
  await page.keyboard.press('g')
  await page.keyboard.press('p')
  const dialog = page.getByRole('dialog', { name: 'Sign in to Nestegg' })
  await dialog.getByLabel('Email address').fill(person.email)
  await dialog.getByLabel('Password').fill(person.password)
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: 'There is no plan yet' }).waitFor()
  expect(page.url()).toBe(`${platform.address}/plans`)
  await close()
})

test.for(['/', '/plans', '/nothing-here'])('the page %s is accessible, fits a phone and keeps its policy', async (path, { expect }) => {
  const opened = await visit(browser)
  await signInThroughPage(opened.page, platform.address, user, path)
  await expectGoodPage(opened, `shell-${path.replaceAll('/', '') || 'today'}`)
  expect(await opened.page.getByRole('heading', { level: 1 }).count()).toBe(1)
  await opened.close()
})

test('who wants less motion sees a change of theme at once', async () => {
  const { close, page } = await visit(browser)
  await page.goto(`${platform.address}/sign-in`)
  await settled(page)
  await page.evaluate(() => {
    document.addEventListener('transitionrun', () => {
      document.documentElement.dataset['moved'] = 'yes'
    })
  })
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await page.waitForTimeout(200)
  expect(await page.evaluate(() => document.documentElement.dataset['moved'])).toBeUndefined()
  await close()
})

test('sign-in is accessible and fits a phone', async () => {
  const opened = await visit(browser)
  await opened.page.goto(`${platform.address}/sign-in`)
  await expectGoodPage(opened, 'identity-sign-in')
  expect(await opened.page.getByRole('heading', { level: 1 }).count()).toBe(1)
  await opened.close()
})
