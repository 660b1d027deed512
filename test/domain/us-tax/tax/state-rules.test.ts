import { describe, expect, test } from 'vitest'
import { taxOf } from './household.ts'

type Given = Parameters<typeof taxOf>[1]

const stateTaxOf = (state: string, year: number, given: Given): number => taxOf(year, given, state).stateTax

/** Each case is worked out by hand from the form or the law of the state's row; 85 % of 30,000 of benefits is 25,500. */
type Case = readonly [state: string, year: number, rule: string, given: Given, expected: number]

const retired = (pension: number, socialSecurity = 30_000): Given => ({ first: { age: 70, pension, socialSecurity } })

describe('Social Security benefits', () => {
  test.each<Case>([
    // 95,500 - 25,500; the cap of 24,000 is used up by benefits; 15,750 + 2,000 + 4,770 of federal deductions.
    ['CO', 2025, 'are left out, and use up the pension cap', retired(70_000), 0.044 * 47_480],
    // 7,500 of benefits and 75 % of the pension; a tenth of the tax is credited.
    ['CT', 2025, 'are taxed by a quarter at most', retired(60_000), 0.9 * (2000 + 0.055 * 2500)],
    // Halfway through the phase-out, at 104,490.
    ['MN', 2025, 'phase out', retired(78_990), 1742.5 + 0.068 * (91_740 - 16_950 - 32_570)],
    ['MT', 2025, 'are taxed as federally', retired(50_000), 991.7 + 0.059 * (75_500 - 17_750 - 5970 - 5660 - 21_100)],
    ['NM', 2025, 'are exempt up to 100,000', retired(74_500), 1165.5 + 0.047 * (56_750 - 33_500)],
    ['NM', 2025, 'are taxed above 100,000', retired(74_501), 2716.5 + 0.049 * (82_251 - 66_500)],
    ['RI', 2025, 'are exempt with 50,000 of pension', retired(70_000), 0.0375 * 4000],
    ['RI', 2025, 'are taxed above 107,000', retired(90_000), 2996.25 + 0.0475 * (99_500 - 79_900)],
    ['RI', 2025, 'are taxed before full retirement age', { first: { age: 66, socialSecurity: 30_000, pension: 50_000 } }, 0.0375 * 59_500],
    // Credits of 610 for benefits and of 320.27 for deductions.
    ['UT', 2025, 'bring a credit that phases out', retired(50_000), 0.045 * 75_500 - 610 - (1065 - 0.013 * (75_500 - 18_213))],
    // Half of 17,000 is excluded at 60,000.
    ['VT', 2025, 'phase out between 55,000 and 65,000', retired(43_000, 20_000), 0.0335 * (51_500 - 14_200)],
    ['WV', 2025, 'are left out by 65 %', retired(50_000), 1165.5 + 0.0444 * (58_925 - 2000 - 40_000)],
    ['WV', 2026, 'are left out whole from 2026', retired(50_000), 1106.5 + 0.0422 * (48_000 - 40_000)],
    ['VA', 2025, 'are exempt', { first: { age: 64, socialSecurity: 30_000, pension: 50_000 } }, 720 + 0.0575 * (50_000 - 9680 - 17_000)],
  ])('in %s in %i %s', (state, year, _, given, expected) => {
    expect(stateTaxOf(state, year, given)).toBeCloseTo(expected, 1)
  })

  test('in Rhode Island are excluded only for the spouse who is old enough', () => {
    const couple = (age: number): number =>
      stateTaxOf('RI', 2025, {
        status: 'marriedFilingJointly',
        first: { age: 70, pension: 100_000, socialSecurity: 20_000 },
        second: { age, socialSecurity: 10_000 },
      })
    expect(couple(60) - couple(70)).toBeCloseTo(0.0375 * 8500, 6)
  })
})

