import type { ApiItem, ApiRequest } from '../lambdas/api-types.ts'
import { addMonths, type CalendarDate, firstDayOfMonth, lastDayOfMonth, monthOf } from '../domain/shared/index.ts'
import { todayIn } from '../lambdas/runtime/today.ts'
import type { Client } from '../web/client/client.ts'
import { firstTradeDay, portfolioName, portfolioValues } from './sample-trades.ts'

type PersonBody = ApiRequest<'POST /v1/identity/households/{householdId}/people'>['body']
type AccountBody = Omit<ApiRequest<'POST /v1/wealth/accounts'>['body'], 'householdId' | 'ownerId'>
type GoalBody = Omit<ApiRequest<'POST /v1/wealth/goals'>['body'], 'householdId' | 'accountIds' | 'personId'>
type Named = { readonly id: string; readonly name: string }

const people: readonly PersonBody[] = [
  {
    name: 'Alex',
    relationship: 'self',
    birthDate: '1972-02-03',
    riskTolerance: 0.6,
    investmentHorizon: 12,
    accreditedInvestor: false,
    kycStatus: 'verified',
    kycData: { citizenship: 'US', taxResidence: 'US', documentKind: 'passport', documentLastFour: '7731', employment: 'employed' },
  },
  { name: 'Robin', relationship: 'spouse', birthDate: '1974-08-09', riskTolerance: 0.4, investmentHorizon: 14, kycStatus: 'pending' },
  { name: 'Mia', relationship: 'child', birthDate: '2011-05-21' },
]

/** Wages of a year, as in the plan. */
const wages = { Alex: '132000.00', Robin: '68000.00' }

interface SampleAccount extends AccountBody {
  readonly owner?: string
  /** Values at the ends of the last quarters, the oldest first. */
  readonly values?: readonly string[]
  readonly valueToday?: string
}

const bank = { institutionName: 'First Harbor Bank', openedOn: '2019-03-01' } as const
const stated = { balanceSource: 'stated' } as const

/** What most couples have: cash, a card, retirement accounts, a house with its mortgage, a car. */
const accounts: readonly SampleAccount[] = [
  { ...bank, name: 'Joint checking', type: 'checking', mask: '4821', openingBalance: '6240.18', creditLimit: '500.00' },
  { ...bank, name: 'Rainy-day savings', type: 'savings', mask: '9034', openingBalance: '24500.00' },
  { ...bank, name: 'Travel card', type: 'credit_card', mask: '1170', openingBalance: '-1284.37', creditLimit: '12000.00', owner: 'Alex' },
  { name: 'Euro savings', type: 'savings', currency: 'EUR', openingBalance: '3200.00', openedOn: '2023-06-01', owner: 'Robin' },
  {
    ...stated,
    name: 'Brokerage',
    type: 'investment',
    taxType: 'taxable_brokerage',
    institutionName: 'Summit Brokerage',
    mask: '5512',
    values: ['148200.00', '157900.00', '161300.00', '170450.00', '176800.00', '185000.00'],
  },
  {
    ...stated,
    name: '401(k)',
    type: 'retirement',
    taxType: '401k',
    institutionName: 'Workplace Retirement',
    owner: 'Alex',
    values: ['441000.00', '468300.00', '480100.00', '503900.00', '521700.00', '540000.00'],
  },
  {
    ...stated,
    name: 'Roth IRA',
    type: 'retirement',
    taxType: 'roth_ira',
    institutionName: 'Summit Brokerage',
    owner: 'Robin',
    values: ['78400.00', '82100.00', '84900.00', '89300.00', '92600.00', '96000.00'],
  },
  { name: 'House', type: 'property', values: ['845000.00', '852000.00', '868000.00', '880000.00', '891000.00', '910000.00'] },
  {
    ...stated,
    name: 'Mortgage',
    type: 'mortgage',
    institutionName: 'First Harbor Bank',
    values: ['-331500.00', '-327900.00', '-324200.00', '-320400.00', '-316300.00', '-312000.00'],
  },
  { name: 'Car', type: 'vehicle', values: ['24000.00', '22800.00', '21600.00', '20500.00', '19500.00', '18500.00'] },
]

const goals: readonly (GoalBody & { readonly accounts: readonly string[]; readonly person?: string })[] = [
  { name: 'Six months of spending', kind: 'emergency_fund', targetAmount: '48000.00', priority: 1, accounts: ['Rainy-day savings'] },
  { name: 'New roof', kind: 'home', targetAmount: '32000.00', targetDate: '2031-06-30', priority: 2, accounts: [] },
  { name: 'Mia’s college', kind: 'education', targetAmount: '120000.00', targetDate: '2029-08-15', accounts: [], person: 'Mia' },
]

type PortfolioBody = Omit<ApiRequest<'POST /v1/wealth/portfolios'>['body'], 'householdId' | 'accountIds'>

/** The first one is that which is shown first. */
const portfolios: readonly (PortfolioBody & { readonly accounts: readonly string[] })[] = [
  {
    name: 'Long-term portfolio',
    description: 'Shares of the whole world and bonds, brought back to these weights once a year.',
    targetKind: 'asset_class',
    targetAllocation: [
      { key: 'us_large_cap', weight: '0.4' },
      { key: 'us_small_mid_cap', weight: '0.1' },
      { key: 'developed_equity', weight: '0.2' },
      { key: 'emerging_equity', weight: '0.08' },
      { key: 'us_core_bond', weight: '0.2' },
      { key: 'cash', weight: '0.02' },
    ],
    accounts: [portfolioName],
  },
  { name: 'All investments', accounts: [portfolioName, 'Brokerage', '401(k)', 'Roth IRA'] },
]

