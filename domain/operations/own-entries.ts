import { noHash, type Seal, sealHash } from './audit-seal.ts'

/** An entry of the audit trail as it is now. Hashes are in hexadecimal digits. */
export interface EntryNow {
  readonly id: string
  /** Computed from the columns that the chain covers. */
  readonly hash: string
  /** Whether the erasable values are those of the digest, or were erased. */
  readonly values: 'kept' | 'changed' | 'erased'
}

/** A seal with what its neighbours in the chain say. */
export interface SealInChain extends Seal {
  /** Its list of entries has its root. */
  readonly isRooted: boolean
  /** The hash of the seal before; null if there is none. */
  readonly before: string | null
  /** What the next seal has as the hash of the one before; null if there is none. */
  readonly after: string | null
  /** The first anchor of this seal or of one after it; null while there is none. */
  readonly anchor: {
    readonly key: string
    readonly sealNumber: number
    readonly anchoredAt: string
    /** The hashes lead from this seal to the anchored one. */
    readonly isLinked: boolean
  } | null
}

/** What the chain has of some entries. */
export interface ChainOfEntries {
  readonly rows: readonly { readonly id: string; readonly seal: number; readonly hash: string }[]
  /** Entries that wait for a seal. */
  readonly waiting: readonly string[]
  readonly seals: readonly SealInChain[]
}

/**
 * `intact`: its hash is the one in its seal. `waiting`: no seal has it yet. `changed`: it has another hash. `values-changed`: it has its
 * hash, and its values have another digest. `values-erased`: it has its hash, and its values were erased. `not-sealed`: no seal has it,
 * and it does not wait for one, so it was inserted or moved.
 */
export const entryStates = ['intact', 'waiting', 'changed', 'values-changed', 'values-erased', 'not-sealed'] as const
export type EntryState = (typeof entryStates)[number]

const stateOf = ({ hash, values }: EntryNow, sealed: string | undefined, isWaiting: boolean): EntryState => {
  if (sealed === undefined && !isWaiting) return 'not-sealed'
  if (sealed !== undefined && sealed !== hash) return 'changed'
  if (values !== 'kept') return values === 'changed' ? 'values-changed' : 'values-erased'
  return sealed === undefined ? 'waiting' : 'intact'
}

/** Whether a seal has its own hash and its root, and fits its neighbours and its anchor. */
export const isSealIntact = (seal: SealInChain): boolean =>
  sealHash(seal) === seal.hash &&
  seal.isRooted &&
  seal.previousHash === (seal.number === 1 ? noHash : seal.before) &&
  (seal.after === null || seal.after === seal.hash) &&
  seal.anchor?.isLinked !== false

/** Compares entries as they are now with what the chain has of them. */
export const compareEntries = <Entry extends EntryNow>(
  entries: readonly Entry[],
  { rows, waiting }: Pick<ChainOfEntries, 'rows' | 'waiting'>,
): readonly { readonly entry: Entry; readonly state: EntryState; readonly seal: number | null; readonly sealedHash: string | null }[] => {
  const sealed = new Map(rows.map(row => [row.id, row]))
  const isWaiting = new Set(waiting)
  return entries.map(entry => {
    const row = sealed.get(entry.id)
    const state = stateOf(entry, row?.hash, isWaiting.has(entry.id))
    return { entry, state, seal: row?.seal ?? null, sealedHash: row?.hash ?? null }
  })
}
