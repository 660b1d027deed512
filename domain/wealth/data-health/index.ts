export type { FactsOf, Finding } from './checks.ts'
export type {
  CountInRange,
  CountOnDay,
  DuplicatePairs,
  ExchangeCalendar,
  HealthAccount,
  HealthConnection,
  HealthFacts,
  HealthImport,
  HealthLotProblem,
  HeldBars,
  HeldSecurity,
  HeldThroughSplit,
  KnownSplit,
  NewestRate,
} from './facts.ts'
export { checkedParts, findHealth, reportHealth } from './find.ts'
export { healthLimits } from './limits.ts'
