import { describe, expect, test } from 'vitest'
import { consequenceOf } from '../../../../domain/us-tax/index.ts'
import { accountOf, checkIn, checksOf, depositOf, figuresOf, personOf } from './facts.ts'

const traditional = accountOf('traditional_ira')
const roth = accountOf('roth_ira')
const spouse = (given: Parameters<typeof personOf>[0]) => personOf({ id: 'kim', relationship: 'spouse', ...given })

describe('the shared limit of IRAs', () => {
  test('is the compensation of a student who earns 3,500 (Publication 590-A, how much can be contributed, Danny)', () => {
    const checks = checksOf({ people: [personOf({ birthDate: '2003-01-01', wages: 3500 })], deposits: [depositOf(traditional, 3500)] })
    expect(figuresOf(checkIn(checks, 'ira'))).toEqual({ limit: '3500.00', used: '3500.00', left: '0.00', over: '0.00' })
  })

  test('of a spouse without compensation is that of the other, less their contribution (Publication 590-A, spousal IRA limit, Kristin and Carl)', () => {
    const people = [personOf({ wages: 30_000 }), spouse({ wages: 0 })]
    const theirs = accountOf('traditional_ira', { ownerId: 'kim' })
    const checks = checksOf({
      filingStatus: 'marriedFilingJointly',
      people,
      deposits: [depositOf(traditional, 7000), depositOf(theirs, 7000)],
    })
    expect(figuresOf(checkIn(checks, 'ira'))).toMatchObject({ limit: '7000.00', over: '0.00' })
    expect(figuresOf(checkIn(checks, 'ira', 'kim'))).toMatchObject({ limit: '7000.00', over: '0.00' })
  })

  test('of a spouse is what the other has left of 9,000 after contributing 7,000', () => {
    const people = [personOf({ wages: 9000 }), spouse({ wages: 0 })]
    const theirs = accountOf('roth_ira', { ownerId: 'kim' })
    const checks = checksOf({
      filingStatus: 'marriedFilingJointly',
      people,
      deposits: [depositOf(traditional, 7000), depositOf(theirs, 3000)],
    })
    expect(figuresOf(checkIn(checks, 'ira', 'kim'))).toEqual({ limit: '2000.00', used: '3000.00', left: '0.00', over: '1000.00' })
    const separately = checksOf({ filingStatus: 'marriedFilingSeparately', people, deposits: [depositOf(theirs, 3000)] })
    expect(figuresOf(checkIn(separately, 'ira', 'kim'))).toMatchObject({ limit: '0.00', over: '3000.00' })
  })

  test('has a catch-up from the year in which a person becomes 50', () => {
    const at = (birthDate: string) => {
      const checks = checksOf({ people: [personOf({ birthDate, wages: 90_000 })], deposits: [depositOf(roth, 100)] })
      return checkIn(checks, 'ira').limit?.toNumber()
    }
    expect([at('1974-12-31'), at('1975-01-01')]).toEqual([8000, 7000])
  })

  test('counts returns, and neither rollovers nor other years', () => {
    const deposits = [
      depositOf(traditional, 8000),
      depositOf(traditional, -1500),
      depositOf(traditional, 90_000, { source: 'rollover' }),
      depositOf(roth, 20_000, { source: 'conversion' }),
      depositOf(traditional, 3000, { taxYear: 2023 }),
    ]
    const check = checkIn(checksOf({ people: [personOf({ wages: 90_000 })], deposits }), 'ira')
    expect(figuresOf(check)).toEqual({ limit: '7000.00', used: '6500.00', left: '500.00', over: '0.00' })
    expect(check.deposits.map(({ id }) => id)).toEqual([deposits[0]!.id, deposits[1]!.id])
  })

  test('costs 6 % a year until 15 October', () => {
    const check = checkIn(checksOf({ people: [personOf({ wages: 90_000 })], deposits: [depositOf(traditional, 8000)] }), 'ira')
    expect(consequenceOf(check, 2024)).toMatchObject({ lastDayToCorrect: '2025-10-15' })
    expect(consequenceOf(check, 2024).excisePerYear?.toFixed(2)).toBe('60.00')
  })

  test('is incomplete without a birth date or compensation, which are named', () => {
    const of = (given: Parameters<typeof personOf>[0]) =>
      checkIn(checksOf({ people: [personOf(given)], deposits: [depositOf(traditional, 100)] }), 'ira')
    expect(of({ birthDate: null, wages: 9000 })).toMatchObject({
      limit: null,
      over: null,
      missing: [{ fact: 'birth_date', personId: 'sam' }],
    })
    expect(of({}).missing).toEqual([{ fact: 'compensation', personId: 'sam' }])
  })

  test('is incomplete if a deposit without a year may count for two', () => {
    const at = (date: string, year: number) => {
      const deposits = [depositOf(roth, 500, { date, taxYear: null })]
      return checkIn(checksOf({ year, people: [personOf({ wages: 90_000 })], accounts: [roth], deposits }), 'ira')
    }
    expect(at('2025-04-15', 2024).missing).toEqual([{ fact: 'tax_year', personId: null }])
    expect(at('2025-04-15', 2025).missing).toEqual([{ fact: 'tax_year', personId: null }])
    expect(at('2025-04-16', 2024)).toMatchObject({ missing: [], deposits: [] })
    expect(figuresOf(at('2025-04-16', 2025))).toMatchObject({ used: '500.00' })
  })
})

