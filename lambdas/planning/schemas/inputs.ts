import * as z from 'zod'
import { instant, uuid } from '../../runtime/schemas.ts'

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
