import { Decimal } from '../shared/index.ts'

/** Why shares in per cent, at most three decimals each, cannot be those of one rank; undefined if they can. No beneficiary at all is possible. */
export const sharesFault = (shares: readonly string[]): string | undefined => {
  if (shares.length === 0) return undefined
  const sum = shares.reduce((total, share) => total.plus(share), new Decimal(0))
  return sum.equals(100) ? undefined : `must have shares that sum to exactly 100 per cent; they sum to ${sum.toString()}`
}
