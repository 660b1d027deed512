import { everyStatus } from '../../filing-status.ts'
import { flat, perPerson, type StateTable, stateTable } from './state-table.ts'

const year = 2025

const noIncomeTax = (source: string): StateTable => stateTable({ year, source, brackets: flat(0) })

const newYorkFrom = {
  single: [0, 8500, 11_700, 13_900, 80_650, 215_400, 1_077_550, 5_000_000, 25_000_000],
  marriedFilingJointly: [0, 17_150, 23_600, 27_900, 161_550, 323_200, 2_155_350, 5_000_000, 25_000_000],
  marriedFilingSeparately: [0, 8500, 11_700, 13_900, 80_650, 215_400, 1_077_550, 5_000_000, 25_000_000],
  headOfHousehold: [0, 12_800, 17_650, 20_900, 107_650, 269_300, 1_616_450, 5_000_000, 25_000_000],
}

export const stateTables2025 = {
  AK: noIncomeTax('Alaska: no individual income tax'),
  FL: noIncomeTax('Florida Constitution, article VII, section 5'),
  NV: noIncomeTax('Nevada Constitution, article 10, section 1'),
  NH: noIncomeTax('New Hampshire RSA 77, interest and dividends tax repealed from 2025'),
  SD: noIncomeTax('South Dakota: no individual income tax'),
  TN: noIncomeTax('Tennessee Code 67-2, Hall income tax repealed from 2021'),
  TX: noIncomeTax('Texas Constitution, article VIII, section 24-a'),
  WY: noIncomeTax('Wyoming: no individual income tax'),
  WA: stateTable({
    year,
    source: 'Washington Department of Revenue, capital gains tax 2025 (RCW 82.87)',
    base: 'longTermGains',
    indexed: true,
    brackets: { rates: [0.07, 0.099], from: everyStatus([0, 1_000_000]) },
    deduction: { ...everyStatus(278_000), marriedFilingSeparately: 139_000 },
  }),
  AZ: stateTable({
    year,
    source: 'Arizona Department of Revenue, Form 140 instructions 2025 (A.R.S. 43-1011, 43-1022, 43-1023, 43-1041)',
    indexed: true,
    brackets: flat(0.025),
    deduction: { single: 15_750, marriedFilingJointly: 31_500, marriedFilingSeparately: 15_750, headOfHousehold: 23_625 },
    agedDeduction: everyStatus(2100),
    longTermGainsExcluded: 0.25,
  }),
  // The tax of 1 % above 1,000,000 for mental health services (section 17043) stands among the brackets.
  CA: stateTable({
    year,
    source: 'California Franchise Tax Board, 2025 tax rate schedules and Form 540 (R&TC 17041, 17043, 17054, 17073.5)',
    indexed: true,
    brackets: {
      rates: [0.01, 0.02, 0.04, 0.06, 0.08, 0.093, 0.103, 0.113, 0.123, 0.133],
      from: {
        single: [0, 11_079, 26_264, 41_452, 57_542, 72_724, 371_479, 445_771, 742_953, 1_000_000],
        // For joint returns and heads of household the 1 % begins inside a bracket; the bracket is split where it does.
        marriedFilingJointly: [0, 22_158, 52_528, 82_904, 115_084, 145_448, 742_958, 891_542, 1_000_000, 1_485_906],
        marriedFilingSeparately: [0, 11_079, 26_264, 41_452, 57_542, 72_724, 371_479, 445_771, 742_953, 1_000_000],
        headOfHousehold: [0, 22_173, 52_530, 67_716, 83_805, 98_990, 505_208, 606_251, 1_000_000, 1_010_417],
      },
    },
    deduction: { single: 5706, marriedFilingJointly: 11_412, marriedFilingSeparately: 5706, headOfHousehold: 11_412 },
    personalCredit: 153,
  }),
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
    source: 'Iowa Department of Revenue, IA 1040 expanded instructions 2025 (Iowa Code 422.5, 422.7)',
    indexed: true,
    brackets: flat(0.038),
    deduction: { single: 15_750, marriedFilingJointly: 31_500, marriedFilingSeparately: 15_750, headOfHousehold: 23_625 },
    agedDeduction: { single: 2000, marriedFilingJointly: 1600, marriedFilingSeparately: 1600, headOfHousehold: 2000 },
    retirementExclusions: [{ fromAge: 55, cap: Number.POSITIVE_INFINITY }],
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
  MI: stateTable({
    year,
    source: 'Michigan Department of Treasury, MI-1040 book 2025 (MCL 206.30, 206.51): three quarters of 65,897 a person',
    indexed: true,
    brackets: flat(0.0425),
    deduction: perPerson(5800),
    retirementExclusions: [{ fromAge: 59.5, cap: 49_422.75 }],
    sharesRetirementExclusion: true,
  }),
  NC: stateTable({
    year,
    source: 'North Carolina Department of Revenue, D-401 instructions 2025 (G.S. 105-153.5, 105-153.7)',
    brackets: flat(0.0425),
    deduction: { single: 12_750, marriedFilingJointly: 25_500, marriedFilingSeparately: 12_750, headOfHousehold: 19_125 },
  }),
  NY: stateTable({
    year,
    source:
      'New York Department of Taxation and Finance, IT-201-I 2025 (Tax Law 601, 612(c)(3-a), 614; TSB-M-98(7)I on conversions); without the recapture of lower brackets above 107,650 of income, and without city taxes',
    brackets: { rates: [0.04, 0.045, 0.0525, 0.055, 0.06, 0.0685, 0.0965, 0.103, 0.109], from: newYorkFrom },
    deduction: { single: 8000, marriedFilingJointly: 16_050, marriedFilingSeparately: 8000, headOfHousehold: 11_200 },
    retirementExclusions: [{ fromAge: 59.5, cap: 20_000 }],
  }),
  // Tax begins at 26,050 with what the first bracket would have taken; the exemption is that of incomes above 80,000.
  OH: stateTable({
    year,
    source: 'Ohio Department of Taxation, IT 1040 instructions 2025 (ORC 5747.02, 5747.025); without municipal taxes',
    brackets: { rates: [0.013_128_7, 0.0275, 0.031_25], from: everyStatus([0, 26_050, 100_000]) },
    taxFreeUpTo: 26_050,
    deduction: perPerson(1900),
  }),
  PA: stateTable({
    year,
    source: 'Pennsylvania Department of Revenue, PA-40 instructions 2025 (72 P.S. 7301-7303); without local earned income taxes',
    brackets: flat(0.0307),
    retirementExclusions: [{ fromAge: 59.5, cap: Number.POSITIVE_INFINITY }],
  }),
} as const satisfies Readonly<Record<string, StateTable>>
