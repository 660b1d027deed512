import { everyStatus } from '../../filing-status.ts'
import { stateTables2025 } from './2025.ts'
import { flat, perPerson, type StateTable } from './state-table.ts'

const year = 2026

/** States whose figures for 2026 are known to differ; the others stand with those of 2025, and say so by their `year`. */
export const stateTables2026 = {
  ...stateTables2025,
  AZ: {
    ...stateTables2025.AZ,
    year,
    source: 'A.R.S. 43-1011, 43-1041 (standard deduction as federal, Rev. Proc. 2025-32)',
    deduction: { single: 16_100, marriedFilingJointly: 32_200, marriedFilingSeparately: 16_100, headOfHousehold: 24_150 },
  },
  GA: {
    ...stateTables2025.GA,
    year,
    source: 'Georgia HB 463 (2025-2026), amending O.C.G.A. 48-7-20, 48-7-27',
    brackets: flat(0.0499),
    deduction: perPerson(15_000),
  },
  IN: { ...stateTables2025.IN, year, source: 'IC 6-3-2-1(a)(3)', brackets: flat(0.0295) },
  IA: {
    ...stateTables2025.IA,
    year,
    source: 'Iowa Code 422.5 (standard deduction as federal, Rev. Proc. 2025-32)',
    deduction: { single: 16_100, marriedFilingJointly: 32_200, marriedFilingSeparately: 16_100, headOfHousehold: 24_150 },
    agedDeduction: { single: 2050, marriedFilingJointly: 1650, marriedFilingSeparately: 1650, headOfHousehold: 2050 },
  },
  MI: {
    ...stateTables2025.MI,
    year,
    source: 'MCL 206.30: the whole of 65,897 a person (the amount of 2025)',
    retirementExclusions: [{ fromAge: 59.5, cap: 65_897 }],
  },
  NC: { ...stateTables2025.NC, year, source: 'G.S. 105-153.7(a)', brackets: flat(0.0399) },
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
} as const satisfies Readonly<Record<string, StateTable>>
