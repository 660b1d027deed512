import { statutoryFigures } from './statutory.ts'
import type { TaxTable } from './table.ts'

export const taxTable2025: TaxTable = {
  ...statutoryFigures,
  year: 2025,
  ordinary: {
    source: 'Rev. Proc. 2024-40, tax rate tables 1-4',
    rates: [0.1, 0.12, 0.22, 0.24, 0.32, 0.35, 0.37],
    from: {
      single: [0, 11_925, 48_475, 103_350, 197_300, 250_525, 626_350],
      marriedFilingJointly: [0, 23_850, 96_950, 206_700, 394_600, 501_050, 751_600],
      marriedFilingSeparately: [0, 11_925, 48_475, 103_350, 197_300, 250_525, 375_800],
      headOfHousehold: [0, 17_000, 64_850, 103_350, 197_300, 250_500, 626_350],
    },
  },
  longTermGains: {
    source: 'Rev. Proc. 2024-40, maximum capital gains rate',
    rates: [0, 0.15, 0.2],
    from: {
      single: [0, 48_350, 533_400],
      marriedFilingJointly: [0, 96_700, 600_050],
      marriedFilingSeparately: [0, 48_350, 300_000],
      headOfHousehold: [0, 64_750, 566_700],
    },
  },
  standardDeduction: {
    source: 'Public Law 119-21, section 70102 (amount); Rev. Proc. 2024-40, standard deduction (aged or blind)',
    amount: { single: 15_750, marriedFilingJointly: 31_500, marriedFilingSeparately: 15_750, headOfHousehold: 23_625 },
    agedOrBlind: { single: 2000, marriedFilingJointly: 1600, marriedFilingSeparately: 1600, headOfHousehold: 2000 },
  },
  socialSecurityWageBase: { source: 'SSA, contribution and benefit base for 2025', amount: 176_100 },
  medicare: {
    source: 'CMS, 2025 Medicare Parts A & B premiums and deductibles; SSA POMS HI 01101.020',
    partBMonthly: 185,
    tierFrom: {
      single: [106_000, 133_000, 167_000, 200_000, 500_000],
      marriedFilingJointly: [212_000, 266_000, 334_000, 400_000, 750_000],
      marriedFilingSeparately: [106_000, 106_000, 106_000, 106_000, 394_000],
      headOfHousehold: [106_000, 133_000, 167_000, 200_000, 500_000],
    },
    partBSurcharge: [74, 185, 295.9, 406.9, 443.9],
    partDSurcharge: [13.7, 35.3, 57, 78.6, 85.8],
  },
}
