export { retirementSpendingSmile } from './age-curve.ts'
export { annuityDuePayment } from './annuity-payment.ts'
export { beginPath, type PreparedRule, prepareSpendingRule, spendingForYear, unfundedSpending } from './prepared-rule.ts'
export { SPENDING_REASON, type SpendingReason, spendingReasons } from './reasons.ts'
export {
  type AgeCurve,
  type CapeBasedSpec,
  type ConstantRealSpec,
  type FixedPercentSpec,
  type FloorCeilingSpec,
  GUYTON_KLINGER_2006,
  type GuytonKlingerSpec,
  type HebelerAutopilotSpec,
  type InitialSpending,
  type NinetyFivePercentSpec,
  type OneOverNSpec,
  type RatchetSpec,
  type RmdSpec,
  type SpendingRuleSpec,
  type SpendingSpec,
  type VpwSpec,
  vpwGrowthReal,
} from './spec.ts'
export { createSpendingState, type SpendingState, type SpendingYear } from './state.ts'
export { validateSpending } from './validate.ts'
