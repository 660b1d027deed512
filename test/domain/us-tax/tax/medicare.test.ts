import { expect, test } from 'vitest'
import { taxOf } from './household.ts'

const old = { age: 70, onMedicare: true }

test.each([
  [218_000, 0],
  [218_000.01, 81.2 + 14.5],
  [274_000, 81.2 + 14.5],
  [342_000, 202.9 + 37.5],
  [410_000, 324.6 + 60.4],
  [749_999.99, 446.3 + 83.3],
  [750_000, 487 + 91],
])('joint income of %d two years before costs each person %d a month', (magiTwoYearsAgo, monthly) => {
  const result = taxOf(2026, { status: 'marriedFilingJointly', first: old, second: old, magiTwoYearsAgo })
  expect(result.medicareSurcharge).toBeCloseTo(2 * 12 * monthly, 8)
  expect(result.medicarePremium).toBeCloseTo(2 * 12 * 202.9, 8)
})

test('only persons on Medicare pay', () => {
  const result = taxOf(2026, { status: 'marriedFilingJointly', first: old, second: { age: 60 }, magiTwoYearsAgo: 300_000 })
  expect(result.medicareSurcharge).toBeCloseTo(12 * 240.4, 8)
})

test('the return of two years before determines the tier, and so does its filing status', () => {
  const widowed = taxOf(2026, { first: old, magiTwoYearsAgo: 210_000, statusTwoYearsAgo: 'marriedFilingJointly' })
  const single = taxOf(2026, { first: old, magiTwoYearsAgo: 210_000 })
  expect(widowed.medicareSurcharge).toBe(0)
  expect(single.medicareSurcharge).toBeCloseTo(12 * (446.3 + 83.3), 8)
})

test('spouses on separate returns enter the last tier but one at once', () => {
  const surcharge = (magiTwoYearsAgo: number): number =>
    taxOf(2026, { status: 'marriedFilingSeparately', first: old, magiTwoYearsAgo }).medicareSurcharge
  expect(surcharge(109_000)).toBe(0)
  expect(surcharge(109_001)).toBeCloseTo(12 * (446.3 + 83.3), 8)
  expect(surcharge(391_000)).toBeCloseTo(12 * (487 + 91), 8)
})

test('tiers and premiums follow prices', () => {
  const result = taxOf(2026, { priceIndex: 2, first: old, magiTwoYearsAgo: 2 * 109_001 })
  expect(result.medicareSurcharge).toBeCloseTo(2 * 12 * 95.7, 8)
  expect(taxOf(2026, { priceIndex: 2, first: old, magiTwoYearsAgo: 217_999 }).medicareSurcharge).toBe(0)
})

test('the room to the next tier is measured from this year’s income', () => {
  expect(taxOf(2026, { first: { ...old, pension: 100_000 } }).roomInMedicareTier).toBe(9000)
  expect(taxOf(2026, { first: { ...old, pension: 109_000 } }).roomInMedicareTier).toBe(0)
  expect(taxOf(2026, { first: { ...old, pension: 600_000 } }).roomInMedicareTier).toBe(Number.POSITIVE_INFINITY)
})
