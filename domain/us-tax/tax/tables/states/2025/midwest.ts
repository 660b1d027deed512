import { everyStatus } from '../../../filing-status.ts'
import { byStatus, falling, flat, perPerson, steps } from '../figures.ts'
import { type IncomePoints, noIncomeTax, type StateTable, stateTable } from '../state-table.ts'

const year = 2025

/** Share of the deduction that a Minnesota return keeps: it loses 3 % of income above one threshold, 10 % above another, and keeps at least a fifth. */
export const minnesotaLeft = (deduction: number, from: number, to: number): IncomePoints => [
  [from, 1],
  [to, 1 - (0.03 * (to - from)) / deduction],
  [to + (0.8 * deduction - 0.03 * (to - from)) / 0.1, 0.2],
]

export const midwest2025 = {
  // By law there are no exemptions above 250,000 of income (500,000 joint); here they are kept.
  IL: stateTable({
    year,
    source: 'Illinois Department of Revenue, Form IL-1040 instructions 2025 (35 ILCS 5/201, 5/203, 5/204)',
    indexed: true,
    brackets: flat(0.0495),
    deduction: perPerson(2850),
    agedDeduction: everyStatus(1000),
    retirementExclusions: [{ fromAge: 0, cap: Number.POSITIVE_INFINITY }],
  }),
  IN: stateTable({
    year,
    source: 'Indiana Department of Revenue, Form IT-40 booklet 2025 (IC 6-3-2-1, 6-3-1-3.5); without county tax',
    brackets: flat(0.03),
    deduction: perPerson(1000),
    agedDeduction: everyStatus(1000),
  }),
  IA: stateTable({
    year,
    source: 'Iowa Department of Revenue, IA 1040 expanded instructions 2025 (Iowa Code 422.4, 422.5, 422.7), from federal taxable income',
    brackets: flat(0.038),
    federalDeduction: 'whole',
    retirementExclusions: [{ fromAge: 55, cap: Number.POSITIVE_INFINITY }],
  }),
  // The deduction is the standard deduction plus the personal exemption: 3,605 and 9,160 for a single person.
  KS: stateTable({
    year,
    source: 'Kansas Department of Revenue, K-40 instructions 2025 (K.S.A. 79-32,110, 79-32,119, 79-32,121; SB 1 of 2024)',
    brackets: { rates: [0.052, 0.0558], from: byStatus([0, 23_000], [0, 46_000]) },
    deduction: byStatus(12_765, 26_560, 13_280, 17_660),
    agedDeduction: byStatus(850, 700, 700, 850),
  }),
  MI: stateTable({
    year,
    source: 'Michigan Department of Treasury, MI-1040 book 2025 (MCL 206.30, 206.51): three quarters of 65,897 a person',
    indexed: true,
    brackets: flat(0.0425),
    deduction: perPerson(5800),
    retirementExclusions: [{ fromAge: 59.5, cap: 49_422.75 }],
    sharesRetirementExclusion: true,
  }),
  // The exclusion of benefits falls by a tenth for each 4,000 of income (2,000 on separate returns), here linearly. Public pensions are taxed.
  MN: stateTable({
    year,
    source:
      'Minnesota Department of Revenue, Form M1 and M1SA instructions 2025 (Minn. Stat. 290.06, 290.0123, 290.0132 subd. 26, 290.033)',
    indexed: true,
    brackets: {
      rates: [0.0535, 0.068, 0.0785, 0.0985],
      from: byStatus(
        [0, 32_570, 106_990, 198_630],
        [0, 47_620, 189_180, 330_410],
        [0, 23_810, 94_590, 165_205],
        [0, 40_100, 161_130, 264_050],
      ),
    },
    deduction: byStatus(14_950, 29_900, 14_950, 22_500),
    agedDeduction: byStatus(2000, 1550, 1550, 2000),
    deductionLeft: {
      income: 'federal',
      points: byStatus(
        minnesotaLeft(14_950, 238_950, 330_300),
        minnesotaLeft(29_900, 238_950, 330_300),
        minnesotaLeft(14_950, 119_475, 165_150),
        minnesotaLeft(22_500, 238_950, 330_300),
      ),
    },
    taxesSocialSecurity: true,
    socialSecurityLeftOut: {
      fromAge: 0,
      income: 'federal',
      points: byStatus(falling(84_490, 124_490), falling(108_320, 148_320), falling(54_160, 74_160)),
    },
    surtax: { rate: 0.01, on: 'investmentIncome', above: 1_000_000, incomeAbove: 0 },
  }),
  // The exemption of public pensions is not modelled; that of private pensions is applied to all retirement income.
  MO: stateTable({
    year,
    source:
      'Missouri Department of Revenue, MO-1040 instructions 2025 (RSMo 143.011, 143.121, 143.124, 143.131, 143.171; HB 594 of 2025 on gains)',
    indexed: true,
    brackets: {
      rates: [0, 0.02, 0.025, 0.03, 0.035, 0.04, 0.045, 0.047],
      from: everyStatus([0, 1313, 2626, 3939, 5252, 6565, 7878, 9191]),
    },
    federalDeduction: 'standard',
    exemption: byStatus(0, 0, 0, 1400),
    federalTaxDeduction: {
      share: { income: 'state', points: everyStatus(steps(0.35, [25_000, 0.25], [50_000, 0.15], [100_000, 0.05], [125_000, 0])) },
      cap: byStatus(5000, 10_000),
      capLeft: null,
    },
    longTermGainsExcluded: 1,
    shortTermGainsExcluded: 1,
    retirementExclusions: [{ fromAge: 0, cap: 6000 }],
    retirementExclusionLeft: {
      income: 'state',
      points: byStatus(falling(25_000, 31_000), falling(32_000, 44_000), falling(16_000, 22_000)),
    },
  }),
  NE: stateTable({
    year,
    source:
      'Nebraska Department of Revenue, Form 1040N booklet 2025 (Neb. Rev. Stat. 77-2715.03, 77-2715.07, 77-2716, 77-2716.01; LB 754 of 2023)',
    indexed: true,
    brackets: {
      rates: [0.0246, 0.0351, 0.0501, 0.052],
      from: byStatus([0, 4030, 24_120, 38_870], [0, 8040, 48_250, 77_730], [0, 4030, 24_120, 38_870], [0, 7510, 38_590, 57_630]),
    },
    deduction: byStatus(8600, 17_200, 8600, 12_600),
    agedDeduction: byStatus(2000, 1650, 1650, 2000),
    personalCredit: 171,
  }),
  ND: stateTable({
    year,
    source: 'North Dakota Office of State Tax Commissioner, Form ND-1 instructions 2025 (N.D.C.C. 57-38-30.3), from federal taxable income',
    indexed: true,
    brackets: {
      rates: [0, 0.0195, 0.025],
      from: byStatus([0, 48_475, 244_825], [0, 80_975, 298_075], [0, 40_475, 149_025], [0, 64_950, 271_450]),
    },
    federalDeduction: 'whole',
    longTermGainsExcluded: 0.4,
    qualifiedDividendsExcluded: 0.4,
  }),
  // Tax begins at 26,050 with the amount of the first bracket; the exemption is that of incomes above 80,000, kept
  // above 750,000 (500,000 from 2026), where by law there is none.
  OH: stateTable({
    year,
    source: 'Ohio Department of Taxation, IT 1040 instructions 2025 (ORC 5747.02, 5747.025); without municipal taxes',
    brackets: { rates: [0.013_128_7, 0.0275, 0.031_25], from: everyStatus([0, 26_050, 100_000]) },
    taxFreeUpTo: 26_050,
    deduction: perPerson(1900),
  }),
  SD: noIncomeTax(year, 'South Dakota: no individual income tax'),
  // Those who exclude retirement income lose credits; no credits are modelled. The exclusion of 5,000 for low incomes is not modelled.
  WI: stateTable({
    year,
    source:
      'Wisconsin Department of Revenue, Form 1 and Schedule SB instructions 2025 (Wis. Stat. 71.05(6)(b), 71.05(22), 71.06; Act 15 of 2025)',
    indexed: true,
    brackets: {
      rates: [0.035, 0.044, 0.053, 0.0765],
      from: byStatus([0, 14_680, 50_480, 323_290], [0, 19_580, 67_300, 431_060], [0, 9790, 33_650, 215_530], [0, 14_680, 50_480, 323_290]),
    },
    deduction: byStatus(13_560, 25_110, 11_930, 17_520),
    // Single: 12 % of income above 19,550; joint and separate: 19.778 %; heads of household: 22.515 %, until they reach the deduction of a single person.
    deductionLeft: {
      income: 'state',
      points: byStatus(falling(19_550, 132_550), falling(28_210, 155_170), falling(13_390, 73_710), [
        [19_550, 1],
        [57_210, 9041 / 17_520],
        [132_550, 0],
      ]),
    },
    exemption: perPerson(700),
    agedExemption: 250,
    longTermGainsExcluded: 0.3,
    retirementExclusions: [{ fromAge: 67, cap: 24_000 }],
    sharesRetirementExclusion: true,
  }),
} as const satisfies Readonly<Record<string, StateTable>>
