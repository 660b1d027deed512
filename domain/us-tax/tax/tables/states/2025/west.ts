import { everyStatus } from '../../../filing-status.ts'
import { byStatus, falling, flat, perPerson, steps } from '../figures.ts'
import { noIncomeTax, type StateTable, stateTable } from '../state-table.ts'

const year = 2025

const hawaiiFrom = byStatus(
  [0, 9600, 14_400, 19_200, 24_000, 36_000, 48_000, 125_000, 175_000, 225_000, 275_000, 325_000],
  [0, 19_200, 28_800, 38_400, 48_000, 72_000, 96_000, 250_000, 350_000, 450_000, 550_000, 650_000],
  [0, 9600, 14_400, 19_200, 24_000, 36_000, 48_000, 125_000, 175_000, 225_000, 275_000, 325_000],
  [0, 14_400, 21_600, 28_800, 36_000, 54_000, 72_000, 187_500, 262_500, 337_500, 412_500, 487_500],
)

const montanaFrom = byStatus([0, 21_100], [0, 42_200], [0, 21_100], [0, 31_700])

export const west2025 = {
  AK: noIncomeTax(year, 'Alaska: no individual income tax'),
  AZ: stateTable({
    year,
    source: 'Arizona Department of Revenue, Form 140 instructions 2025 (A.R.S. 43-1011, 43-1022, 43-1022(35) on seniors, 43-1023, 43-1041)',
    indexed: true,
    brackets: flat(0.025),
    deduction: { single: 15_750, marriedFilingJointly: 31_500, marriedFilingSeparately: 15_750, headOfHousehold: 23_625 },
    agedDeduction: everyStatus(2100),
    federalDeduction: 'senior',
    longTermGainsExcluded: 0.25,
  }),
  // The tax of 1 % above 1,000,000 for mental health services (section 17043) is one of the brackets. The credits of incomes above 252,203
  // (504,411 joint) are not reduced.
  CA: stateTable({
    year,
    source: 'California Franchise Tax Board, 2025 tax rate schedules and Form 540 (R&TC 17041, 17043, 17054, 17073.5)',
    indexed: true,
    brackets: {
      rates: [0.01, 0.02, 0.04, 0.06, 0.08, 0.093, 0.103, 0.113, 0.123, 0.133],
      from: {
        single: [0, 11_079, 26_264, 41_452, 57_542, 72_724, 371_479, 445_771, 742_953, 1_000_000],
        // For joint returns and heads of household the 1 % begins inside a bracket; the bracket is split there.
        marriedFilingJointly: [0, 22_158, 52_528, 82_904, 115_084, 145_448, 742_958, 891_542, 1_000_000, 1_485_906],
        marriedFilingSeparately: [0, 11_079, 26_264, 41_452, 57_542, 72_724, 371_479, 445_771, 742_953, 1_000_000],
        headOfHousehold: [0, 22_173, 52_530, 67_716, 83_805, 98_990, 505_208, 606_251, 1_000_000, 1_010_417],
      },
    },
    deduction: { single: 5706, marriedFilingJointly: 11_412, marriedFilingSeparately: 5706, headOfHousehold: 11_412 },
    personalCredit: 153,
    agedCredit: everyStatus(153),
  }),
  // Before 65 benefits are excluded completely; by law, above 75,000 of income (95,000 joint), they share the cap of 20,000. Deductions of
  // incomes above 300,000 are not reduced.
  CO: stateTable({
    year,
    source: 'Colorado Department of Revenue, 104 book 2025 (C.R.S. 39-22-104(1.7), (4)(f)), from federal taxable income',
    brackets: flat(0.044),
    federalDeduction: 'whole',
    retirementExclusions: [
      { fromAge: 55, cap: 20_000 },
      { fromAge: 65, cap: 24_000 },
    ],
    benefitsReduceExclusion: 'leftOut',
  }),
  // Pensions are assumed to be paid for by employers; those are exempt. Net long-term gains are taxed at 7.25 % at most.
  HI: stateTable({
    year,
    source: 'Hawaii Department of Taxation, Form N-11 instructions 2025 (HRS 235-2.4, 235-7, 235-51, 235-54; Act 46 of 2024)',
    brackets: { rates: [0.014, 0.032, 0.055, 0.064, 0.068, 0.072, 0.076, 0.079, 0.0825, 0.09, 0.1, 0.11], from: hawaiiFrom },
    deduction: byStatus(4400, 8800, 4400, 6424),
    exemption: perPerson(1144),
    agedExemption: 1144,
    longTermGains: {
      rates: [0.014, 0.032, 0.055, 0.064, 0.068, 0.072, 0.0725],
      from: {
        single: hawaiiFrom.single.slice(0, 7),
        marriedFilingJointly: hawaiiFrom.marriedFilingJointly.slice(0, 7),
        marriedFilingSeparately: hawaiiFrom.marriedFilingSeparately.slice(0, 7),
        headOfHousehold: hawaiiFrom.headOfHousehold.slice(0, 7),
      },
    },
    exemptsPensions: true,
  }),
  // The grocery credit is limited to the tax; its refund beyond that is not modelled, nor is the deduction of public pensions.
  ID: stateTable({
    year,
    source:
      'Idaho State Tax Commission, Form 40 instructions 2025 (Idaho Code 63-3022, 63-3024, 63-3024A; HB 40 and HB 231 of 2025), from federal taxable income',
    indexed: true,
    brackets: { rates: [0, 0.053], from: byStatus([0, 4811], [0, 9622], [0, 4811], [0, 9622]) },
    federalDeduction: 'whole',
    personalCredit: 155,
  }),
  MT: stateTable({
    year,
    source: 'Montana Department of Revenue, Form 2 instructions 2025 (MCA 15-30-2103, 15-30-2120), from federal taxable income',
    indexed: true,
    brackets: { rates: [0.047, 0.059], from: montanaFrom },
    federalDeduction: 'whole',
    agedDeduction: everyStatus(5660),
    taxesSocialSecurity: true,
    longTermGains: { rates: [0.03, 0.041], from: montanaFrom },
  }),
  NV: noIncomeTax(year, 'Nevada Constitution, article 10, section 1'),
  // The exemption at 65 and over falls by 1,000 per person for each 1,500 of income (3,000 joint), here linearly through the middle of each step.
  NM: stateTable({
    year,
    source: 'New Mexico Taxation and Revenue Department, PIT packet 2025 (NMSA 7-2-5.2, 7-2-5.8, 7-2-5.14, 7-2-7, 7-2-34; HB 252 of 2024)',
    brackets: {
      rates: [0.015, 0.032, 0.043, 0.047, 0.049, 0.059],
      from: byStatus(
        [0, 5500, 16_500, 33_500, 66_500, 210_000],
        [0, 8000, 25_000, 50_000, 100_000, 315_000],
        [0, 4000, 12_500, 25_000, 50_000, 157_500],
        [0, 8000, 25_000, 50_000, 100_000, 315_000],
      ),
    },
    federalDeduction: 'standard',
    exemption: perPerson(2500),
    exemptionLeft: {
      income: 'federal',
      points: byStatus(falling(20_000, 36_667), falling(30_000, 55_000), falling(15_000, 27_500), falling(30_000, 55_000)),
    },
    agedExemption: 8000,
    agedExemptionReduction: { income: 'federal', from: byStatus(17_250, 28_500, 14_250, 28_500), rate: 2 / 3 },
    taxesSocialSecurity: true,
    socialSecurityLeftOut: {
      fromAge: 0,
      income: 'federal',
      points: byStatus(steps(1, [100_000, 0]), steps(1, [150_000, 0]), steps(1, [75_000, 0]), steps(1, [150_000, 0])),
    },
    longTermGainsExemptUpTo: 2500,
  }),
  // Only the two lower thresholds are indexed. The surplus credit ("kicker") and the retirement income credit of low incomes are not modelled.
  OR: stateTable({
    year,
    source: 'Oregon Department of Revenue, OR-40 instructions and Publication OR-17 2025 (ORS 316.037, 316.085, 316.695, 316.800)',
    indexed: true,
    brackets: {
      rates: [0.0475, 0.0675, 0.0875, 0.099],
      from: byStatus([0, 4400, 11_100, 125_000], [0, 8800, 22_200, 250_000], [0, 4400, 11_100, 125_000], [0, 8800, 22_200, 250_000]),
    },
    deduction: byStatus(2835, 5670, 2835, 4560),
    agedDeduction: byStatus(1200, 1000, 1000, 1200),
    federalTaxDeduction: {
      share: null,
      cap: byStatus(8500, 8500, 4250),
      capLeft: {
        income: 'federal',
        points: byStatus(
          steps(1, [125_000, 0.8], [130_000, 0.6], [135_000, 0.4], [140_000, 0.2], [145_000, 0]),
          steps(1, [250_000, 0.8], [260_000, 0.6], [270_000, 0.4], [280_000, 0.2], [290_000, 0]),
          steps(1, [125_000, 0.8], [130_000, 0.6], [135_000, 0.4], [140_000, 0.2], [145_000, 0]),
          steps(1, [250_000, 0.8], [260_000, 0.6], [270_000, 0.4], [280_000, 0.2], [290_000, 0]),
        ),
      },
    },
    personalCredit: 256,
    creditLeft: {
      income: 'federal',
      points: byStatus(steps(1, [100_000, 0]), steps(1, [200_000, 0]), steps(1, [100_000, 0]), steps(1, [200_000, 0])),
    },
  }),
  // The credit for benefits is modelled as an exclusion; its income test ignores tax-exempt interest. The retirement credit
  // for those born before 1953 is not modelled.
  UT: stateTable({
    year,
    source: 'Utah State Tax Commission, TC-40 instructions 2025 (Utah Code 59-10-104, 59-10-1018, 59-10-1042; HB 106 and SB 71 of 2025)',
    indexed: true,
    brackets: flat(0.045),
    federalDeduction: 'standard',
    deductionCredit: { creditRate: 0.06, income: 'federal', from: byStatus(18_213, 36_426, 18_213, 27_320), rate: 0.013 },
    taxesSocialSecurity: true,
    socialSecurityReduction: { income: 'federal', from: byStatus(54_000, 90_000, 45_000, 90_000), rate: 0.025 / 0.045 },
  }),
  WA: stateTable({
    year,
    source: 'Washington Department of Revenue, capital gains tax 2025 (RCW 82.87)',
    base: 'longTermGains',
    indexed: true,
    brackets: { rates: [0.07, 0.099], from: everyStatus([0, 1_000_000]) },
    deduction: { ...everyStatus(278_000), marriedFilingSeparately: 139_000 },
  }),
  WY: noIncomeTax(year, 'Wyoming: no individual income tax'),
} as const satisfies Readonly<Record<string, StateTable>>
