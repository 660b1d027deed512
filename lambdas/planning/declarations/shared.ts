import * as z from 'zod'
import { uuid } from '../../runtime/schemas.ts'

export const database = ['database'] as const
export const planPath = z.strictObject({ planId: uuid.describe('The plan.') })

/** Refusals that every route of a kind may answer with. */
export const reading = [400, 401, 403, 404] as const
export const writing = [400, 401, 403, 404, 409, 413, 415, 422] as const
export const changing = [...writing, 412, 428] as const
