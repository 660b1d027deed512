import { everyStatus } from '../../../filing-status.ts'
import { byStatus, falling, flat, perPerson, stairs, steps } from '../figures.ts'
import { noIncomeTax, type StateTable, stateTable } from '../state-table.ts'

const year = 2025

const newYorkFrom = {
  single: [0, 8500, 11_700, 13_900, 80_650, 215_400, 1_077_550, 5_000_000, 25_000_000],
  marriedFilingJointly: [0, 17_150, 23_600, 27_900, 161_550, 323_200, 2_155_350, 5_000_000, 25_000_000],
  marriedFilingSeparately: [0, 8500, 11_700, 13_900, 80_650, 215_400, 1_077_550, 5_000_000, 25_000_000],
  headOfHousehold: [0, 12_800, 17_650, 20_900, 107_650, 269_300, 1_616_450, 5_000_000, 25_000_000],
}

/** Connecticut's exclusion of pensions falls in steps of 2,500 of income (5,000 on joint returns). */
const connecticutPensions = (from: number, step: number) =>
  steps(
    1,
    [from, 0.85],
    [from + step, 0.7],
    [from + 2 * step, 0.55],
    [from + 3 * step, 0.4],
    [from + 4 * step, 0.25],
    [from + 5 * step, 0.1],
    [from + 6 * step, 0.05],
    [from + 8 * step, 0.025],
    [from + 10 * step, 0],
  )

/** Share of deduction and exemptions that a Rhode Island return keeps: it loses a fifth for each 7,250 above 254,250, or part of 7,250. */
const rhodeIslandLeft = {
  income: 'federal',
  points: everyStatus(steps(1, [254_250, 0.8], [261_500, 0.6], [268_750, 0.4], [276_000, 0.2], [283_250, 0])),
} as const

const rhodeIslandRetired = {
  income: 'federal',
  points: byStatus(steps(1, [107_000, 0]), steps(1, [133_750, 0])),
} as const