describe('Roth contributions', () => {
  /** 147,000 is 1,000 of 15,000 into the range: 7,000 less 466.67 is 6,533.33, rounded up to 6,540. */
  test.each([
    [146_000, '7000.00'],
    [147_000, '6540.00'],
    [160_900, '200.00'],
    [161_000, '0.00'],
  ])('at an income of %d are limited to %s (Publication 590-A, worksheet 2-2)', (modifiedAgi, limit) => {
    const checks = checksOf({ modifiedAgi, people: [personOf({ wages: 150_000 })], deposits: [depositOf(roth, 100)] })
    expect(figuresOf(checkIn(checks, 'roth_ira')).limit).toBe(limit)
  })

  test('above both limits are named once', () => {
    const checks = checksOf({ modifiedAgi: 147_000, people: [personOf({ wages: 150_000 })], deposits: [depositOf(roth, 7500)] })
    expect(figuresOf(checkIn(checks, 'ira')).over).toBe('500.00')
    const check = checkIn(checks, 'roth_ira')
    expect(figuresOf(check)).toMatchObject({ limit: '6540.00', over: '960.00' })
    expect(check.overElsewhere.toFixed(2)).toBe('500.00')
    expect(consequenceOf(check, 2024).excisePerYear?.toFixed(2)).toBe('27.60')
  })

  test('of spouses who file separately end at 10,000, unless they lived apart all year', () => {
    const of = (livedApart: boolean | null) =>
      checkIn(
        checksOf({
          filingStatus: 'marriedFilingSeparately',
          livedApart,
          people: [personOf({ wages: 90_000, modifiedAgi: 90_000 })],
          deposits: [depositOf(roth, 100)],
        }),
        'roth_ira',
      )
    expect(figuresOf(of(false)).limit).toBe('0.00')
    expect(figuresOf(of(true)).limit).toBe('7000.00')
    expect(of(null).missing).toEqual([{ fact: 'lived_apart', personId: null }])
  })

  test('of a child need the child’s own return', () => {
    const child = { id: 'lee', relationship: 'child', birthDate: '2008-01-01', wages: 2000 } as const
    const deposits = [depositOf(accountOf('roth_ira', { ownerId: 'lee' }), 1500)]
    const of = (given: Parameters<typeof personOf>[0]) =>
      checkIn(
        checksOf({
          filingStatus: 'marriedFilingJointly',
          modifiedAgi: 500_000,
          people: [personOf(), personOf({ ...child, ...given })],
          deposits,
        }),
        'roth_ira',
        'lee',
      )
    expect(of({}).missing.map(({ fact }) => fact)).toEqual(['filing_status', 'modified_agi'])
    expect(figuresOf(of({ filingStatus: 'single', modifiedAgi: 2000 }))).toMatchObject({ limit: '2000.00', left: '500.00' })
  })
})

describe('the deduction of traditional contributions', () => {
  /** 143,000 - 125,555 = 17,445, of 20,000; times 7,000 is 6,105.75, rounded up to 6,110. */
  test('of a couple of which one is covered at work (Publication 590-A, worksheet 1-2, Tom and Betty)', () => {
    const people = [personOf({ wages: 59_000, coveredAtWork: true }), spouse({ wages: 64_555, coveredAtWork: false })]
    const deposits = [depositOf(traditional, 7000), depositOf(accountOf('traditional_ira', { ownerId: 'kim' }), 7000)]
    const checks = checksOf({ filingStatus: 'marriedFilingJointly', modifiedAgi: 125_555, people, deposits })
    expect(figuresOf(checkIn(checks, 'ira_deduction'))).toMatchObject({ limit: '6110.00', over: '890.00' })
    expect(figuresOf(checkIn(checks, 'ira_deduction', 'kim'))).toMatchObject({ limit: '7000.00', over: '0.00' })
    expect(consequenceOf(checkIn(checks, 'ira_deduction'), 2024).excisePerYear).toBeNull()
  })

  test('needs no income of a person whom no plan covers, and names the coverage that is missing', () => {
    const of = (coveredAtWork: boolean | null) =>
      checkIn(checksOf({ people: [personOf({ wages: 90_000, coveredAtWork })], deposits: [depositOf(traditional, 100)] }), 'ira_deduction')
    expect(figuresOf(of(false)).limit).toBe('7000.00')
    expect(of(null).missing).toEqual([{ fact: 'covered_at_work', personId: 'sam' }])
    expect(of(true).missing).toEqual([{ fact: 'modified_agi', personId: 'sam' }])
  })
})
