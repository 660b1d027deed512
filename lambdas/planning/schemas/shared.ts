import * as z from 'zod'

export const key = z
  .string()
  .regex(/^[a-z][a-z0-9_.]{0,63}$/, 'must be a lower-case name of letters, digits, dots and underscores')
  .meta({ id: 'Key', description: 'A lower-case name of letters, digits, dots and underscores.', example: 'us_bonds' })

/** 64-bit signed integer as text: JSON numbers end at 2^53. */
export const seed = z
  .string()
  .regex(/^(0|-?[1-9]\d{0,18})$/, 'must be a whole number as text')
  .refine(text => BigInt.asIntN(64, BigInt(text)) === BigInt(text), { error: 'must fit in 64 bits' })
  .meta({ id: 'Seed', description: 'Seed of the random numbers: a signed 64-bit integer as text.', example: '20260101' })

const weight = z.number().min(0).max(1)

export const allocation = z
  .record(key, weight)
  .refine(shares => Math.abs(Object.values(shares).reduce((sum, share) => sum + share, 0) - 1) <= 1e-9, {
    error: 'weights must add up to 1',
  })
  .meta({ id: 'Allocation', description: 'Weight of each asset class as a fraction, by its key. The weights add up to 1.' })

/** Paths that a request can wait for. */
export const smallRunPaths = 100_000
/** Paths of a run that is simulated in parts. */
export const largeRunPaths = 1_000_000

export const iterations = z.int().min(100).max(smallRunPaths)

export const stepsPerYear = z.union([z.literal(1), z.literal(12)])
