import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  ageInMonths,
  ageInYears,
  attainedAgeInMonths,
  attainedAgeInYears,
  attainedBirthMonth,
  dayAgeIsAttained,
} from '../../../../domain/shared/index.ts'
import { middleDate } from './arbitraries.ts'

describe('age at the last birthday', () => {
  test.each([
    ['1981-03-15', 45, 540],
    ['1981-03-16', 44, 539],
    ['1981-03-14', 45, 540],
    ['1981-12-31', 44, 530],
    ['2024-02-29', 2, 24],
    ['2026-03-15', 0, 0],
    ['2026-03-16', -1, -1],
    ['2027-05-01', -2, -14],
  ])('of a person born %s is %i years or %i months on 2026-03-15', (birthDate, years, months) => {
    expect(ageInYears(birthDate, '2026-03-15')).toBe(years)
    expect(ageInMonths(birthDate, '2026-03-15')).toBe(months)
  })

  test('a month of life is complete on the first of the next month if a month has no such day', () => {
    expect([ageInMonths('2026-01-31', '2026-02-28'), ageInMonths('2026-01-31', '2026-03-01')]).toEqual([0, 1])
    expect([ageInYears('2004-02-29', '2026-02-28'), ageInYears('2004-02-29', '2026-03-01')]).toEqual([21, 22])
  })

  test('a birthday adds exactly one year, whatever the date', () => {
    fc.assert(
      fc.property(middleDate, birthDate => {
        const birthday = `2140-${birthDate.slice(5)}`
        expect(ageInYears(birthDate, birthday)).toBe(2140 - Number(birthDate.slice(0, 4)))
        expect(ageInYears(birthDate, addDays(birthday, -1))).toBe(2139 - Number(birthDate.slice(0, 4)))
      }),
    )
  })
})

describe('age attained on the day before the birthday', () => {
  // 20 CFR 404.2(c); 26 CFR 1.151-1(c)(2).
  test('of a person born on 1 January is one year higher on the last day of the year before', () => {
    expect(attainedAgeInYears('1961-01-01', '2025-12-31')).toBe(65)
    expect(attainedAgeInYears('1961-01-02', '2025-12-31')).toBe(64)
    expect(ageInYears('1961-01-01', '2025-12-31')).toBe(64)
    expect(attainedAgeInYears('1990-01-01', '9999-12-31')).toBe(8010)
  })

  test('is attained on a day', () => {
    expect(dayAgeIsAttained('1964-05-01', 62)).toBe('2026-04-30')
    expect(dayAgeIsAttained('1964-05-02', 62)).toBe('2026-05-01')
    expect(dayAgeIsAttained('1960-01-01', 67)).toBe('2026-12-31')
    expect(dayAgeIsAttained('1959-06-15', 66, 10)).toBe('2026-04-14')
    expect(dayAgeIsAttained('1967-02-28', 59, 6)).toBe('2026-08-27')
  })

  test('is attained on 28 February in every year by a person born on 29 February', () => {
    expect([62, 64].map(years => dayAgeIsAttained('1964-02-29', years))).toEqual(['2026-02-28', '2028-02-28'])
  })

  test('is one month higher on that day than on the day before, and only on that day one month ahead of the birthday rule', () => {
    fc.assert(
      fc.property(middleDate, fc.integer({ min: 0, max: 1439 }), (birthDate, months) => {
        const day = dayAgeIsAttained(birthDate, Math.floor(months / 12), months % 12)
        expect(attainedAgeInMonths(birthDate, day)).toBe(months)
        expect(attainedAgeInMonths(birthDate, addDays(day, -1))).toBe(months - 1)
        expect(ageInMonths(birthDate, day)).toBe(months - 1)
        expect(ageInMonths(birthDate, addDays(day, 1))).toBe(months)
      }),
    )
  })

  test('counts a person born on the first of a month as born in the month before', () => {
    expect(attainedBirthMonth('1960-05-01')).toEqual({ year: 1960, month: 4 })
    expect(attainedBirthMonth('1960-05-02')).toEqual({ year: 1960, month: 5 })
    expect(attainedBirthMonth('1960-01-01')).toEqual({ year: 1959, month: 12 })
    expect(attainedBirthMonth('0001-01-01')).toEqual({ year: 0, month: 12 })
  })
})