/** The last days of the last `count` quarters that have ended, the oldest first. */
const quarterEnds = (today: CalendarDate, count: number): CalendarDate[] => {
  const month = firstDayOfMonth(monthOf(today))
  const sinceQuarter = (Number(month.slice(5, 7)) - 1) % 3
  return Array.from({ length: count }, (_, index) => lastDayOfMonth(monthOf(addMonths(month, -sinceQuarter - 1 - 3 * (count - 1 - index)))))
}

/** The account with tax lots: its stated balance is the worth of the shares, today too. */
const portfolioOf = (today: CalendarDate): SampleAccount => {
  const [valueToday, ...values] = portfolioValues(today, [today, ...quarterEnds(today, 6)])
  return {
    ...stated,
    name: portfolioName,
    type: 'investment',
    taxType: 'taxable_brokerage',
    institutionName: 'Summit Brokerage',
    mask: '7306',
    openedOn: firstTradeDay(today),
    values,
    valueToday: valueToday!,
  }
}

/** The things of a list by name; those that are missing are made. What is there stays as it is. */
const findOrAdd = async <Body extends { readonly name: string }>(
  existing: readonly Named[],
  bodies: readonly Body[],
  add: (body: Body) => Promise<Named>,
): Promise<ReadonlyMap<string, string>> => {
  const ids = new Map(existing.map(({ id, name }) => [name, id]))
  for (const body of bodies) if (!ids.has(body.name)) ids.set(body.name, (await add(body)).id)
  return ids
}

const addAccount = async (
  api: Client,
  householdId: string,
  { owner, valueToday, values = [], ...body }: SampleAccount,
  peopleByName: ReadonlyMap<string, string>,
  today: CalendarDate,
): Promise<ApiItem<'GET /v1/wealth/accounts'>> => {
  const ownerId = owner === undefined ? null : (peopleByName.get(owner) ?? null)
  const account = await api('POST /v1/wealth/accounts', { body: { ...body, householdId, ownerId } })
  const dates = quarterEnds(today, values.length)
  const dated = values.map((balance, index) => ({ date: dates[index]!, balance }))
  for (const valuation of valueToday === undefined ? dated : [...dated, { date: today, balance: valueToday }])
    await api('POST /v1/wealth/accounts/{accountId}/valuations', { params: { accountId: account.id }, body: valuation })
  if (body.type === 'retirement')
    await api('PUT /v1/wealth/accounts/{accountId}/beneficiaries', {
      params: { accountId: account.id },
      body: {
        primary: [{ personId: peopleByName.get(owner === 'Alex' ? 'Robin' : 'Alex')!, share: '100' }],
        contingent: [{ personId: peopleByName.get('Mia')!, share: '100' }],
      },
      ifMatch: account.version,
    })
  return account
}

/** States what the tax of this year depends on, so that pages can say what a sale would cost. What is stated stays as it is. */
const addTaxFacts = async (api: Client, householdId: string, year: string, peopleByName: ReadonlyMap<string, string>): Promise<void> => {
  const params = { householdId, year }
  const { version } = await api('GET /v1/wealth/households/{householdId}/tax-years/{year}', { params })
  if (version > 0) return
  await api('PUT /v1/wealth/households/{householdId}/tax-years/{year}', {
    params,
    body: {
      filingStatus: 'marriedFilingJointly',
      state: 'CA',
      ordinaryIncome: '2400.00',
      modifiedAgi: '186000.00',
      people: Object.entries(wages).map(([name, amount]) => ({
        personId: peopleByName.get(name)!,
        wages: amount,
        coveredAtWork: name === 'Alex',
      })),
    },
    ifMatch: version,
  })
}

/** Adds people, accounts with values, portfolios, goals and facts of the tax year to the sample household. */
export const addSampleWealth = async (api: Client, householdId: string, timezone: string): Promise<void> => {
  const { id: userId } = await api('GET /v1/identity/me')
  const listed = await api('GET /v1/identity/households/{householdId}/people', { params: { householdId }, query: { limit: 200 } })
  const peopleByName = await findOrAdd(listed.items, people, body =>
    api('POST /v1/identity/households/{householdId}/people', {
      params: { householdId },
      body: body.relationship === 'self' ? { ...body, userId } : body,
    }),
  )
  const query = { householdId, limit: 200 }
  const { items: existing } = await api('GET /v1/wealth/accounts', { query })
  const today = todayIn(timezone)
  const accountsByName = await findOrAdd(existing, [...accounts, portfolioOf(today)], body =>
    addAccount(api, householdId, body, peopleByName, today),
  )
  await addTaxFacts(api, householdId, today.slice(0, 4), peopleByName)
  const { items: existingPortfolios } = await api('GET /v1/wealth/portfolios', { query })
  await findOrAdd(existingPortfolios, portfolios, ({ accounts: names, ...body }) =>
    api('POST /v1/wealth/portfolios', {
      body: { ...body, householdId, accountIds: names.flatMap(name => accountsByName.get(name) ?? []) },
    }),
  )
  const { items: existingGoals } = await api('GET /v1/wealth/goals', { query })
  await findOrAdd(existingGoals, goals, ({ accounts: names, person, ...body }) =>
    api('POST /v1/wealth/goals', {
      body: {
        ...body,
        householdId,
        personId: person === undefined ? null : (peopleByName.get(person) ?? null),
        accountIds: names.flatMap(name => accountsByName.get(name) ?? []),
      },
    }),
  )
}
