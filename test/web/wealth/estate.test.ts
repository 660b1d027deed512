import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { join } from '../../support/shared-household.ts'
import { householdIn, newAccount } from '../../lambdas/wealth/wealth-platform.ts'
import type { TestUser } from '../../support/platform.ts'
import { expectGoodPage, startBrowser, startWebPlatform, visitAs } from '../browser.ts'

let browser: Browser
let platform: Awaited<ReturnType<typeof startWebPlatform>>
let user: TestUser
let householdId: string

beforeAll(async () => {
  ;[browser, platform] = await Promise.all([startBrowser(), startWebPlatform()])
  user = await platform.newUser()
  householdId = await householdIn(user, 'America/New_York')
})
afterAll(async () => {
  await browser.close()
  await platform.close()
})

const open = (as: TestUser = user) => visitAs(browser, platform, as, '/estate')
const name = ({ id }: { readonly id: string }, body: object) =>
  user.request('PUT', `/v1/wealth/accounts/${id}/beneficiaries`, { body, headers: { 'if-match': '*' } })

test('an estate without accounts says the next step', async () => {
  const opened = await open()
  await opened.page.getByRole('heading', { name: 'There is nothing to leave yet' }).waitFor()
  expect(await opened.page.getByRole('link', { name: 'Add an account' }).getAttribute('href')).toBe('/accounts/new')
  await expectGoodPage(opened, 'wealth-estate-empty')
  await opened.close()
})

test('the estate shows what each heir receives, by account and in all, and which accounts have no beneficiaries', async () => {
  const { body: robin } = await user.request('POST', `/v1/identity/households/${householdId}/people`, { body: { name: 'Robin' } })
  const { body: kim } = await user.request('POST', `/v1/identity/households/${householdId}/people`, { body: { name: 'Kim' } })
  const savings = await newAccount(user, householdId, { name: 'Savings', type: 'savings', openingBalance: '100.00' })
  const house = await newAccount(user, householdId, { name: 'House', type: 'property', currentBalance: '250000.00', ownerId: robin.id })
  await newAccount(user, householdId, { name: 'Car', type: 'vehicle', currentBalance: '9000.00' })
  await newAccount(user, householdId, { name: 'Mortgage', type: 'mortgage', openingBalance: '-80000.00' })
  await name(savings, {
    primary: [
      { personId: kim.id, share: '33.333' },
      { personId: robin.id, share: '66.667' },
    ],
  })
  await name(house, { primary: [{ personId: kim.id, share: '100' }], contingent: [{ name: 'Red Cross', kind: 'charity', share: '100' }] })

  const opened = await open()
  const { page } = opened
  const rows = (of: string) =>
    page
      .getByRole('region', { name: `What ${of} would receive, by account` })
      .getByRole('row')
      .allInnerTexts()
  const texts = async (of: string) => (await rows(of)).map(row => row.split(/\s*[\t\n]\s*/).join(' '))
  await page.getByRole('heading', { name: 'Kim' }).waitFor()
  expect(await texts('Kim')).toEqual(['Account Share Amount', 'House 100% $250,000.00', 'Savings 33.333% $33.33'])
  expect(await texts('Robin')).toEqual(['Account Share Amount', 'Savings 66.667% $66.67'])
  await page.getByText('$250,033.33').waitFor()
  expect(await page.getByText('Red Cross').count()).toBe(1)
  const notice = page.getByRole('status').filter({ hasText: 'One account has no beneficiaries.' })
  expect(await notice.getByRole('link').allInnerTexts()).toEqual(['Car'])
  await page.getByText('Loans, mortgages and credit cards are left out').waitFor()
  expect(await page.getByRole('link', { name: 'Mortgage' }).count()).toBe(0)
  await expectGoodPage(opened, 'wealth-estate')
  await notice.getByRole('link', { name: 'Car' }).click()
  await page.getByRole('button', { name: 'Change the beneficiaries' }).waitFor()
  await opened.close()
})

test('a viewer sees the estate', async () => {
  const viewer = await platform.newUser()
  await join(platform, user, householdId, viewer, 'viewer')
  const opened = await open(viewer)
  await opened.page.getByRole('heading', { name: 'Kim' }).waitFor()
  expect(await opened.page.getByText('$250,033.33').count()).toBe(1)
  expect(opened.faults).toEqual([])
  await opened.close()
})
