import * as z from 'zod'
import type { FunctionCaller, JsonValue } from '../../db/data-api.ts'
import { readInParts } from '../runtime/database-functions.ts'
import type { StoredRun } from './verification.ts'

/** The answer of planning.read_stored_run. */
interface Answer {
  /** Null for a task. */
  readonly user: { readonly isActive: boolean } | null
  readonly run:
    | (StoredRun & {
        readonly isEditable: boolean
        readonly planId: string
        readonly status: string
        readonly engineVersion: string
        readonly provenance: { readonly planVersion: number }
      })
    | null
}

// The shape is that of planning.read_stored_run; it is not checked here.
const checked = z.looseObject({ user: z.unknown(), run: z.unknown() })

/** A run as it is stored, on behalf of the user that the document or its request names. */
export const readStoredRun = async (functions: FunctionCaller, document: Record<string, JsonValue>): Promise<Answer> =>
  checked.parse(await readInParts(functions, 'planning.read_stored_run', document)) as unknown as Answer
