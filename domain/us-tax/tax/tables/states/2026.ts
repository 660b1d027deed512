import { everyStatus } from '../../filing-status.ts'
import { minnesotaLeft } from './2025/midwest.ts'
import { stateTables2025 } from './2025.ts'
import { byStatus, falling, flat, perPerson, steps } from './figures.ts'
import type { StateTable } from './state-table.ts'

const year = 2026

const montanaFrom = byStatus([0, 47_500], [0, 95_000], [0, 47_500], [0, 71_250])

/** A fifth is lost for each 7,450 of income above 261,000, or part of 7,450. */
const rhodeIslandLeft = {
  income: 'federal',
  points: everyStatus(steps(1, [261_000, 0.8], [268_450, 0.6], [275_900, 0.4], [283_350, 0.2], [290_800, 0])),
} as const

/** States with known changes for 2026; the others use those of 2025, as their `year` shows. */
export const stateTables2026 = {
  ...stateTables2025,
  AZ: {
    ...stateTables2025.AZ,
    year,
    source: 'A.R.S. 43-1011, 43-1041 (standard deduction as federal, Rev. Proc. 2025-32)',
    deduction: { single: 16_100, marriedFilingJointly: 32_200, marriedFilingSeparately: 16_100, headOfHousehold: 24_150 },
  },
  // The standard deduction and the brackets are those of 2025; from 94,701 of taxable income the benefit of the lower brackets falls.
  AR: {
    ...stateTables2025.AR,
    year,
    source: 'Arkansas Act 1 of 2026 (1st Extraordinary Session), amending A.C.A. 26-51-201',
    brackets: { rates: [0, 0.02, 0.03, 0.034, 0.037], from: stateTables2025.AR.brackets.from },
    addedTax: {
      income: 'state',
      points: byStatus(
        [
          [97_170, 0],
          [100_071, 287.3],
        ],
        [
          [99_640, 0],
          [102_541, 287.3],
        ],
      ),
    },
  },
  GA: {
    ...stateTables2025.GA,
    year,
    source: 'Georgia HB 463 (2025-2026), amending O.C.G.A. 48-7-20, 48-7-27',
    brackets: flat(0.0499),
    deduction: perPerson(15_000),
  },
  HI: {
    ...stateTables2025.HI,
    year,
    source: 'HRS 235-2.4(a), as amended by Act 46 of 2024',
    deduction: byStatus(8000, 16_000, 8000, 12_000),
  },
  IN: { ...stateTables2025.IN, year, source: 'IC 6-3-2-1(a)(3)', brackets: flat(0.0295) },
  KY: {
    ...stateTables2025.KY,
    year,
    source: 'KRS 141.020 (HB 1 of 2025), Kentucky Department of Revenue, 2026 withholding formula (standard deduction)',
    brackets: flat(0.035),
    deduction: perPerson(3360),
  },
  // Both amounts follow the consumer prices of December 2025, as the law requires.
  LA: {
    ...stateTables2025.LA,
    year,
    source: 'R.S. 47:44.1, 47:294; Louisiana Register of February 2026, withholding tables',
    deduction: byStatus(12_835, 25_670, 12_835, 25_670),
    retirementExclusions: [{ fromAge: 65, cap: 12_321 }],
  },
  // The surcharge of 2 % is one of the brackets. The cap is the greatest benefit at full retirement age, 4,152 per month; standard deduction
  // and exemptions are those of 2025.
  ME: {
    ...stateTables2025.ME,
    year,
    source: 'Maine Revenue Services, 2026 tax rate schedules; 36 MRSA 5111(7) (L.D. 2212, Part DDDD), 5122(2)(M-2)',
    brackets: {
      rates: [0.058, 0.0675, 0.0715, 0.0915],
      from: byStatus(
        [0, 27_400, 64_850, 1_000_000],
        [0, 54_850, 129_750, 1_500_000],
        [0, 27_400, 64_850, 750_000],
        [0, 41_100, 97_300, 1_500_000],
      ),
    },
    deductionLeft: {
      income: 'state',
      points: byStatus(falling(102_250, 177_250), falling(204_550, 354_550), falling(102_250, 177_250), falling(153_400, 265_900)),
    },
    exemptionLeft: {
      income: 'state',
      points: byStatus(falling(341_000, 466_000), falling(409_150, 534_150), falling(204_575, 267_075), falling(375_050, 500_050)),
    },
    retirementExclusions: [{ fromAge: 0, cap: 49_824 }],
  },
  MD: {
    ...stateTables2025.MD,
    year,
    source: 'Comptroller of Maryland, pension exclusion for 2026 (Tax-General 10-209)',
    retirementExclusions: [{ fromAge: 65, cap: 40_600 }],
  },
  MI: {
    ...stateTables2025.MI,
    year,
    source: 'MCL 206.30: the whole of 65,897 a person (the amount of 2025)',
    retirementExclusions: [{ fromAge: 59.5, cap: 65_897 }],
  },
  // The thresholds of the deduction's reduction are those of 2025; those for benefits rise with the brackets (subd. 26).
  MN: {
    ...stateTables2025.MN,
    year,
    source: 'Minnesota Department of Revenue, inflation adjusted amounts for 2026 (Minn. Stat. 270C.22, 290.06 subd. 2d, 290.0123)',
    brackets: {
      rates: stateTables2025.MN.brackets.rates,
      from: byStatus(
        [0, 33_310, 109_430, 203_150],
        [0, 48_700, 193_480, 337_930],
        [0, 24_350, 96_740, 168_965],
        [0, 41_010, 164_800, 270_060],
      ),
    },
    deduction: byStatus(15_300, 30_600, 15_300, 23_000),
    agedDeduction: byStatus(2050, 1600, 1600, 2050),
    deductionLeft: {
      income: 'federal',
      points: byStatus(
        minnesotaLeft(15_300, 238_950, 330_300),
        minnesotaLeft(30_600, 238_950, 330_300),
        minnesotaLeft(15_300, 119_475, 165_150),
        minnesotaLeft(23_000, 238_950, 330_300),
      ),
    },
    socialSecurityLeftOut: {
      fromAge: 0,
      income: 'federal',
      points: byStatus(falling(86_410, 126_410), falling(110_780, 150_780), falling(55_390, 75_390)),
    },
  },
  MS: {
    ...stateTables2025.MS,
    year,
    source: 'Miss. Code 27-7-5 (HB 531 of 2022, HB 1 of 2025)',
    brackets: { rates: [0, 0.04], from: stateTables2025.MS.brackets.from },
  },
  MT: {
    ...stateTables2025.MT,
    year,
    source: 'MCA 15-30-2103 (HB 337 of 2025); the subtraction of 65 and over as in 2025',
    brackets: { rates: [0.047, 0.0565], from: montanaFrom },
    longTermGains: { rates: [0.03, 0.041], from: montanaFrom },
  },
  NC: { ...stateTables2025.NC, year, source: 'G.S. 105-153.7(a)', brackets: flat(0.0399) },
  // Standard deduction and credit are those of 2025.
  NE: {
    ...stateTables2025.NE,
    year,
    source: 'Neb. Rev. Stat. 77-2715.03 (LB 754 of 2023); Nebraska Department of Revenue, 2026 tax calculation schedule',
    brackets: {
      rates: [0.0246, 0.0351, 0.0455],
      from: byStatus([0, 4130, 24_760], [0, 8250, 49_530], [0, 4130, 24_760], [0, 7700, 39_620]),
    },
  },
  NY: {
    ...stateTables2025.NY,
    year,
    source: `New York Tax Law 601, as amended by chapter 59 of the Laws of 2025; otherwise ${stateTables2025.NY.source}`,
    brackets: { rates: [0.039, 0.044, 0.0515, 0.054, 0.059, 0.0685, 0.0965, 0.103, 0.109], from: stateTables2025.NY.brackets.from },
  },
  OH: {
    ...stateTables2025.OH,
    year,
    source: 'Ohio House Bill 96 (2025), amending ORC 5747.02',
    brackets: { rates: [0.012_744_8, 0.0275], from: everyStatus([0, 26_050]) },
  },
  OK: {
    ...stateTables2025.OK,
    year,
    source: '68 O.S. 2355 (HB 2764 of 2025)',
    brackets: {
      rates: [0, 0.025, 0.035, 0.045],
      from: byStatus([0, 3750, 4900, 7200], [0, 7500, 9800, 14_400], [0, 3750, 4900, 7200], [0, 7500, 9800, 14_400]),
    },
  },
  // The limits of income for benefits and retirement income are those of 2025.
  RI: {
    ...stateTables2025.RI,
    year,
    source: 'Rhode Island Division of Taxation, inflation adjusted amounts for 2026 (R.I.G.L. 44-30-2.6)',
    brackets: { rates: stateTables2025.RI.brackets.rates, from: everyStatus([0, 82_050, 186_450]) },
    deduction: byStatus(11_200, 22_400, 11_200, 16_800),
    deductionLeft: rhodeIslandLeft,
    exemption: perPerson(5250),
    exemptionLeft: rhodeIslandLeft,
  },
  // The state's own deduction replaces the federal ones.
  SC: {
    ...stateTables2025.SC,
    year,
    source: 'South Carolina H. 4216 (2025-2026), amending S.C. Code 12-6-50, 12-6-510, 12-6-1140',
    indexed: false,
    brackets: { rates: [0.0199, 0.0521], from: everyStatus([0, 30_000]) },
    deduction: byStatus(15_000, 30_000, 15_000, 22_500),
    agedDeduction: everyStatus(0),
    deductionLeft: {
      income: 'federal',
      points: byStatus(falling(40_000, 95_000), falling(80_000, 190_000), falling(40_000, 95_000), falling(60_000, 142_500)),
    },
  },
  // Thresholds are those of 2025.
  UT: {
    ...stateTables2025.UT,
    year,
    source: 'Utah Code 59-10-104, as amended by SB 60 of 2026',
    brackets: flat(0.0445),
    socialSecurityReduction: { income: 'federal', from: byStatus(54_000, 90_000, 45_000, 90_000), rate: 0.025 / 0.0445 },
  },
  WV: {
    ...stateTables2025.WV,
    year,
    source: 'W. Va. Code 11-21-4j (SB 392 of 2026), 11-21-12(c)(8): benefits are left out whole from 2026',
    brackets: { rates: [0.0211, 0.0281, 0.0316, 0.0422, 0.0458], from: stateTables2025.WV.brackets.from },
    taxesSocialSecurity: false,
    socialSecurityLeftOut: null,
  },
} as const satisfies Readonly<Record<string, StateTable>>