describe('retirement income', () => {
  test.each<Case>([
    // A federal tax of 5,311.50 is deducted.
    [
      'AL',
      2025,
      'of pensions is exempt, of withdrawals up to 6,000 at 65',
      { first: { age: 65, pension: 50_000, taxDeferredWithdrawals: 20_000 } },
      110 + 0.05 * (14_000 - 4500 - 5311.5 - 3000),
    ],
    ['AR', 2025, 'is left out up to 6,000', { first: { age: 60, pension: 50_000 } }, 0.039 * 41_530 - 420 - 29],
    ['CO', 2025, 'is left out up to 20,000 at 60', { first: { age: 60, taxDeferredWithdrawals: 50_000 } }, 0.044 * 14_250],
    [
      'DE',
      2025,
      'with interest is left out up to 12,500',
      { first: { age: 62, pension: 5000 }, interest: 30_000 },
      261 + 0.048 * 9250 - 110,
    ],
    ['HI', 2025, 'of pensions is exempt', { first: { age: 66, pension: 50_000, taxDeferredWithdrawals: 30_000 } }, 552 + 0.064 * 4112],
    ['KY', 2025, 'is left out up to 31,110', { first: { age: 70, taxDeferredWithdrawals: 50_000 } }, 0.04 * 15_620 - 40],
    ['LA', 2025, 'is left out up to 12,000 at 65', { first: { age: 65, taxDeferredWithdrawals: 50_000 } }, 0.03 * 25_500],
    ['LA', 2026, 'is left out up to 12,321 by the prices of 2025', { first: { age: 65, pension: 50_000 } }, 0.03 * (37_679 - 12_835)],
    ['ME', 2025, 'is left out up to 48,216 less benefits', retired(60_000, 20_000), 0.058 * (31_784 - 22_150)],
    ['MD', 2025, 'of pensions is left out up to 41,200 less benefits', retired(60_000, 20_000), 90 + 0.0475 * (31_250 - 3000) - 1000],
    ['MD', 2025, 'of accounts is taxed', { first: { age: 70, taxDeferredWithdrawals: 60_000 } }, 90 + 0.0475 * (52_450 - 3000) - 1000],
    ['MS', 2025, 'is exempt', { first: { age: 60, pension: 90_000, taxDeferredWithdrawals: 90_000 } }, 0],
    // A sixth of the 6,000 remains at 30,000; a quarter of the federal tax of 1,471.50 is deducted.
    ['MO', 2025, 'is left out at low incomes', { first: { age: 62, pension: 30_000 } }, 256.04 + 0.047 * (29_000 - 15_750 - 367.88 - 9191)],
    ['NJ', 2025, 'is left out up to 75,000', { first: { age: 65, pension: 90_000 } }, 0.014 * 13_000],
    ['NJ', 2025, 'is left out by 37.5 % above 100,000', { first: { age: 65, pension: 120_000 } }, 717.5 + 0.055_25 * 33_000],
    ['NJ', 2025, 'takes in interest', { first: { age: 65, pension: 40_000 }, interest: 30_000 }, 0],
    [
      'NJ',
      2025,
      'takes in no interest of earners',
      { first: { age: 65, pension: 40_000, wages: 3001 }, interest: 30_000 },
      280 + 0.0175 * 11_001,
    ],
    ['OK', 2025, 'is left out up to 10,000', { first: { age: 55, pension: 50_000 } }, 153.5 + 0.0475 * (32_650 - 7200)],
    ['SC', 2025, 'is left out up to 3,000 before 65', { first: { age: 60, pension: 60_000 } }, 428.1 + 0.06 * (42_000 - 17_830)],
    ['SC', 2025, 'is left out with other income at 65', { first: { age: 66, pension: 60_000 } }, 428.1 + 0.06 * (28_000 - 17_830)],
    [
      'SC',
      2026,
      'shares the income adjusted deduction',
      { first: { age: 66, pension: 60_000 } },
      597 + 0.0521 * (45_000 - 9545.45 - 30_000),
    ],
    ['VA', 2025, 'meets an age deduction that falls', { first: { age: 70, pension: 60_000 } }, 720 + 0.0575 * (47_520 - 17_000)],
    [
      'VA',
      2025,
      'of a couple meets two of them',
      { status: 'marriedFilingJointly', first: { age: 70, pension: 90_000 }, second: { age: 70 } },
      720 + 0.0575 * (60_040 - 17_000),
    ],
    // 24,000 and 3,000 of gains are excluded; the standard deduction falls to 10,746.
    [
      'WI',
      2025,
      'is left out up to 24,000 at 67',
      { first: { age: 67, taxDeferredWithdrawals: 60_000 }, longTermGains: 10_000 },
      513.8 + 0.044 * (31_304 - 14_680),
    ],
    ['WV', 2025, 'is left out up to 8,000 at 65', { first: { age: 65, pension: 30_000 } }, 222 + 0.0296 * 10_000],
  ])('in %s in %i %s', (state, year, _, given, expected) => {
    expect(stateTaxOf(state, year, given)).toBeCloseTo(expected, 1)
  })
})

