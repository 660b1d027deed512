import * as z from 'zod'
import { sensitivityInput } from '../../../domain/planning/index.ts'
import { nameSchemas } from '../../runtime/schemas.ts'

/** A figure estimated from paths, with its 95 % confidence interval. */
export const estimate = z.strictObject({ estimate: z.number(), lower: z.number(), upper: z.number() })

const successDifference = z.strictObject({
  first: z.number(),
  second: z.number(),
  difference: estimate,
  onlyFirst: z.int().describe('Number of paths that succeed only in the first plan.'),
  onlySecond: z.int(),
})
const wealthDifference = z.strictObject({ meanDifference: estimate, medianDifference: estimate })

/** The second plan minus the first, path by path with common random numbers. Each difference has a 95 % interval. */
export const scenarioComparison = z.strictObject({ paths: z.int(), success: successDifference, endingWealthReal: wealthDifference })

/** The effect of an input moved down and up. */
export const sensitivity = z.strictObject({
  input: sensitivityInput,
  low: scenarioComparison,
  high: scenarioComparison,
  swing: z.number(),
})

nameSchemas({ Sensitivity: sensitivity, SuccessDifference: successDifference, WealthDifference: wealthDifference })
