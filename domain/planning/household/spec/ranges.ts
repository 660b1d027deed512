import * as z from 'zod'
import { numberFrom, wholeNumberFrom } from '../../../shared/index.ts'
import { HOUSEHOLD_LIMITS } from '../limits.ts'

export const key = z.string().min(1, 'must not be empty')
export const money = numberFrom(0, HOUSEHOLD_LIMITS.money)
export const share = numberFrom(0, 1)
/** A multiplier, or a change as a fraction. */
export const factor = numberFrom(0, 10)
export const growthRate = numberFrom(HOUSEHOLD_LIMITS.growthRate.minimum, HOUSEHOLD_LIMITS.growthRate.maximum)
export const planYear = wholeNumberFrom(0, HOUSEHOLD_LIMITS.years)
/** Completed years. */
export const age = wholeNumberFrom(0, HOUSEHOLD_LIMITS.age)
/** The time between two events, in whole years. */
export const interval = wholeNumberFrom(1, HOUSEHOLD_LIMITS.years)
export const indexedToInflation = z
  .boolean()
  .describe('True: the amount is in money of the as-of date and rises with prices. False: it is in money of its own year.')
