import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestUser } from '../../support/platform.ts'
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

const open = async (user: TestUser, options = {}) => {
  const opened = await visit(browser, options)
  await signInThroughPage(opened.page, platform.address, user, '/plans/new')
  await opened.page.getByRole('heading', { name: 'Who is the plan for?' }).waitFor()
  return opened
}

const next = (page: Page) => page.getByRole('button', { name: 'Next', exact: true }).click()
const skip = (page: Page) => page.getByRole('button', { name: 'Skip this question' }).click()
const make = (page: Page) => page.getByRole('button', { name: 'Make the plan' }).click()
const madePlan = /\/plans\/[0-9a-f-]{36}$/

/** The only plan of a user with its inputs and runs, as the API has them. */
const onlyPlan = async (user: TestUser) => {
  const { body: plans } = await user.request('GET', '/v1/planning/plans')
  expect(plans.items).toHaveLength(1)
  const [plan] = plans.items
  const { body: inputs } = await user.request('GET', `/v1/planning/plans/${plan.id}/inputs?limit=200`)
  const { body: runs } = await user.request('GET', `/v1/planning/plans/${plan.id}/runs`)
  const byName = Object.fromEntries(
    inputs.items.map(({ inputName, inputType, inputValue }: Record<string, unknown>) => [inputName, { inputType, inputValue }]),
  )
  return { plan, inputs: byName as Record<string, { inputType: string; inputValue: Record<string, unknown> }>, runs: runs.items }
}

test('a birth date, a balance and spending make a household, a plan and a run, on a phone', async () => {
  const user = await platform.newUser()
  const { close, page } = await open(user, { width: 390 })
  await page.getByLabel('Birth date').fill('1970-05-20')
  await next(page)
  await skip(page)
  await page.getByLabel('401(k), 403(b) or the like').fill('420k')
  await next(page)
  await skip(page)
  await page.getByLabel('What you cannot do without').fill('3,500')
  await next(page)
  await page.getByText('Until the first retirement, your pay covers your spending').waitFor()
  await make(page)
  await page.waitForURL(madePlan)
  const { inputs, plan, runs } = await onlyPlan(user)
  expect(plan.name).toBe('Retire at 67')
  expect(inputs['401(k)']).toMatchObject({
    inputType: 'account',
    inputValue: { balance: '420000', kind: 'traditional', employerPlan: true },
  })
  expect(inputs['Needs']?.inputValue).toMatchObject({ annualAmount: '42000' })
  expect(inputs['Me']?.inputValue).toMatchObject({ birthDate: '1970-05-20', retirementAge: 67 })
  expect(runs).toHaveLength(1)
  expect(runs[0].status).toBe('succeeded')
  const { body: households } = await user.request('GET', '/v1/identity/households')
  expect(households.items).toHaveLength(1)
  await close()
})

test('nothing but skipping makes a plan that runs', async () => {
  const user = await platform.newUser()
  const { close, page } = await open(user)
  for (let question = 0; question < 5; question++) await skip(page)
  await page.getByText('Me: 45 years old, since there is no birth date.').waitFor()
  await make(page)
  await page.waitForURL(madePlan)
  expect((await onlyPlan(user)).runs).toHaveLength(1)
  await close()
})

