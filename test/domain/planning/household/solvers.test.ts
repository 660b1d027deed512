import { describe, expect, test } from 'vitest'
import {
  bestClaimingAges,
  earliestRetirement,
  explainPath,
  highestSustainableSpending,
  type HouseholdSpec,
  requiredSaving,
  sensitivities,
  simulateHousehold,
  stressed,
  stressTests,
} from '../../../../domain/planning/household/index.ts'
import { DomainError } from '../../../../domain/shared/index.ts'
import { account, expense, fullCouple, household, income, NO_VOLATILITY, person } from './households.ts'

const success = (spec: HouseholdSpec): number => simulateHousehold(spec).success.probability

describe('the highest sustainable spending', () => {
  test('without volatility is the annuity payment of the accounts', () => {
    // Bonds and cash grow with prices: 1,000,000 over 25 payments.
    const spec = household({
      years: 25,
      paths: 1,
      returns: { ...NO_VOLATILITY, inflation: { mean: 0.03, volatility: 0 } } as HouseholdSpec['returns'],
      accounts: [account({ openingBalance: 1_000_000, openingBasis: 1_000_000, allocation: [{ year: 0, weights: { bonds: 1 } }] })],
    })
    const found = highestSustainableSpending(spec, 1)!
    expect(found.annualAmount).toBeLessThanOrEqual(40_000.01)
    expect(found.annualAmount).toBeGreaterThan(40_000 - 0.0005 * 40_000)
  })

  test('reaches the wanted rate, and misses it with a thousandth more spending', () => {
    const spec = household({ paths: 500 })
    const found = highestSustainableSpending(spec, 0.9)!
    expect(found.success).toBeGreaterThanOrEqual(0.9)
    const times = (multiplier: number): HouseholdSpec => ({ ...spec, expenses: [expense({ annualAmount: 40_000 * multiplier })] })
    expect(success(times(found.multiplier))).toBe(found.success)
    expect(success(times(found.multiplier + 0.001))).toBeLessThan(0.9)
    expect(highestSustainableSpending(spec, 0.99)!.annualAmount).toBeLessThan(found.annualAmount)
  })

  test('is null for a household without expenses, with a rule that never spends too much, or with ruinous debts', () => {
    expect(highestSustainableSpending(household({ paths: 10, expenses: [] }), 0.9)).toBeNull()
    const spending = { rule: { kind: 'fixed_percent', rate: 0.04 }, byAge: [] } as const
    expect(highestSustainableSpending(household({ paths: 10, spending, expenses: [expense({ essential: false })] }), 0.9)).toBeNull()
    const debts = [{ key: 'd', openingBalance: 5_000_000, annualRate: 0, annualPayment: 500_000 }]
    expect(highestSustainableSpending(household({ paths: 10, debts }), 0.9)).toBeNull()
    expect(() => highestSustainableSpending(household(), 1.1)).toThrow(DomainError)
  })
})

const working = household({
  paths: 300,
  years: 45,
  people: [person({ birthDate: '1980-01-01', retirementAge: 67 })],
  incomes: [income({ annualAmount: 90_000 })],
  expenses: [expense({ annualAmount: 55_000 })],
  accounts: [account({ openingBalance: 400_000, openingBasis: 400_000 })],
})

describe('the earliest retirement', () => {
  test('is the first year that reaches the wanted rate', () => {
    const found = earliestRetirement(working, 0.9, ['ann'])!
    expect(found.ages).toEqual([{ key: 'ann', age: 46 + found.year }])
    const retiring = (age: number): number => success({ ...working, people: [{ ...working.people[0]!, retirementAge: age }] })
    expect(retiring(found.ages[0]!.age)).toBe(found.success)
    expect(found.success).toBeGreaterThanOrEqual(0.9)
    expect(retiring(found.ages[0]!.age - 1)).toBeLessThan(0.9)
  })

  test('is null for a plan that more work cannot save, and refuses unknown people', () => {
    expect(earliestRetirement({ ...working, paths: 20, expenses: [expense({ annualAmount: 200_000 })] }, 0.9, ['ann'])).toBeNull()
    expect(() => earliestRetirement(working, 0.9, ['zoe'])).toThrow(DomainError)
  })
})

