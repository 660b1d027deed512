import * as z from 'zod'
import { share } from '../household/spec/ranges.ts'

/** Key of an asset class or of a series of a dataset. */
export const assetKey = z
  .string()
  .regex(/^[a-z][a-z0-9_.]{0,63}$/, 'must be a lower-case name of letters, digits, dots and underscores')
  .meta({ id: 'AssetKey', description: 'Key of an asset class or a series.' })

/** Rounded shares are scaled to 1 when they add up to it within this tolerance, such as 0.3333 for each of three. */
export const ALLOCATION_TOLERANCE = 0.005

const sumOf = (shares: Readonly<Record<string, number>>): number => Object.values(shares).reduce((sum, weight) => sum + weight, 0)

const scaled = (shares: Record<string, number>): Record<string, number> => {
  const total = sumOf(shares)
  return Math.abs(total - 1) <= 1e-9 ? shares : Object.fromEntries(Object.entries(shares).map(([key, weight]) => [key, weight / total]))
}

/** Shares by asset key. They add up to 1 after reading. */
export const allocation = z
  .record(assetKey, share)
  .refine(shares => Math.abs(sumOf(shares) - 1) <= ALLOCATION_TOLERANCE, {
    error: ({ input }) =>
      `must add up to 1 within ${ALLOCATION_TOLERANCE}, not to ${Number(sumOf(input as Record<string, number>).toFixed(6))}`,
    abort: true,
  })
  .overwrite(scaled)
