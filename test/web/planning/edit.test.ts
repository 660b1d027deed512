import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestUser } from '../../support/platform.ts'
import { expectGoodPage, startBrowser, startWebPlatform } from '../browser.ts'
import { closed, form, openEditor, planOf, save, valueOf } from './edit-web.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const open = (user: TestUser, planId: string, query?: string) => openEditor(browser, platform.address, user, planId, query)

test('an input is added, changed, removed, and each of it is undone', async () => {
  const user = await platform.newUser()
  const { path, planId } = await planOf(user)
  const opened = await open(user, planId)
  const { page } = opened
  await expectGoodPage(opened, 'planning-edit')
  await page.getByRole('button', { name: 'Pension', exact: true }).click()
  await form(page).getByLabel('Amount').fill('12k')
  await form(page).getByLabel('Belongs to').selectOption('Robin')
  await form(page).getByLabel('First year').fill('2034')
  await form(page).getByText('Then Alex is 67, Robin is 65.').waitFor()
  await form(page).getByText('More', { exact: true }).click()
  await form(page).getByLabel('Part for the survivor').fill('50')
  await save(page)
  await closed(page)
  expect(await valueOf(user, path, 'Pension')).toMatchObject({ annualAmount: '12000', person: 'Robin', startYear: 8, survivorShare: 0.5 })

  await page.getByRole('button', { name: 'Edit Needs' }).click()
  await form(page).getByLabel('Amount').fill('70,000.50')
  await form(page).getByLabel('Essential').uncheck()
  await form(page).getByLabel('Last year').fill('2050')
  await save(page)
  await closed(page)
  expect(await valueOf(user, path, 'Needs')).toMatchObject({ annualAmount: '70000.5', essential: false, endYear: 25 })
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await page.getByText('Undone: Changed: Needs').waitFor()
  expect(await valueOf(user, path, 'Needs')).toMatchObject({ annualAmount: '65000.00', essential: true, endYear: null })

  await page.getByRole('button', { name: 'Remove Pension' }).click()
  await page.getByText('Removed: Pension').waitFor()
  expect(await valueOf(user, path, 'Pension')).toBeUndefined()
  await page.keyboard.press('Control+z')
  await page.getByText('Undone: Removed: Pension').waitFor()
  expect(await valueOf(user, path, 'Pension')).toMatchObject({ annualAmount: '12000' })
  await opened.close()
})

test('a person who is removed is the first again when that is undone, or the last one after another change', async () => {
  const user = await platform.newUser()
  const { path, planId } = await planOf(user)
  const { close, page } = await open(user, planId)
  const people = async () =>
    (await user.request('GET', `${path}/inputs?inputType=person`)).body.items.map(({ inputName }: { inputName: string }) => inputName)
  const removeAndUndo = async (between: () => Promise<unknown>) => {
    const button = page.getByRole('button', { name: 'Remove Alex' })
    await button.click()
    await button.waitFor({ state: 'detached' })
    await between()
    await page.keyboard.press('Control+z')
    await button.waitFor()
  }
  await removeAndUndo(async () => expect(await people()).toEqual(['Robin']))
  expect(await people()).toEqual(['Alex', 'Robin'])
  await removeAndUndo(() => user.request('PATCH', path, { body: { name: 'Other' }, headers: { 'if-match': '*' } }))
  expect([await people(), (await user.request('GET', path)).body.name]).toEqual([['Robin', 'Alex'], 'Other'])
  await close()
})

