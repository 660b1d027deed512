import { everyStatus } from '../../tax/index.ts'
import type { ContributionTable } from './table.ts'

export const contributionTable2026: ContributionTable = {
  year: 2026,
  electiveDeferral: {
    source: 'IRS Notice 2025-67; IRC 401(a)(17), 402(g), 414(v), 415(c)',
    limit: 24_500,
    catchUp: 8000,
    catchUp60To63: 11_250,
    rothCatchUpWages: 150_000,
    annualAdditions: 72_000,
    compensation: 360_000,
  },
  simple: { source: 'IRS Notice 2025-67; IRC 408(p), 414(v)', limit: 17_000, catchUp: 4000, catchUp60To63: 5250 },
  ira: {
    source: 'IRS Notice 2025-67; IRC 219(b), 219(g), 408A(c)',
    limit: 7500,
    catchUp: 1100,
    rothPhaseOut: { ...everyStatus([153_000, 168_000]), marriedFilingJointly: [242_000, 252_000], marriedFilingSeparately: [0, 10_000] },
    coveredPhaseOut: { ...everyStatus([81_000, 91_000]), marriedFilingJointly: [129_000, 149_000], marriedFilingSeparately: [0, 10_000] },
    spouseCoveredPhaseOut: [242_000, 252_000],
  },
  hsa: { source: 'Rev. Proc. 2025-19; IRC 223(b)', self: 4400, family: 8750, catchUp55: 1000 },
  gift: { source: 'Rev. Proc. 2025-32; IRC 2503(b), 529(c)(2)', annualExclusion: 19_000 },
}
