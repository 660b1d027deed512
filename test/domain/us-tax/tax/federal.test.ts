import { describe, expect, test } from 'vitest'
import { stateAndLocalDeduction, taxableBenefits } from '../../../../domain/us-tax/tax/taxable-income.ts'
import { incomeTax, prepared, taxOf } from './household.ts'

describe('ordinary income', () => {
  test('of a single worker of 2025', () => {
    // 100,000 - 15,750 = 84,250; 1,192.50 + 4,386.00 + 22 % of (84,250 - 48,475) = 13,449.
    const result = taxOf(2025, { first: { wages: 100_000 } })
    expect(result.taxableIncome).toBe(84_250)
    expect(result.ordinaryTax).toBeCloseTo(13_449, 8)
    expect(result.bracketRate).toBe(0.22)
    expect(result.roomInBracket).toBe(103_350 - 84_250)
  })

  test('of a joint return of 2026 in the top bracket', () => {
    // 2,480 + 9,120 + 24,332 + 46,116 + 34,848 + 89,687.50 = 206,583.50; 37 % of (967,800 - 768,700) = 73,667.
    const result = taxOf(2026, { status: 'marriedFilingJointly', first: { wages: 1_000_000 }, second: {} })
    expect(result.ordinaryTax).toBeCloseTo(280_250.5, 6)
    expect(result.bracketRate).toBe(0.37)
    expect(result.roomInBracket).toBe(Number.POSITIVE_INFINITY)
  })

  test('below the deduction leaves room for the rest of the deduction', () => {
    const result = taxOf(2026, { first: { taxDeferredWithdrawals: 10_000 } })
    expect(result.total).toBe(0)
    expect(result.roomInBracket).toBe(16_100 + 12_400 - 10_000)
  })

  test('on a boundary has the rate and the room of the bracket above', () => {
    const result = taxOf(2026, { first: { pension: 16_100 + 12_400 } })
    expect([result.bracketRate, result.roomInBracket]).toEqual([0.12, 50_400 - 12_400])
  })
})

describe('deductions', () => {
  test('grow with age and blindness, for each person', () => {
    // 32,200 + 3 x 1,650 for a couple: both are 65 or more, one is blind; senior deduction ended after 2028.
    const result = taxOf(2026, {
      status: 'marriedFilingJointly',
      year: 2029,
      first: { age: 65, blind: true, pension: 50_000 },
      second: { age: 80 },
    })
    expect(result.deduction).toBe(32_200 + 3 * 1650)
  })

  test.each([
    [75_000, 6000],
    [100_000, 4500],
    [175_000, 0],
  ])('of 2026 with %d of income include a senior deduction of %d', (pension, senior) => {
    expect(taxOf(2026, { first: { age: 70, pension } }).deduction).toBeCloseTo(16_100 + 2050 + senior, 8)
  })

  test('of a couple phase out for each person: both are zero at 250,000', () => {
    const deduction = (pension: number): number =>
      taxOf(2026, { status: 'marriedFilingJointly', first: { age: 70, pension }, second: { age: 66 } }).deduction
    expect(deduction(150_000)).toBe(32_200 + 2 * 1650 + 12_000)
    expect(deduction(200_000)).toBeCloseTo(32_200 + 2 * 1650 + 6000, 8)
    expect(deduction(250_000)).toBeCloseTo(32_200 + 2 * 1650, 8)
  })

  test('are itemized if that is more, with state and local taxes up to their cap', () => {
    const result = taxOf(2026, { first: { wages: 200_000 }, itemizedDeductions: 12_000, stateAndLocalTaxesPaid: 60_000 })
    expect(result.deduction).toBe(12_000 + 40_400)
  })

  test.each([
    [2026, 1, 605_000, 10_400],
    [2026, 1, 700_000, 10_000],
    [2026, 0.5, 0, 20_200],
    [2029, 1, 0, 41_624.1604],
    [2030, 1, 0, 10_000],
    [2060, 1, 900_000, 10_000],
  ])('of state and local taxes in %i, share %d, income %d are capped at %d', (year, share, magi, cap) => {
    expect(stateAndLocalDeduction(prepared(2026), share, 1e6, year, magi)).toBeCloseTo(cap, 6)
  })
})

