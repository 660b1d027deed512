import type { Transaction } from '../../db/database.ts'
import type { TransactionOptions } from '../../db/sessions.ts'
import type { SignedInUser } from './database.ts'
import { findReply, type KeyedRequest, once, type StoredReply } from './idempotency.ts'

/**
 * The transactions of a route that computes for long: a snapshot to read, then no transaction while it computes, so that no connection and
 * no lock waits for it, then a transaction to store. Each acts for the caller and checks their access anew. What was read may have changed
 * when it is stored: `store` checks what matters.
 */
export interface Phases {
  /** Reads in one snapshot. If the request repeats one that was answered, the route ends with the first answer. */
  read<Result>(work: (transaction: Transaction, user: SignedInUser) => Promise<Result>): Promise<Result>
  /** Stores in a transaction of its own, once per Idempotency-Key. */
  store(work: (transaction: Transaction, user: SignedInUser) => Promise<StoredReply>): Promise<StoredReply>
}

/** The first answer to a repeated request. Thrown to end the route. */
export class RepeatedRequest extends Error {
  override readonly name = 'RepeatedRequest'
  readonly reply: StoredReply

  constructor(reply: StoredReply) {
    super('The request was answered before.')
    this.reply = reply
  }
}

export type Transact = <Result>(
  work: (transaction: Transaction, user: SignedInUser) => Promise<Result>,
  options?: TransactionOptions,
) => Promise<Result>

/** @param keyed the request with its Idempotency-Key, apart from the user; undefined without a key */
export const phasesOf = (transact: Transact, keyed: Omit<KeyedRequest, 'userId'> | undefined): Phases => ({
  read: work =>
    transact(
      async (transaction, user) => {
        const first = keyed && (await findReply(transaction, { ...keyed, userId: user.id }))
        if (first) throw new RepeatedRequest(first)
        return work(transaction, user)
      },
      { snapshot: true },
    ),
  store: work =>
    transact((transaction, user) =>
      keyed ? once(transaction, { ...keyed, userId: user.id }, () => work(transaction, user)) : work(transaction, user),
    ),
})