export const northeast2025 = {
  // Above the limits a quarter of benefits is taxed: 25 of the 85 % that federal law taxes at such incomes. IRA distributions (by law
  // three quarters of them count) are treated as other pensions. The credit's steps of 500 are replaced by straight lines.
  CT: stateTable({
    year,
    source:
      'Connecticut Department of Revenue Services, Form CT-1040 instructions 2025, tables A-E (CGS 12-700 to 12-703, 12-701(a)(20)(B))',
    brackets: {
      rates: [0.02, 0.045, 0.055, 0.06, 0.065, 0.069, 0.0699],
      from: byStatus(
        [0, 10_000, 50_000, 100_000, 200_000, 250_000, 500_000],
        [0, 20_000, 100_000, 200_000, 400_000, 500_000, 1_000_000],
        [0, 10_000, 50_000, 100_000, 200_000, 250_000, 500_000],
        [0, 16_000, 80_000, 160_000, 320_000, 400_000, 800_000],
      ),
    },
    exemption: byStatus(15_000, 24_000, 12_000, 19_000),
    exemptionLeft: {
      income: 'state',
      points: byStatus(falling(30_000, 45_000), falling(48_000, 72_000), falling(24_000, 36_000), falling(38_000, 57_000)),
    },
    taxesSocialSecurity: true,
    socialSecurityLeftOut: {
      fromAge: 0,
      income: 'federal',
      points: byStatus(
        steps(1, [75_000, 0.6 / 0.85]),
        steps(1, [100_000, 0.6 / 0.85]),
        steps(1, [75_000, 0.6 / 0.85]),
        steps(1, [100_000, 0.6 / 0.85]),
      ),
    },
    retirementExclusions: [{ fromAge: 0, cap: Number.POSITIVE_INFINITY }],
    retirementExclusionLeft: { income: 'federal', points: byStatus(connecticutPensions(75_000, 2500), connecticutPensions(100_000, 5000)) },
    addedTax: {
      income: 'state',
      points: byStatus(
        stairs(
          { above: 56_500, every: 5000, rise: 25, count: 10 },
          { above: 105_000, every: 5000, rise: 25, count: 10 },
          { above: 200_000, every: 5000, rise: 90, count: 30 },
          { above: 500_000, every: 5000, rise: 50, count: 9 },
        ),
        stairs(
          { above: 100_500, every: 5000, rise: 50, count: 10 },
          { above: 210_000, every: 10_000, rise: 50, count: 10 },
          { above: 400_000, every: 10_000, rise: 180, count: 30 },
          { above: 1_000_000, every: 10_000, rise: 100, count: 9 },
        ),
        stairs(
          { above: 50_250, every: 2500, rise: 25, count: 10 },
          { above: 105_000, every: 5000, rise: 25, count: 10 },
          { above: 200_000, every: 5000, rise: 90, count: 30 },
          { above: 500_000, every: 5000, rise: 50, count: 9 },
        ),
        stairs(
          { above: 78_500, every: 4000, rise: 40, count: 10 },
          { above: 168_000, every: 8000, rise: 40, count: 10 },
          { above: 320_000, every: 8000, rise: 140, count: 30 },
          { above: 800_000, every: 8000, rise: 80, count: 9 },
        ),
      ),
    },
    taxCredited: {
      income: 'state',
      points: byStatus(
        [
          [18_800, 0.75],
          [22_300, 0.35],
          [25_000, 0.35],
          [26_500, 0.15],
          [31_300, 0.15],
          [33_300, 0.1],
          [60_000, 0.1],
          [64_500, 0],
        ],
        [
          [30_000, 0.75],
          [33_500, 0.35],
          [40_000, 0.35],
          [41_500, 0.15],
          [50_000, 0.15],
          [52_000, 0.1],
          [96_000, 0.1],
          [100_500, 0],
        ],
        [
          [15_000, 0.75],
          [18_500, 0.35],
          [20_000, 0.35],
          [21_500, 0.15],
          [25_000, 0.15],
          [27_000, 0.1],
          [48_000, 0.1],
          [52_500, 0],
        ],
        [
          [24_000, 0.75],
          [27_500, 0.35],
          [34_000, 0.35],
          [35_500, 0.15],
          [44_000, 0.15],
          [46_000, 0.1],
          [74_000, 0.1],
          [78_500, 0],
        ],
      ),
    },
  }),
  ME: stateTable({
    year,
    source:
      'Maine Revenue Services, 2025 tax rate schedules and Form 1040ME Schedule 1S (36 MRSA 5111, 5122(2)(M-2), (M-3), 5124-C, 5126-A)',
    indexed: true,
    brackets: {
      rates: [0.058, 0.0675, 0.0715],
      from: byStatus([0, 26_800, 63_450], [0, 53_600, 126_900], [0, 26_800, 63_450], [0, 40_200, 95_150]),
    },
    deduction: byStatus(15_000, 30_000, 15_000, 22_500),
    agedDeduction: byStatus(2000, 1600, 1600, 2000),
    deductionLeft: {
      income: 'state',
      points: byStatus(falling(100_000, 175_000), falling(200_050, 350_050), falling(100_000, 175_000), falling(150_000, 262_500)),
    },
    exemption: perPerson(5150),
    exemptionLeft: {
      income: 'state',
      points: byStatus(falling(333_450, 458_450), falling(400_100, 525_100), falling(200_050, 262_550), falling(366_750, 491_750)),
    },
    retirementExclusions: [{ fromAge: 0, cap: 48_216 }],
    benefitsReduceExclusion: 'whole',
    retirementExclusionLeft: {
      income: 'federal',
      points: byStatus(falling(125_000, 225_000), falling(250_000, 350_000), falling(125_000, 175_000), falling(187_500, 287_500)),
    },
  }),
  MA: stateTable({
    year,
    source:
      'Massachusetts Department of Revenue, Form 1 instructions 2025 (M.G.L. c. 62, s. 3-4); short-term gains, at 8.5 %, as other income',
    indexed: true,
    brackets: { rates: [0.05, 0.09], from: everyStatus([0, 1_083_150]) },
    deduction: { ...perPerson(4400), headOfHousehold: 6800 },
    agedDeduction: everyStatus(700),
  }),
  NH: noIncomeTax(year, 'New Hampshire RSA 77, interest and dividends tax repealed from 2025'),
  // The exclusion is for persons of 62 and over. Those who earn 3,000 or less may use the rest of it for other income.
  NJ: stateTable({
    year,
    source: 'New Jersey Division of Taxation, NJ-1040 instructions 2025 (N.J.S.A. 54A:2-1, 54A:3-1, 54A:6-10, 54A:6-15)',
    brackets: {
      rates: [0.014, 0.0175, 0.0245, 0.035, 0.055_25, 0.0637, 0.0897, 0.1075],
      // A single person has no bracket with 2.45 %.
      from: byStatus(
        [0, 20_000, 35_000, 35_000, 40_000, 75_000, 500_000, 1_000_000],
        [0, 20_000, 50_000, 70_000, 80_000, 150_000, 500_000, 1_000_000],
        [0, 20_000, 35_000, 35_000, 40_000, 75_000, 500_000, 1_000_000],
        [0, 20_000, 50_000, 70_000, 80_000, 150_000, 500_000, 1_000_000],
      ),
    },
    deduction: perPerson(1000),
    agedDeduction: everyStatus(1000),
    retirementExclusions: [{ fromAge: 62, cap: Number.POSITIVE_INFINITY }],
    excludesInvestmentIncome: true,
    investmentIncomeUpToWages: 3000,
    retirementExclusionLeft: {
      income: 'state',
      points: byStatus(
        steps(1, [100_000, 0.375], [125_000, 0.1875], [150_000, 0]),
        steps(1, [100_000, 0.5], [125_000, 0.25], [150_000, 0]),
        steps(1, [100_000, 0.25], [125_000, 0.125], [150_000, 0]),
      ),
    },
    retirementExclusionLimit: byStatus(75_000, 100_000, 50_000),
  }),
  NY: stateTable({
    year,
    source:
      'New York Department of Taxation and Finance, IT-201-I 2025 (Tax Law 601, 612(c)(3-a), 614; TSB-M-98(7)I on conversions); without the recapture of lower brackets above 107,650 of income, and without city taxes',
    brackets: { rates: [0.04, 0.045, 0.0525, 0.055, 0.06, 0.0685, 0.0965, 0.103, 0.109], from: newYorkFrom },
    deduction: { single: 8000, marriedFilingJointly: 16_050, marriedFilingSeparately: 8000, headOfHousehold: 11_200 },
    retirementExclusions: [{ fromAge: 59.5, cap: 20_000 }],
  }),
  PA: stateTable({
    year,
    source: 'Pennsylvania Department of Revenue, PA-40 instructions 2025 (72 P.S. 7301-7303); without local earned income taxes',
    brackets: flat(0.0307),
    retirementExclusions: [{ fromAge: 59.5, cap: Number.POSITIVE_INFINITY }],
  }),
  // Benefits and retirement income are excluded from full retirement age, here 67.
  RI: stateTable({
    year,
    source: 'Rhode Island Division of Taxation, RI-1040 instructions 2025 and ADV 2024-26 (R.I.G.L. 44-30-2.6, 44-30-12(c))',
    indexed: true,
    brackets: { rates: [0.0375, 0.0475, 0.0599], from: everyStatus([0, 79_900, 181_650]) },
    deduction: byStatus(10_900, 21_800, 10_900, 16_350),
    deductionLeft: rhodeIslandLeft,
    exemption: perPerson(5100),
    exemptionLeft: rhodeIslandLeft,
    taxesSocialSecurity: true,
    socialSecurityLeftOut: { ...rhodeIslandRetired, fromAge: 67 },
    retirementExclusions: [{ fromAge: 67, cap: 50_000 }],
    retirementExclusionLeft: rhodeIslandRetired,
  }),
  // The minimum tax of 3 % of federal income above 150,000 is not modelled. The exclusion of 40 % of gains is for business property only.
  VT: stateTable({
    year,
    source:
      'Vermont Department of Taxes, IN-111 instructions and rate schedules 2025 (32 V.S.A. 5811, 5822, 5830e; Act 71 of 2025 on benefits)',
    indexed: true,
    brackets: {
      rates: [0.0335, 0.066, 0.076, 0.0875],
      from: byStatus(
        [0, 49_400, 119_700, 249_700],
        [0, 82_500, 199_450, 304_000],
        [0, 41_250, 99_725, 152_000],
        [0, 66_200, 171_000, 276_850],
      ),
    },
    deduction: byStatus(7650, 15_300, 7650, 11_450),
    agedDeduction: everyStatus(1250),
    exemption: perPerson(5300),
    taxesSocialSecurity: true,
    socialSecurityLeftOut: {
      fromAge: 0,
      income: 'federal',
      points: byStatus(falling(55_000, 65_000), falling(70_000, 80_000)),
    },
    longTermGainsExemptUpTo: 5000,
  }),
} as const satisfies Readonly<Record<string, StateTable>>
