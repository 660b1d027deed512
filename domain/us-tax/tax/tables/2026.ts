import { statutoryFigures } from './statutory.ts'
import type { TaxTable } from './table.ts'

export const taxTable2026: TaxTable = {
  ...statutoryFigures,
  year: 2026,
  ordinary: {
    source: 'Rev. Proc. 2025-32, tax rate tables 1-4',
    rates: [0.1, 0.12, 0.22, 0.24, 0.32, 0.35, 0.37],
    from: {
      single: [0, 12_400, 50_400, 105_700, 201_775, 256_225, 640_600],
      marriedFilingJointly: [0, 24_800, 100_800, 211_400, 403_550, 512_450, 768_700],
      marriedFilingSeparately: [0, 12_400, 50_400, 105_700, 201_775, 256_225, 384_350],
      headOfHousehold: [0, 17_700, 67_450, 105_700, 201_750, 256_200, 640_600],
    },
  },
  longTermGains: {
    source: 'Rev. Proc. 2025-32, maximum capital gains rate',
    rates: [0, 0.15, 0.2],
    from: {
      single: [0, 49_450, 545_500],
      marriedFilingJointly: [0, 98_900, 613_700],
      marriedFilingSeparately: [0, 49_450, 306_850],
      headOfHousehold: [0, 66_200, 579_600],
    },
  },
  standardDeduction: {
    source: 'Rev. Proc. 2025-32, standard deduction',
    amount: { single: 16_100, marriedFilingJointly: 32_200, marriedFilingSeparately: 16_100, headOfHousehold: 24_150 },
    agedOrBlind: { single: 2050, marriedFilingJointly: 1650, marriedFilingSeparately: 1650, headOfHousehold: 2050 },
  },
  socialSecurityWageBase: { source: 'SSA, contribution and benefit base for 2026', amount: 184_500 },
  medicare: {
    source: 'CMS, 2026 Medicare Parts A & B premiums and deductibles; SSA POMS HI 01101.020',
    partBMonthly: 202.9,
    tierFrom: {
      single: [109_000, 137_000, 171_000, 205_000, 500_000],
      marriedFilingJointly: [218_000, 274_000, 342_000, 410_000, 750_000],
      marriedFilingSeparately: [109_000, 109_000, 109_000, 109_000, 391_000],
      headOfHousehold: [109_000, 137_000, 171_000, 205_000, 500_000],
    },
    partBSurcharge: [81.2, 202.9, 324.6, 446.3, 487],
    partDSurcharge: [14.5, 37.5, 60.4, 83.3, 91],
  },
}
