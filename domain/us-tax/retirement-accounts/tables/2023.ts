import { everyStatus } from '../../tax/index.ts'
import type { ContributionTable } from './table.ts'

export const contributionTable2023: ContributionTable = {
  year: 2023,
  electiveDeferral: {
    source: 'IRS Notice 2022-55; IRC 401(a)(17), 402(g), 414(v), 415(c)',
    limit: 22_500,
    catchUp: 7500,
    catchUp60To63: 7500,
    rothCatchUpWages: undefined,
    annualAdditions: 66_000,
    compensation: 330_000,
  },
  simple: { source: 'IRS Notice 2022-55; IRC 408(p), 414(v)', limit: 15_500, catchUp: 3500, catchUp60To63: 3500 },
  ira: {
    source: 'IRS Notice 2022-55; IRC 219(b), 219(g), 408A(c)',
    limit: 6500,
    catchUp: 1000,
    rothPhaseOut: { ...everyStatus([138_000, 153_000]), marriedFilingJointly: [218_000, 228_000], marriedFilingSeparately: [0, 10_000] },
    coveredPhaseOut: { ...everyStatus([73_000, 83_000]), marriedFilingJointly: [116_000, 136_000], marriedFilingSeparately: [0, 10_000] },
    spouseCoveredPhaseOut: [218_000, 228_000],
  },
  hsa: { source: 'Rev. Proc. 2022-24; IRC 223(b)', self: 3850, family: 7750, catchUp55: 1000 },
  gift: { source: 'Rev. Proc. 2022-38; IRC 2503(b), 529(c)(2)', annualExclusion: 17_000 },
}