describe('long-term gains and qualified dividends stack on ordinary income', () => {
  test('through 0 and 15 %', () => {
    // Ordinary 44,250: 5,071.50. Gains fill 44,250-48,350 at 0 and 48,350-64,250 at 15 %: 2,385.
    const result = taxOf(2025, { first: { wages: 60_000 }, longTermGains: 15_000, qualifiedDividends: 5000 })
    expect(result.ordinaryTax).toBeCloseTo(5071.5, 8)
    expect(result.capitalGainsTax).toBeCloseTo(2385, 8)
  })

  test('through 15 and 20 %', () => {
    // Joint, 2026: ordinary 500,000 - 32,200 = 467,800; gains from there: 145,900 at 15 %, 54,100 at 20 %.
    const result = taxOf(2026, { status: 'marriedFilingJointly', first: { wages: 500_000 }, second: {}, longTermGains: 200_000 })
    expect(result.capitalGainsTax).toBeCloseTo(21_885 + 10_820, 6)
  })

  test('with deductions taken from ordinary income first', () => {
    const result = taxOf(2026, { longTermGains: 16_100 + 49_450 + 1000 })
    expect(incomeTax(result)).toBeCloseTo(150, 8)
  })

  test('and are never taxed more than ordinary income: the 0 % rate ends below the 12 % bracket', () => {
    // Taxable 48,475, of which 100 are gains: 15 % of them is 15, but 12 % is 12.
    const result = taxOf(2025, { first: { wages: 48_375 + 15_750 }, longTermGains: 100 })
    expect(result.capitalGainsTax).toBeCloseTo(12, 8)
  })

  test('short-term gains are ordinary', () => {
    expect(taxOf(2026, { shortTermGains: 80_000 }).ordinaryTax).toBeCloseTo(taxOf(2026, { otherIncome: 80_000 }).ordinaryTax, 8)
  })
})

describe('capital losses', () => {
  test('are deducted up to 3,000, the short-term ones first, and carried over by term', () => {
    const result = taxOf(2026, { first: { wages: 90_000 }, shortTermGains: -2000, longTermGains: -7000 })
    expect(result.adjustedGrossIncome).toBe(87_000)
    expect([result.shortTermLossCarryover, result.longTermLossCarryover]).toEqual([0, 6000])
  })

  test('offset gains of the other term before that', () => {
    const result = taxOf(2026, { first: { wages: 90_000 }, shortTermGains: -10_000, longTermGains: 4000 })
    expect([result.shortTermLossCarryover, result.longTermLossCarryover]).toEqual([3000, 0])
    expect(result.preferentialIncome).toBe(0)
  })

  test('carried over reduce later gains; the rest of a net gain keeps its term', () => {
    const result = taxOf(2026, { shortTermGains: 5000, longTermGains: 20_000, longTermLossCarryover: 12_000, shortTermLossCarryover: 7000 })
    expect([result.netCapitalGains, result.preferentialIncome]).toEqual([6000, 6000])
  })

  test('are limited to 1,500 on a separate return, whatever prices do', () => {
    const result = taxOf(2026, { status: 'marriedFilingSeparately', priceIndex: 3, first: { wages: 90_000 }, longTermGains: -7000 })
    expect(result.adjustedGrossIncome).toBe(88_500)
  })
})

