import { describe, expect, test } from 'vitest'
import { stateAndLocalDeduction, taxableBenefits } from '../../../../domain/us-tax/tax/taxable-income.ts'
import { incomeTax, prepared, taxOf } from './household.ts'

/* Returns worked line by line as the forms' worksheets do. */

describe('the Qualified Dividends and Capital Gain Tax Worksheet', () => {
  test.each([
    // 97,800 taxable, of which 40,000 preferential: all below 98,900. 2,480 + 12 % of 33,000.
    ['jointly in 2026, all at 0 %', { status: 'marriedFilingJointly', first: { wages: 90_000 }, second: {} }, 6440, 0],
    // 127,800 taxable: 87,800 to 98,900 at 0 %, 28,900 at 15 %.
    ['jointly in 2026, across 0 and 15 %', { status: 'marriedFilingJointly', first: { wages: 120_000 }, second: {} }, 10_040, 4335],
    // 333,900 - 10,000 taxable: 283,900 to 306,850 at 15 %, 17,050 at 20 %. 58,448 + 35 % of 27,675.
    ['separately in 2026, across 15 and 20 %', { status: 'marriedFilingSeparately', first: { wages: 300_000 } }, 68_134.25, 6852.5],
  ] as const)('%s', (_, given, ordinaryTax, gainsTax) => {
    const result = taxOf(2026, { ...given, qualifiedDividends: 10_000, longTermGains: 30_000 })
    expect(result.ordinaryTax).toBeCloseTo(ordinaryTax, 6)
    expect(result.capitalGainsTax).toBeCloseTo(gainsTax, 6)
  })

  test('for a head of household in 2025', () => {
    // 86,375 taxable, of which 50,000 preferential: 36,375 to 64,750 at 0 %, 21,625 at 15 %.
    const result = taxOf(2025, { status: 'headOfHousehold', first: { wages: 60_000 }, longTermGains: 50_000 })
    expect([result.ordinaryTax, result.capitalGainsTax]).toEqual([expect.closeTo(4025, 6), expect.closeTo(3243.75, 6)])
  })

  test('counts only the part of a long-term gain that short-term losses leave', () => {
    const result = taxOf(2026, { first: { pension: 60_000 }, longTermGains: 30_000, shortTermGains: -20_000, qualifiedDividends: 1000 })
    expect([result.netCapitalGains, result.preferentialIncome]).toEqual([10_000, 11_000])
  })
})

describe('the Capital Loss Carryover Worksheet', () => {
  test.each([
    // Taxable income -6,100 including the loss of 3,000: line 3 is 0, so no loss was used.
    ['uses none of a loss that no income is left for', 10_000, -12_000, 0, [12_000, 0]],
    // Taxable income -1,000: line 3 is 2,000.
    ['uses what there is income for', 18_100, -12_000, 0, [10_000, 0]],
    ['uses all that is allowed where income is enough', 60_000, -12_000, 0, [9000, 0]],
    // Lines 5 and 11: 2,000 of the 3,000 are short-term, 1,000 long-term.
    ['uses short-term losses first', 60_000, -2000, -7000, [0, 6000]],
    ['and of both terms what there is income for', 17_600, -1000, -7000, [0, 6500]],
    // Line 10: a short-term gain reduces the long-term loss.
    ['nets the other term’s gain', 60_000, 4000, -10_000, [0, 3000]],
    ['nets the other term’s gain where no income is left', 5000, 4000, -10_000, [0, 6000]],
  ])('%s', (_, pension, shortTermGains, longTermGains, carried) => {
    const result = taxOf(2026, { first: { pension }, shortTermGains, longTermGains })
    expect([result.shortTermLossCarryover, result.longTermLossCarryover]).toEqual(carried)
  })

  test('counts the senior deduction as one that can leave a loss unused', () => {
    // 25,000 - 3,000 less 24,150 is -2,150: 850 of the 3,000 were used.
    const result = taxOf(2026, { first: { age: 66, pension: 25_000 }, longTermGains: -5000 })
    expect(result.longTermLossCarryover).toBeCloseTo(5000 - 850, 8)
  })
})

