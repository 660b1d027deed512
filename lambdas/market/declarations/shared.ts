import * as z from 'zod'
import { symbol } from '../schemas/shared.ts'

export const database = ['database'] as const
export const reading = [400, 401, 403, 404] as const
export const writing = [400, 401, 403, 404, 409, 413, 415, 422] as const

export const symbolPath = z.strictObject({ symbol })
