import type { Account, Expense, HouseholdSpec, Income, Person } from '../../../../domain/planning/household/index.ts'

/** Stocks, bonds and cash, correlated with each other and with inflation. */
export const THREE_ASSETS: HouseholdSpec['returns'] = {
  kind: 'lognormal',
  assets: [
    { key: 'stocks', weight: 0.6, meanReturn: 0.075, volatility: 0.17 },
    { key: 'bonds', weight: 0.3, meanReturn: 0.04, volatility: 0.06 },
    { key: 'cash', weight: 0.1, meanReturn: 0.028, volatility: 0.01 },
  ],
  inflation: { mean: 0.025, volatility: 0.014 },
  correlation: [
    [1, 0.15, 0, -0.1],
    [0.15, 1, 0.2, -0.2],
    [0, 0.2, 1, 0.4],
    [-0.1, -0.2, 0.4, 1],
  ],
}

/** The same every year: 5 % on stocks, 3 % on bonds, 1 % on cash, 2 % inflation. */
export const NO_VOLATILITY: HouseholdSpec['returns'] = {
  kind: 'lognormal',
  assets: [
    { key: 'stocks', weight: 0.6, meanReturn: 0.05, volatility: 0 },
    { key: 'bonds', weight: 0.3, meanReturn: 0.03, volatility: 0 },
    { key: 'cash', weight: 0.1, meanReturn: 0.01, volatility: 0 },
  ],
  inflation: { mean: 0.02, volatility: 0 },
  correlation: [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ],
}

export function person(changes: Partial<Person> = {}): Person {
  return {
    key: 'ann',
    birthDate: '1961-03-10',
    sex: 'female',
    retirementAge: 60,
    lifespan: { kind: 'fixed', age: 95 },
    socialSecurity: null,
    ...changes,
  }
}

export function account(changes: Partial<Account> = {}): Account {
  return {
    key: 'brokerage',
    kind: 'taxable',
    owner: 'ann',
    employerPlan: false,
    openingBalance: 0,
    openingBasis: 0,
    allocation: [{ year: 0, weights: { stocks: 0.6, bonds: 0.4 } }],
    feeRate: 0,
    dividendYield: 0,
    rebalancing: { kind: 'calendar', everyYears: 1 },
    ...changes,
  }
}

export function expense(changes: Partial<Expense> = {}): Expense {
  return {
    key: 'living',
    annualAmount: 40_000,
    essential: true,
    medical: false,
    startYear: 0,
    endYear: null,
    indexedToInflation: true,
    growthRate: 0,
    survivorShare: 1,
    ...changes,
  }
}

export function income(changes: Partial<Income> = {}): Income {
  return {
    key: 'salary',
    person: 'ann',
    kind: 'wages',
    annualAmount: 0,
    startYear: 0,
    endYear: null,
    indexedToInflation: true,
    growthRate: 0,
    taxableShare: 1,
    survivorShare: 0,
    ...changes,
  }
}

/** One retired person with a million in a taxable account, without taxes. Each test adds what it needs. */
export function household(changes: Partial<HouseholdSpec> = {}): HouseholdSpec {
  return {
    kind: 'household',
    asOfDate: '2026-01-01',
    years: 30,
    paths: 200,
    seed: '20260101',
    percentiles: [0.1, 0.5, 0.9],
    people: [person()],
    filingStatus: 'single',
    incomes: [],
    expenses: [expense()],
    spending: { rule: { kind: 'constant_real' }, byAge: [] },
    goals: [],
    accounts: [account({ openingBalance: 1_000_000, openingBasis: 1_000_000 })],
    contributions: [],
    debts: [],
    properties: [],
    withdrawals: { order: { kind: 'conventional' }, surplus: 'taxable' },
    rothConversion: null,
    tax: { tableYear: 2026, state: null, enabled: false },
    returns: THREE_ASSETS,
    successCriterion: 'all_spending',
    ...changes,
  }
}

/** A couple with five accounts of all tax treatments, work, benefits, a pension, a mortgage, a home, goals and taxes. */
export function fullCouple(changes: Partial<HouseholdSpec> = {}): HouseholdSpec {
  const stocksAndBonds = [
    { year: 0, weights: { stocks: 0.65, bonds: 0.3, cash: 0.05 } },
    { year: 20, weights: { stocks: 0.45, bonds: 0.45, cash: 0.1 } },
  ]
  return household({
    years: 40,
    filingStatus: 'married_joint',
    people: [
      person({
        birthDate: '1964-05-20',
        retirementAge: 65,
        lifespan: { kind: 'life_table' },
        socialSecurity: { benefit: { kind: 'pia', monthlyAmount: 2900 }, claimingAgeMonths: 67 * 12 },
      }),
      person({
        key: 'bob',
        birthDate: '1962-11-02',
        sex: 'male',
        retirementAge: 66,
        lifespan: { kind: 'life_table' },
        socialSecurity: { benefit: { kind: 'pia', monthlyAmount: 2100 }, claimingAgeMonths: 66 * 12 },
      }),
    ],
    incomes: [
      income({ annualAmount: 110_000, growthRate: 0.005 }),
      income({ key: 'practice', person: 'bob', kind: 'self_employment', annualAmount: 45_000 }),
      income({
        key: 'pension',
        person: 'bob',
        kind: 'pension',
        annualAmount: 14_000,
        startYear: 3,
        indexedToInflation: false,
        survivorShare: 0.5,
      }),
    ],
    expenses: [
      expense({ annualAmount: 62_000, survivorShare: 0.75 }),
      expense({ key: 'travel', annualAmount: 18_000, essential: false, survivorShare: 0.5 }),
      expense({ key: 'health', annualAmount: 6000, medical: true, growthRate: 0.015, survivorShare: 0.5 }),
    ],
    goals: [{ key: 'roof', priority: 1, year: 6, amount: 30_000, indexedToInflation: true, education: false }],
    accounts: [
      account({ openingBalance: 350_000, openingBasis: 210_000, dividendYield: 0.015, feeRate: 0.001, allocation: stocksAndBonds }),
      account({
        key: '401k',
        kind: 'traditional',
        employerPlan: true,
        openingBalance: 620_000,
        feeRate: 0.004,
        allocation: stocksAndBonds,
      }),
      account({ key: 'ira', kind: 'traditional', owner: 'bob', openingBalance: 280_000, feeRate: 0.002, allocation: stocksAndBonds }),
      account({ key: 'roth', kind: 'roth', openingBalance: 90_000, openingBasis: 50_000, allocation: stocksAndBonds }),
      account({ key: 'hsa', kind: 'hsa', openingBalance: 35_000, allocation: stocksAndBonds }),
    ],
    contributions: [
      {
        key: 'deferral',
        account: '401k',
        amount: { kind: 'share_of_income', income: 'salary', share: 0.12 },
        employerMatch: { income: 'salary', rate: 0.5, upToShareOfIncome: 0.06 },
        startYear: 0,
        endYear: null,
        enforceLimits: true,
      },
      {
        key: 'health savings',
        account: 'hsa',
        amount: { kind: 'fixed', annualAmount: 4000, indexedToInflation: true },
        employerMatch: null,
        startYear: 0,
        endYear: null,
        enforceLimits: true,
      },
    ],
    debts: [{ key: 'mortgage', openingBalance: 120_000, annualRate: 0.04, annualPayment: 18_000 }],
    properties: [
      { key: 'home', openingValue: 550_000, growthRate: 0.005, basis: 300_000, saleYear: null, saleCostRate: 0.06, primaryResidence: true },
    ],
    tax: { tableYear: 2026, state: 'CA', enabled: true },
    ...changes,
  })
}
