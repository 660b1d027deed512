import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { consequenceOf, type HsaCoverage, hsaCoverages } from '../../../../domain/us-tax/index.ts'
import { accountOf, checkIn, checksOf, depositOf, figuresOf, personOf } from './facts.ts'

const hsa = accountOf('hsa')
const theirs = accountOf('hsa', { ownerId: 'kim' })
const months = (...parts: readonly (readonly [HsaCoverage, number])[]) =>
  parts.flatMap(([kind, count]) => Array.from({ length: count }, () => kind))
const limitOf = (given: Parameters<typeof personOf>[0]) =>
  figuresOf(checkIn(checksOf({ people: [personOf(given)], accounts: [hsa] }), 'hsa')).limit

describe('the limit of a health savings account', () => {
  test('of a person who becomes eligible on 1 December is that of the whole year (Publication 969, last-month rule, Chris)', () => {
    const given = { birthDate: '1971-03-03', hsaCoverage: months(['none', 11], ['family', 1]) }
    const check = checkIn(checksOf({ people: [personOf(given)], deposits: [depositOf(hsa, 8300)] }), 'hsa')
    expect(figuresOf(check)).toEqual({ limit: '8300.00', used: '8300.00', left: '0.00', over: '0.00' })
    // 8,300 / 12 is 691.67. The rest, 7,608.33, is income again if the person does not stay eligible through the next year.
    expect(check.parts.map(({ amount, kind }) => [kind, amount.toFixed(2)])).toEqual([
      ['family_months', '691.67'],
      ['last_month_rule', '7608.33'],
    ])
  })

  test.each([
    ['self-only all year', months(['self', 12]), '4150.00'],
    // (6 x 8,300 + 6 x 4,150) / 12
    ['family, then self-only', months(['family', 6], ['self', 6]), '6225.00'],
    // 7 x 4,150 / 12 = 2,420.83
    ['until July', months(['self', 7], ['none', 5]), '2420.83'],
    ['none', months(['none', 12]), '0.00'],
  ])('is by month: %s (Form 8889, line 3 limitation chart)', (_, hsaCoverage, limit) => {
    expect(limitOf({ hsaCoverage })).toBe(limit)
  })

  /** Six months: (4,150 + 1,000) / 2. */
  test('ends with Medicare, and has a catch-up from 55 by month', () => {
    expect(limitOf({ birthDate: '1959-07-20', hsaCoverage: months(['self', 12]), medicareFromMonth: 7 })).toBe('2575.00')
    expect(limitOf({ birthDate: '1969-12-31', hsaCoverage: months(['self', 12]) })).toBe('5150.00')
  })

  test('is incomplete without the coverage', () => {
    expect(checkIn(checksOf({ deposits: [depositOf(hsa, 100)] }), 'hsa').missing).toEqual([{ fact: 'hsa_coverage', personId: 'sam' }])
  })

  test('costs 6 % a year of an excess', () => {
    const given = { hsaCoverage: months(['self', 12]) }
    const check = checkIn(
      checksOf({ people: [personOf(given)], deposits: [depositOf(hsa, 4000), depositOf(hsa, 400, { source: 'employer' })] }),
      'hsa',
    )
    expect(figuresOf(check).over).toBe('250.00')
    expect(consequenceOf(check, 2024).excisePerYear?.toFixed(2)).toBe('15.00')
  })
})

describe('spouses with family coverage', () => {
  const couple = (own: number, other: number, given: Parameters<typeof personOf>[0] = {}) =>
    checksOf({
      filingStatus: 'marriedFilingJointly',
      people: [
        personOf({ birthDate: '1964-01-01', hsaCoverage: months(['family', 12]), ...given }),
        personOf({ id: 'kim', relationship: 'spouse', birthDate: '1968-01-01', hsaCoverage: months(['self', 12]) }),
      ],
      deposits: [depositOf(hsa, own), depositOf(theirs, other)],
    })

  test('share the family limit, with a catch-up each', () => {
    const checks = couple(9300, 1000)
    expect(figuresOf(checkIn(checks, 'hsa'))).toEqual({ limit: '9300.00', used: '9300.00', left: '0.00', over: '0.00' })
    expect(figuresOf(checkIn(checks, 'hsa', 'kim'))).toEqual({ limit: '5150.00', used: '1000.00', left: '4150.00', over: '0.00' })
    expect(checkIn(checks, 'hsa').sharedWithId).toBe('kim')
  })

  test('name an excess once, with the one who has more than half', () => {
    const checks = couple(9300, 2000)
    expect(figuresOf(checkIn(checks, 'hsa'))).toMatchObject({ limit: '8300.00', over: '1000.00' })
    expect(figuresOf(checkIn(checks, 'hsa', 'kim'))).toMatchObject({ over: '0.00' })
  })

  test('are together over by what is above the family limit and both catch-ups, however they divide it', () => {
    const amount = fc.integer({ min: 1, max: 15_000 })
    fc.assert(
      fc.property(amount, amount, (own, other) => {
        const checks = couple(own, other)
        const over = checkIn(checks, 'hsa')
          .over!.plus(checkIn(checks, 'hsa', 'kim').over!)
          .toNumber()
        const above = (used: number) => Math.max(0, used - 1000)
        expect(over).toBe(Math.max(0, above(own) + above(other) - 8300))
      }),
    )
  })
})

test('a limit is the sum of its parts, and used is limit less left plus over', () => {
  const month = fc.constantFrom(...hsaCoverages)
  const person = fc.record({
    birthDate: fc.constantFrom('1955-02-02', '1970-02-02', '1990-02-02'),
    hsaCoverage: fc.array(month, { minLength: 12, maxLength: 12 }),
    wages: fc.integer({ min: 0, max: 400_000 }),
    coveredAtWork: fc.boolean(),
  })
  const amounts = fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 6, maxLength: 6 })
  fc.assert(
    fc.property(person, person, amounts, fc.integer({ min: 0, max: 300_000 }), (own, other, given, modifiedAgi) => {
      const accounts = [hsa, theirs, accountOf('roth_ira'), accountOf('traditional_ira'), accountOf('401k'), accountOf('sep_ira')]
      const checks = checksOf({
        filingStatus: 'marriedFilingJointly',
        modifiedAgi,
        people: [personOf(own), personOf({ id: 'kim', relationship: 'spouse', ...other })],
        deposits: accounts.map((account, index) => depositOf(account, given[index]!)),
      })
      expect(checks.length).toBeGreaterThan(7)
      for (const { left, limit, over, parts, used } of checks) {
        expect(parts.reduce((sum, { amount }) => sum.plus(amount), limit!.times(0)).toFixed(2)).toBe(limit!.toFixed(2))
        expect(used.toFixed(2)).toBe(limit!.minus(left!).plus(over!).toFixed(2))
      }
    }),
    { numRuns: 200 },
  )
})
