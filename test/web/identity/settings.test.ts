import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
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

test('the profile is changed and the change is undone by the keyboard', async () => {
  const user = await platform.newUser()
  const opened = await visit(browser)
  const { page } = opened
  await signInThroughPage(page, platform.address, user, '/settings')
  await page.getByLabel('Given name').fill('أحمد <script>alert(1)</script>')
  await page.getByRole('button', { name: 'Save' }).first().click()
  await page.getByText('Your profile is changed.').waitFor()
  expect((await user.request('GET', '/v1/identity/me')).body.firstName).toBe('أحمد <script>alert(1)</script>')
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('Control+z')
  await page.getByText('Undone: Your profile is changed.').waitFor()
  expect((await user.request('GET', '/v1/identity/me')).body.firstName).toBeNull()
  await expectGoodPage(opened, 'identity-settings')
  await opened.close()
})

test('a name of 10,000 characters is refused at its field, and stays there', async () => {
  const user = await platform.newUser()
  const { close, page } = await visit(browser)
  await signInThroughPage(page, platform.address, user, '/settings')
  const field = page.getByLabel('Given name')
  await field.fill('x'.repeat(10_000))
  await page.getByRole('button', { name: 'Save' }).first().click()
  await page.getByText(/at most 100 characters/i).waitFor()
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  expect((await field.inputValue()).length).toBe(10_000)
  await page.reload()
  expect((await page.getByLabel('Given name').inputValue()).length).toBe(10_000)
  await page.getByRole('button', { name: 'Start again' }).click()
  expect(await page.getByLabel('Given name').inputValue()).toBe('')
  await close()
})

