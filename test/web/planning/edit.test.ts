import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newHousehold, newPlan, type TestUser } from '../../support/platform.ts'
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

const couple = [
  { inputType: 'person', inputName: 'Alex', inputValue: { birthDate: '1966-02-03', retirementAge: 65 } },
  { inputType: 'person', inputName: 'Robin', inputValue: { birthDate: '1968-08-09', retirementAge: 63 } },
  { inputType: 'income', inputName: 'Salary', inputValue: { annualAmount: '120000.00', person: 'Alex' } },
  { inputType: 'account', inputName: '401(k)', inputValue: { balance: '700000.00', kind: 'traditional', owner: 'Alex' } },
  { inputType: 'contribution', inputName: 'Deferral', inputValue: { account: '401(k)', shareOfIncome: { income: 'Salary', share: 0.1 } } },
  { inputType: 'expense', inputName: 'Needs', inputValue: { annualAmount: '65000.00' } },
  { inputType: 'tax_settings', inputName: 'Taxes', inputValue: { state: 'CA' } },
]

/** A plan of a user with one taxable account, and with the inputs of a couple if wanted. */
const planOf = async (user: TestUser, inputs: readonly object[] = couple) => {
  const { householdId, planId } = await newPlan(user, { name: 'Retire at 65' })
  const path = `/v1/planning/plans/${planId}`
  if (inputs.length > 0) {
    const { body } = await user.request('GET', `${path}/inputs?inputType=withdrawal`)
    await user.request('DELETE', `${path}/inputs/${body.items[0].id}`)
  }
  for (const body of inputs) await user.request('POST', `${path}/inputs`, { body })
  return { householdId, planId, path }
}

const valueOf = async (user: TestUser, path: string, name: string) => {
  const { body } = await user.request('GET', `${path}/inputs?limit=200`)
  return body.items.find(({ inputName }: { inputName: string }) => inputName === name)?.inputValue
}

const open = async (user: TestUser, planId: string, query = '') => {
  const opened = await visit(browser)
  await signInThroughPage(opened.page, platform.address, user, `/plans/${planId}/edit${query}`)
  await opened.page.getByRole('heading', { name: 'What the plan knows' }).waitFor()
  await settled(opened.page)
  return opened
}

const form = (page: Page) => page.getByRole('dialog').first()
const save = (page: Page) => form(page).getByRole('button', { name: 'Save' }).click()
const closed = (page: Page) => form(page).waitFor({ state: 'detached' })

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

test('faults of the server are at their field, and typed work survives a reload', async () => {
  const user = await platform.newUser()
  const { planId } = await planOf(user)
  const { close, page } = await open(user, planId, '?add=goal')
  const name = form(page).getByLabel('Name')
  await name.fill('x'.repeat(10_000))
  await form(page).getByLabel('Amount').fill('9999999999999')
  await form(page).getByLabel('Year', { exact: true }).fill('2020')
  await save(page)
  await form(page).getByText('Write a year from 2026 on.').waitFor()
  await form(page).getByLabel('Year', { exact: true }).fill('2040')
  await save(page)
  await page.waitForFunction(() => document.querySelector('dialog [name="inputName"]')?.getAttribute('aria-invalid') === 'true')
  await form(page)
    .getByText(/must be at most/)
    .waitFor()
  await name.fill('Needs')
  await form(page).getByLabel('Amount').fill('30k')
  await save(page)
  await form(page).getByText('must be unique: an input of the type expense has this name').waitFor()
  await page.reload()
  await form(page).getByText('Your earlier entries are still here.').waitFor()
  expect(await form(page).getByLabel('Amount').inputValue()).toBe('30k')
  await close()
})

test('an input that was changed or removed elsewhere: both versions, and the person decides', async () => {
  const user = await platform.newUser()
  const { path, planId } = await planOf(user)
  const { close, page } = await open(user, planId)
  const elsewhere = async (annualAmount: string) => {
    const { body } = await user.request('GET', `${path}/inputs?inputType=expense`)
    const { body: changed } = await user.request('PUT', `${path}/inputs/${body.items[0].id}`, {
      body: { inputType: 'expense', inputName: 'Needs', inputValue: { annualAmount } },
    })
    return changed.id
  }
  const edit = async (amount: string) => {
    await page.getByRole('button', { name: 'Edit Needs' }).click()
    await form(page).getByLabel('Amount').fill(amount)
  }
  await edit('71000')
  await elsewhere('72000.00')
  await save(page)
  const conflict = page.getByRole('dialog', { name: 'Somebody changed this meanwhile' })
  await conflict.getByRole('row', { name: 'Amount $71,000 $72,000' }).waitFor()
  await conflict.getByRole('button', { name: 'Store mine over it' }).click()
  await closed(page)
  expect(await valueOf(user, path, 'Needs')).toMatchObject({ annualAmount: '71000' })

  await edit('73000')
  await elsewhere('74000.00')
  await save(page)
  await conflict.getByRole('button', { name: 'Take the stored one' }).click()
  await closed(page)
  expect(await valueOf(user, path, 'Needs')).toMatchObject({ annualAmount: '74000.00' })

  await page.reload()
  await settled(page)
  await edit('75000')
  await user.request('DELETE', `${path}/inputs/${(await user.request('GET', `${path}/inputs?inputType=expense`)).body.items[0].id}`)
  await save(page)
  await conflict.getByRole('row', { name: 'Amount $75,000 –' }).waitFor()
  await conflict.getByRole('button', { name: 'Store mine over it' }).click()
  await closed(page)
  expect(await valueOf(user, path, 'Needs')).toMatchObject({ annualAmount: '75000' })
  await close()
})

