import type { ApiClient } from './api-client.ts'

interface Named {
  readonly id: string
  readonly name: string
}
interface Plan extends Named {
  readonly lastRunAt: string | null
  readonly parentPlanId: string | null
}
type Listed<Item> = { readonly items: readonly Item[] }

/** A couple with what most couples have, so that every part of the pages has something to show. */
const inputs = [
  {
    inputType: 'person',
    inputName: 'Alex',
    inputValue: {
      birthDate: '1972-02-03',
      retirementAge: 65,
      lifespan: { kind: 'life_table' },
      socialSecurity: { benefit: { kind: 'pia', monthlyAmount: '3100.00' }, claimingAgeMonths: 804 },
    },
  },
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

const findOrCreate = async <Item extends Named>(api: ApiClient, list: string, name: string, create: () => Promise<Item>): Promise<Item> => {
  const { items } = await api.get<Listed<Item>>(list)
  return items.find(item => item.name === name) ?? create()
}

const addMissingInputs = async (api: ApiClient, planId: string): Promise<void> => {
  const path = `/v1/planning/plans/${planId}/inputs`
  const { items } = await api.get<Listed<{ inputName: string }>>(path)
  for (const input of inputs) if (items.every(({ inputName }) => inputName !== input.inputName)) await api.post(path, input)
}

/** A scenario of the plan, in which Alex works for three more years. */
const addScenario = async (api: ApiClient, plan: Plan): Promise<void> => {
  const branch = await api.post<Plan>(`/v1/planning/plans/${plan.id}/branches`, { name: 'Alex works until 68' })
  const { items } = await api.get<Listed<{ id: string; inputName: string }>>(`/v1/planning/plans/${branch.id}/inputs`)
  const [alex] = inputs
  const stored = items.find(({ inputName }) => inputName === alex!.inputName)
  await api.call('PUT', `/v1/planning/plans/${branch.id}/inputs/${stored!.id}`, {
    ...alex,
    inputValue: { ...alex!.inputValue, retirementAge: 68 },
  })
  await api.post(`/v1/planning/plans/${branch.id}/runs`, {})
}

/**
 * Adds a household to look round in, with a plan and a scenario of it. An interrupted start left some of it out: that is added. What the
 * person has changed stays as it is.
 */
export const addSampleHousehold = async (api: ApiClient, portfolioModelId: string): Promise<void> => {
  const household = await findOrCreate<Named>(api, '/v1/identity/households?limit=200', 'Alex and Robin', () =>
    api.post('/v1/identity/households', { name: 'Alex and Robin', timezone: 'America/Los_Angeles' }),
  )
  const plans = `/v1/planning/plans?limit=200&sort=createdAt&householdId=${household.id}`
  const { items } = await api.get<Listed<Plan>>(plans)
  const plan =
    items[0] ??
    (await api.post<Plan>('/v1/planning/plans', { householdId: household.id, name: 'Retire at 65 and 63', portfolioModelId, ...terms }))
  if (plan.lastRunAt === null) {
    await addMissingInputs(api, plan.id)
    await api.post(`/v1/planning/plans/${plan.id}/runs`, {})
  }
  if (items.length < 2) await addScenario(api, plan)
}
