import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Secret, TOTP } from 'otpauth'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../../lambdas/routes.ts'
import type { ServicesOptions } from '../../local/services.ts'
import { bundle, projectFolders } from '../../lib/bundling.ts'
import { startBrowser, startWebPlatform, visit } from './browser.ts'

type Load = NonNullable<ServicesOptions['load']>

let browser: Browser
const buildFolder = mkdtempSync(join(tmpdir(), 'nestegg-journey-'))
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(async () => {
  await browser.close()
  rmSync(buildFolder, { recursive: true, force: true })
})

/** Loads the handler of a route as Lambda gets it: from the bundle of its domain. */
const loadBundled: Load = async ({ domain, name }) => {
  const { handler } = (await import(pathToFileURL(join(buildFolder, domain, `${name}.mjs`)).href)) as { handler: Awaited<ReturnType<Load>> }
  return handler
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

describe.each([
  ['the sources', undefined],
  ['the bundles that AWS runs', loadBundled],
] as const)('a person, over %s', (_, load) => {
  let platform: Awaited<ReturnType<typeof startWebPlatform>>
  beforeAll(async () => {
    if (load) await bundle({ ...projectFolders, buildFolder, handlers: routes })
    platform = await startWebPlatform(load ? { load } : {})
  })
  afterAll(() => platform.close())

  test('signs up, sets up an authenticator app, makes a plan, understands it, verifies it and signs out', async () => {
    const { close, context, faults, page } = await visit(browser)
    const person = { email: 'traveller@nestegg.example', password: 'A long phrase with 1 digit & more' }

    await page.goto(platform.address)
    await page.getByRole('link', { name: 'Sign up' }).click()
    await page.getByLabel('Email address').fill(person.email)
    await page.getByLabel('Password').fill(person.password)
    await button(page, 'Sign up').click()
    await page.getByRole('heading', { name: 'Confirm your address' }).waitFor()
    await page.getByLabel('Code in the mail').fill(platform.takeCode(person.email))
    await button(page, 'Confirm').click()
    await page.getByRole('heading', { name: 'Welcome to Nestegg' }).waitFor()

    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('link', { name: /authenticator app/ }).click()
    await button(page, 'Set up an authenticator app').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Your password again').fill(person.password)
    await dialog.getByRole('button', { name: 'Set up an authenticator app' }).click()
    const app = new TOTP({ secret: Secret.fromBase32((await dialog.locator('code').textContent())!) })
    await dialog.getByLabel('Code of the authenticator app').fill(app.generate())
    await dialog.getByRole('button', { name: 'Verify the code' }).click()
    await page.getByText('In use: a sign-in with the password needs a code of your app.').waitFor()

    await page.goto(`${platform.address}/households`)
    await button(page, 'Make a household').click()
    await page.getByLabel('Name', { exact: true }).fill('Our home')
    await dialog.getByRole('button', { name: 'Make a household' }).click()
    await page.getByRole('heading', { name: 'Our home', level: 1 }).waitFor()

    await page.getByRole('link', { name: 'Today' }).click()
    await page.getByRole('link', { name: 'Make a plan' }).click()
    await page.getByLabel('Birth date').fill('1970-05-20')
    await button(page, 'Next').click()
    await page.getByLabel('Home state', { exact: true }).selectOption('California')
    await button(page, 'Next').click()
    await page.getByLabel('401(k), 403(b) or the like').fill('420k')
    await button(page, 'Next').click()
    await page.getByLabel('Wages', { exact: true }).fill('120,000')
    await button(page, 'Next').click()
    await page.getByLabel('What you cannot do without').fill('3,500')
    await button(page, 'Next').click()
    await button(page, 'Make the plan').click()

    await page.waitForURL(/\/plans\/[0-9a-f-]{36}$/)
    await page.getByText(/^In [\d,]+ of [\d,]+ futures/).waitFor()
    await page.getByRole('link', { name: 'What if' }).click()
    await page.getByLabel(/retires at$/).fill('62')
    await page.getByText(/^Success (falls|rises|stays)/).waitFor()
    await page.getByRole('link', { name: 'Result' }).click()
    await page.getByRole('button', { name: /^Not yet verified/ }).click()
    await dialog.getByRole('button', { name: 'Verify' }).click()
    await dialog.getByText('Every hash, and every figure, is as it was stored.').waitFor()
    await dialog.getByRole('button', { name: 'Close' }).click()

    await button(page, 'Your account').click()
    await button(page, 'Sign out').click()
    await page.waitForURL('**/sign-in**')
    expect(await context.cookies()).toEqual([])
    expect(faults).toEqual([])
    await close()
  })
})
