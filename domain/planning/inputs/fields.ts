import type * as z from 'zod'
import { label, nonNegativeMoney } from '../../shared/index.ts'
import { HOUSEHOLD_LIMITS } from '../household/index.ts'

const planMoney = nonNegativeMoney
  .refine(text => Number(text) <= HOUSEHOLD_LIMITS.money, `must be at most ${HOUSEHOLD_LIMITS.money}.00`)
  .meta({ id: 'PlanMoney', description: `An amount of money in a plan: decimal text of at most ${HOUSEHOLD_LIMITS.money}.00.` })

/** An amount of money as a user gives it: decimal text. */
export const amount = (description: string) => planMoney.describe(description)

/** The description of a field of a specification, reused for the input field that gives it. */
export const meaningOf = (field: z.ZodType): string => field.description ?? ''

/** A person of the plan, given as the name of their input. */
export const personName = label.optional().describe('The name of a person of the plan. When left out, the first person.')

interface Period {
  readonly startYear?: number | undefined
  readonly endYear?: number | undefined
}
/** Refinement of a period: it has at least one year. */
export const isInOrder = ({ endYear, startYear }: Period): boolean => endYear === undefined || endYear > (startYear ?? 0)
export const notInOrder = { error: 'must be after startYear', path: ['endYear'] }
