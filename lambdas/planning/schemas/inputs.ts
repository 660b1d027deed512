import * as z from 'zod'
import { calendarDate, instant, label, nonNegativeMoney, uuid } from '../../runtime/schemas.ts'

const planYear = z.int().min(0).max(100)

const flow = z
  .strictObject({
    annualAmount: nonNegativeMoney,
    startYear: planYear
      .optional()
      .describe('Plan year, from 0, in which it first happens. Contributions: 0, withdrawals: at retirement, when left out.'),
    endYear: planYear
      .optional()
      .describe('Plan year in which it no longer happens. Contributions: at retirement, withdrawals: never, when left out.'),
    indexedToInflation: z.boolean().default(true),
  })
  .refine(({ endYear, startYear }) => endYear === undefined || endYear > (startYear ?? 0), {
    error: 'must be after startYear',
    path: ['endYear'],
  })

const inputOf = <const Type extends string, Value extends z.ZodType>(inputType: Type, inputValue: Value) =>
  z.strictObject({
    inputType: z.literal(inputType),
    inputName: label,
    inputValue,
    dataSource: z.enum(['user_input', 'imported', 'calculated']).default('user_input'),
    confidenceScore: z.number().min(0).max(1).nullable().optional(),
  })

/** Something a user tells a plan, its value shaped by its type. */
export const planInputBody = z.discriminatedUnion('inputType', [
  inputOf('person', z.strictObject({ birthDate: calendarDate, retirementAge: z.int().min(0).max(120) })),
  inputOf('account', z.strictObject({ balance: nonNegativeMoney })),
  inputOf('contribution', flow),
  inputOf('withdrawal', flow),
])

export const planInput = z.strictObject({
  id: uuid,
  planId: uuid,
  inputType: z.string(),
  inputName: z.string(),
  inputValue: z.json(),
  dataSource: z.string(),
  confidenceScore: z.number().nullable(),
  isValid: z.boolean(),
  validationErrors: z.json().nullable(),
  version: z.int(),
  createdAt: instant,
})
