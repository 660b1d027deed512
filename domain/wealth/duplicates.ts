import { createHash } from 'node:crypto'
import { epochDayOf } from '../shared/index.ts'
import { type Fingerprinted, fingerprintOf } from './fingerprint.ts'

/** What identifies a transaction: the fields that decide whether two are the same. */
export interface Identified extends Fingerprinted {
  /** The institution's identifier. */
  readonly externalId?: string | null | undefined
}

const isMissing = (value: unknown): value is null | undefined => value === undefined || value === null

/** A transaction that is stored already. */
export interface StoredTransaction extends Identified {
  /** Its key in the store. */
  readonly id: string
  /** Its `fingerprintOf`, as it was stored. */
  readonly fingerprint?: string
}

/** Identifies a transaction by its institution's identifier, which some use twice, with date and amount; undefined without one. */
export const idKeyOf = ({ amount, date, externalId }: Identified): string | undefined =>
  isMissing(externalId)
    ? undefined
    : createHash('sha256')
        .update(JSON.stringify([externalId, date, amount]), 'utf8')
        .digest('hex')
        .slice(0, 32)

/** The key of a row within its file. Key and occurrence together are unique in an account. */
export interface RowKey {
  /** `idKeyOf`, or `fingerprintOf` for a row without identifier. */
  readonly key: string
  /** How many rows with this key come before it in the file: two equal purchases on one day are two. */
  readonly occurrence: number
}

/** The keys of the rows of one account in a file, in their order. */
export const keysOf = (rows: readonly Identified[]): RowKey[] => {
  const counts = new Map<string, number>()
  return rows.map(row => {
    const key = idKeyOf(row) ?? fingerprintOf(row)
    const occurrence = counts.get(key) ?? 0
    counts.set(key, occurrence + 1)
    return { key, occurrence }
  })
}

/** What is known of a row of a file. `storedId` is the key of the stored transaction that it is, or may be. */
export type Verdict =
  | { readonly kind: 'new' }
  /** By its identifier, or by date, amount and description, where at least one of the two has no identifier. */
  | { readonly kind: 'duplicate'; readonly reason: 'identifier' | 'content'; readonly storedId: string }
  /** The same content under another identifier, or the same amount within three days with another description. */
  | { readonly kind: 'doubtful'; readonly reason: 'other_identifier' | 'similar'; readonly storedId: string }

const isNew: Verdict = { kind: 'new' }
/** Transactions of the same amount are similar up to so many days from each other. */
export const similarDays = 3

/** Stored transactions by a key. Each is taken once. */
class Shelf {
  readonly #byKey = new Map<string, StoredTransaction[]>()

  add(key: string, stored: StoredTransaction): void {
    const list = this.#byKey.get(key)
    if (list) list.push(stored)
    else this.#byKey.set(key, [stored])
  }

  /** The best one that is not taken; lower ranks are better, and undefined does not fit. */
  find(
    key: string,
    taken: ReadonlySet<StoredTransaction>,
    rank: (stored: StoredTransaction) => number | undefined,
  ): StoredTransaction | undefined {
    let [best, bestRank] = [undefined as StoredTransaction | undefined, Number.POSITIVE_INFINITY]
    for (const stored of this.#byKey.get(key) ?? []) {
      const own = taken.has(stored) ? undefined : rank(stored)
      if (own !== undefined && own < bestRank) [best, bestRank] = [stored, own]
    }
    return best
  }
}

const sameSecurity = (a: Identified, b: Identified): boolean =>
  a.type === b.type && (isMissing(a.symbol) || isMissing(b.symbol) || a.symbol === b.symbol)

/** A stored transaction of the same amount, as near in time as possible. @param shelf by amount and day */
const findSimilar = (row: Identified, shelf: Shelf, taken: ReadonlySet<StoredTransaction>): StoredTransaction | undefined => {
  const day = epochDayOf(row.date)
  for (let distance = 0; distance <= similarDays; distance += 1)
    for (const near of distance === 0 ? [day] : [day - distance, day + distance]) {
      const found = shelf.find(`${row.amount} ${near}`, taken, other => (sameSecurity(row, other) ? 0 : undefined))
      if (found !== undefined) return found
    }
  return undefined
}

/**
 * Compares the rows of one account in a file with what is stored of that account. A stored transaction counts for one row, so that the second of
 * two equal purchases is new if only one is stored. Identifiers are compared first, for all rows; then the content; then what is similar.
 * @param stored the transactions of the account from three days before the first row to three days after the last
 * @param fingerprints those of the rows, in their order
 * @returns by row, in their order
 */
export const findDuplicates = (
  rows: readonly Identified[],
  stored: readonly StoredTransaction[],
  fingerprints = rows.map(fingerprintOf),
): Verdict[] => {
  const [byId, byContent, byAmount] = [new Shelf(), new Shelf(), new Shelf()]
  for (const each of stored) {
    const id = idKeyOf(each)
    if (id !== undefined) byId.add(id, each)
    byContent.add(each.fingerprint ?? fingerprintOf(each), each)
    byAmount.add(`${each.amount} ${epochDayOf(each.date)}`, each)
  }
  const taken = new Set<StoredTransaction>()
  const verdicts: (Verdict | undefined)[] = rows.map(() => undefined)
  const pass = (
    judge: (
      row: Identified,
      fingerprint: string,
    ) => { readonly found: StoredTransaction | undefined; readonly verdict: (id: string) => Verdict },
  ) => {
    for (const [index, row] of rows.entries()) {
      if (verdicts[index] !== undefined) continue
      const { found, verdict } = judge(row, fingerprints[index]!)
      if (found === undefined) continue
      taken.add(found)
      verdicts[index] = verdict(found.id)
    }
  }
  pass(row => {
    const id = idKeyOf(row)
    const found = id === undefined ? undefined : byId.find(id, taken, () => 0)
    return { found, verdict: storedId => ({ kind: 'duplicate', reason: 'identifier', storedId }) }
  })
  pass((row, fingerprint) => ({
    found: byContent.find(fingerprint, taken, ({ externalId }) => (isMissing(externalId) ? 0 : isMissing(row.externalId) ? 1 : undefined)),
    verdict: storedId => ({ kind: 'duplicate', reason: 'content', storedId }),
  }))
  pass((_, fingerprint) => ({
    found: byContent.find(fingerprint, taken, () => 0),
    verdict: storedId => ({ kind: 'doubtful', reason: 'other_identifier', storedId }),
  }))
  pass(row => ({
    found: Number(row.amount) === 0 ? undefined : findSimilar(row, byAmount, taken),
    verdict: storedId => ({ kind: 'doubtful', reason: 'similar', storedId }),
  }))
  return verdicts.map(verdict => verdict ?? isNew)
}
