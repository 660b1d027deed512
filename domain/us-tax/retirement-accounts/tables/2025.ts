import { everyStatus } from '../../tax/index.ts'
import type { ContributionTable } from './table.ts'

export const contributionTable2025: ContributionTable = {
  year: 2025,
  electiveDeferral: {
    source: 'IRS Notice 2024-80; IRC 401(a)(17), 402(g), 414(v), 415(c)',
    limit: 23_500,
    catchUp: 7500,
    catchUp60To63: 11_250,
    rothCatchUpWages: undefined,
    annualAdditions: 70_000,
    compensation: 350_000,
  },
  simple: { source: 'IRS Notice 2024-80; IRC 408(p), 414(v)', limit: 16_500, catchUp: 3500, catchUp60To63: 5250 },
  ira: {
    source: 'IRS Notice 2024-80; IRC 219(b), 219(g), 408A(c)',
    limit: 7000,
    catchUp: 1000,
    rothPhaseOut: { ...everyStatus([150_000, 165_000]), marriedFilingJointly: [236_000, 246_000], marriedFilingSeparately: [0, 10_000] },
    coveredPhaseOut: { ...everyStatus([79_000, 89_000]), marriedFilingJointly: [126_000, 146_000], marriedFilingSeparately: [0, 10_000] },
    spouseCoveredPhaseOut: [236_000, 246_000],
  },
  hsa: { source: 'Rev. Proc. 2024-25; IRC 223(b)', self: 4300, family: 8550, catchUp55: 1000 },
  gift: { source: 'Rev. Proc. 2024-40; IRC 2503(b), 529(c)(2)', annualExclusion: 19_000 },
}
