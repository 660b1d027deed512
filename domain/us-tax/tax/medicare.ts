import type { PreparedTax } from './prepare.ts'

/**
 * Tier of Medicare's income-related adjustment, by modified AGI and the thresholds of a status; 0 is below all thresholds. A tier begins above
 * its threshold, the last tier at its threshold. Thresholds follow prices, including the last (by law only from 2028).
 * Source: 42 USC 1395r(i); SSA POMS HI 01101.020.
 */
export function medicareTier(prepared: PreparedTax, status: number, magi: number, priceIndex: number): number {
  const from = prepared.statuses[status]!.medicareTierFrom
  const income = magi / priceIndex
  const last = from.length - 1
  if (income >= from[last]!) return last + 1
  let tier = last
  while (tier > 0 && income <= from[tier - 1]!) tier--
  return tier
}

/** Modified AGI at which the tier above `tier` begins; infinite for the last tier. */
export const medicareTierTop = (prepared: PreparedTax, status: number, tier: number, priceIndex: number): number => {
  const from = prepared.statuses[status]!.medicareTierFrom
  return tier < from.length ? from[tier]! * priceIndex : Number.POSITIVE_INFINITY
}

/** One person's Part B and Part D surcharge of a year. Premiums are assumed to follow prices. */
export const medicareSurcharge = (prepared: PreparedTax, tier: number, priceIndex: number): number =>
  prepared.medicareSurchargeAnnual[tier]! * priceIndex