test('a change in another tab meanwhile shows both versions, and nothing typed is lost', async () => {
  const user = await platform.newUser()
  const { close, page } = await visit(browser)
  await signInThroughPage(page, platform.address, user, '/settings')
  await page.getByLabel('Given name').fill('Mine')
  const elsewhere = async (change: object) => {
    const { body } = await user.request('GET', '/v1/identity/me')
    await user.request('PATCH', '/v1/identity/me', { body: change, headers: { 'if-match': `"v${body.version}"` } })
  }
  await elsewhere({ firstName: 'Theirs' })
  await page.getByRole('button', { name: 'Save' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Somebody changed this meanwhile' })
  await dialog.getByRole('row', { name: 'Given name Mine Theirs' }).waitFor()
  await dialog.getByRole('button', { name: 'Store mine over it' }).click()
  await page.getByText('Your profile is changed.').waitFor()
  expect((await user.request('GET', '/v1/identity/me')).body.firstName).toBe('Mine')

  // A page that is loaded again has the entries, and not the version that came meanwhile.
  await page.getByLabel('Given name').fill('Again')
  await elsewhere({ company: 'Theirs' })
  await page.reload()
  await page.getByText('Your earlier entries are still here.').waitFor()
  await page.getByRole('button', { name: 'Save' }).first().click()
  await dialog.getByRole('button', { name: 'Take the stored one' }).click()
  expect(await page.getByLabel('Given name').inputValue()).toBe('Mine')
  expect(await page.getByLabel('Company').inputValue()).toBe('Theirs')

  // Fields that nobody has touched follow what is stored.
  await elsewhere({ company: 'Newest' })
  await page.goto(`${platform.address}/plans`)
  await page.goto(`${platform.address}/settings`)
  await expect.poll(() => page.getByLabel('Company').inputValue()).toBe('Newest')
  await page.getByLabel('Given name').fill('Last')
  await page.getByRole('button', { name: 'Save' }).first().click()
  await page.getByText('Your profile is changed.').waitFor()
  expect((await user.request('GET', '/v1/identity/me')).body).toMatchObject({ firstName: 'Last', company: 'Newest' })
  expect(await page.getByText('Your earlier entries are still here.').count()).toBe(0)
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect.poll(() => page.getByLabel('Given name').inputValue()).toBe('Mine')
  await close()
})

test('preferences change how numbers and dates are written, and the theme', async () => {
  const user = await platform.newUser()
  const { close, page } = await visit(browser)
  await signInThroughPage(page, platform.address, user, '/settings')
  await page.getByLabel('Language of numbers and dates').selectOption('de-DE')
  await page.getByLabel('Currency', { exact: true }).selectOption('EUR')
  await page.getByLabel('Colours').selectOption('dark')
  await page.getByText(/1\.234,50\s€/).waitFor()
  await page.getByRole('button', { name: 'Save' }).nth(1).click()
  await page.getByText('Your preferences are changed.').waitFor()
  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
  expect((await user.request('GET', '/v1/identity/preferences')).body).toMatchObject({ locale: 'de-DE', currency: 'EUR', theme: 'dark' })
  await page.getByLabel('Hide all amounts on this device').check()
  await page.getByText('•••').waitFor()
  await close()
})

test('a household is made, a person is invited, gets another role and is removed', async () => {
  const owner = await platform.newUser()
  const guest = await platform.newUser()
  const opened = await visit(browser)
  const { page } = opened
  await signInThroughPage(page, platform.address, owner, '/households')
  await expectGoodPage(opened, 'identity-no-households')
  await page.getByRole('button', { name: 'Make a household' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Our home')
  await page.getByRole('dialog').getByRole('button', { name: 'Make a household' }).click()
  await page.getByRole('heading', { name: 'Our home', level: 1 }).waitFor()
  await page.getByLabel('Email address of the person').fill(guest.email)
  await page.getByRole('button', { name: 'Invite' }).click()
  await page.getByText(`An invitation is on its way to ${guest.email}.`).waitFor()
  const { text } = platform.takeMail(guest.email)
  const [link = ''] = /^http\S+$/m.exec(text) ?? []
  const token = /^[\w-]{43}$/m.exec(text)?.[0] ?? ''
  expect(link).toBe(`${platform.address}/invitation#token=${token}`)

  const other = await visit(browser)
  const sent: string[] = []
  other.page.on('request', request => void sent.push(request.url()))
  await other.page.goto(link)
  await other.page.getByLabel('Email address').fill(guest.email)
  await other.page.getByLabel('Password', { exact: true }).fill(guest.password)
  await other.page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await other.page.getByText('The token of the mail is filled in.').waitFor()
  expect(other.page.url()).toBe(`${platform.address}/invitation`)
  expect(await other.page.getByLabel('Token').inputValue()).toBe(token)
  await expectGoodPage(other, 'identity-invitation')
  // The document itself is asked for without the fragment, which Playwright still shows.
  expect(sent.filter(url => new URL(url).search.includes(token) || new URL(url).pathname.includes(token))).toEqual([])
  await other.page.getByRole('button', { name: 'Accept' }).click()
  await other.page.getByRole('heading', { name: 'Our home', level: 1 }).waitFor()
  expect(await other.page.getByRole('button', { name: 'Invite' }).count()).toBe(0)

  await page.reload()
  await page.getByLabel(`Change the role: ${guest.email}`).selectOption('editor')
  await page.getByText(`The role of ${guest.email} is changed.`).waitFor()
  await expectGoodPage(opened, 'identity-household')
  await page
    .getByRole('row', { name: new RegExp(guest.email) })
    .getByRole('button', { name: 'Remove' })
    .click()
  await page.getByText(`${guest.email} is no longer a member.`).waitFor()
  await other.page.goto(`${platform.address}/households`)
  await other.page.getByText('You are in no household yet').waitFor()
  await settled(other.page)
  expect(other.faults).toEqual([])
  await other.close()
  await opened.close()
})

test('a person without an account signs up by the link of an invitation, and a later link replaces the first', async () => {
  const owner = await platform.newUser()
  const { body: home } = await owner.request('POST', '/v1/identity/households', {
    body: { name: 'Cottage', timezone: 'UTC', currency: 'USD' },
  })
  const invite = async (email: string): Promise<string> => {
    await owner.request('POST', `/v1/identity/households/${home.id}/invitations`, { body: { email, role: 'viewer' } })
    return /^http\S+$/m.exec(platform.takeMail(email).text)![0]
  }
  const person = { email: 'invited@nestegg.example', password: 'A long phrase with 1 digit & more' }
  const first = await invite(person.email)
  const { close, faults, page } = await visit(browser)
  await page.goto(first)
  await page.getByRole('link', { name: 'Sign up' }).click()
  await page.getByLabel('Email address').fill(person.email)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByRole('heading', { name: 'Confirm your address' }).waitFor()
  await page.getByLabel('Code in the mail').fill(platform.takeCode(person.email))
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.getByText('The token of the mail is filled in.').waitFor()
  const second = await invite(person.email)
  await page.getByRole('button', { name: 'Accept' }).click()
  await page.getByText('This invitation is not valid.').waitFor()
  await page.goto(second)
  await expect.poll(() => page.getByLabel('Token').inputValue()).toBe(second.split('=')[1])
  await page.getByRole('button', { name: 'Accept' }).click()
  await page.getByRole('heading', { name: 'Cottage', level: 1 }).waitFor()
  await page.goto(`${platform.address}/invitation`)
  await page.getByText('Paste the token of the mail.').waitFor()
  expect(await page.getByLabel('Token').inputValue()).toBe('')
  expect(faults).toEqual([])
  await close()
})
