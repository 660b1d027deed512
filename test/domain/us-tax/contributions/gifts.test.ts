import { describe, expect, test } from 'vitest'
import { consequenceOf, deferralReturnDay, extendedDueDay, returnDueDay } from '../../../../domain/us-tax/index.ts'
import { accountOf, checkIn, checksOf, depositOf, figuresOf, personOf } from './facts.ts'

const college = accountOf('529', { designatedBeneficiaryId: 'lee' })
const people = [
  personOf(),
  personOf({ id: 'kim', relationship: 'spouse' }),
  personOf({ id: 'lee', relationship: 'child', birthDate: '2012-01-01' }),
]
const gift = (dollars: number, year: number, given: Parameters<typeof depositOf>[2] = {}) =>
  depositOf(college, dollars, { date: `${year}-03-01`, taxYear: null, ...given })
const election = (year: number) => ({ year, personId: 'sam', beneficiaryId: 'lee' })

describe('gifts to a 529 account', () => {
  test('have an annual exclusion per giver and beneficiary, and need a return above it', () => {
    const deposits = [
      gift(18_500, 2024),
      gift(10_000, 2024, { contributorId: 'kim' }),
      gift(90_000, 2023),
      gift(5000, 2024, { source: 'rollover' }),
    ]
    const checks = checksOf({ people, deposits })
    const check = checkIn(checks, 'gift_529')
    expect(figuresOf(check)).toEqual({ limit: '18000.00', used: '18500.00', left: '0.00', over: '500.00' })
    expect(check.beneficiaryId).toBe('lee')
    expect(consequenceOf(check, 2024)).toMatchObject({ lastDayToCorrect: '2025-04-15', excisePerYear: null })
    expect(figuresOf(checkIn(checks, 'gift_529', 'kim'))).toMatchObject({ used: '10000.00', left: '8000.00' })
  })

  /** Five times 18,000 in 2024; 18,000 of it counts in each year to 2028, of which the exclusion of 2025 leaves 1,000. */
  test('can be spread over five years', () => {
    const deposits = [gift(90_000, 2024), gift(1500, 2025)]
    const elections = [election(2024)]
    expect(figuresOf(checkIn(checksOf({ people, deposits, elections }), 'gift_529'))).toMatchObject({ limit: '90000.00', over: '0.00' })
    const later = checkIn(checksOf({ year: 2025, people, deposits, elections }), 'gift_529')
    expect(figuresOf(later)).toEqual({ limit: '19000.00', used: '19500.00', left: '0.00', over: '500.00' })
    expect(later.deposits).toHaveLength(2)
  })

  test('carried from a year without a table are incomplete', () => {
    const checks = checksOf({ people, deposits: [gift(50_000, 2021), gift(100, 2024)], elections: [election(2021)] })
    expect(checkIn(checks, 'gift_529').missing).toEqual([{ fact: 'earlier_limits', personId: null }])
  })

  test('to oneself or one’s spouse have no limit, and without a known beneficiary are incomplete', () => {
    const of = (designatedBeneficiaryId: string | null) =>
      checksOf({ people, deposits: [depositOf(accountOf('529', { designatedBeneficiaryId }), 50_000)] })
    expect([...of('sam'), ...of('kim')]).toEqual([])
    expect(checkIn(of(null), 'gift_529').missing).toEqual([{ fact: 'beneficiary', personId: null }])
  })
})

/** 15 April 2023 was a Saturday and Emancipation Day was observed on Monday the 17th; in 2022 it was observed on Friday the 15th. */
describe('the days of a return', () => {
  test.each([
    [2021, '2022-04-18', '2022-10-17'],
    [2022, '2023-04-18', '2023-10-16'],
    [2023, '2024-04-15', '2024-10-15'],
    [2024, '2025-04-15', '2025-10-15'],
    [2025, '2026-04-15', '2026-10-15'],
    [2026, '2027-04-15', '2027-10-15'],
    [2027, '2028-04-18', '2028-10-16'],
  ])('for %i are %s, and %s with an extension', (year, due, extended) => {
    expect([returnDueDay(year), extendedDueDay(year)]).toEqual([due, extended])
  })

  test('leave that of deferrals alone', () => {
    expect(deferralReturnDay(2022)).toBe('2023-04-15')
  })
})
