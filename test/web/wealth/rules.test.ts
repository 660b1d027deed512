import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RULE_LIMITS } from '../../../domain/wealth/index.ts'
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

test('every condition and action is made in the form, and opens in it as it was stored', async () => {
  const { account, householdId, platform, request, user } = wealth
  const savings = await account('Rainy Day', { type: 'savings' })
  await account('Holidays', { type: 'savings' })
  const lunches = await request('POST', '/v1/wealth/transaction-categories', { householdId, parent: 'food_and_drink', name: 'Lunches' })
  const opened = await visit(browser)
  const { page } = opened
  const condition = (number: number) => page.getByRole('group', { name: `Condition ${number}` })
  const action = (number: number) => page.getByRole('group', { name: `Action ${number}` })
  await signInThroughPage(page, platform.address, user, '/rules/new')
  await page.getByLabel('Name').fill('All of it')
  await condition(1).getByLabel('What').selectOption({ label: 'Account' })
  // By keyboard, as by touch.
  await condition(1).getByLabel('Holidays').press('Space')
  await condition(1).getByLabel('Rainy Day').press('Space')
  await condition(1).getByLabel('Holidays').press('Space')
  const more = [
    ['Type', 'Cash'],
    ['Category', 'No category'],
    ['Own category', 'Food and drink › Lunches'],
  ] as const
  for (const [index, [field, choice]] of more.entries()) {
    await page.getByRole('button', { name: 'Add a condition' }).click()
    await condition(index + 2)
      .getByLabel('What')
      .selectOption({ label: field })
    await condition(index + 2)
      .getByLabel(choice)
      .check()
  }
  await condition(4).getByLabel('Holds if not').check()
  await action(1).getByLabel('Category').selectOption({ label: 'Food and drink › Lunches' })
  await page.getByRole('button', { name: 'Add an action' }).click()
  await action(2).getByLabel('Action', { exact: true }).selectOption({ label: 'Mark as a transfer' })
  await action(2).getByLabel('The other account').selectOption({ label: 'Rainy Day' })
  await page.getByRole('button', { name: 'Add an action' }).click()
  await action(3).getByLabel('Action', { exact: true }).selectOption({ label: 'Divide into parts' })
  const part = (number: number) => action(3).getByRole('group', { name: `Part ${number}` })
  await part(1).getByLabel('Category').selectOption({ label: 'Food and drink › Lunches' })
  await part(1).getByLabel('Percent').fill('62.5')
  await part(2).getByLabel('Notes').fill('At home')
  await page.getByText('No transaction would change').waitFor()
  await expectGoodPage(opened, 'wealth-rule-all')
  await page.getByRole('button', { name: 'Store the rule' }).click()
  await page.getByRole('heading', { name: /All of it/ }).waitFor()

  const stored = async () => {
    const { items } = await request('GET', `/v1/wealth/rules?householdId=${householdId}`)
    const { actions, conditions } = items.find(({ name }: { name: string }) => name === 'All of it')
    return { actions, conditions }
  }
  const wanted = {
    conditions: [
      { field: 'account', accountIds: [savings] },
      { field: 'type', types: ['cash'] },
      { field: 'category', categories: ['other'] },
      { field: 'own_category', categoryIds: [lunches.id], not: true },
    ],
    actions: [
      { action: 'set_category', category: 'food_and_drink', categoryId: lunches.id },
      { action: 'mark_transfer', accountId: savings },
      {
        action: 'split',
        parts: [
          { category: 'food_and_drink', categoryId: lunches.id, percent: 62.5 },
          { category: 'other', categoryId: null, percent: 37.5, notes: 'At home' },
        ],
      },
    ],
  }
  expect(await stored()).toEqual(wanted)
  await page.getByText('Account Rainy Day').waitFor()
  await page.getByText('Divide into parts: Food and drink › Lunches 62.5%, No category 37.5%').waitFor()

  await page.getByRole('link', { name: 'Change All of it' }).click()
  await page.getByRole('button', { name: 'Store the rule' }).click()
  await page.getByText('All of it was stored').waitFor()
  expect(await stored()).toEqual(wanted)
  await page.getByRole('link', { name: 'Change All of it' }).click()
  await action(3).getByText('Amounts', { exact: true }).click()
  await part(1).getByLabel('Amount').fill('1,250.50')
  await part(2).getByLabel('Amount').fill('')
  await page.getByRole('button', { name: 'Store the rule' }).click()
  await page.getByText('Lunches $1,250.50, No category the rest').waitFor()
  expect((await stored()).actions[2].parts).toEqual([
    { category: 'food_and_drink', categoryId: lunches.id, amount: '1250.5' },
    { category: 'other', categoryId: null, notes: 'At home' },
  ])
  await opened.close()
})

test('rules are applied to more than one run changes, until the person stops or none is left, and all of it is undone', async () => {
  const { account, enter, householdId, platform, request, user } = wealth
  const limit = RULE_LIMITS.changedAtOnce
  Object.assign(RULE_LIMITS, { changedAtOnce: 2 })
  try {
    const tolls = await account('Tolls')
    for (let day = 1; day <= 7; day += 1) await enter(tolls, `2026-05-0${day}`, '-1.00', 'Toll')
    const toll = { householdId, name: 'Tolls', conditions: [{ field: 'payee', operator: 'equals', value: 'toll' }] }
    await request('POST', '/v1/wealth/rules', { ...toll, actions: [{ action: 'set_category', category: 'transportation' }] })
    for (const { id, name } of (await request('GET', `/v1/wealth/rules?householdId=${householdId}`)).items)
      if (name !== 'Tolls') await request('PATCH', `/v1/wealth/rules/${id}`, { isActive: false }, { 'if-match': '*' })
    const labelled = async () =>
      (await request('GET', `/v1/wealth/transactions?accountId=${tolls}&category=transportation&limit=100`)).items.length
    const opened = await visit(browser)
    const { page } = opened
    await signInThroughPage(page, platform.address, user, '/rules')

    let goOn = () => undefined as void
    const held = new Promise<void>(resolve => (goOn = resolve))
    let runs = 0
    await page.route('**/v1/wealth/rule-runs', async route => {
      if (route.request().method() === 'POST' && (runs += 1) === 2) await held
      await route.continue()
    })
    await page.getByRole('button', { name: 'Apply to all transactions' }).click()
    await page.getByText('2 labels set, 5 transactions left').waitFor()
    const bar = page.getByRole('progressbar')
    expect([await bar.getAttribute('value'), await bar.getAttribute('max')]).toEqual(['2', '7'])
    await page.getByRole('button', { name: 'Stop' }).click()
    goOn()
    await page.getByText('4 labels were set; 3 transactions are left').waitFor()
    expect(await labelled()).toBe(4)

    await page.getByRole('button', { name: 'Apply to all transactions' }).click()
    await page.getByText('3 labels were set', { exact: true }).waitFor()
    expect(await labelled()).toBe(7)
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
    await page.getByText('3 labels are as before').waitFor()
    expect(await labelled()).toBe(4)
    const { items } = await request('GET', `/v1/wealth/rule-runs?householdId=${householdId}&limit=4`)
    expect(
      items.map(({ changeCount, undoneAt }: { changeCount: number; undoneAt: string | null }) => [changeCount, undoneAt === null]),
    ).toEqual([
      [1, false],
      [2, false],
      [2, true],
      [2, true],
    ])
    await opened.close()
  } finally {
    Object.assign(RULE_LIMITS, { changedAtOnce: limit })
  }
})
