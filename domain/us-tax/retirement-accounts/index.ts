export {
  allowedContributions,
  allowedIraContributions,
  allowedWorkplaceContributions,
  type Contributions,
  type ContributionYear,
  createContributions,
  createContributionYear,
  employerMatch,
  giftLimit529,
  type PreparedContributions,
  prepareContributions,
} from './contribution-limits.ts'
export { isFreeOfPenalty, isPenalized, type PenalizedAccount } from './early-withdrawal.ts'
export {
  convertibleAmount,
  distributionPeriod,
  requiredDistributionAge,
  requiredMinimumDistribution,
} from './required-minimum-distribution.ts'
export { contributionTableFor, contributionTables } from './tables/index.ts'
export type { ContributionTable, PhaseOut } from './tables/table.ts'
