import { describe, expect, test } from 'vitest'
import type { FilingStatus } from '../../../../domain/us-tax/tax/index.ts'
import { taxOf } from './household.ts'

const standardDeduction: Record<number, Record<FilingStatus, number>> = {
  2025: { single: 15_750, marriedFilingJointly: 31_500, marriedFilingSeparately: 15_750, headOfHousehold: 23_625 },
  2026: { single: 16_100, marriedFilingJointly: 32_200, marriedFilingSeparately: 16_100, headOfHousehold: 24_150 },
}

/** The rate schedules as published: where each bracket begins, and the tax on all income below it. */
const published: [number, FilingStatus, [from: number, tax: number][]][] = [
  // Rev. Proc. 2024-40, section 2.01, tables 1-4.
  [
    2025,
    'marriedFilingJointly',
    [
      [23_850, 2385],
      [96_950, 11_157],
      [206_700, 35_302],
      [394_600, 80_398],
      [501_050, 114_462],
      [751_600, 202_154.5],
    ],
  ],
  [
    2025,
    'headOfHousehold',
    [
      [17_000, 1700],
      [64_850, 7442],
      [103_350, 15_912],
      [197_300, 38_460],
      [250_500, 55_484],
      [626_350, 187_031.5],
    ],
  ],
  [
    2025,
    'single',
    [
      [11_925, 1192.5],
      [48_475, 5578.5],
      [103_350, 17_651],
      [197_300, 40_199],
      [250_525, 57_231],
      [626_350, 188_769.75],
    ],
  ],
  [
    2025,
    'marriedFilingSeparately',
    [
      [11_925, 1192.5],
      [48_475, 5578.5],
      [103_350, 17_651],
      [197_300, 40_199],
      [250_525, 57_231],
      [375_800, 101_077.25],
    ],
  ],
  // Rev. Proc. 2025-32, section 4.01, tables 1-4.
  [
    2026,
    'marriedFilingJointly',
    [
      [24_800, 2480],
      [100_800, 11_600],
      [211_400, 35_932],
      [403_550, 82_048],
      [512_450, 116_896],
      [768_700, 206_583.5],
    ],
  ],
  [
    2026,
    'headOfHousehold',
    [
      [17_700, 1770],
      [67_450, 7740],
      [105_700, 16_155],
      [201_750, 39_207],
      [256_200, 56_631],
      [640_600, 191_171],
    ],
  ],
  [
    2026,
    'single',
    [
      [12_400, 1240],
      [50_400, 5800],
      [105_700, 17_966],
      [201_775, 41_024],
      [256_225, 58_448],
      [640_600, 192_979.25],
    ],
  ],
  [
    2026,
    'marriedFilingSeparately',
    [
      [12_400, 1240],
      [50_400, 5800],
      [105_700, 17_966],
      [201_775, 41_024],
      [256_225, 58_448],
      [384_350, 103_291.75],
    ],
  ],
]
const rates = [0.1, 0.12, 0.22, 0.24, 0.32, 0.35, 0.37]

describe.each(published)('the tax rate schedule of %i, %s', (year, status, schedule) => {
  const deduction = standardDeduction[year]![status]
  const taxAt = (taxable: number): number => taxOf(year, { status, first: { pension: taxable + deduction } }).ordinaryTax

  test.each(schedule)('at %d gives %d', (from, tax) => {
    expect(taxAt(from)).toBeCloseTo(tax, 6)
  })

  test.each(schedule.map(([from, tax], bracket) => ({ from, tax, rate: rates[bracket + 1]! })))(
    'takes $rate of what is over $from',
    ({ from, tax, rate }) => {
      expect(taxAt(from + 1000)).toBeCloseTo(tax + 1000 * rate, 6)
    },
  )

  test('takes a tenth of the first dollars after the standard deduction', () => {
    expect([taxAt(0), taxAt(1000)]).toEqual([0, 100])
  })
})
