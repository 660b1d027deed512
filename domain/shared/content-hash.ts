import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'

/** SHA-256 (64 hexadecimal digits) of the value's canonical JSON in UTF-8. It depends on the value alone, not on how it was stored. */
export function contentHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex')
}
