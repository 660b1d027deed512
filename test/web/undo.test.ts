import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { householdIn, newAccount } from '../lambdas/wealth/wealth-platform.ts'
import type { TestUser } from '../support/platform.ts'
import { join } from '../support/shared-household.ts'
import { settled, startBrowser, startWebPlatform, visitAs } from './browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>
let user: TestUser
let householdId: string

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  user = await platform.newUser()
  householdId = await householdIn(user)
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const read = async (path: string) => (await user.request('GET', path)).body
const make = async (path: string, body: object): Promise<string> => (await user.request('POST', path, { body })).body.id
const signIn = (to: string) => visitAs(browser, platform, user, to)

/** Goes to a page without loading it again, so that what can be undone is kept. */
const go = async (page: Page, to: string): Promise<void> => {
  await page.evaluate(address => history.pushState(null, '', address), to)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await settled(page)
}
const undo = async (page: Page): Promise<void> => {
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('Control+z')
}

/** Waits until the page has stored a change and offers to undo it. Then a form has also left for the next page. */
const stored = async (page: Page): Promise<void> => {
  const message = page
    .getByRole('status')
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: 'Undo', exact: true }) })
  await message.getByRole('button', { name: 'Close' }).click()
  await settled(page)
}

/** Where the field is changed, and where the API shows it. */
interface Case {
  readonly page: string
  readonly path: string
  readonly field?: string
  readonly property?: string
}

const cases: Readonly<Record<string, () => Promise<Case>>> = {
  'the profile': async () => ({ page: '/settings', path: '/v1/identity/me', field: 'Given name', property: 'firstName' }),
  'a household': async () => ({ page: `/households/${householdId}`, path: `/v1/identity/households/${householdId}` }),
  'a person': async () => {
    const id = await make(`/v1/identity/households/${householdId}/people`, { name: 'Robin', relationship: 'spouse' })
    return { page: `/people/${id}`, path: `/v1/identity/households/${householdId}/people/${id}` }
  },
  'a goal': async () => {
    const id = await make('/v1/wealth/goals', { householdId, name: 'New roof', kind: 'home', targetAmount: '32000.00' })
    return { page: `/goals/${id}`, path: `/v1/wealth/goals/${id}` }
  },
  'an account': async () => {
    const { id } = await newAccount(user, householdId, { name: 'Everyday', type: 'checking' })
    return { page: `/accounts/${id}/edit`, path: `/v1/wealth/accounts/${id}` }
  },
  'an assumption set': async () => {
    const assumptions = {
      assets: [{ key: 'cash', name: 'Cash', meanReturn: 0.02, volatility: 0.01 }],
      inflation: { mean: 0.025, volatility: 0.018 },
      correlation: [[1]],
    }
    const set = { householdId, version: 'v1', name: 'House', effectiveDate: '2026-01-01', assumptions }
    const id = await make('/v1/planning/assumption-sets', set)
    return { page: `/assumptions/${id}`, path: `/v1/planning/assumption-sets/${id}` }
  },
}

test.each(Object.entries(cases))('two changes of %s are undone one after the other', async (_name, makeCase) => {
  const { field = 'Name', page: address, path, property = 'name' } = await makeCase()
  const before = (await read(path))[property]
  const { close, page } = await signIn(address)
  const value = async () => (await read(path))[property]
  for (const next of ['Once', 'Twice']) {
    await go(page, address)
    await page.getByLabel(field).first().fill(next)
    await page.getByRole('button', { name: /^Save/ }).first().click()
    await expect.poll(value).toBe(next)
    await stored(page)
  }
  await undo(page)
  await expect.poll(value).toBe('Once')
  await undo(page)
  await expect.poll(value).toBe(before)
  await close()
})

