import { everyStatus } from '../../../filing-status.ts'
import { byStatus, falling, flat, perPerson, steps } from '../figures.ts'
import { noIncomeTax, type StateTable, stateTable } from '../state-table.ts'

const year = 2025

export const south2025 = {
  // Pensions are assumed to be from defined benefit plans, which are exempt. The deduction falls in steps of 500 of income, here linearly.
  AL: stateTable({
    year,
    source: 'Alabama Department of Revenue, Form 40 booklet 2025 (Code of Alabama 40-18-5, 40-18-15, 40-18-19, 40-18-20)',
    brackets: { rates: [0.02, 0.04, 0.05], from: byStatus([0, 500, 3000], [0, 1000, 6000]) },
    deduction: byStatus(3000, 8500, 4250, 5200),
    deductionLeft: {
      income: 'state',
      points: byStatus(
        falling(26_000, 36_000, 2500 / 3000),
        falling(26_000, 36_000, 5000 / 8500),
        falling(13_000, 18_000, 2500 / 4250),
        falling(26_000, 36_000, 2500 / 5200),
      ),
    },
    exemption: byStatus(1500, 3000, 1500, 3000),
    federalTaxDeduction: { share: null, cap: everyStatus(Number.POSITIVE_INFINITY), capLeft: null },
    retirementExclusions: [{ fromAge: 65, cap: 6000 }],
    retirementIncome: 'withdrawals',
    exemptsPensions: true,
  }),
  // From 95,001 of taxable income the benefit of the lower brackets falls by 10 for each 100, here linearly. The low income tables are not modelled.
  AR: stateTable({
    year,
    source:
      'Arkansas Department of Finance and Administration, AR1000F instructions and indexed brackets 2025 (A.C.A. 26-51-201, 26-51-307, 26-51-815)',
    indexed: true,
    brackets: { rates: [0, 0.02, 0.03, 0.034, 0.039], from: everyStatus([0, 5600, 11_200, 16_000, 26_400]) },
    deduction: perPerson(2470),
    addedTax: {
      income: 'state',
      points: byStatus(
        [
          [97_470, 0],
          [97_470, 51],
          [100_270, 331],
        ],
        [
          [99_940, 0],
          [99_940, 51],
          [102_740, 331],
        ],
      ),
    },
    longTermGainsExcluded: 0.5,
    retirementExclusions: [{ fromAge: 59.5, cap: 6000 }],
    personalCredit: 29,
    agedCredit: everyStatus(29),
  }),
  // The credit for persons over 60 is given from 65; the exclusion of 2,000 before 60 is not modelled.
  DE: stateTable({
    year,
    source: 'Delaware Division of Revenue, Form PIT-RES instructions 2025 (30 Del. C. 1102, 1106, 1108, 1110)',
    brackets: {
      rates: [0, 0.022, 0.039, 0.048, 0.052, 0.0555, 0.066],
      from: everyStatus([0, 2000, 5000, 10_000, 20_000, 25_000, 60_000]),
    },
    deduction: perPerson(3250),
    agedDeduction: everyStatus(2500),
    retirementExclusions: [{ fromAge: 60, cap: 12_500 }],
    excludesInvestmentIncome: true,
    personalCredit: 110,
    agedCredit: everyStatus(110),
  }),
  DC: stateTable({
    year,
    source: 'District of Columbia Office of Tax and Revenue, D-40 booklet 2025 (D.C. Code 47-1801.04, 47-1803.02, 47-1806.03)',
    brackets: {
      rates: [0.04, 0.06, 0.065, 0.085, 0.0925, 0.0975, 0.1075],
      from: everyStatus([0, 10_000, 40_000, 60_000, 250_000, 500_000, 1_000_000]),
    },
    deduction: byStatus(15_000, 30_000, 15_000, 22_500),
    agedDeduction: byStatus(2000, 1600, 1600, 2000),
  }),
  FL: noIncomeTax(year, 'Florida Constitution, article VII, section 5'),
  GA: stateTable({
    year,
    source: 'Georgia Department of Revenue, IT-511 booklet 2025 (O.C.G.A. 48-7-20, 48-7-27)',
    brackets: flat(0.0519),
    deduction: perPerson(12_000),
    agedDeduction: everyStatus(1300),
    retirementExclusions: [
      { fromAge: 62, cap: 35_000 },
      { fromAge: 65, cap: 65_000 },
    ],
    excludesInvestmentIncome: true,
  }),
  // Spouses are assumed to file separately on a combined return, each with a standard deduction; only that deduction is indexed.
  KY: stateTable({
    year,
    source: 'Kentucky Department of Revenue, Form 740 instructions 2025 (KRS 141.019, 141.020, 141.081)',
    brackets: flat(0.04),
    deduction: perPerson(3270),
    retirementExclusions: [{ fromAge: 0, cap: 31_110 }],
    agedCredit: everyStatus(40),
  }),
  LA: stateTable({
    year,
    source: 'Louisiana Department of Revenue, IT-540 instructions 2025 (R.S. 47:32, 47:44.1, 47:294)',
    indexed: true,
    brackets: flat(0.03),
    deduction: byStatus(12_500, 25_000, 12_500, 25_000),
    retirementExclusions: [{ fromAge: 65, cap: 12_000 }],
  }),
  // Withdrawals are assumed to be from individual accounts, which the exclusion of pensions does not cover. A couple's credit of 1,750 is
  // split in halves for each spouse of 65 or more; by law one alone has 1,000.
  MD: stateTable({
    year,
    source:
      'Comptroller of Maryland, resident booklet 2025 (Tax-General 10-105, 10-209, 10-211, 10-217, 10-754; HB 352 of 2025); without county taxes',
    brackets: {
      rates: [0.02, 0.03, 0.04, 0.0475, 0.05, 0.0525, 0.055, 0.0575, 0.0625, 0.065],
      from: byStatus(
        [0, 1000, 2000, 3000, 100_000, 125_000, 150_000, 250_000, 500_000, 1_000_000],
        [0, 1000, 2000, 3000, 150_000, 175_000, 225_000, 300_000, 600_000, 1_200_000],
        [0, 1000, 2000, 3000, 100_000, 125_000, 150_000, 250_000, 500_000, 1_000_000],
        [0, 1000, 2000, 3000, 150_000, 175_000, 225_000, 300_000, 600_000, 1_200_000],
      ),
    },
    deduction: byStatus(3350, 6700, 3350, 6700),
    exemption: perPerson(3200),
    exemptionLeft: {
      income: 'federal',
      points: byStatus(
        steps(1, [100_000, 0.5], [125_000, 0.25], [150_000, 0]),
        steps(1, [150_000, 0.5], [175_000, 0.25], [200_000, 0]),
        steps(1, [100_000, 0.5], [125_000, 0.25], [150_000, 0]),
        steps(1, [150_000, 0.5], [175_000, 0.25], [200_000, 0]),
      ),
    },
    agedExemption: 1000,
    retirementExclusions: [{ fromAge: 65, cap: 41_200 }],
    retirementIncome: 'pensions',
    benefitsReduceExclusion: 'whole',
    agedCredit: byStatus(1000, 875, 1000, 1750),
    creditLeft: {
      income: 'federal',
      points: byStatus(steps(1, [100_000, 0]), steps(1, [150_000, 0]), steps(1, [100_000, 0]), steps(1, [150_000, 0])),
    },
    surtax: { rate: 0.02, on: 'longTermGains', above: 0, incomeAbove: 350_000 },
  }),
  // The deduction is the standard deduction plus the personal exemption: 2,300 and 6,000 for a single person.
  MS: stateTable({
    year,
    source: 'Mississippi Department of Revenue, Form 80-105 instructions 2025 (Miss. Code 27-7-5, 27-7-15, 27-7-17, 27-7-21)',
    brackets: { rates: [0, 0.044], from: everyStatus([0, 10_000]) },
    deduction: byStatus(8300, 16_600, 8300, 11_400),
    agedDeduction: everyStatus(1500),
    retirementExclusions: [{ fromAge: 59.5, cap: Number.POSITIVE_INFINITY }],
  }),
  NC: stateTable({
    year,
    source: 'North Carolina Department of Revenue, D-401 instructions 2025 (G.S. 105-153.5, 105-153.7)',
    brackets: flat(0.0425),
    deduction: { single: 12_750, marriedFilingJointly: 25_500, marriedFilingSeparately: 12_750, headOfHousehold: 19_125 },
  }),
  OK: stateTable({
    year,
    source: 'Oklahoma Tax Commission, Form 511 packet 2025 (68 O.S. 2355, 2358)',
    brackets: {
      rates: [0.0025, 0.0075, 0.0175, 0.0275, 0.0375, 0.0475],
      from: byStatus(
        [0, 1000, 2500, 3750, 4900, 7200],
        [0, 2000, 5000, 7500, 9800, 14_400],
        [0, 1000, 2500, 3750, 4900, 7200],
        [0, 2000, 5000, 7500, 9800, 14_400],
      ),
    },
    deduction: byStatus(6350, 12_700, 6350, 9350),
    exemption: perPerson(1000),
    retirementExclusions: [{ fromAge: 0, cap: 10_000 }],
  }),
  // Federal law as of 2024, with the standard deduction before the increase of 2025. From 65 the retirement deduction is part of the 15,000
  // that applies to any income.
  SC: stateTable({
    year,
    source:
      'South Carolina Department of Revenue, SC1040 instructions 2025, Information Letter 26-4 (S.C. Code 12-6-510, 12-6-1150, 12-6-1170)',
    indexed: true,
    brackets: { rates: [0, 0.03, 0.06], from: everyStatus([0, 3560, 17_830]) },
    deduction: byStatus(15_000, 30_000, 15_000, 22_500),
    agedDeduction: byStatus(2000, 1600, 1600, 2000),
    agedExemption: 15_000,
    longTermGainsExcluded: 0.44,
    retirementExclusions: [
      { fromAge: 0, cap: 3000 },
      { fromAge: 65, cap: 0 },
    ],
  }),
  TN: noIncomeTax(year, 'Tennessee Code 67-2, Hall income tax repealed from 2021'),
  TX: noIncomeTax(year, 'Texas Constitution, article VIII, section 24-a'),
  VA: stateTable({
    year,
    source: 'Virginia Department of Taxation, Form 760 instructions 2025 (Code of Virginia 58.1-320, 58.1-322.02, 58.1-322.03)',
    brackets: { rates: [0.02, 0.03, 0.05, 0.0575], from: everyStatus([0, 3000, 5000, 17_000]) },
    deduction: perPerson(8750),
    agedDeduction: everyStatus(800),
    exemption: perPerson(930),
    agedExemption: 12_000,
    agedExemptionReduction: { income: 'state', from: byStatus(50_000, 75_000, 75_000), rate: 1 },
  }),
  // The 8,000 for persons of 65 and over, less the excluded benefits, applies to all income except wages.
  WV: stateTable({
    year,
    source: 'West Virginia Tax Division, IT-140 instructions 2025 (W. Va. Code 11-21-4g, 11-21-12(c), 11-21-16)',
    brackets: {
      rates: [0.0222, 0.0296, 0.0333, 0.0444, 0.0482],
      from: byStatus(
        [0, 10_000, 25_000, 40_000, 60_000],
        [0, 10_000, 25_000, 40_000, 60_000],
        [0, 5000, 12_500, 20_000, 30_000],
        [0, 10_000, 25_000, 40_000, 60_000],
      ),
    },
    deduction: perPerson(2000),
    taxesSocialSecurity: true,
    socialSecurityLeftOut: {
      fromAge: 0,
      income: 'federal',
      points: byStatus(steps(1, [50_000, 0.65]), steps(1, [100_000, 0.65])),
    },
    retirementExclusions: [{ fromAge: 65, cap: 8000 }],
    excludesInvestmentIncome: true,
    benefitsReduceExclusion: 'leftOut',
  }),
} as const satisfies Readonly<Record<string, StateTable>>