describe('Worksheet 1 of Publication 915', () => {
  test('taxes none of the Hopkinses’ benefits: their 31,550 are below 32,000 (example 2)', () => {
    // Half of 5,600, a pension of 15,500, wages of 14,000, interest of 250, less an IRA deduction of 1,000.
    const result = taxOf(2025, {
      status: 'marriedFilingJointly',
      first: { age: 70, socialSecurity: 5600, pension: 15_500 },
      second: { age: 60, wages: 14_000 },
      interest: 250,
      deductibleContributions: 1000,
    })
    expect(result.taxableSocialSecurity).toBe(0)
    expect(result.adjustedGrossIncome).toBe(28_750)
  })

  test.each([
    // Lines 8-19 by hand, for single persons: base 25,000, 9,000 more in the first tier.
    [20_000, 14_000, 0], // 24,000
    [20_000, 15_000, 0], // 25,000: not over it
    [20_000, 20_000, 2500], // 30,000: half of 5,000
    [20_000, 24_000, 4500], // 34,000: half of 9,000
    [20_000, 30_000, 9600], // 40,000: 4,500 and 85 % of 6,000
    [20_000, 100_000, 17_000], // no more than 85 %
    [6000, 31_000, 3000], // 34,000: half of the benefits is less than 4,500
    [6000, 32_000, 3850], // 35,000: 3,000 and 85 % of 1,000
  ])('of %d beside %d taxes %d', (benefits, other, taxed) => {
    expect(taxableBenefits(benefits, other, 25_000, 34_000, 0.5, 0.85)).toBeCloseTo(taxed, 8)
    expect(taxOf(2026, { first: { age: 63, socialSecurity: benefits, pension: other } }).taxableSocialSecurity).toBeCloseTo(taxed, 8)
  })
})

describe('Schedule 1-A, part V: the deduction for seniors', () => {
  const deduction = (year: number, given: Parameters<typeof taxOf>[1]): number => taxOf(Math.min(year, 2026), { year, ...given }).deduction

  test.each([
    ['single', 90_000, 16_100 + 2050 + 5100],
    ['headOfHousehold', 80_000, 24_150 + 2050 + 5700],
    ['single', 174_000, 16_100 + 2050 + 60],
    ['marriedFilingSeparately', 30_000, 16_100 + 1650],
  ] as const)('%s, with an income of %d, deducts %d in all', (status, pension, total) => {
    expect(deduction(2026, { status, first: { age: 70, pension } })).toBeCloseTo(total, 8)
  })

  test('is reduced for each spouse separately, and counts only spouses of 65 or more', () => {
    const couple = (first: number, second: number): number =>
      deduction(2026, { status: 'marriedFilingJointly', first: { age: first, pension: 180_000 }, second: { age: second } })
    expect(couple(70, 66)).toBeCloseTo(32_200 + 2 * 1650 + 8400, 8)
    expect(couple(70, 64)).toBeCloseTo(32_200 + 1650 + 4200, 8)
  })

  test('is added to itemized deductions too, from 2025 to 2028, and stays 6,000 whatever prices do', () => {
    expect(deduction(2025, { first: { age: 65, pension: 50_000 }, itemizedDeductions: 30_000 })).toBe(36_000)
    expect(deduction(2028, { first: { age: 65, pension: 50_000 }, priceIndex: 1.5 })).toBeCloseTo(1.5 * 18_150 + 6000, 8)
    expect(deduction(2029, { first: { age: 65, pension: 50_000 } })).toBe(18_150)
    expect(deduction(2026, { first: { age: 64, pension: 50_000 } })).toBe(16_100)
  })
})

describe('itemized deductions', () => {
  test.each([
    [2025, 1, 550_000, 25_000],
    [2025, 1, 600_000, 10_000],
    [2025, 0.5, 275_000, 12_500],
    [2025, 0.5, 400_000, 5000],
    [2027, 1, 520_050, 40_804 - 3000],
  ])('limit state and local taxes in %i, share %d, income %d, to %d', (year, share, magi, cap) => {
    expect(stateAndLocalDeduction(prepared(Math.min(year, 2026)), share, 1e6, year, magi)).toBeCloseTo(cap, 6)
  })

  const joint = (year: number, wages: number, itemizedDeductions: number) =>
    taxOf(Math.min(year, 2026), { year, status: 'marriedFilingJointly', first: { wages }, second: {}, itemizedDeductions })

  test('save 35 cents per dollar, not 37, if the income in the top bracket is greater than the deductions (IRC 68)', () => {
    // 2/37 of 100,000 are lost: 37 % of the rest is 35,000.
    const { deduction } = joint(2026, 968_700, 100_000)
    expect(deduction).toBeCloseTo(100_000 - 200_000 / 37, 6)
    expect(0.37 * deduction).toBeCloseTo(35_000, 6)
  })

  test('lose 2/37 of that income if it is less, and nothing without such income or before 2026', () => {
    expect(joint(2026, 768_700 + 37_000, 100_000).deduction).toBeCloseTo(98_000, 6)
    expect(joint(2026, 768_700, 100_000).deduction).toBe(100_000)
    expect(joint(2025, 968_700, 100_000).deduction).toBe(100_000)
  })

  test('are replaced by the standard deduction if the reduction brings them below it', () => {
    expect(joint(2026, 1_500_000, 33_000).deduction).toBe(32_200)
  })
})