test('a couple with everything: each answer is an input of the plan', async () => {
  const user = await platform.newUser()
  const { close, page } = await open(user)
  const fill = async (values: Readonly<Record<string, string>>, within: Page | ReturnType<Page['getByRole']> = page) => {
    for (const [label, value] of Object.entries(values)) await within.getByLabel(label, { exact: true }).fill(value)
  }
  const personNamed = (name: string) => page.getByRole('group', { name })
  await page.getByLabel('Plan for two people').check()
  await fill({ Name: 'Alex', 'Birth date': '1966-02-03', 'Retires at': '65' }, page.getByRole('group').nth(0))
  await fill({ Name: 'Robin', 'Birth date': '1968-08-09', 'Retires at': '63' }, page.getByRole('group').nth(1))
  await next(page)
  await page.getByLabel('Home state', { exact: true }).selectOption('California')
  await next(page)
  await fill({ '401(k), 403(b) or the like': '700,000' }, personNamed('Alex'))
  await fill({ 'Roth accounts': '150000' }, personNamed('Robin'))
  await fill({ 'Brokerage account': '300000', 'Paid for what is in it': '180000', Cash: '25000.50' })
  await page.getByText('Home and debts').click()
  await fill({ 'Value of the home': '650000', 'Mortgage: still owed': '200000', 'Mortgage: payment': '1500.25' })
  await next(page)
  await fill({ Wages: '120000', 'Social Security at full retirement age': '2800' }, personNamed('Alex'))
  await fill({ Pension: '12000', 'Pension begins at the age of': '66' }, personNamed('Robin'))
  await fill({ 'Saved regularly': '1000' })
  await page.getByLabel('Saved per').selectOption('Month')
  await page.getByLabel('Saved into').selectOption('401(k) of Alex')
  await next(page)
  await fill({ 'What you cannot do without': '65000', 'What is nice to have': '15000' })
  await page.getByLabel('Both per').selectOption('Year')
  await page.getByLabel('In retirement, spending is').selectOption('Guardrails')
  await next(page)
  await fill({ 'Name of the plan (optional)': 'Both retire early' })
  await make(page)
  await page.waitForURL(madePlan)
  const { inputs, plan, runs } = await onlyPlan(user)
  expect(plan.name).toBe('Both retire early')
  expect(runs[0].status).toBe('succeeded')
  expect(Object.fromEntries(Object.entries(inputs).map(([name, { inputType }]) => [name, inputType]))).toEqual({
    Alex: 'person',
    Robin: 'person',
    '401(k) of Alex': 'account',
    'Roth of Robin': 'account',
    Brokerage: 'account',
    Cash: 'account',
    House: 'property',
    Mortgage: 'debt',
    'Wages of Alex': 'income',
    'Pension of Robin': 'pension',
    Saving: 'contribution',
    Needs: 'expense',
    Extras: 'expense',
    'Spending rule': 'spending_policy',
    Taxes: 'tax_settings',
  })
  expect(inputs['Alex']?.inputValue).toMatchObject({
    socialSecurity: { benefit: { kind: 'pia', monthlyAmount: '2800' }, claimingAgeMonths: 804 },
  })
  expect(inputs['Roth of Robin']?.inputValue).toMatchObject({ balance: '150000', owner: 'Robin' })
  expect(inputs['Brokerage']?.inputValue).toMatchObject({ balance: '300000', basis: '180000' })
  expect(inputs['Cash']?.inputValue).toMatchObject({ balance: '25000.5', allocation: [{ year: 0, weights: { cash: 1 } }] })
  expect(inputs['Mortgage']?.inputValue).toMatchObject({ balance: '200000', annualRate: 0.06, annualPayment: '18003.00' })
  expect(inputs['Saving']?.inputValue).toMatchObject({ annualAmount: '12000', account: '401(k) of Alex' })
  expect(inputs['Extras']?.inputValue).toMatchObject({ annualAmount: '15000', essential: false, startYear: 0 })
  expect(inputs['Taxes']?.inputValue).toMatchObject({ state: 'CA' })
  expect(inputs['Spending rule']?.inputValue).toMatchObject({ rule: { kind: 'guyton_klinger' } })
  await close()
})

test.for([
  ['people', 'Who is the plan for?'],
  ['state', 'Where do you live?'],
  ['have', 'What do you have?'],
  ['income', 'What comes in?'],
  ['spending', 'What do you spend?'],
  ['check', 'Here is your plan'],
] as const)('the question %s is accessible and fits a phone', async ([name, title], { expect }) => {
  const user = await platform.newUser()
  const opened = await open(user)
  await opened.page.getByLabel('Plan for two people').check()
  await opened.page.getByLabel('Birth date').first().fill('1966-02-03')
  for (let clicks = 0; !(await opened.page.getByRole('heading', { name: title }).isVisible()) && clicks < 6; clicks++)
    await skip(opened.page)
  if (name === 'have') await opened.page.getByText('Home and debts').click()
  await expectGoodPage(opened, `planning-new-${name}`)
  expect(await opened.page.getByRole('heading', { level: 1 }).count()).toBe(1)
  await opened.close()
})

test('answers survive a reload, on the question that was shown, and can be started again', async () => {
  const user = await platform.newUser()
  const { close, page } = await open(user)
  await page.getByLabel('Birth date').fill('1970-05-20')
  await next(page)
  await page.getByLabel('Home state', { exact: true }).selectOption('Ohio')
  await page.reload()
  await page.getByRole('heading', { name: 'Where do you live?' }).waitFor()
  expect(await page.getByLabel('Home state', { exact: true }).inputValue()).toBe('OH')
  await page.getByRole('button', { name: 'Back' }).click()
  expect(await page.getByLabel('Birth date').inputValue()).toBe('1970-05-20')
  await page.getByRole('button', { name: 'Start again' }).click()
  expect(await page.getByLabel('Birth date').inputValue()).toBe('')
  await close()
})

