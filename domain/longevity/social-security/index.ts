export {
  annualBenefits,
  type BenefitsResult,
  type BenefitsYear,
  type Claimant,
  createBenefitsResult,
  createBenefitsYear,
  type PreparedBenefits,
  prepareBenefits,
} from './benefits.ts'
export {
  EARLIEST_SURVIVOR_CLAIM_MONTHS,
  fullRetirementAgeMonths,
  retirementFactor,
  spouseFactor,
  survivorFactor,
  survivorFullRetirementAgeMonths,
} from './claiming-age.ts'
export {
  adjustedPrimaryInsuranceAmount,
  averageIndexedMonthlyEarnings,
  bendPoints,
  primaryInsuranceAmount,
  primaryInsuranceAmountOf,
  quartersOfCoverage,
  type YearOfEarnings,
} from './primary-insurance-amount.ts'
export { averageWageIndex, contributionBase, costOfLivingAdjustment, earningsTestExemptions } from './wage-series.ts'
