import * as z from 'zod'
import type { JsonValue } from '../../../db/data-api.ts'
import { KeyRefused } from '../../runtime/key-file.ts'
import type { WrappingKey } from './envelope.ts'

const listed = z.object({
  keys: z.array(
    z.object({
      kind: z.enum(['plaid-access-token', 'account-credential']),
      id: z.uuid(),
      householdId: z.uuid(),
      wrappedKey: z.base64(),
      keyId: z.string(),
    }),
  ),
})
const replaced = z.object({ replaced: z.boolean() })

export interface Rewrapping {
  /** Calls a function of the database by its name in the schema wealth. */
  readonly call: (name: string, document: Record<string, JsonValue>) => Promise<unknown>
  readonly hasTime: () => boolean
  /** Keys that were encrypted before it are encrypted again. */
  readonly before: Date
  readonly key: WrappingKey
}

/**
 * Encrypts data keys again, with the newest key. What they encrypt stays as it is. Stopped anywhere, the next call goes on.
 * @returns how many were encrypted again, and how many no known key opens
 */
export const rewrapKeys = async ({ before, call, hasTime, key }: Rewrapping) => {
  const result = { rewrapped: 0, refused: 0 }
  const seen = new Set<string>()
  for (;;) {
    const { keys } = listed.parse(await call('list_wrapped_keys', { before: before.toISOString(), limit: 100 + seen.size }))
    const next = keys.filter(({ id, kind }) => !seen.has(`${kind} ${id}`))
    if (next.length === 0) return result
    for (const { householdId, id, keyId, kind, wrappedKey } of next) {
      if (!hasTime()) return result
      try {
        const again = await key.rewrap({ keyId, wrappedKey }, { householdId, kind, id })
        // Not replaced: it belongs to a newer secret by now, with a key of its own.
        if (replaced.parse(await call('replace_wrapped_key', { kind, id, before: wrappedKey, ...again })).replaced) result.rewrapped += 1
      } catch (error) {
        if (!(error instanceof KeyRefused)) throw error
        seen.add(`${kind} ${id}`)
        result.refused += 1
      }
    }
  }
}