test('after a failure in the middle, “Try again” goes on, and nothing is made twice', async () => {
  const user = await platform.newUser()
  const { close, page } = await open(user)
  await page.getByLabel('Birth date').fill('1960-05-20')
  for (let question = 0; question < 5; question++) await skip(page)
  let posts = 0
  // The third input is refused, the answer to the household is lost once after the server has made it.
  await page.route('**/v1/planning/plans/*/inputs', async route => {
    if (route.request().method() === 'POST' && ++posts === 3)
      await route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{}' })
    else await route.continue()
  })
  let lost = false
  await page.route('**/v1/identity/households', async route => {
    if (route.request().method() !== 'POST' || lost) return route.continue()
    lost = true
    await route.fetch()
    await route.abort('connectionreset')
  })
  await make(page)
  await page.getByText('What was made so far is kept.').waitFor()
  await page.getByRole('button', { name: 'Back' }).click()
  await page.getByLabel('What you cannot do without').fill('2000')
  await next(page)
  await page.reload()
  await page.getByRole('heading', { name: 'Here is your plan' }).waitFor()
  await page.unroute('**/v1/planning/plans/*/runs')
  let runs = 0
  await page.route('**/v1/planning/plans/*/runs', async route => {
    if (route.request().method() === 'POST' && ++runs === 1) {
      await route.fetch()
      await route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{}' })
    } else await route.continue()
  })
  await make(page)
  await page.getByRole('button', { name: 'Try again' }).waitFor()
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.waitForURL(madePlan)
  const made = await onlyPlan(user)
  expect(made.inputs['Needs']?.inputValue).toMatchObject({ annualAmount: '24000' })
  expect(made.runs).toHaveLength(1)
  const { body: households } = await user.request('GET', '/v1/identity/households')
  expect(households.items).toHaveLength(1)
  await close()
})

test('what is wrong is said at its field, before and after the server has seen it', async () => {
  const user = await platform.newUser()
  const { close, page } = await open(user)
  await page.getByLabel('Name', { exact: true }).fill('x'.repeat(10_000))
  await page.getByLabel('Birth date').fill('2090-01-01')
  await next(page)
  await page.getByText('Write a shorter name, of 100 letters at most.').waitFor()
  await page.getByText('Choose a day in the past.').waitFor()
  await page.getByLabel('Name', { exact: true }).fill('<b>Zoë</b>')
  await page.getByLabel('Birth date').fill('1970-01-01')
  await next(page)
  await skip(page)
  await page.getByLabel('Traditional IRA').fill('a lot')
  await next(page)
  await page.getByText('Write an amount, such as 1250.50 or 420k.').waitFor()
  await page.getByLabel('Traditional IRA').fill('99999999999999')
  await next(page)
  await skip(page)
  await skip(page)
  await page.getByLabel('Name of the plan').fill('y'.repeat(10_000))
  await make(page)
  const name = page.getByLabel('Name of the plan')
  await page.waitForFunction(() => document.querySelector('[name="planName"]')?.getAttribute('aria-invalid') === 'true')
  await name.fill('شيخوخة')
  await make(page)
  await page.getByRole('heading', { name: 'What do you have?' }).waitFor()
  await page.getByText(/must be at most/).waitFor()
  await page.getByLabel('Traditional IRA').fill('99')
  await page.getByRole('button', { name: 'Check: The last look' }).click()
  await page.getByRole('button', { name: /Make the plan|Try again/ }).click()
  await page.waitForURL(madePlan)
  const { inputs, plan } = await onlyPlan(user)
  expect(plan.name).toBe('شيخوخة')
  expect(inputs['<b>Zoë</b>']?.inputType).toBe('person')
  await close()
})

test('a session that ends while somebody types loses nothing', async () => {
  const user = await platform.newUser()
  const { close, page } = await open(user)
  await page.getByLabel('Birth date').fill('1970-05-20')
  await settled(page)
  await user.request('DELETE', '/v1/identity/sessions')
  for (let question = 0; question < 5; question++) await skip(page)
  await make(page)
  const dialog = page.getByRole('dialog', { name: 'Sign in to Nestegg' })
  await dialog.getByLabel('Email address').fill(user.email)
  await dialog.getByLabel('Password').fill(user.password)
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(madePlan)
  const { body: session } = await platform.request('POST', '/v1/identity/sessions', {
    body: { email: user.email, password: user.password },
  })
  const { body: plans } = await platform.request('GET', '/v1/planning/plans', { token: session.tokens.accessToken })
  expect(plans.items).toHaveLength(1)
  await close()
})
