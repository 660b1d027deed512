import * as z from 'zod'
import { uuid } from '../../runtime/schemas.ts'

export const database = ['database'] as const
export const planPath = z.strictObject({ planId: uuid.describe('The plan.') })
