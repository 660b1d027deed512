import type * as z from 'zod'
import type { Plan } from '../../db/queries/planning/plans.ts'
import { type planInputBody, schemaVersionOf } from '../../domain/planning/index.ts'
import { invalidValue } from '../runtime/problem.ts'

/** A body as columns of plan_inputs. Refuses a person born after the plan's first day: no plan could be made of it. */
export const inputColumns = (plan: Plan, body: z.output<typeof planInputBody>) => {
  if (body.inputType === 'person' && body.inputValue.birthDate > plan.asOfDate) {
    throw invalidValue('body.inputValue.birthDate', `must not be after the plan’s as-of date ${plan.asOfDate}`)
  }
  const { confidenceScore, ...columns } = body
  return { ...columns, schemaVersion: schemaVersionOf(body.inputType), confidenceScore: confidenceScore?.toFixed(2) ?? null }
}
