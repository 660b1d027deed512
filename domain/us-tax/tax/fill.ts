import type { HouseholdYear } from './household-year.ts'
import { medicareTier, medicareTierTop } from './medicare.ts'
import type { PreparedTax } from './prepare.ts'
import type { TaxResult } from './tax-result.ts'
import { taxableIncome } from './taxable-income.ts'

const HALF_CENT = 0.005
const MAXIMUM_STEPS = 100

/** How far a measure of income is above a target when `extra` ordinary income is added. */
const excess = (
  prepared: PreparedTax,
  household: HouseholdYear,
  extra: number,
  byMagi: boolean,
  target: number,
  scratch: TaxResult,
): number => {
  taxableIncome(prepared, household, extra, scratch)
  return (byMagi ? scratch.modifiedAdjustedGrossIncome : scratch.ordinaryIncomeAfterDeduction) - target
}

/**
 * The extra ordinary income that brings a measure to a target, within half a cent and never beyond it. Each extra dollar raises either
 * measure by a dollar or more (benefits become taxable, deductions phase out), so the gap bounds the answer. Both are piecewise linear,
 * so a few steps of the Illinois method reach it (Dowell and Jarratt, BIT 11, 1971).
 */
function extraIncomeTo(prepared: PreparedTax, household: HouseholdYear, byMagi: boolean, target: number, scratch: TaxResult): number {
  let low = 0
  let lowExcess = excess(prepared, household, 0, byMagi, target, scratch)
  if (lowExcess >= 0) return 0
  if (target === Number.POSITIVE_INFINITY) return target
  let high = -lowExcess
  let highExcess = excess(prepared, household, high, byMagi, target, scratch)
  if (highExcess <= HALF_CENT) return Math.max(0, high - HALF_CENT)
  let lowWeight = lowExcess
  let movedLow = false
  let movedHigh = false
  for (let step = 0; step < MAXIMUM_STEPS && lowExcess < -HALF_CENT && high - low > HALF_CENT; step++) {
    const middle = (low * highExcess - high * lowWeight) / (highExcess - lowWeight)
    const middleExcess = excess(prepared, household, middle, byMagi, target, scratch)
    // The weight of an end that stays twice in a row is halved, so that it moves too.
    if (middleExcess <= 0) {
      low = middle
      lowWeight = lowExcess = middleExcess
      if (movedLow) highExcess *= 0.5
    } else {
      high = middle
      highExcess = middleExcess
      if (movedHigh) lowWeight *= 0.5
    }
    movedLow = middleExcess <= 0
    movedHigh = !movedLow
  }
  return low
}

/**
 * Additional ordinary income, such as a Roth conversion, that fills the brackets up to the top of the one taxed at `rate` (0 if it is already
 * full, infinite for the top bracket). Benefits that become taxable and deductions that phase out are counted.
 * `scratch` is overwritten. Throws RangeError if no bracket has the rate.
 */
export function incomeToFillBracket(prepared: PreparedTax, household: HouseholdYear, rate: number, scratch: TaxResult): number {
  const { rates, from } = prepared.statuses[household.status]!.ordinary
  const bracket = rates.indexOf(rate)
  if (bracket < 0) throw new RangeError(`no federal bracket has the rate ${rate}`)
  const top = bracket + 1 < from.length ? from[bracket + 1]! * household.priceIndex : Number.POSITIVE_INFINITY
  return extraIncomeTo(prepared, household, false, top, scratch)
}

/**
 * Additional ordinary income that keeps modified AGI just inside Medicare's tier `tier` (0 has no surcharges), at thresholds of
 * `tierPriceIndex`: the price level expected in two years, when Medicare uses this year's income. `scratch` is overwritten.
 */
export function incomeToFillMedicareTier(
  prepared: PreparedTax,
  household: HouseholdYear,
  tier: number,
  tierPriceIndex: number,
  scratch: TaxResult,
): number {
  const extra = extraIncomeTo(prepared, household, true, medicareTierTop(prepared, household.status, tier, tierPriceIndex), scratch)
  if (extra === 0 || extra === Number.POSITIVE_INFINITY) return extra
  taxableIncome(prepared, household, extra, scratch)
  const entered = medicareTier(prepared, household.status, scratch.modifiedAdjustedGrossIncome, tierPriceIndex) > tier
  return entered ? Math.max(0, extra - HALF_CENT) : extra
}