test('lists, unions and objects that can be left out go through the form', async () => {
  const user = await platform.newUser()
  const { path, planId } = await planOf(user)
  const opened = await open(user, planId)
  const { close, page } = opened
  await page.getByRole('button', { name: 'Spending rule', exact: true }).click()
  await form(page).getByRole('combobox', { name: 'Spending rule' }).selectOption('Guardrails')
  await form(page).getByLabel('Size of a cut or rise').fill('7.5')
  await form(page).getByText('More', { exact: true }).click()
  await form(page).getByRole('button', { name: 'Add to Spending by age' }).click()
  await form(page).getByRole('button', { name: 'Add to Spending by age' }).click()
  const row = (number: number) => form(page).getByRole('group', { name: `Spending by age, row ${number}` })
  await row(1).getByLabel('Age', { exact: true }).fill('70')
  await row(1).getByLabel('Of the planned spending').fill('100')
  await row(2).getByLabel('Age', { exact: true }).fill('80')
  await row(2).getByLabel('Of the planned spending').fill('85')
  await form(page).getByRole('button', { name: 'Remove row 1 of Spending by age' }).click()
  await save(page)
  await closed(page)
  expect(await valueOf(user, path, 'Spending rule')).toMatchObject({
    rule: { kind: 'guyton_klinger', guardrail: 0.2, adjustment: 0.075 },
    byAge: [{ age: 80, multiplier: 0.85 }],
  })

  await page.getByRole('button', { name: 'Edit Alex' }).click()
  await form(page).getByLabel('Social Security', { exact: true }).check()
  await form(page).getByText('More', { exact: true }).click()
  await expectGoodPage(opened, 'planning-edit-person')
  await form(page).getByLabel('Benefit at full retirement age').fill('2,800')
  await form(page).getByLabel('Claims at', { exact: true }).selectOption('68 years')
  await form(page).getByLabel('Claims at: months').selectOption('3 months')
  await save(page)
  await closed(page)
  expect(await valueOf(user, path, 'Alex')).toMatchObject({
    socialSecurity: { benefit: { kind: 'pia', monthlyAmount: '2800' }, claimingAgeMonths: 819 },
  })

  await page.getByRole('button', { name: 'Edit Savings' }).click()
  await form(page).getByText('More', { exact: true }).click()
  await form(page).getByRole('button', { name: 'Add to Own investments' }).click()
  const shares = form(page).getByRole('group', { name: 'Own investments, row 1' })
  await shares.getByLabel('US corporate bonds, core').fill('40')
  await shares.getByLabel('US equity, large cap').fill('50')
  await save(page)
  await form(page).getByText('must add up to 1 within 0.005, not to 0.9').waitFor()
  await shares.getByLabel('US equity, large cap').fill('60')
  await save(page)
  await closed(page)
  expect(await valueOf(user, path, 'Savings')).toMatchObject({
    allocation: [{ year: 0, weights: { us_large_cap: 0.6, us_core_bond: 0.4 } }],
  })
  await close()
})

test('a new name goes into the inputs that refer to it, and back', async () => {
  const user = await platform.newUser()
  const { path, planId } = await planOf(user)
  const { close, page } = await open(user, planId)
  await page.getByRole('button', { name: 'Edit 401(k)' }).click()
  await form(page).getByLabel('Name').fill('<i>Old</i> plan')
  await save(page)
  await closed(page)
  await page.getByRole('heading', { name: '<i>Old</i> plan' }).waitFor()
  expect(await valueOf(user, path, 'Deferral')).toMatchObject({ account: '<i>Old</i> plan' })
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Undone: Changed: <i>Old</i> plan').waitFor()
  expect(await valueOf(user, path, 'Deferral')).toMatchObject({ account: '401(k)' })
  expect(await valueOf(user, path, '401(k)')).toMatchObject({ balance: '700000.00' })
  await page.getByRole('button', { name: 'Remove Salary' }).click()
  await page.getByText('Deferral refers to “Salary”, which is not in the plan.').waitFor()
  await close()
})

test('a portfolio plan that gets taxes: withdrawals become expenses', async () => {
  const user = await platform.newUser()
  const { path, planId } = await planOf(user, [])
  const { close, page } = await open(user, planId)
  await page.getByRole('button', { name: 'Taxes', exact: true }).click()
  await form(page).getByLabel('Home state').selectOption('Texas')
  await save(page)
  await closed(page)
  await page.getByText('The plan has no person yet.').waitFor()
  await page.getByRole('button', { name: 'Make expenses of them' }).click()
  await page.getByText('Withdrawals became expenses').waitFor()
  expect(await valueOf(user, path, 'Living')).toMatchObject({ annualAmount: '40000.00', essential: true, startYear: 0 })
  await page.getByRole('button', { name: 'Person', exact: true }).click()
  await form(page).getByLabel('Name').fill('Alex')
  await form(page).getByLabel('Birth date').fill('1960-01-01')
  await form(page).getByLabel('Retires at').fill('65')
  await save(page)
  await closed(page)
  await user.request('POST', `${path}/inputs`, {
    body: { inputType: 'pension', inputName: 'No.1', inputValue: { annualAmount: '1.00', person: 'Robin' } },
  })
  await page.getByRole('button', { name: 'Simulate' }).click()
  const refused = page.getByRole('dialog', { name: 'The plan cannot be simulated yet' })
  await refused.getByText('No.1: Belongs to').waitFor()
  await refused.getByRole('button', { name: 'Edit No.1' }).click()
  await form(page).getByLabel('Belongs to').selectOption('Alex')
  await save(page)
  await closed(page)
  await page.getByRole('button', { name: 'Simulate' }).click()
  await page.waitForURL(`${platform.address}/plans/${planId}`)
  expect((await user.request('GET', `${path}/runs`)).body.items).toHaveLength(1)
  await close()
})
