import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { couple, householdPlan } from '../../support/household.ts'
import { settled, startBrowser, startWebPlatform, visit } from '../browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

/** What is wrong with the element that has the focus: a person who has no mouse must see where it is. */
const focusFault = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => {
    const element = document.activeElement
    if (!element || element === document.body) return undefined
    const { height, width } = element.getBoundingClientRect()
    const html = element.outerHTML.slice(0, 120)
    if (width === 0 || height === 0) return `not visible: ${html}`
    // The frame of a field shows the focus for the control in it.
    const frames = [element, element.parentElement, element.parentElement?.parentElement].filter(each => each instanceof Element)
    return frames.some(frame => getComputedStyle(frame).outlineStyle !== 'none') ? undefined : `no sign of the focus: ${html}`
  })

/** Presses the key until the target has the focus, and expects that each stop on the way can be seen. */
const reach = async (page: Page, target: Locator, key = 'Tab'): Promise<void> => {
  await target.waitFor()
  for (let presses = 0; presses < 150; presses++) {
    if (await target.evaluate(element => element === document.activeElement)) return
    await page.keyboard.press(key)
    expect(await focusFault(page)).toBeUndefined()
  }
  throw new Error(`The key ${key} does not reach ${String(target)}.`)
}

/** Goes to a control by the keyboard, and activates it. */
const activate = async (page: Page, target: Locator): Promise<void> => {
  await reach(page, target)
  await page.keyboard.press('Enter')
}

test('the keyboard alone signs in, changes a plan, simulates it, moves a slider and verifies the run', async () => {
  const user = await platform.newUser()
  const planId = await householdPlan(user, couple)
  const { close, faults, page } = await visit(browser)
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const tab = (name: string) => page.getByRole('navigation', { name: 'Parts of the plan' }).getByRole('link', { name })

  await page.goto(`${platform.address}/sign-in?to=/plans/${planId}`)
  await reach(page, page.getByLabel('Email address'))
  await page.keyboard.type(user.email)
  await reach(page, page.getByLabel('Password', { exact: true }))
  await page.keyboard.type(user.password)
  await page.keyboard.press('Enter')
  await page.waitForURL(`${platform.address}/plans/${planId}`)
  await settled(page)

  await activate(page, tab('Edit'))
  await activate(page, button('Edit Living'))
  const dialog = page.getByRole('dialog', { name: /Expense/ })
  await reach(page, dialog.getByLabel('Amount'))
  await page.keyboard.press('Control+a')
  await page.keyboard.type('66000')
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('Changed: Living').waitFor()
  // The dialog gives the focus back to the button that opened it.
  expect(await button('Edit Living').evaluate(element => element === document.activeElement)).toBe(true)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })

  await reach(page, button('Simulate'), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await page.waitForURL(`${platform.address}/plans/${planId}`)
  await settled(page)

  await reach(page, tab('What if'), 'Shift+Tab')
  await page.keyboard.press('Enter')
  const slider = page.getByLabel('Alex retires at', { exact: true })
  await reach(page, slider)
  await page.keyboard.press('ArrowLeft')
  await page.getByText(/^Success (falls|rises) by/).waitFor()
  await page.keyboard.press('ArrowRight')
  await page.getByText('The sliders stand where the plan is stored.').waitFor()

  await reach(page, tab('Results'), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await settled(page)
  await activate(page, page.getByRole('button', { name: /^Not yet verified/ }))
  await activate(page, button('Verify'))
  await page.getByText('Every hash, and every figure, is as it was stored.').waitFor()
  expect(faults).toEqual([])
  await close()
})
