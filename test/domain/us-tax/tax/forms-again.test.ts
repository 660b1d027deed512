import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { filingStatuses, type FilingStatus, type HouseholdYear } from '../../../../domain/us-tax/tax/index.ts'
import { household, taxOf } from './household.ts'

/* A return once more, line by line as the forms of 2026 have it, with the figures of Rev. Proc. 2025-32 typed in again. */

const byStatus = <T>(single: T, joint: T, separate: T, head: T): Record<FilingStatus, T> => ({
  single,
  marriedFilingJointly: joint,
  marriedFilingSeparately: separate,
  headOfHousehold: head,
})

const SCHEDULE = byStatus(
  [12_400, 50_400, 105_700, 201_775, 256_225, 640_600],
  [24_800, 100_800, 211_400, 403_550, 512_450, 768_700],
  [12_400, 50_400, 105_700, 201_775, 256_225, 384_350],
  [17_700, 67_450, 105_700, 201_750, 256_200, 640_600],
)
const RATES = [0.1, 0.12, 0.22, 0.24, 0.32, 0.35, 0.37]
const GAINS = byStatus([49_450, 545_500], [98_900, 613_700], [49_450, 306_850], [66_200, 579_600])
const STANDARD = byStatus([16_100, 2050], [32_200, 1650], [16_100, 1650], [24_150, 2050])
const SURTAX_FROM = byStatus(200_000, 250_000, 125_000, 200_000)

const fromSchedule = (status: FilingStatus, income: number): number =>
  RATES.reduce((tax, rate, i) => {
    const from = SCHEDULE[status][i - 1] ?? 0
    return tax + rate * Math.max(0, Math.min(income, SCHEDULE[status][i] ?? Number.POSITIVE_INFINITY) - from)
  }, 0)

/** Worksheet 1 of Publication 915, from line 2. */
const taxableBenefits = (status: FilingStatus, benefits: number, other: number): number => {
  const line7 = benefits / 2 + other
  if (status === 'marriedFilingSeparately') return Math.max(0, Math.min(0.85 * line7, 0.85 * benefits))
  const line9 = line7 - (status === 'marriedFilingJointly' ? 32_000 : 25_000)
  if (line9 <= 0) return 0
  const line10 = status === 'marriedFilingJointly' ? 12_000 : 9000
  const line15 = Math.min(benefits / 2, Math.min(line9, line10) / 2)
  return Math.min(line15 + 0.85 * Math.max(0, line9 - line10), 0.85 * benefits)
}

/** Qualified Dividends and Capital Gain Tax Worksheet. */
const withGains = (status: FilingStatus, line1: number, line4: number): number => {
  const [zeroUntil, fifteenUntil] = GAINS[status] as [number, number]
  const line5 = Math.max(0, line1 - line4)
  const line9 = Math.min(line1, zeroUntil) - Math.min(line5, Math.min(line1, zeroUntil))
  const line12 = Math.min(line1, line4) - line9
  const line17 = Math.min(line12, Math.max(0, Math.min(line1, fifteenUntil) - (line5 + line9)))
  const line20 = Math.min(line1, line4) - (line9 + line17)
  return Math.min(0.15 * line17 + 0.2 * line20 + fromSchedule(status, line5), fromSchedule(status, line1))
}

