export { type AccountDays, type ChangeKind, changeKinds, sumAccounts } from './account-days.ts'
export { chartDays } from './chart-days.ts'
