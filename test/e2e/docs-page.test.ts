import { gzipSync } from 'node:zlib'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { problemCodes } from '../../lambdas/runtime/problem-codes.ts'
import { browserPath } from '../support/browser.ts'
import { startTestPlatform, type TestPlatform } from '../support/platform.ts'

let platform: TestPlatform
let browser: Browser
beforeAll(async () => {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
  ;[platform, browser] = await Promise.all([startTestPlatform(), chromium.launch({ executablePath: browserPath(), args })])
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

/** Opens a page of the platform, uses it, and expects that the browser refused nothing. */
const withPage = async (path: string, options: BrowserContextOptions, use: (page: Page) => Promise<void>): Promise<void> => {
  const context = await browser.newContext(options)
  const faults: string[] = []
  const page = await context.newPage()
  page.on('console', message => {
    // A browser asks for an icon by itself, which the policy refuses.
    if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico')) faults.push(message.text())
  })
  page.on('pageerror', error => faults.push(error.message))
  await page.goto(`${platform.services.url}${path}`)
  await use(page)
  await context.close()
  expect(faults).toEqual([])
}

/** One script in the page, instead of one for each part of it, because the page has thousands of elements and no frame. */
const findings = async (page: Page): Promise<string[]> =>
  (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(
    ({ id, impact, nodes }) => `${impact} ${id} (${nodes.length}): ${nodes[0]!.html}`,
  )

const openAll = (page: Page) => page.evaluate(`for (const each of document.querySelectorAll('details')) each.open = true`)
const widthBeyond = (page: Page) => page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')

test('the page is light', async () => {
  const { body } = await platform.request('GET', '/docs')
  const sizeBytes = gzipSync(body, { level: 9 }).length
  console.info(`/docs: ${(sizeBytes / 1000).toFixed(1)} kB with gzip`)
  expect(sizeBytes).toBeLessThan(120_000)
})

describe.each(['light', 'dark'] as const)('in %s colours', colorScheme => {
  test.each(['/docs', '/problems', `/problems/${problemCodes[0]}`])(
    '%s has no finding of axe',
    async path => {
      await withPage(path, { colorScheme }, async page => {
        await openAll(page)
        expect(await findings(page)).toEqual([])
      })
    },
    120_000,
  )
})

test.each(['/docs', '/problems', `/problems/${problemCodes[0]}`])('%s is not wider than a phone', async path => {
  await withPage(path, { viewport: { width: 390, height: 844 } }, async page => {
    expect(await widthBeyond(page)).toBeLessThanOrEqual(0)
    await openAll(page)
    expect(await widthBeyond(page)).toBeLessThanOrEqual(0)
  })
})

describe('the search', () => {
  const shown = (page: Page) => page.locator('main section:visible h3')

  test('shows the routes with all words, and their links', async () => {
    await withPage('/docs', {}, async page => {
      await page.getByLabel('Search').fill('preview CHANGES plan')
      expect(await shown(page).allTextContents()).toContain('POST /v1/planning/plans/{planId}/previews')
      expect(await page.getByRole('status').textContent()).toBe('1 route')
      expect(await page.locator('nav li:visible').allTextContents()).toEqual(['Preview changes of a plan'])
      expect(await page.getByRole('heading', { level: 2 }).allTextContents()).not.toHaveLength(0)
      await page.getByLabel('Search').fill('preview zebra')
      expect([await shown(page).count(), await page.getByRole('status').textContent()]).toEqual([0, '0 routes'])
      await page.getByLabel('Search').fill('')
      expect(await shown(page).count()).toBeGreaterThan(150)
    })
  })

  test('ends when a link leads to what it hides', async () => {
    await withPage('/docs', {}, async page => {
      await page.getByLabel('Search').fill('list plans')
      await page.evaluate(`location.hash = '#schema-Problem'`)
      await page.locator('#schema-Problem').waitFor({ state: 'visible' })
      expect(await page.getByLabel('Search').inputValue()).toBe('')
    })
  })

  test('is absent without scripts, and everything can be read', async () => {
    await withPage('/docs', { javaScriptEnabled: false }, async page => {
      expect(await page.getByLabel('Search').count()).toBe(1)
      expect(await page.getByLabel('Search').isVisible()).toBe(false)
      expect(await shown(page).count()).toBeGreaterThan(150)
    })
  })
})

test('everything is reached by keyboard', async () => {
  await withPage('/docs', {}, async page => {
    const focused = () => page.evaluate<string>(`document.activeElement.textContent || document.activeElement.id`)
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('Skip to the routes')
    await page.getByLabel('Search').focus()
    await page.keyboard.type('list plans')
    await page.keyboard.press('Tab')
    expect(await focused()).toMatch(/^planning/)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(page.url()).toContain('#')
    await page.getByLabel('Search').fill('get a plan')
    const examples = page.locator('#planning-get-plan .examples')
    await examples.locator('summary').focus()
    await page.keyboard.press('Enter')
    expect(await examples.locator('pre').first().isVisible()).toBe(true)
  })
})
