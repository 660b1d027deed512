import { newPlan, type TestUser } from './platform.ts'

/** The inputs of a couple's plan, as bodies: two earners, three kinds of account, a goal, guardrails, taxes of California. */
export const couple = [
  {
    inputType: 'person',
    inputName: 'Alex',
    inputValue: {
      birthDate: '1964-02-03',
      retirementAge: 65,
      lifespan: { kind: 'life_table' },
      socialSecurity: { benefit: { kind: 'pia', monthlyAmount: '2800.00' }, claimingAgeMonths: 804 },
    },
  },
  {
    inputType: 'person',
    inputName: 'Robin',
    inputValue: {
      birthDate: '1966-08-09',
      retirementAge: 63,
      sex: 'male',
      lifespan: { kind: 'life_table' },
      socialSecurity: { benefit: { kind: 'pia', monthlyAmount: '1500.00' }, claimingAgeMonths: 780 },
    },
  },
  { inputType: 'income', inputName: 'Work', inputValue: { annualAmount: '120000.00', person: 'Alex' } },
  {
    inputType: 'account',
    inputName: '401(k)',
    inputValue: { balance: '700000.00', kind: 'traditional', owner: 'Alex', employerPlan: true },
  },
  { inputType: 'account', inputName: 'Roth IRA', inputValue: { balance: '150000.00', kind: 'roth', owner: 'Robin', basis: '90000.00' } },
  {
    inputType: 'account',
    inputName: 'Brokerage',
    inputValue: {
      balance: '300000.00',
      basis: '180000.00',
      feeRate: 0.001,
      dividendYield: 0.015,
      allocation: [{ year: 0, weights: { us_large_cap: 0.7, tips: 0.3 } }],
    },
  },
  {
    inputType: 'contribution',
    inputName: 'Deferral',
    inputValue: {
      account: '401(k)',
      shareOfIncome: { income: 'Work', share: 0.1 },
      employerMatch: { income: 'Work', rate: 0.5, upToShareOfIncome: 0.06 },
    },
  },
  { inputType: 'expense', inputName: 'Living', inputValue: { annualAmount: '65000.00' } },
  { inputType: 'expense', inputName: 'Travel', inputValue: { annualAmount: '15000.00', essential: false } },
  { inputType: 'goal', inputName: 'New roof', inputValue: { year: 6, amount: '30000.00' } },
  {
    inputType: 'spending_policy',
    inputName: 'Guardrails',
    inputValue: { rule: { kind: 'guyton_klinger' }, successCriterion: 'essential_spending' },
  },
  { inputType: 'tax_settings', inputName: 'Taxes', inputValue: { state: 'CA' } },
]

/** A new plan of a user that has only the given inputs. */
export const householdPlan = async (
  user: TestUser,
  inputs: readonly object[],
  overrides: Record<string, unknown> = {},
): Promise<string> => {
  const { planId } = await newPlan(user, { planningHorizonYears: 35, ...overrides })
  const given = await user.request('GET', `/v1/planning/plans/${planId}/inputs`)
  for (const input of given.body.items) await user.request('DELETE', `/v1/planning/plans/${planId}/inputs/${input.id}`)
  for (const body of inputs) {
    const answer = await user.request('POST', `/v1/planning/plans/${planId}/inputs`, { body })
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  }
  return planId
}
