// Plans the retirement of a couple, simulates the plan and reads the result.
import { request, signIn } from './client.ts'

interface Created {
  readonly id: string
}

interface Run extends Created {
  readonly outputHash: string
  readonly result: {
    readonly paths: number
    readonly success: { readonly probability: number }
    readonly bands: { readonly percentiles: readonly number[] }
    readonly endingWealth: { readonly real: { readonly percentiles: readonly number[] } }
  }
}

const inputs = [
  {
    inputType: 'person',
    inputName: 'Alex',
    inputValue: {
      birthDate: '1966-02-03',
      retirementAge: 65,
      lifespan: { kind: 'life_table' },
      socialSecurity: { benefit: { kind: 'pia', monthlyAmount: '2800.00' }, claimingAgeMonths: 804 },
    },
  },
  {
    inputType: 'person',
    inputName: 'Robin',
    inputValue: {
      birthDate: '1968-08-09',
      retirementAge: 63,
      sex: 'male',
      lifespan: { kind: 'life_table' },
      socialSecurity: { benefit: { kind: 'pia', monthlyAmount: '1500.00' }, claimingAgeMonths: 780 },
    },
  },
  { inputType: 'income', inputName: 'Salary', inputValue: { annualAmount: '120000.00', person: 'Alex' } },
  {
    inputType: 'account',
    inputName: '401(k)',
    inputValue: { balance: '700000.00', kind: 'traditional', owner: 'Alex', employerPlan: true },
  },
  { inputType: 'account', inputName: 'Roth IRA', inputValue: { balance: '150000.00', kind: 'roth', owner: 'Robin', basis: '90000.00' } },
  { inputType: 'account', inputName: 'Brokerage', inputValue: { balance: '300000.00', basis: '180000.00' } },
  {
    inputType: 'contribution',
    inputName: 'Deferral',
    inputValue: { account: '401(k)', shareOfIncome: { income: 'Salary', share: 0.1 } },
  },
  { inputType: 'expense', inputName: 'Living', inputValue: { annualAmount: '65000.00' } },
  { inputType: 'expense', inputName: 'Travel', inputValue: { annualAmount: '15000.00', essential: false } },
  { inputType: 'tax_settings', inputName: 'Taxes', inputValue: { state: 'CA' } },
]

await signIn()

const household = await request<Created>('POST', '/v1/identity/households', { name: 'Alex and Robin', timezone: 'America/Los_Angeles' })
const models = await request<{ items: (Created & { riskLevel: number })[] }>('GET', '/v1/planning/portfolio-models')
const plan = await request<Created>('POST', '/v1/planning/plans', {
  householdId: household.id,
  name: 'Retire at 65 and 63',
  portfolioModelId: models.items.find(model => model.riskLevel === 6)?.id,
  planningHorizonYears: 35,
  asOfDate: '2026-01-01',
  randomSeed: '42',
})
for (const input of inputs) await request('POST', `/v1/planning/plans/${plan.id}/inputs`, input)
console.log(`Plan ${plan.id} has ${inputs.length} inputs.`)

const simulated = await request<Created>('POST', `/v1/planning/plans/${plan.id}/runs`, { iterations: 2000 })
const { outputHash, result } = await request<Run>('GET', `/v1/planning/runs/${simulated.id}`)
const median = result.endingWealth.real.percentiles[result.bands.percentiles.indexOf(0.5)]!
console.log(`${result.paths} paths: ${(100 * result.success.probability).toFixed(1)} % succeed.`)
console.log(`Half of them end with more than $${Math.round(median).toLocaleString('en-US')} in today’s money.`)
console.log(`Output hash ${outputHash}`)