test('two changes of the preferences, and two of a role, are undone one after the other', async () => {
  const member = await platform.newUser()
  await join(platform, user, householdId, member, 'viewer')
  const { close, page } = await signIn('/settings')
  const theme = async () => (await read('/v1/identity/preferences')).theme
  const before = await theme()
  for (const next of ['dark', 'light']) {
    await page.getByLabel('Colours').selectOption(next)
    await page.getByRole('button', { name: 'Save' }).nth(1).click()
    await expect.poll(theme).toBe(next)
    await stored(page)
  }
  await undo(page)
  await expect.poll(theme).toBe('dark')
  await undo(page)
  await expect.poll(theme).toBe(before)

  await go(page, `/households/${householdId}`)
  const role = async () =>
    (await read(`/v1/identity/households/${householdId}/members`)).items.find((each: { role: string }) => each.role !== 'owner')?.role
  for (const next of ['editor', 'viewer', 'editor']) {
    await page.getByRole('combobox', { name: /^Change/ }).selectOption(next)
    await expect.poll(role).toBe(next)
    await stored(page)
  }
  for (const earlier of ['viewer', 'editor', 'viewer']) {
    await undo(page)
    await expect.poll(role).toBe(earlier)
  }
  await close()
})

test('labels, parts and loan terms are undone one after the other', async () => {
  const { id } = await newAccount(user, householdId, { name: 'Car loan', type: 'loan', openingBalance: '-12000.00' })
  const entry = { accountId: id, date: '2026-03-02', amount: '-42.50', description: 'Corner shop' }
  const transaction = `/v1/wealth/transactions/${await make('/v1/wealth/transactions', entry)}`
  const { close, page } = await signIn(`/accounts/${id}/register`)
  const dialog = page.getByRole('dialog')
  const openRow = () => page.getByRole('button', { name: /Corner shop/ }).click()
  const notes = async () => (await read(transaction)).notes
  const partCount = async () => (await read(transaction)).splits.length
  for (const text of ['Once', 'Twice']) {
    await openRow()
    await dialog.getByLabel('Notes').fill(text)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect.poll(notes).toBe(text)
    await stored(page)
  }
  await openRow()
  await dialog.getByRole('button', { name: 'Divide' }).click()
  await dialog.getByText('Evenly').click()
  await dialog.getByRole('button', { name: 'Divide' }).click()
  await expect.poll(partCount).toBe(2)
  await page.keyboard.press('Escape')
  await stored(page)
  await undo(page)
  await expect.poll(partCount).toBe(0)
  await undo(page)
  await expect.poll(notes).toBe('Once')
  await undo(page)
  await expect.poll(notes).toBeNull()

  await go(page, `/accounts/${id}`)
  const payment = async () => (await read(`/v1/wealth/accounts/${id}/liability-terms`)).terms?.minimumPayment
  for (const [button, amount] of [
    ['Add the terms', '310.00'],
    ['Change the terms', '320.00'],
  ] as const) {
    await page.getByRole('button', { name: button }).click()
    await dialog.getByLabel('Payment each time').fill(amount)
    await dialog.getByRole('button', { name: 'Store the terms' }).click()
    await expect.poll(payment).toBe(amount)
    await stored(page)
  }
  await undo(page)
  await expect.poll(payment).toBe('310.00')
  await undo(page)
  await expect.poll(payment).toBeUndefined()
  await close()
})

test('a change is not undone after another person has changed the same', async () => {
  const { id } = await newAccount(user, householdId, { name: 'Shared', type: 'checking' })
  const path = `/v1/wealth/accounts/${id}`
  const { close, page } = await signIn(`/accounts/${id}/edit`)
  await page.getByLabel('Name', { exact: true }).fill('Mine')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(async () => (await read(path)).name).toBe('Mine')
  await stored(page)
  await user.request('PATCH', path, { body: { notes: 'Theirs' }, headers: { 'if-match': '*' } })
  await undo(page)
  await page.getByText('It was changed again since').waitFor()
  expect(await read(path)).toMatchObject({ name: 'Mine', notes: 'Theirs' })
  await close()
})
