import type * as z from 'zod'
import type { Plan } from '../../db/queries/planning/plans.ts'
import { type planInputBody, schemaVersionOf } from '../../domain/planning/index.ts'
import { invalidValue } from '../runtime/problem.ts'

/**
 * The columns of plan_inputs from a body. Throws 422 for a person born after the plan’s first day, because such a plan cannot be simulated.
 * @param place the place of the input in the request
 */
export const inputColumns = (plan: Plan, body: z.output<typeof planInputBody>, place = 'body') => {
  if (body.inputType === 'person' && body.inputValue.birthDate > plan.asOfDate) {
    throw invalidValue(`${place}.inputValue.birthDate`, `must not be after the plan’s as-of date ${plan.asOfDate}`)
  }
  const { confidenceScore, ...columns } = body
  return { ...columns, schemaVersion: schemaVersionOf(body.inputType), confidenceScore: confidenceScore?.toFixed(2) ?? null }
}
