import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newHousehold, type TestUser } from '../../support/platform.ts'
import { expectGoodPage, settled, startBrowser, startWebPlatform } from '../browser.ts'
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
