import { newPlan, type TestPlatform, type TestUser } from '../../support/platform.ts'
import { householdIn, newAccount, requesting } from '../wealth/wealth-platform.ts'

/** A rate for each of the days: one euro in dollars. */
export const addRates = async ({ database }: TestPlatform, rates: Readonly<Record<string, number>>): Promise<void> => {
  const administrator = database.connect('postgres')
  for (const [date, rate] of Object.entries(rates))
    await administrator`
      insert into market.fx_rates (base, quote, date, rate) values ('EUR', 'USD', ${date}, ${rate})
      on conflict (base, quote, date) do update set rate = excluded.rate`
}

/**
 * A household with a checking account of 40,000 dollars, a savings account of 100,000 euros, a mortgage of 300,000 dollars and a house of
 * 500,000 dollars, each since 2026-01-01; and a plan of a person that is linked to all of them, from that day on.
 */
export const newLinkedPlan = async (
  user: TestUser,
  { timezone = 'UTC', ...terms }: Record<string, unknown> & { timezone?: string } = {},
) => {
  const request = requesting(user)
  const householdId = await householdIn(user, timezone)
  const open = (name: string, type: string, openingBalance: string, more: object = {}) =>
    newAccount(user, householdId, { name, type, openingBalance, openedOn: '2026-01-01', ...more })
  const checking = await open('Checking', 'checking', '40000.00')
  const savings = await open('Savings in Europe', 'savings', '100000.00', { currency: 'EUR' })
  const mortgage = await open('Mortgage', 'mortgage', '-300000.00')
  const house = await newAccount(user, householdId, { name: 'House', type: 'property' })
  await request('POST', `/v1/wealth/accounts/${house.id}/valuations`, { date: '2026-01-01', balance: '500000.00' })
  const { planId } = await newPlan(user, { householdId, monteCarloIterations: 200, ...terms })
  const path = `/v1/planning/plans/${planId}`
  for (const { id } of (await request('GET', `${path}/inputs`)).items) await request('DELETE', `${path}/inputs/${id}`)
  const add = (inputType: string, inputName: string, inputValue: object) =>
    request('POST', `${path}/inputs`, { inputType, inputName, inputValue })
  await add('person', 'Alex', { birthDate: '1970-05-06', retirementAge: 65 })
  await add('income', 'Salary', { annualAmount: '56000.00', person: 'Alex' })
  await add('expense', 'Living', { annualAmount: '20000.00' })
  await add('account', 'Cash', { balance: '40000.00', linkedAccountId: checking.id })
  await add('account', 'Euros', { balance: '100000.00', linkedAccountId: savings.id })
  await add('debt', 'Loan', { balance: '299000.00', annualRate: 0.03, annualPayment: '18000.00', linkedAccountId: mortgage.id })
  await add('property', 'Home', { value: '499000.00', basis: '400000.00', linkedAccountId: house.id })
  const valueOf = async (name: string) =>
    (await request('GET', `${path}/inputs`)).items.find(({ inputName }: { inputName: string }) => inputName === name)?.inputValue
  return { householdId, planId, path, request, add, valueOf, checking, savings, mortgage, house }
}
