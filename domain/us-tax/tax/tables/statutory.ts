import { everyStatus } from '../filing-status.ts'
import type { StatutoryFigures } from './table.ts'

/** Figures from the Internal Revenue Code itself. A change of law needs a new set; the tables of earlier years keep the old one. */
export const statutoryFigures: StatutoryFigures = {
  seniorDeduction: {
    source: 'Public Law 119-21, section 70103; IRC 151(d)(5)(C); Schedule 1-A (Form 1040), part V',
    firstYear: 2025,
    lastYear: 2028,
    amount: { ...everyStatus(6000), marriedFilingSeparately: 0 },
    phaseOutRate: 0.06,
    phaseOutFrom: { ...everyStatus(75_000), marriedFilingJointly: 150_000 },
  },
  netInvestmentIncome: {
    source: 'IRC 1411(a)-(b); Form 8960 instructions',
    rate: 0.038,
    threshold: { single: 200_000, marriedFilingJointly: 250_000, marriedFilingSeparately: 125_000, headOfHousehold: 200_000 },
  },
  socialSecurityTaxation: {
    source: 'IRC 86(a)-(c); IRS Publication 915, worksheet 1',
    base: { ...everyStatus(25_000), marriedFilingJointly: 32_000 },
    adjustedBase: { ...everyStatus(34_000), marriedFilingJointly: 44_000 },
    lowerShare: 0.5,
    upperShare: 0.85,
  },
  payrollRates: {
    source: 'IRC 3101(a)-(b); Form 8959 instructions',
    socialSecurity: 0.062,
    medicare: 0.0145,
    additionalMedicare: 0.009,
    additionalMedicareThreshold: { ...everyStatus(200_000), marriedFilingJointly: 250_000, marriedFilingSeparately: 125_000 },
  },
  capitalLoss: {
    source: 'IRC 1211(b); Schedule D (Form 1040), line 21',
    limit: { ...everyStatus(3000), marriedFilingSeparately: 1500 },
  },
  stateAndLocalTaxes: {
    source: 'Public Law 119-21, section 70120; IRC 164(b)(6)-(7): up 1 % a year until 2029, 10,000 from 2030',
    schedule: [
      { year: 2025, cap: 40_000, phaseDownFrom: 500_000 },
      { year: 2026, cap: 40_400, phaseDownFrom: 505_000 },
      { year: 2027, cap: 40_804, phaseDownFrom: 510_050 },
      { year: 2028, cap: 41_212.04, phaseDownFrom: 515_150.5 },
      { year: 2029, cap: 41_624.1604, phaseDownFrom: 520_302.005 },
      { year: 2030, cap: 10_000, phaseDownFrom: Number.POSITIVE_INFINITY },
    ],
    phaseDownRate: 0.3,
    floor: 10_000,
  },
  itemizedLimitation: {
    source: 'Public Law 119-21, section 70111; IRC 68(a)',
    firstYear: 2026,
    share: 2 / 37,
  },
  earlyWithdrawal: {
    source: 'IRC 72(t)(1), 223(f)(4)(A), 529(c)(6)',
    retirementAccountRate: 0.1,
    healthSavingsAccountRate: 0.2,
  },
}
