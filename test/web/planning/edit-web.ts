import type { Browser, Page } from 'playwright-core'
import { newPlan, type TestUser } from '../../support/platform.ts'
import { settled, signInThroughPage, visit } from '../browser.ts'

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
export const planOf = async (user: TestUser, inputs: readonly object[] = couple) => {
  const { householdId, planId } = await newPlan(user, { name: 'Retire at 65' })
  const path = `/v1/planning/plans/${planId}`
  if (inputs.length > 0) {
    const { body } = await user.request('GET', `${path}/inputs?inputType=withdrawal`)
    await user.request('DELETE', `${path}/inputs/${body.items[0].id}`)
  }
  for (const body of inputs) await user.request('POST', `${path}/inputs`, { body })
  return { householdId, planId, path }
}

/** The stored value of the input with this name. */
export const valueOf = async (user: TestUser, path: string, name: string) => {
  const { body } = await user.request('GET', `${path}/inputs?limit=200`)
  return body.items.find(({ inputName }: { inputName: string }) => inputName === name)?.inputValue
}

/** Signs the user in, and opens the editor of the plan. */
export const openEditor = async (browser: Browser, address: string, user: TestUser, planId: string, query = '') => {
  const opened = await visit(browser)
  await signInThroughPage(opened.page, address, user, `/plans/${planId}/edit${query}`)
  await opened.page.getByRole('heading', { name: 'What the plan knows' }).waitFor()
  await settled(opened.page)
  return opened
}

/** The form of an input. */
export const form = (page: Page) => page.getByRole('dialog').first()
export const save = (page: Page) => form(page).getByRole('button', { name: 'Save' }).click()
export const closed = (page: Page) => form(page).waitFor({ state: 'detached' })