describe('gains', () => {
  test.each<Case>([
    ['AR', 2025, 'are taxed by half', { longTermGains: 100_000 }, 0.039 * 47_530 - 420 - 29],
    ['HI', 2025, 'pay 7.25 % at most', { longTermGains: 500_000 }, 2539.2 + 0.0725 * (494_456 - 48_000)],
    ['MD', 2025, 'pay 2 % more above 350,000', { longTermGains: 400_000 }, 12_760 + 0.0575 * (396_650 - 250_000) + 8000],
    ['MN', 2025, 'pay 1 % more above a million', { longTermGains: 1_500_000 }, 13_996.8 + 0.0985 * (1_497_010 - 198_630) + 5000],
    ['MO', 2025, 'are exempt, of either term', { longTermGains: 100_000, shortTermGains: 50_000 }, 0],
    ['MT', 2025, 'have brackets of their own', { first: { wages: 40_000 }, longTermGains: 50_000 }, 991.7 + 0.059 * 3150 + 0.041 * 50_000],
    ['MT', 2025, 'fill the lower of them', { longTermGains: 50_000 }, 0.03 * 21_100 + 0.041 * (34_250 - 21_100)],
    ['NM', 2025, 'are exempt up to 2,500', { longTermGains: 100_000 }, 2716.5 + 0.049 * (81_750 - 66_500)],
    ['ND', 2025, 'and dividends are taxed by 60 %', { longTermGains: 100_000, qualifiedDividends: 100_000 }, 0.0195 * (104_250 - 48_475)],
    ['SC', 2025, 'are taxed by 56 %', { longTermGains: 100_000 }, 428.1 + 0.06 * (41_000 - 17_830)],
    ['VT', 2025, 'are exempt up to 5,000', { longTermGains: 100_000 }, 1654.9 + 0.066 * (82_050 - 49_400)],
    ['WI', 2025, 'are taxed by 70 %', { longTermGains: 200_000 }, 2089 + 0.053 * (139_300 - 50_480)],
  ])('in %s in %i %s', (state, year, _, given, expected) => {
    expect(stateTaxOf(state, year, given)).toBeCloseTo(expected, 1)
  })
})

describe('higher incomes', () => {
  test.each<Case>([
    ['CT', 2025, 'lose the lower brackets', { first: { wages: 600_000 } }, 31_250 + 0.0699 * 100_000 + 250 + 3400],
    ['ME', 2026, 'pay a surcharge', { first: { wages: 1_100_000 } }, 4117.08 + 0.0715 * 935_150 + 0.0915 * 100_000],
    ['OR', 2025, 'deduct no federal tax', { first: { wages: 150_000 } }, 661.25 + 9966.25 + 0.099 * (147_165 - 125_000)],
    ['RI', 2025, 'lose the deduction', { first: { wages: 300_000 } }, 7829.38 + 0.0599 * (300_000 - 181_650)],
  ])('in %s in %i %s', (state, year, _, given, expected) => {
    expect(stateTaxOf(state, year, given)).toBeCloseTo(expected, 1)
  })

  test('lose deductions in steps in Rhode Island: a fifth of 16,000 above 254,250', () => {
    const at = (wages: number): number => stateTaxOf('RI', 2025, { first: { wages } })
    expect(at(254_251) - at(254_250)).toBeCloseTo(0.0599 * 3201, 6)
  })
})

describe('deductions of the federal return', () => {
  test.each<Case>([
    // 6,000 of a senior at 75,000 of income; 5,400 at 85,000.
    ['AZ', 2025, 'are the senior one', { first: { age: 70, pension: 75_000 } }, 0.025 * (75_000 - 17_850 - 6000)],
    ['AZ', 2026, 'fall with it', { first: { age: 70, pension: 85_000 } }, 0.025 * (85_000 - 18_200 - 5400)],
    ['AZ', 2026, 'end with 2028', { year: 2029, first: { age: 70, pension: 75_000 } }, 0.025 * (75_000 - 18_200)],
    ['IA', 2025, 'are all of them', { first: { age: 70 }, interest: 50_000 }, 0.038 * (50_000 - 17_750 - 6000)],
    ['IA', 2026, 'are itemized where greater', { first: { wages: 100_000 }, itemizedDeductions: 30_000 }, 0.038 * 70_000],
    ['MO', 2025, 'are the standard one', { first: { age: 70, blind: true, wages: 200_000 } }, 256.04 + 0.047 * (200_000 - 19_750 - 9191)],
    ['ND', 2025, 'are all of them', { first: { age: 70, pension: 75_000 } }, 0.0195 * (75_000 - 23_750 - 48_475)],
  ])('in %s in %i %s', (state, year, _, given, expected) => {
    expect(stateTaxOf(state, year, given)).toBeCloseTo(expected, 1)
  })
})

describe('prices', () => {
  test.each(['ME', 'NE', 'VT', 'WI'])('move the brackets of %s', state => {
    const once = stateTaxOf(state, 2025, { first: { wages: 80_000 } })
    const twice = stateTaxOf(state, 2025, { priceIndex: 2, wageIndex: 2, first: { wages: 160_000 } })
    expect(twice).toBeCloseTo(2 * once, 6)
  })

  test.each(['CT', 'DE', 'KS', 'MD', 'NJ', 'OK', 'VA'])('do not move those of %s', state => {
    const wages = { wages: 80_000 }
    expect(stateTaxOf(state, 2025, { priceIndex: 2, first: wages })).toBe(stateTaxOf(state, 2025, { first: wages }))
  })
})
