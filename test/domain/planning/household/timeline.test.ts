import { expect, test } from 'vitest'
import { personTimeline } from '../../../../domain/planning/household/timeline.ts'
import { person } from './households.ts'

const timeline = (birthDate: string, asOfDate: string) => personTimeline(person({ birthDate, retirementAge: 67 }), asOfDate)

test('ages are counted on the as-of date, and ages of tax law at the end of its year', () => {
  expect(timeline('1961-03-10', '2026-03-09')).toEqual({
    birthYear: 1961,
    openingAgeMonths: 779,
    openingAge: 64,
    openingTaxAge: 65,
    openingAttainedAge: 65,
    retirementYear: 3,
    // From 9 March 2028 to the birthday on 10 March.
    finalWorkShare: 1 / 365,
    leavingAge: 67,
  })
  expect(timeline('1950-06-01', '2026-06-01')).toMatchObject({ openingAgeMonths: 912, openingAge: 76, retirementYear: 0 })
})

test('a person born on 1 January reaches an age by the end of the year before', () => {
  expect(timeline('1962-01-01', '2026-03-09')).toMatchObject({ openingTaxAge: 64, openingAttainedAge: 65 })
  expect(timeline('1962-01-02', '2026-03-09')).toMatchObject({ openingTaxAge: 64, openingAttainedAge: 64 })
})

test('work ends on a birthday, or with a plan year by a milestone', () => {
  const ann = person({ birthDate: '1971-06-15', retirementAge: 58 })
  expect(personTimeline(ann, '2026-01-01')).toMatchObject({ retirementYear: 4, finalWorkShare: 165 / 365, leavingAge: 58 })
  expect(personTimeline(ann, '2026-01-01', 2)).toMatchObject({ retirementYear: 2, finalWorkShare: 1, leavingAge: 57 })
})

test('who retires at the age of the as-of date leaves on that date, and who retired before left on a birthday', () => {
  const leaving = (retirementAge: number) => personTimeline(person({ birthDate: '1971-06-15', retirementAge }), '2026-01-01')
  expect(leaving(54)).toMatchObject({ retirementYear: 0, finalWorkShare: 1, leavingAge: 55 })
  expect(leaving(50)).toMatchObject({ retirementYear: 0, finalWorkShare: 1, leavingAge: 50 })
})