describe('required saving', () => {
  const early = { ...working, people: [{ ...working.people[0]!, retirementAge: 60 }] }

  test('is the amount that the plan needs in addition until retirement', () => {
    const found = requiredSaving(early, 0.95)!
    expect(success(early)).toBeLessThan(0.95)
    expect(found.success).toBeGreaterThanOrEqual(0.95)
    const extra = (annualAmount: number): HouseholdSpec => ({
      ...early,
      incomes: [...early.incomes, income({ key: 'gift', kind: 'other', taxableShare: 0, annualAmount, endYear: 14 })],
    })
    expect(success(extra(found.annualAmount))).toBe(found.success)
    expect(success(extra(found.annualAmount - 20))).toBeLessThan(0.95)
  })

  test('is saved also where the plan spends surplus income, and the surplus is still spent', () => {
    const returns = { ...NO_VOLATILITY, inflation: { mean: 0.03, volatility: 0 } } as HouseholdSpec['returns']
    const accounts = [account({ openingBalance: 200_000, openingBasis: 200_000, allocation: [{ year: 0, weights: { bonds: 1 } }] })]
    const spec = household({
      ...early,
      paths: 1,
      years: 34,
      returns,
      accounts,
      withdrawals: { order: { kind: 'conventional' }, surplus: 'spent' },
    })
    // 20 years of 55,000 from 60 on, bonds growing with prices, out of 200,000 and 14 years of saving.
    expect(requiredSaving(spec, 1)!.annualAmount).toBeCloseTo((20 * 55_000 - 200_000) / 14, -2)
  })

  test('is zero for a plan that succeeds, and null for people who no longer work', () => {
    expect(requiredSaving({ ...working, expenses: [expense({ annualAmount: 1000 })] }, 0.9)!.annualAmount).toBe(0)
    expect(requiredSaving(household({ paths: 20, expenses: [expense({ annualAmount: 200_000 })] }), 0.9)).toBeNull()
  })
})

describe('the best claiming ages', () => {
  const couple = (ages: [number, number]): HouseholdSpec =>
    household({
      years: 45,
      paths: 2,
      returns: NO_VOLATILITY,
      filingStatus: 'married_joint',
      people: [
        person({
          birthDate: '1964-06-15',
          lifespan: { kind: 'fixed', age: ages[0] },
          socialSecurity: { benefit: { kind: 'pia', monthlyAmount: 2500 }, claimingAgeMonths: 64 * 12 },
        }),
        person({
          key: 'bob',
          birthDate: '1964-06-15',
          lifespan: { kind: 'fixed', age: ages[1] },
          socialSecurity: { benefit: { kind: 'pia', monthlyAmount: 2000 }, claimingAgeMonths: 64 * 12 },
        }),
      ],
    })
  const best = (ages: [number, number]): number[] => bestClaimingAges(couple(ages), 48).best.ages.map(age => age.claimingAgeMonths / 12)

  test('are late for long lives and early for short ones', () => {
    expect(best([100, 100])).toEqual([70, 70])
    expect(best([66, 66])).toEqual([62, 62])
  })

  test('list all combinations that were tried, and the difference from the plan', () => {
    const found = bestClaimingAges(couple([100, 100]), 48)
    expect(found.grid).toHaveLength(9)
    expect(found.againstPlan.endingWealthReal.medianDifference.estimate).toBeGreaterThan(0)
  })

  test('do not change the age of a person who has already claimed', () => {
    const spec = couple([95, 95])
    const claimed = { ...spec.people[0]!, birthDate: '1957-01-01' }
    const { grid } = bestClaimingAges({ ...spec, years: 30, people: [claimed, spec.people[1]!] }, 96)
    expect(grid.map(entry => entry.ages[0]!.claimingAgeMonths)).toEqual([64 * 12, 64 * 12])
  })
})

