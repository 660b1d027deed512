export { consequenceOf } from './consequences.ts'
export { contributionChecks } from './contribution-checks.ts'
export { contributionRooms } from './contribution-room.ts'
export { deferralReturnDay, extendedDueDay, returnDueDay } from './deadlines.ts'
export {
  type ContributionFacts,
  type Contributor,
  type Deposit,
  type FiveYearElection,
  type HsaCoverage,
  hsaCoverages,
  type LimitCheck,
  type LimitedAccount,
  limitedPlans,
  type LimitedPlan,
  type LimitKind,
  limitKinds,
  missingFacts,
  type PartKind,
  partKinds,
  type SepBasis,
  sepBases,
} from './terms.ts'
