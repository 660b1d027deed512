export { type AccountDays, type ChangeKind, changeKinds, sumAccounts } from './account-days.ts'
export { chartDays } from './chart-days.ts'
export { joinGaps } from './gaps.ts'
export { inQuarters, quarterEnd, type QuarterSpan, quarterStart } from './quarters.ts'