describe('a tornado', () => {
  test('has the widest swing first, and each input moves success in the expected direction', () => {
    const found = sensitivities({ ...working, people: [person({ birthDate: '1980-01-01', retirementAge: 60 })] })
    const swings = found.map(({ swing }) => swing)
    expect(swings).toEqual(swings.toSorted((a, b) => b - a))
    const of = (input: string): (typeof found)[number] => found.find(entry => entry.input === input)!
    for (const input of ['meanReturn', 'retirementAge', 'openingBalances'])
      expect(of(input).high.success.second).toBeGreaterThan(of(input).low.success.second)
    for (const input of ['spending', 'fees', 'inflation', 'lifespan'])
      expect(of(input).high.success.second).toBeLessThanOrEqual(of(input).low.success.second)
    expect(of('spending').swing).toBeGreaterThan(0.05)
  })

  test('also moves historical returns and benefits', () => {
    const returns: HouseholdSpec['returns'] = {
      kind: 'bootstrap',
      years: [2001, 2002, 2003],
      assets: [
        { key: 'stocks', weight: 0.5, returns: [-0.15, 0.05, 0.24] },
        { key: 'bonds', weight: 0.5, returns: [0.04, 0.05, 0.02] },
      ],
      inflation: [0.03, 0.02, 0.04],
    }
    const socialSecurity = { benefit: { kind: 'pia', monthlyAmount: 800 }, claimingAgeMonths: 67 * 12 } as const
    const spec = household({ paths: 300, returns, people: [person({ socialSecurity })], expenses: [expense({ annualAmount: 50_000 })] })
    const found = sensitivities(spec, ['meanReturn', 'inflation', 'socialSecurity', 'volatility'])
    expect(new Set(found.map(({ input }) => input))).toEqual(new Set(['meanReturn', 'inflation', 'socialSecurity']))
    const of = (input: string): (typeof found)[number] => found.find(entry => entry.input === input)!
    expect(of('meanReturn').high.success.difference.lower).toBeGreaterThan(0)
    expect(of('socialSecurity').high.success.difference.lower).toBeGreaterThan(0)
    expect(of('inflation').high.success.difference.upper).toBeLessThan(0)
  })

  test('extends a horizon that reached the last death when lives are longer', () => {
    const lives = { kind: 'fixed', age: 84 } as const
    const spec = household({
      years: 20,
      people: [person({ birthDate: '1961-01-01', lifespan: lives })],
      expenses: [expense({ annualAmount: 60_000 })],
    })
    const [longer] = sensitivities(spec, ['lifespan'])
    expect(longer!.high.success.second).toBeLessThan(longer!.high.success.first)
    const [cut] = sensitivities({ ...spec, years: 15 }, ['lifespan'])
    expect(cut!.high.success.second).toBe(cut!.high.success.first)
  })

  test('leaves out inputs that cannot be moved', () => {
    const inputs = sensitivities(household({ paths: 10, people: [person({ lifespan: { kind: 'life_table' } })] })).map(({ input }) => input)
    expect(inputs).not.toContain('lifespan')
    expect(inputs).not.toContain('retirementAge')
    expect(inputs).not.toContain('socialSecurity')
    expect(inputs).toContain('meanReturn')
  })
})

describe('a stress test', () => {
  const spec = household({ paths: 200 })
  const sequence = {
    name: 'as from 1973',
    kind: 'sequence',
    assets: { stocks: [-0.15, -0.26], bonds: [0.03, 0.02] },
    inflation: [0.087, 0.123],
  } as const

  test('begins every path with the given years, and draws later years as without them', () => {
    const [before, after] = [explainPath(spec, 3), explainPath(stressed(spec, sequence), 3)]
    expect(after[1]!.priceIndex).toBeCloseTo(1.087, 12)
    expect(after[2]!.priceIndex).toBeCloseTo(1.087 * 1.123, 12)
    expect(after[0]!.growth).toBeCloseTo((1_000_000 - 40_000) * (0.6 * -0.15 + 0.4 * 0.03), 4)
    expect(after[3]!.priceIndex / after[2]!.priceIndex).toBeCloseTo(before[3]!.priceIndex / before[2]!.priceIndex, 12)
  })

  test('is compared with the plan', () => {
    const results = stressTests(spec, [
      sequence,
      { name: 'prices', kind: 'inflation_shock', rate: 0.1, years: 4 },
      { name: 'long', kind: 'long_life', age: 105 },
    ])
    expect(results.map(({ name }) => name)).toEqual(['as from 1973', 'prices', 'long'])
    for (const { againstPlan } of results) expect(againstPlan.success.difference.upper).toBeLessThan(0)
    expect(results.map(({ warnings }) => warnings)).toEqual([[], [], [expect.stringContaining('The horizons differ')]])
  })

  test('of an early death leaves a survivor, and of a long life extends the horizon', () => {
    const couple = fullCouple({ paths: 5 })
    const widowed = stressed(couple, { name: 'w', kind: 'early_death', person: 'bob', age: 66 })
    for (let path = 0; path < 5; path++)
      expect(explainPath(widowed, path).filter(row => row.people.some(({ key }) => key === 'bob')).length).toBeLessThanOrEqual(4)
    expect(stressed(couple, { name: 'l', kind: 'long_life', age: 110 }).years).toBe(110 - 61 + 1)
    expect(() => stressed(couple, { name: 'x', kind: 'early_death', person: 'zoe', age: 66 })).toThrow(DomainError)
  })

  test('refuses returns of an asset that the model does not have', () => {
    const gold = { ...sequence, assets: { gold: [0.1] } }
    expect(() => stressTests(spec, [gold])).toThrow('stresses.0.assets.gold')
  })
})