const formsOf = (status: FilingStatus, year: HouseholdYear) => {
  const people = year.people.filter(person => person.onReturn)
  const sum = (of: (person: HouseholdYear['people'][number]) => number): number => people.reduce((total, person) => total + of(person), 0)

  // Schedule D.
  const line7 = year.shortTermGains - year.shortTermLossCarryover
  const line15 = year.longTermGains - year.longTermLossCarryover
  const line16 = line7 + line15
  const line21 = Math.min(-line16, status === 'marriedFilingSeparately' ? 1500 : 3000)
  const gain = line16 >= 0 ? line16 : -line21

  // Form 1040, lines 1-11.
  const other =
    sum(person => person.wages + person.pension + person.taxDeferredWithdrawals + person.rothConversions) +
    year.interest +
    year.qualifiedDividends +
    gain +
    year.otherIncome -
    year.deductibleContributions
  const benefits = taxableBenefits(
    status,
    sum(person => person.socialSecurity),
    other + year.taxExemptInterest,
  )
  const agi = other + benefits

  // Schedule 1-A, Schedule A, lines 12-15.
  const aged = people.filter(person => person.age >= 65).length
  const from = status === 'marriedFilingJointly' ? 150_000 : 75_000
  const senior = status === 'marriedFilingSeparately' ? 0 : aged * Math.max(0, 6000 - 0.06 * Math.max(0, agi - from))
  const half = status === 'marriedFilingSeparately' ? 0.5 : 1
  const cap = Math.max(10_000 * half, 40_400 * half - 0.3 * Math.max(0, agi - 505_000 * half))
  const itemized = year.itemizedDeductions + Math.min(cap, year.stateAndLocalTaxesPaid)
  const inTopBracket = Math.max(0, agi - senior - SCHEDULE[status][5]!)
  const [standard, box] = STANDARD[status] as [number, number]
  const boxes = aged + people.filter(person => person.blind).length
  const deduction = Math.max(standard + boxes * box, itemized - (2 / 37) * Math.min(itemized, inTopBracket)) + senior
  const taxable = Math.max(0, agi - deduction)

  // Forms 8959 and 8960, and the employee's taxes.
  const wages = sum(person => person.wages)
  const profits = sum(person => person.selfEmploymentEarnings)
  const form8959 = Math.max(0, wages - SURTAX_FROM[status]) + Math.max(0, profits - Math.max(0, SURTAX_FROM[status] - wages))
  const investment = year.interest + year.qualifiedDividends + gain

  // Capital Loss Carryover Worksheet.
  const used = Math.min(line21, Math.max(0, agi - deduction + line21))
  const shortTermLoss = Math.max(0, -line7)
  return {
    taxableSocialSecurity: benefits,
    adjustedGrossIncome: agi,
    deduction,
    taxableIncome: taxable,
    incomeTax: withGains(status, taxable, year.qualifiedDividends + Math.max(0, Math.min(line15, line16))),
    netInvestmentIncomeTax: 0.038 * Math.max(0, Math.min(investment, agi - SURTAX_FROM[status])),
    payrollTax: sum(person => 0.062 * Math.min(person.wages, 184_500)) + 0.0145 * wages + 0.009 * form8959,
    shortTermLossCarryover: line16 >= 0 ? 0 : Math.max(0, shortTermLoss - used - Math.max(0, line15)),
    longTermLossCarryover: line16 >= 0 ? 0 : Math.max(0, -line15 - Math.max(0, line7) - Math.max(0, used - shortTermLoss)),
  }
}

const money = (max: number) => fc.oneof(fc.constant(0), fc.integer({ min: 0, max: Math.round(max / 10) }), fc.integer({ min: 0, max }))
const person = fc.record({
  age: fc.integer({ min: 40, max: 95 }),
  blind: fc.boolean(),
  wages: money(600_000),
  selfEmploymentEarnings: money(300_000),
  pension: money(150_000),
  taxDeferredWithdrawals: money(300_000),
  rothConversions: money(100_000),
  socialSecurity: money(60_000),
})
const year = fc.record({
  interest: money(80_000),
  taxExemptInterest: money(30_000),
  qualifiedDividends: money(150_000),
  longTermGains: fc.oneof(fc.integer({ min: -60_000, max: 60_000 }), fc.integer({ min: 0, max: 900_000 })),
  shortTermGains: fc.integer({ min: -60_000, max: 60_000 }),
  shortTermLossCarryover: money(20_000),
  longTermLossCarryover: money(20_000),
  otherIncome: money(100_000),
  deductibleContributions: money(40_000),
  itemizedDeductions: money(120_000),
  stateAndLocalTaxesPaid: money(90_000),
})

test('every return of 2026 has the same tax as its forms', () => {
  fc.assert(
    fc.property(fc.constantFrom(...filingStatuses), year, person, person, (status, amounts, first, second) => {
      const given = status === 'marriedFilingJointly' ? { ...amounts, status, first, second } : { ...amounts, status, first }
      const result = taxOf(2026, given)
      const forms = formsOf(status, household(2026, given))
      const found = { ...result, incomeTax: result.ordinaryTax + result.capitalGainsTax }
      for (const [line, amount] of Object.entries(forms)) expect(found[line as keyof typeof forms], line).toBeCloseTo(amount, 5)
    }),
    { numRuns: 500 },
  )
})
