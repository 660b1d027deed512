import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { browserPath } from '../support/browser.ts'
import { startTestPlatform, type TestPlatform, type TestPlatformOptions, type TestUser } from '../support/platform.ts'
import { webFolder } from '../../web/build.ts'

/** Where the pictures of the pages are kept after a run. Git ignores it. */
const pictures = join(import.meta.dirname, '../../.cache/screenshots')

export const startBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: browserPath(), args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] })

export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  /** What a page must never have: violations of its policy, errors that nobody handled, and complaints on the console. */
  readonly faults: readonly string[]
  readonly close: () => Promise<void>
}

export interface VisitOptions {
  readonly width?: number
  readonly theme?: 'light' | 'dark'
  readonly timezone?: string
  readonly locale?: string
}

/** An answer that refuses a request is reported on the console by the browser, and is expected in many tests. */
const isRefusal = (text: string): boolean => text.startsWith('Failed to load resource')

/** A browser of its own kind of visitor: own cookies, own storage. */
export const visit = async (
  browser: Browser,
  { locale = 'en-US', theme = 'light', timezone = 'America/New_York', width = 1280 }: VisitOptions = {},
): Promise<Visit> => {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: theme,
    timezoneId: timezone,
    locale,
    reducedMotion: 'reduce',
  })
  const faults: string[] = []
  await context.exposeFunction('reportFault', (fault: string) => void faults.push(fault))
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ blockedURI, sample, violatedDirective }) => {
      ;(globalThis as unknown as { reportFault(fault: string): void }).reportFault(`policy: ${violatedDirective} ${blockedURI} ${sample}`)
    })
  })
  const page = await context.newPage()
  page.setDefaultTimeout(45_000)
  page.on('pageerror', error => faults.push(`error: ${error.message}`))
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type()) && !isRefusal(message.text())) faults.push(`console: ${message.text()}`)
  })
  return { page, context, faults, close: () => context.close() }
}

/** The platform with the built pages, on `localhost`: passkeys and cookies know that name. */
export const startWebPlatform = async (options: TestPlatformOptions = {}): Promise<TestPlatform & { readonly address: string }> => {
  const platform = await startTestPlatform({ ...options, webFolder })
  return { ...platform, address: platform.services.url.replace('127.0.0.1', 'localhost') }
}

/** Signs a user in through the page, and waits for the page behind it. */
export const signInThroughPage = async (
  page: Page,
  address: string,
  { email, password }: Pick<TestUser, 'email' | 'password'>,
  to = '/',
): Promise<void> => {
  await page.goto(`${address}/sign-in?to=${encodeURIComponent(to)}`)
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(`${address}${to}`)
}

/** Waits until the page has loaded everything that it asked for. */
export const settled = async (page: Page): Promise<void> => {
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(() => !document.querySelector('main')?.textContent.includes('Loading …'))
}

/** A visit of a signed-in user to a page, which has loaded everything that it asked for. */
export const visitAs = async (
  browser: Browser,
  { address }: { readonly address: string },
  user: Pick<TestUser, 'email' | 'password'>,
  to = '/',
  options: VisitOptions = {},
): Promise<Visit> => {
  const opened = await visit(browser, options)
  await signInThroughPage(opened.page, address, user, to)
  await settled(opened.page)
  return opened
}

const themes = ['light', 'dark'] as const
const widths = [1280, 390] as const

/** Width by which the content is wider than the window, in pixels. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

const axeFindings = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html.slice(0, 160)).join(' | ')}`)
}

/**
 * Expects of the page as it is: no finding of axe in both themes, nothing wider than a phone, no fault so far. Keeps its pictures under
 * the name.
 */
export const expectGoodPage = async ({ faults, page }: Visit, name: string): Promise<void> => {
  mkdirSync(pictures, { recursive: true })
  await settled(page)
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme })
      await page.screenshot({ path: join(pictures, `${name}-${theme}-${width}.png`), fullPage: true })
      // Axe reads every element for a second or more: the wide page in light, the narrow one in dark.
      if ((theme === 'light') === (width === 1280)) expect(await axeFindings(page), `axe on ${name}, ${theme}, ${width} pixels`).toEqual([])
    }
    expect(await overflow(page), `overflow of ${name} at ${width} pixels`).toBeLessThanOrEqual(0)
  }
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.emulateMedia({ colorScheme: 'light' })
  expect(faults, `faults of ${name}`).toEqual([])
}
