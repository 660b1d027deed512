import { Secret, TOTP } from 'otpauth'
import type { Browser, Page } from 'playwright-core'
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

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

test('a person signs up, confirms, sets up an authenticator app, and needs its code at the next sign-in', async () => {
  const opened = await visit(browser)
  const { page } = opened
  const person = { email: 'new-person@nestegg.example', password: 'A long phrase with 1 digit & more' }
  await page.goto(`${platform.address}/sign-up`)
  await expectGoodPage(opened, 'identity-sign-up')
  await page.getByLabel('Given name').fill('Ada <b>Lovelace</b>')
  await page.getByLabel('Email address').fill(person.email)
  await page.getByLabel('Password').fill('short')
  await button(page, 'Sign up').click()
  await page.locator('input[type=password][aria-invalid=true]').waitFor()
  await page.getByLabel('Password').fill(person.password)
  await button(page, 'Sign up').click()
  await page.getByRole('heading', { name: 'Confirm your address' }).waitFor()
  await page.getByLabel('Code in the mail').fill('000000')
  await button(page, 'Confirm').click()
  await page
    .getByText(/wrong|expired/i)
    .first()
    .waitFor()
  await page.getByLabel('Code in the mail').fill(platform.takeCode(person.email))
  await button(page, 'Confirm').click()
  await page.getByRole('heading', { name: 'Welcome to Nestegg' }).waitFor()

  await page.goto(`${platform.address}/settings/security`)
  await button(page, 'Set up an authenticator app').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Your password again').fill('wrong')
  await dialog.getByRole('button', { name: 'Set up an authenticator app' }).click()
  await dialog
    .getByText(/password is wrong|not the password|wrong/i)
    .first()
    .waitFor()
  await dialog.getByLabel('Your password again').fill(person.password)
  await dialog.getByRole('button', { name: 'Set up an authenticator app' }).click()
  await dialog.getByRole('img', { name: 'The code to scan with an authenticator app' }).waitFor()
  const secret = await dialog.locator('code').textContent()
  const app = new TOTP({ secret: Secret.fromBase32(secret!) })
  await dialog.getByLabel('Code of the authenticator app').fill(app.generate())
  await dialog.getByRole('button', { name: 'Verify the code' }).click()
  await page.getByText('In use: a sign-in with the password needs a code of your app.').waitFor()
  await expectGoodPage(opened, 'identity-security')

  await button(page, 'Sign out here').click()
  await page.waitForURL('**/sign-in**')
  await page.getByLabel('Email address').fill(person.email)
  await page.getByLabel('Password').fill(person.password)
  await button(page, 'Sign in').click()
  // The code of the enrolment works once, and the next one is accepted already.
  await page.getByLabel('Code of the authenticator app').fill(app.generate({ timestamp: Date.now() + 30_000 }))
  await button(page, 'Sign in').click()
  await page.getByText('In use: a sign-in with the password needs a code of your app.').waitFor()
  expect(opened.faults).toEqual([])
  await opened.close()
})

test('a passkey is added, signs in, and is removed', async () => {
  const user = await platform.newUser()
  const opened = await visit(browser)
  const { context, page } = opened
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await signInThroughPage(page, platform.address, user, '/settings/security')
  await button(page, 'Add a passkey').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Your password again').fill(user.password)
  await dialog.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByText('The passkey is added.').waitFor()
  expect((await user.request('GET', '/v1/identity/passkeys')).body.items).toHaveLength(1)

  await button(page, 'Sign out here').click()
  await page.waitForURL('**/sign-in**')
  await page.getByLabel('Email address').fill(user.email)
  await button(page, 'Sign in with a passkey').click()
  await page.getByRole('heading', { name: 'Sign-in and security' }).waitFor()

  await button(page, 'Remove the passkey').click()
  await dialog.getByLabel('Your password again').fill(user.password)
  await dialog.getByRole('button', { name: 'Remove the passkey' }).click()
  await page.getByText('There is no passkey yet.').waitFor()
  expect(opened.faults).toEqual([])
  await opened.close()
})

test('a forgotten password is replaced by the code of a mail', async () => {
  const user = await platform.newUser()
  const opened = await visit(browser)
  const { page } = opened
  await page.goto(`${platform.address}/new-password`)
  await expectGoodPage(opened, 'identity-new-password')
  await page.getByLabel('Email address').fill(user.email)
  await button(page, 'Send the code').click()
  await page.getByText(`If ${user.email} has an account, a code is on its way.`).waitFor()
  await page.getByLabel('Code in the mail').fill(platform.takeCode(user.email))
  await page.getByLabel('New password').fill('Another long phrase, 2 digits & Sign')
  await button(page, 'Set the password').click()
  await page.waitForURL('**/sign-in?email=*')
  expect(await page.getByLabel('Email address').inputValue()).toBe(user.email)
  await page.getByLabel('Password').fill('Another long phrase, 2 digits & Sign')
  await button(page, 'Sign in').click()
  await page.getByRole('heading', { name: 'Welcome to Nestegg' }).waitFor()
  await opened.close()
})

test('the address that a start prints offers the sample household, and keeps nothing of it', async () => {
  const user = await platform.newUser()
  const { close, page } = await visit(browser)
  await page.goto(`${platform.address}/sign-in#${new URLSearchParams({ email: user.email, password: user.password }).toString()}`)
  await button(page, 'Look round with the sample household').waitFor()
  expect(page.url()).toBe(`${platform.address}/sign-in`)
  await button(page, 'Look round with the sample household').click()
  await page.getByRole('heading', { name: 'Welcome to Nestegg' }).waitFor()
  expect(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).not.toContain(user.password)
  await close()
})

test('sign out everywhere ends the sessions of other browsers', async () => {
  const user = await platform.newUser()
  const first = await visit(browser)
  const second = await visit(browser)
  await signInThroughPage(first.page, platform.address, user, '/settings/security')
  await signInThroughPage(second.page, platform.address, user)
  await settled(second.page)
  await button(first.page, 'Sign out everywhere').click()
  await first.page.waitForURL('**/sign-in**')
  await second.page.keyboard.press('g')
  await second.page.keyboard.press('p')
  await second.page.getByRole('dialog', { name: 'Sign in to Nestegg' }).waitFor()
  expect(await second.page.getByRole('dialog').count()).toBe(1)
  await first.close()
  await second.close()
})
