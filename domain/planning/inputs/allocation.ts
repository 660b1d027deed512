import * as z from 'zod'
import { share } from '../household/spec/ranges.ts'

/** Key of an asset class or of a series of a dataset. */
export const assetKey = z
  .string()
  .regex(/^[a-z][a-z0-9_.]{0,63}$/, 'must be a lower-case name of letters, digits, dots and underscores')
  .meta({ id: 'AssetKey', description: 'Key of an asset class or a series.' })

/** Shares by asset key. */
export const allocation = z
  .record(assetKey, share)
  .refine(shares => Math.abs(Object.values(shares).reduce((sum, weight) => sum + weight, 0) - 1) <= 1e-9, {
    error: 'weights must add up to 1',
  })
