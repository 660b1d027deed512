import type { ApiAnswer, ApiRequest } from '../lambdas/api-types.ts'
import type { Client } from '../web/client/client.ts'
import { todayIn } from '../lambdas/runtime/today.ts'
import { addSampleLedger } from './sample-ledger.ts'
import { addSampleWealth } from './sample-wealth.ts'

type Plan = ApiAnswer<'GET /v1/planning/plans/{planId}'>
type InputBody = ApiRequest<'POST /v1/planning/plans/{planId}/inputs'>['body']

const alex = {
  inputType: 'person',
  inputName: 'Alex',
  inputValue: {
    birthDate: '1972-02-03',
    retirementAge: 65,
    lifespan: { kind: 'life_table' },
    socialSecurity: { benefit: { kind: 'pia', monthlyAmount: '3100.00' }, claimingAgeMonths: 804 },
  },
} as const satisfies InputBody

/** A couple with what most couples have, so that every part of the pages has something to show. */
const inputs: readonly InputBody[] = [
  alex,
  {
    inputType: 'person',
    inputName: 'Robin',
    inputValue: {
      birthDate: '1974-08-09',
      retirementAge: 63,
      sex: 'male',
      lifespan: { kind: 'life_table' },
      socialSecurity: { benefit: { kind: 'pia', monthlyAmount: '1700.00' }, claimingAgeMonths: 780 },
    },
  },
  { inputType: 'income', inputName: 'Salary of Alex', inputValue: { annualAmount: '132000.00', person: 'Alex' } },
  { inputType: 'income', inputName: 'Salary of Robin', inputValue: { annualAmount: '68000.00', person: 'Robin' } },
  {
    inputType: 'account',
    inputName: '401(k)',
    inputValue: { balance: '540000.00', kind: 'traditional', owner: 'Alex', employerPlan: true },
  },
  { inputType: 'account', inputName: 'Roth IRA', inputValue: { balance: '96000.00', kind: 'roth', owner: 'Robin', basis: '61000.00' } },
  { inputType: 'account', inputName: 'Brokerage', inputValue: { balance: '185000.00', basis: '120000.00' } },
  {
    inputType: 'contribution',
    inputName: 'Deferral',
    inputValue: { account: '401(k)', shareOfIncome: { income: 'Salary of Alex', share: 0.12 } },
  },
  { inputType: 'contribution', inputName: 'Roth saving', inputValue: { account: 'Roth IRA', annualAmount: '7000.00' } },
  { inputType: 'expense', inputName: 'Living', inputValue: { annualAmount: '88000.00' } },
  { inputType: 'expense', inputName: 'Travel', inputValue: { annualAmount: '14000.00', essential: false } },
  { inputType: 'goal', inputName: 'New roof', inputValue: { year: 6, amount: '32000.00' } },
  { inputType: 'tax_settings', inputName: 'Taxes', inputValue: { state: 'CA' } },
]

const terms = { planningHorizonYears: 42, asOfDate: '2026-01-01', randomSeed: '1972', monteCarloIterations: 2000 }

const addMissingInputs = async (api: Client, planId: string): Promise<void> => {
  const { items } = await api('GET /v1/planning/plans/{planId}/inputs', { params: { planId } })
  const missing = inputs.filter(input => items.every(({ inputName }) => inputName !== input.inputName))
  for (const body of missing) await api('POST /v1/planning/plans/{planId}/inputs', { params: { planId }, body })
}

const simulate = (api: Client, planId: string) => api('POST /v1/planning/plans/{planId}/runs', { params: { planId }, body: {} })

/** A scenario of the plan, in which Alex works for three more years. */
const addScenario = async (api: Client, plan: Plan): Promise<void> => {
  const { id: planId } = await api('POST /v1/planning/plans/{planId}/branches', {
    params: { planId: plan.id },
    body: { name: 'Alex works until 68' },
  })
  const { items } = await api('GET /v1/planning/plans/{planId}/inputs', { params: { planId } })
  const inputId = items.find(({ inputName }) => inputName === alex.inputName)!.id
  const body = { ...alex, inputValue: { ...alex.inputValue, retirementAge: 68 } }
  await api('PUT /v1/planning/plans/{planId}/inputs/{inputId}', { params: { planId, inputId }, body })
  await simulate(api, planId)
}

const findOrCreateHousehold = async (api: Client) => {
  const { items } = await api('GET /v1/identity/households', { query: { limit: 200 } })
  const body = { name: 'Alex and Robin', timezone: 'America/Los_Angeles' }
  return items.find(({ name }) => name === body.name) ?? (await api('POST /v1/identity/households', { body }))
}

/**
 * Adds a household to look round in, with people, accounts, a year of transactions and goals, and with a plan and a scenario of it. An
 * interrupted start left some of it out: that is added. What the person has changed stays as it is.
 */
export const addSampleHousehold = async (api: Client, portfolioModelId: string): Promise<void> => {
  const { id: householdId, timezone } = await findOrCreateHousehold(api)
  await addSampleWealth(api, householdId, timezone)
  await addSampleLedger(api, householdId, todayIn(timezone))
  const { items } = await api('GET /v1/planning/plans', { query: { limit: 200, sort: 'createdAt', householdId } })
  const body = { householdId, name: 'Retire at 65 and 63', portfolioModelId, ...terms }
  const plan = items[0] ?? (await api('POST /v1/planning/plans', { body }))
  if (plan.lastRunAt === null) {
    await addMissingInputs(api, plan.id)
    await simulate(api, plan.id)
  }
  if (items.length < 2) await addScenario(api, plan)
}