describe('Form 8959', () => {
  const additional = (given: Parameters<typeof taxOf>[1], wages: number, covered: number): number =>
    taxOf(2026, given).payrollTax - 0.0145 * wages - 0.062 * covered

  test.each([
    // Questions and answers of the IRS on the additional Medicare tax: single C with both, joint D and E, a person with profits alone.
    ['both wages and profits of a single person', { first: { wages: 130_000, selfEmploymentEarnings: 145_000 } }, 130_000, 75_000],
    [
      'wages of one spouse and profits of the other',
      { status: 'marriedFilingJointly', first: { wages: 150_000 }, second: { selfEmploymentEarnings: 175_000 } },
      150_000,
      75_000,
    ],
    ['profits alone', { first: { selfEmploymentEarnings: 220_000 } }, 0, 20_000],
    ['wages above the threshold, and all of the profits', { first: { wages: 225_000, selfEmploymentEarnings: 50_000 } }, 225_000, 75_000],
    ['nothing at the threshold, whatever prices do', { priceIndex: 2, first: { selfEmploymentEarnings: 200_000 } }, 0, 0],
  ] as const)('taxes %s', (_, given, wages, above) => {
    expect(additional(given, wages, Math.min(wages, 184_500))).toBeCloseTo(0.009 * above, 6)
  })

  test('has 125,000 on a separate return', () => {
    const given = { status: 'marriedFilingSeparately', first: { selfEmploymentEarnings: 135_000 } } as const
    expect(taxOf(2026, given).payrollTax).toBeCloseTo(90, 8)
  })
})

describe('Form 8960, by the questions and answers of the IRS', () => {
  test.each([
    ['wages of 180,000 and dividends and gains of 15,000: below 200,000', { first: { wages: 180_000 }, qualifiedDividends: 15_000 }, 0],
    ['wages of 180,000 and 90,000 from a passive partnership', { first: { wages: 180_000 }, interest: 90_000 }, 2660],
    // A net loss reduces the other investment income by the part that the return deducts: 26 CFR 1.1411-4(h), example 1.
    ['a loss, of which 3,000 are deducted', { first: { wages: 300_000 }, interest: 40_000, longTermGains: -50_000 }, 0.038 * 37_000],
    ['benefits and withdrawals raise the income, and are not taxed', { first: { taxDeferredWithdrawals: 400_000 }, interest: 1000 }, 38],
    ['tax-exempt interest does neither', { first: { wages: 199_000 }, interest: 1000, taxExemptInterest: 50_000 }, 0],
  ] as const)('%s', (_, given, tax) => {
    expect(taxOf(2026, given).netInvestmentIncomeTax).toBeCloseTo(tax, 6)
  })
})

describe('Medicare’s premiums of 2025, as CMS published them with Part D', () => {
  const old = { age: 70, onMedicare: true }
  const monthly = (status: Parameters<typeof taxOf>[1]['status'], magiTwoYearsAgo: number): number => {
    const result = taxOf(2025, { status, first: old, magiTwoYearsAgo })
    return (result.medicarePremium + result.medicareSurcharge) / 12
  }

  test.each([
    [106_000, 212_000, 185, 0],
    [106_001, 212_001, 259, 13.7],
    [133_000, 266_000, 259, 13.7],
    [133_001, 266_001, 370, 35.3],
    [167_001, 334_001, 480.9, 57],
    [200_001, 400_001, 591.9, 78.6],
    [499_999, 749_999, 591.9, 78.6],
    [500_000, 750_000, 628.9, 85.8],
  ])('at %d alone or %d together are %d and %d', (single, joint, partB, partD) => {
    expect(monthly('single', single)).toBeCloseTo(partB + partD, 8)
    expect(monthly('headOfHousehold', single)).toBeCloseTo(partB + partD, 8)
    expect(monthly('marriedFilingJointly', joint)).toBeCloseTo(partB + partD, 8)
  })

  test.each([
    [106_000, 185],
    [106_001, 591.9 + 78.6],
    [393_999, 591.9 + 78.6],
    [394_000, 628.9 + 85.8],
  ])('at %d on a separate return are %d', (magi, total) => {
    expect(monthly('marriedFilingSeparately', magi)).toBeCloseTo(total, 8)
  })
})

test('ordinary rates are used if the rates of gains would give a higher tax', () => {
  // Ordinary 48,400 - between the end of 0 % at 48,350 and of the 12 % bracket at 48,475 - and gains of 50: 12 %, not 15.
  expect(incomeTax(taxOf(2025, { first: { pension: 48_400 + 15_750 }, longTermGains: 50 }))).toBeCloseTo(1192.5 + 0.12 * 36_525, 6)
})