test('the terms of the plan: changed, undone, refused at their field, and changed elsewhere', async () => {
  const user = await platform.newUser()
  const { path, planId } = await planOf(user)
  const opened = await open(user, planId)
  const { page } = opened
  const plan = async () => (await user.request('GET', path)).body
  const saveTerms = () => page.getByRole('button', { name: 'Save the plan' }).click()
  await page.getByLabel('Years to look ahead').fill('41')
  await page.getByLabel('Notes').fill('<script>alert(1)</script>')
  await page.getByText('More about the simulation').click()
  await page.getByLabel('Tags').fill('early, two people')
  await page.getByLabel('Confidence level').fill('90')
  await saveTerms()
  await page.getByText('Changed the plan').waitFor()
  expect(await plan()).toMatchObject({
    planningHorizonYears: 41,
    description: '<script>alert(1)</script>',
    tags: ['early', 'two people'],
    confidenceLevel: 0.9,
  })
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Undone: Changed the plan').waitFor()
  expect(await plan()).toMatchObject({ planningHorizonYears: 30, description: null, tags: [], confidenceLevel: 0.95 })
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('[name="planningHorizonYears"]')?.value === '30')

  await page.getByRole('button', { name: 'Look at the figures' }).click()
  await page
    .getByRole('dialog')
    .getByRole('row', { name: /Inflation/ })
    .waitFor()
  await expectGoodPage(opened, 'planning-edit-figures')
  await page.keyboard.press('Escape')

  await page.reload()
  await settled(page)
  await page.getByLabel('Name', { exact: true }).fill('z'.repeat(10_000))
  await page.getByLabel('Years to look ahead').fill('4000')
  await saveTerms()
  await page.waitForFunction(() => document.querySelectorAll('[aria-invalid="true"]').length === 2)
  await page.getByLabel('Name', { exact: true }).fill('Mine')
  await page.getByLabel('Years to look ahead').fill('35')
  await user.request('PATCH', path, {
    headers: { 'if-match': (await user.request('GET', path)).headers.get('etag')! },
    body: { name: 'Theirs' },
  })
  await saveTerms()
  const conflict = page.getByRole('dialog', { name: 'Somebody changed this meanwhile' })
  await conflict.getByRole('row', { name: 'Name Mine Theirs' }).waitFor()
  await conflict.getByRole('button', { name: 'Store mine over it' }).click()
  await page.getByRole('heading', { name: 'Mine', level: 1 }).waitFor()
  expect(await plan()).toMatchObject({ name: 'Mine', planningHorizonYears: 35 })
  await opened.close()
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

test('a session that ends while a form is open: the person signs in over it, and the entries are stored', async () => {
  const user = await platform.newUser()
  const { path, planId } = await planOf(user)
  const { close, page } = await open(user, planId)
  await page.getByRole('button', { name: 'Edit Needs' }).click()
  await form(page).getByLabel('Amount').fill('81000')
  await user.request('DELETE', '/v1/identity/sessions')
  await save(page)
  const dialog = page.getByRole('dialog', { name: 'Sign in to Nestegg' })
  await dialog.getByLabel('Email address').fill(user.email)
  await dialog.getByLabel('Password').fill(user.password)
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByText('Changed: Needs').waitFor()
  const { body: session } = await platform.request('POST', '/v1/identity/sessions', {
    body: { email: user.email, password: user.password },
  })
  const { body } = await platform.request('GET', `${path}/inputs?inputType=expense`, { token: session.tokens.accessToken })
  expect(body.items[0].inputValue.annualAmount).toBe('81000')
  await close()
})

test('a member who becomes a viewer has no buttons, and one who loses access keeps what was typed', async () => {
  const owner = await platform.newUser()
  const member = await platform.newUser()
  const { householdId, path, planId } = await planOf(owner)
  await owner.request('POST', `/v1/identity/households/${householdId}/invitations`, { body: { email: member.email, role: 'editor' } })
  const [token] = /^[\w-]{40,}$/m.exec(platform.takeMail(member.email).text)!
  await member.request('POST', '/v1/identity/invitation-acceptances', { body: { token } })
  await newHousehold(member)
  const { close, page } = await open(member, planId)
  await page.getByRole('button', { name: 'Edit Needs' }).click()
  await form(page).getByLabel('Amount').fill('91000')
  const { id } = (await member.request('GET', '/v1/identity/me')).body
  const membership = `/v1/identity/households/${householdId}/members/${id}`
  const etag = async () => (await owner.request('GET', membership)).headers.get('etag')!
  await owner.request('PATCH', membership, { headers: { 'if-match': await etag() }, body: { role: 'viewer' } })
  await save(page)
  await form(page).getByText('Only owners and editors of this household may change this.').waitFor()
  const second = await open(member, planId)
  await second.page.getByText('You can look at this plan.').waitFor()
  expect(await second.page.getByRole('button', { name: /Edit|Remove|Simulate|Save/ }).count()).toBe(0)
  await second.page.getByText('All fields').first().click()
  await second.page.getByText('Sex in the life table').first().waitFor()
  await expectGoodPage(second, 'planning-edit-viewer')
  await second.close()
  await owner.request('DELETE', membership, { headers: { 'if-match': await etag() } })
  await save(page)
  await form(page).getByText('There is no such plan.').waitFor()
  await page.getByText('What you typed is still here').waitFor()
  expect(await form(page).getByLabel('Amount').inputValue()).toBe('91000')
  expect(await valueOf(owner, path, 'Needs')).toMatchObject({ annualAmount: '65000.00' })
  await page.goto(`${platform.address}/plans/${planId}/edit`)
  await page.getByRole('heading', { name: 'This plan is not there' }).waitFor()
  await close()
})