describe('Social Security benefits', () => {
  test.each([
    // George White, Joe and Betty Johnson, Bill Jones: IRS Publication 915, examples 1, 3 and 4.
    [5980, 28_990, 25_000, 34_000, 2990],
    [10_000, 40_500, 32_000, 44_000, 6275],
    [4000, 8000, 0, 0, 3400],
    // By hand: 25,500 + 20,000 is 13,500 above 32,000, but 1,500 above 44,000: 6,000 + 1,275.
    [40_000, 25_500, 32_000, 44_000, 7275],
    [40_000, 12_000, 32_000, 44_000, 0],
    [40_000, 200_000, 32_000, 44_000, 34_000],
  ])('of %d beside %d of income, bases %d and %d, are taxed on %d', (benefits, other, base, adjustedBase, taxed) => {
    expect(taxableBenefits(benefits, other, base, adjustedBase, 0.5, 0.85)).toBeCloseTo(taxed, 8)
  })

  test('count tax-exempt interest as income, and their bases are not indexed', () => {
    const result = taxOf(2026, {
      status: 'marriedFilingJointly',
      priceIndex: 2,
      first: { age: 70, socialSecurity: 10_000, pension: 38_000 },
      second: { age: 70 },
      taxExemptInterest: 2500,
    })
    expect(result.taxableSocialSecurity).toBeCloseTo(6275, 8)
    expect(result.modifiedAdjustedGrossIncome).toBeCloseTo(46_775, 8)
  })

  test('on separate returns depend on having lived apart', () => {
    const taxed = (livedApart: boolean): number =>
      taxOf(2026, { status: 'marriedFilingSeparately', livedApart, first: { socialSecurity: 4000, pension: 8000 } }).taxableSocialSecurity
    expect([taxed(false), taxed(true)]).toEqual([3400, 0])
  })
})

describe('net investment income tax', () => {
  test.each([
    ['by investment income', { first: { wages: 300_000 }, interest: 20_000 }, 0.038 * 20_000],
    ['by the excess over the threshold', { first: { wages: 190_000 }, longTermGains: 30_000 }, 0.038 * 20_000],
    ['to nothing below it, though withdrawals are no investment income', { first: { taxDeferredWithdrawals: 500_000 } }, 0],
  ])('is limited %s', (_, given, tax) => {
    expect(taxOf(2026, given).netInvestmentIncomeTax).toBeCloseTo(tax, 8)
  })

  test('has a threshold that prices do not move', () => {
    const result = taxOf(2026, { priceIndex: 2, first: { wages: 190_000 }, longTermGains: 30_000 })
    expect(result.netInvestmentIncomeTax).toBeCloseTo(760, 8)
  })
})

describe('payroll tax', () => {
  test('caps Social Security for each person and adds 0.9 % above the joint threshold', () => {
    const result = taxOf(2025, { status: 'marriedFilingJointly', first: { wages: 200_000 }, second: { wages: 100_000 } })
    expect(result.payrollTax).toBeCloseTo(0.062 * (176_100 + 100_000) + 0.0145 * 300_000 + 0.009 * 50_000, 8)
  })

  test('has a wage base that follows wages', () => {
    expect(taxOf(2026, { wageIndex: 2, first: { wages: 1e6 } }).payrollTax).toBeCloseTo(0.062 * 369_000 + 14_500 + 7200, 8)
  })

  test('is due on elective deferrals, which income tax is not', () => {
    const deferring = taxOf(2026, { first: { wages: 100_000 }, deductibleContributions: 20_000 })
    expect(deferring.payrollTax).toBeCloseTo(7650, 8)
    expect(deferring.adjustedGrossIncome).toBe(80_000)
  })
})

test('early withdrawals cost a tenth, those from health savings accounts a fifth', () => {
  expect(taxOf(2026, { penalizedWithdrawals: 5000, penalizedHealthSavingsWithdrawals: 1000 }).earlyWithdrawalTax).toBe(700)
})

test('a total is the sum of its parts', () => {
  const result = taxOf(
    2026,
    {
      status: 'marriedFilingJointly',
      first: { age: 66, wages: 300_000, onMedicare: true },
      second: { age: 60, taxDeferredWithdrawals: 40_000 },
      interest: 10_000,
      longTermGains: 50_000,
      penalizedWithdrawals: 1000,
      magiTwoYearsAgo: 300_000,
    },
    'CA',
  )
  const parts = [
    result.ordinaryTax,
    result.capitalGainsTax,
    result.netInvestmentIncomeTax,
    result.payrollTax,
    result.earlyWithdrawalTax,
    result.stateTax,
    result.medicareSurcharge,
  ]
  expect(Math.min(...parts)).toBeGreaterThan(0)
  expect(result.total).toBeCloseTo(
    parts.reduce((a, b) => a + b),
    8,
  )
})
