export { charitableDistributionLimit, givesFromIra } from './charitable-distribution.ts'
export { assessIncome } from './income.ts'
export { prepareWithdrawals, type WithdrawalPlan } from './plan.ts'
export {
  type AccountSlots,
  createAccountSlots,
  createWithdrawals,
  type TaxOfWithdrawals,
  type WithdrawalIncome,
  type Withdrawals,
  type WithdrawalYear,
} from './slots.ts'
export { ACCOUNT_KIND, type AccountKind, type WithdrawalOrder, type WithdrawalSpec } from './spec.ts'
export { validateWithdrawals } from './validate.ts'
export { withdrawForYear } from './withdraw.ts'
