import { describe, expect, test } from 'vitest'
import { consequenceOf } from '../../../../domain/us-tax/index.ts'
import { accountOf, checkIn, checksOf, depositOf, figuresOf, personOf } from './facts.ts'

const k401 = accountOf('401k')
const of2026 = { taxYear: 2026, date: '2026-07-01' } as const
const born = (age: number, year: number) => `${year - age}-12-31`

describe('elective deferrals', () => {
  test.each([
    [2023, 62, '30000.00'],
    [2024, 49, '23000.00'],
    [2024, 62, '30500.00'],
    [2025, 50, '31000.00'],
    [2025, 60, '34750.00'],
    [2025, 64, '31000.00'],
    [2026, 63, '35750.00'],
  ])('of %i at %i are limited to %s', (year, age, limit) => {
    const people = [personOf({ birthDate: born(age, year), wages: 200_000 })]
    expect(figuresOf(checkIn(checksOf({ year, people, accounts: [k401] }), 'elective_deferral'))).toMatchObject({ limit, used: '0.00' })
  })

  test('to several plans, pre-tax or Roth, share the limit of the person; SIMPLE plans have one of their own too', () => {
    const deposits = [
      depositOf(k401, 12_000),
      depositOf(accountOf('403b'), 8000, { source: 'employee_roth' }),
      depositOf(accountOf('simple_ira'), 5000),
      depositOf(k401, 9000, { source: 'employer' }),
      depositOf(k401, 1000, { source: 'employee_after_tax' }),
      depositOf(accountOf('457b'), 23_500),
    ]
    const checks = checksOf({ people: [personOf({ wages: 200_000 })], deposits })
    expect(figuresOf(checkIn(checks, 'elective_deferral'))).toEqual({ limit: '23000.00', used: '25000.00', left: '0.00', over: '2000.00' })
    expect(figuresOf(checkIn(checks, 'simple_deferral'))).toMatchObject({ limit: '16000.00', used: '5000.00' })
    expect(figuresOf(checkIn(checks, 'deferral_457b'))).toMatchObject({ limit: '23000.00', over: '500.00' })
    expect(consequenceOf(checkIn(checks, 'elective_deferral'), 2024)).toMatchObject({ lastDayToCorrect: '2025-04-15', excisePerYear: null })
  })

  test('above the limit without catch-up must be Roth for high wages in the year before, from 2026', () => {
    const deposits = [depositOf(k401, 30_000, of2026)]
    const at = (wagesYearBefore: number | null) =>
      checksOf({ year: 2026, people: [personOf({ birthDate: born(55, 2026), wages: 200_000, wagesYearBefore })], deposits })
    expect(figuresOf(checkIn(at(150_000.01), 'pre_tax_deferral'))).toEqual({
      limit: '24500.00',
      used: '30000.00',
      left: '0.00',
      over: '5500.00',
    })
    expect(at(150_000).some(({ kind }) => kind === 'pre_tax_deferral')).toBe(false)
    expect(checkIn(at(null), 'pre_tax_deferral').missing).toEqual([{ fact: 'wages_year_before', personId: 'sam' }])
    expect(figuresOf(checkIn(at(150_001), 'elective_deferral'))).toMatchObject({ limit: '32500.00', over: '0.00' })
  })
})

describe('annual additions', () => {
  test('to each plan are limited, with the catch-up on top', () => {
    const deposits = [
      depositOf(k401, 30_500),
      depositOf(k401, 46_500, { source: 'employer' }),
      depositOf(accountOf('403b'), 70_000, { source: 'employer' }),
    ]
    const checks = checksOf({ people: [personOf({ birthDate: born(55, 2024), wages: 400_000 })], deposits })
    const of = (id: string) => checks.find(({ accountId }) => accountId === id)!
    expect(figuresOf(of('sam 401k'))).toEqual({ limit: '76500.00', used: '77000.00', left: '0.00', over: '500.00' })
    // The catch-up is used up by the other plan.
    expect(figuresOf(of('sam 403b'))).toMatchObject({ limit: '69000.00', over: '1000.00' })
  })

  test('are at most the compensation', () => {
    const of = (wages: number | null) =>
      checkIn(checksOf({ people: [personOf({ wages })], deposits: [depositOf(k401, 20_000)] }), 'annual_additions')
    expect(figuresOf(of(18_000))).toMatchObject({ limit: '18000.00', over: '2000.00' })
    expect(of(null).missing).toEqual([{ fact: 'compensation', personId: 'sam' }])
  })
})

describe('SEP contributions', () => {
  const sep = accountOf('sep_ira')
  const limitOf = (given: Parameters<typeof personOf>[0]) => checkIn(checksOf({ people: [personOf(given)], accounts: [sep] }), 'sep')

  test('of the self-employed are 20 % where the plan rate is 25 % (Publication 560, rate table for self-employed)', () => {
    expect(figuresOf(limitOf({ selfEmployment: 100_000 })).limit).toBe('20000.00')
  })

  test('of employees are 25 % of wages up to the limit of pay, and never above that of additions', () => {
    expect(figuresOf(limitOf({ wages: 100_000 })).limit).toBe('25000.00')
    // A quarter of 345,000 is 86,250.
    expect(figuresOf(limitOf({ wages: 500_000 })).limit).toBe('69000.00')
    expect(figuresOf(limitOf({ selfEmployment: 345_000 })).limit).toBe('69000.00')
  })

  test('of a person with both incomes need the one that they are based on', () => {
    const both = { wages: 100_000, selfEmployment: 50_000 }
    expect(limitOf(both).missing).toEqual([{ fact: 'sep_basis', personId: 'sam' }])
    expect(figuresOf(limitOf({ ...both, sepBasis: 'self_employment' })).limit).toBe('10000.00')
    expect(limitOf({}).missing).toEqual([{ fact: 'compensation', personId: 'sam' }])
  })

  test('are those of employers; the person can make regular contributions to the same account', () => {
    const deposits = [depositOf(sep, 12_000), depositOf(sep, 2000, { source: 'employee_pre_tax' })]
    const checks = checksOf({ people: [personOf({ selfEmployment: 50_000 })], deposits })
    const check = checkIn(checks, 'sep')
    expect(figuresOf(check)).toMatchObject({ limit: '10000.00', used: '12000.00', over: '2000.00' })
    expect(consequenceOf(check, 2024).excisePerYear?.toFixed(2)).toBe('120.00')
    expect(figuresOf(checkIn(checks, 'ira'))).toMatchObject({ used: '2000.00' })
  })
})

test('accounts in another currency make a limit incomplete', () => {
  const deposits = [depositOf(accountOf('401k', { currency: 'CAD' }), 1000)]
  expect(checkIn(checksOf({ people: [personOf({ wages: 200_000 })], deposits }), 'elective_deferral').missing).toEqual([
    { fact: 'currency', personId: null },
  ])
})

test('a year without a table is refused', () => {
  expect(() => checksOf({ year: 2022, accounts: [k401] })).toThrow('there are no contribution limits for 2022')
})
