import { everyStatus } from '../../tax/index.ts'
import type { ContributionTable } from './table.ts'

export const contributionTable2024: ContributionTable = {
  year: 2024,
  electiveDeferral: {
    source: 'IRS Notice 2023-75; IRC 401(a)(17), 402(g), 414(v), 415(c)',
    limit: 23_000,
    catchUp: 7500,
    catchUp60To63: 7500,
    rothCatchUpWages: undefined,
    annualAdditions: 69_000,
    compensation: 345_000,
  },
  simple: { source: 'IRS Notice 2023-75; IRC 408(p), 414(v)', limit: 16_000, catchUp: 3500, catchUp60To63: 3500 },
  ira: {
    source: 'IRS Notice 2023-75; IRC 219(b), 219(g), 408A(c)',
    limit: 7000,
    catchUp: 1000,
    rothPhaseOut: { ...everyStatus([146_000, 161_000]), marriedFilingJointly: [230_000, 240_000], marriedFilingSeparately: [0, 10_000] },
    coveredPhaseOut: { ...everyStatus([77_000, 87_000]), marriedFilingJointly: [123_000, 143_000], marriedFilingSeparately: [0, 10_000] },
    spouseCoveredPhaseOut: [230_000, 240_000],
  },
  hsa: { source: 'Rev. Proc. 2023-23; IRC 223(b)', self: 4150, family: 8300, catchUp55: 1000 },
  gift: { source: 'Rev. Proc. 2023-34; IRC 2503(b), 529(c)(2)', annualExclusion: 18_000 },
}
