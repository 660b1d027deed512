import type { ApiAnswer } from '../../../lambdas/api-types.ts'
import { api } from '../../shell/api.ts'

type Page = ApiAnswer<'GET /v1/operations/audit-logs/verification'>
export type VerifiedEntry = Page['entries'][number]
export type SealOfEntries = Page['seals'][number]

/** The days to verify; each can be left out. */
export interface Range {
  readonly from?: string
  readonly to?: string
}

export interface OwnResult {
  /** When the verification ended: RFC 3339. */
  readonly at: string
  /** Newest first. */
  readonly entries: readonly VerifiedEntry[]
  /** In the order of the chain. */
  readonly seals: readonly SealOfEntries[]
}

/** The states of an entry that was tampered with. */
const badStates: ReadonlySet<VerifiedEntry['state']> = new Set(['changed', 'values-changed', 'not-sealed'])

export const isBad = ({ state }: VerifiedEntry): boolean => badStates.has(state)

/** Verifies all entries about one's own activity in a range, page by page. */
export const verifyOwnEntries = async (range: Range): Promise<OwnResult> => {
  const entries: VerifiedEntry[] = []
  const seals = new Map<number, SealOfEntries>()
  let cursor: string | null = null
  do {
    const query = { limit: 500, ...range, ...(cursor === null ? {} : { cursor }) }
    const page: Page = await api('GET /v1/operations/audit-logs/verification', { query })
    entries.push(...page.entries)
    for (const seal of page.seals) seals.set(seal.number, seal)
    cursor = page.nextCursor
  } while (cursor !== null)
  return { at: new Date().toISOString(), entries, seals: [...seals.values()].toSorted((left, right) => left.number - right.number) }
}
