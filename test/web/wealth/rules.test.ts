import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addWealth } from '../../lambdas/wealth/wealth-platform.ts'
import { expectGoodPage, settled, signInThroughPage, startBrowser, startWebPlatform, visit } from '../browser.ts'

let browser: Browser
let wealth: Awaited<ReturnType<typeof addWealth<Awaited<ReturnType<typeof startWebPlatform>>>>>

beforeAll(async () => {
  const [opened, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  browser = opened
  wealth = await addWealth(platform)
})
afterAll(async () => {
  await browser.close()
  await wealth.platform.close()
})

test('a rule is made with a live preview, applied, undone, changed, moved and removed', async () => {
  const { account, enter, householdId, labels, platform, request, user } = wealth
  const checking = await account('Everyday')
  const coffee = await enter(checking, '2026-03-02', '-4.50', 'CAFE NERO 12')
  for (let day = 1; day <= 8; day += 1) await enter(checking, `2026-02-0${day}`, `-${day}.25`, day % 2 === 0 ? 'Café Central' : 'Bakery')
  const opened = await visit(browser)
  const { page } = opened
  await signInThroughPage(page, platform.address, user, '/rules')
  await page.getByRole('heading', { name: 'There are no rules yet' }).waitFor()
  await settled(page)
  await page.getByRole('link', { name: 'New rule' }).first().click()
  await page.getByLabel('Name').fill('Coffee')
  const condition = page.getByRole('group', { name: 'Condition 1' })
  await condition.getByLabel('Value').fill('café')
  await page.getByRole('button', { name: 'Add an action' }).click()
  const action = page.getByRole('group', { name: 'Action 2' })
  await action.getByLabel('Action', { exact: true }).selectOption({ label: 'Add tags' })
  await action.getByLabel('Value').fill('coffee, out')
  await page.getByText('5 of 9 transactions would change.').waitFor()
  await expectGoodPage(opened, 'wealth-rule')

  await condition.getByLabel('How').selectOption({ label: 'matches the pattern' })
  await condition.getByLabel('Value').fill('caf(e')
  await page.getByRole('button', { name: 'Store the rule' }).click()
  await page.getByText('is not a pattern that can be read').first().waitFor()
  await condition.getByLabel('Value').fill('^caf(e|é)')
  await page.getByRole('button', { name: 'Store the rule' }).click()
  await page.getByRole('heading', { name: '1. Coffee' }).waitFor()

  await page.getByRole('button', { name: 'Apply to all transactions' }).click()
  await page.getByText('10 labels were set').waitFor()
  expect(await labels(coffee)).toMatchObject({ category: 'food_and_drink', tags: ['coffee', 'out'] })
  await request('POST', '/v1/wealth/rules', {
    householdId,
    name: 'Large amounts',
    conditions: [
      { field: 'amount', operator: 'between', value: '100.00', highest: '500.00' },
      { field: 'category', categories: ['food_and_drink'], not: true },
    ],
    actions: [{ action: 'set_notes', notes: 'Look at it' }],
    isActive: false,
    stopAfter: true,
  })
  await page.reload()
  await page.getByRole('heading', { name: '2. Large amounts' }).waitFor()
  await expectGoodPage(opened, 'wealth-rules')

  await page.getByRole('button', { name: /^Undo the run/ }).click()
  await page.getByText('10 labels are as before').waitFor()
  expect(await labels(coffee)).toMatchObject({ category: 'other', tags: [] })
  await page.getByRole('button', { name: 'Move Large amounts up' }).click()
  await page.getByRole('heading', { name: '1. Large amounts' }).waitFor()
  await page.getByRole('button', { name: 'Remove' }).first().click()
  await page.getByRole('heading', { name: '1. Coffee' }).waitFor()
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await page.getByRole('heading', { name: '1. Large amounts' }).waitFor()
  await page.getByRole('link', { name: 'Change Coffee' }).click()
  expect(await page.getByRole('group', { name: 'Condition 1' }).getByLabel('Value').inputValue()).toBe('^caf(e|é)')
  await opened.close()
})
