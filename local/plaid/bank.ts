import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { replaceFile } from '../replace-file.ts'
import { PlaidError, type PlaidErrorCode } from './errors.ts'
import type { BankData, BankTransaction } from './forms.ts'
import { sampleData } from './sample.ts'

/** One change of the transactions of an item. A cursor is a place among them. */
export type Change =
  | { readonly kind: 'added' | 'modified'; readonly transaction: BankTransaction }
  | { readonly kind: 'removed'; readonly transaction: Pick<BankTransaction, 'account_id' | 'transaction_id'> }

export interface Item {
  readonly itemId: string
  readonly accessToken: string
  readonly institutionId: string
  readonly webhook: string | null
  readonly createdAt: string
  readonly consentExpiresAt: string | null
  /** The item answers every request for its data with it. */
  readonly error: PlaidErrorCode | null
  /** False until Plaid has fetched the first transactions. */
  readonly isReady: boolean
  readonly data: Omit<BankData, 'transactions'>
  readonly changes: readonly Change[]
}

export interface LinkToken {
  readonly token: string
  readonly expiresAt: string
  readonly createdAt: string
  readonly webhook: string | null
  readonly completionUrl: string | null
  /** In update mode: the item that the person signs in to again. */
  readonly updates: string | null
  readonly state: 'open' | 'left' | 'finished'
  readonly publicToken: string | null
  readonly institutionId: string | null
}

interface State {
  readonly items: Record<string, Item>
  readonly linkTokens: Record<string, LinkToken>
  /** The item of each public token. */
  readonly publicTokens: Record<string, string>
}

/** A fault of the next request, or of every one. `time-out`: no answer. `lost-answer`: the work is done, and the connection breaks. */
export type Fault = PlaidErrorCode | 'time-out' | 'lost-answer'

interface Planned {
  readonly path: string
  readonly fault: Fault
  left: number
}

/** The items of the stand-in, and what tests and the demonstration do with them. */
export class Bank {
  private readonly state: State
  private readonly stateFile: string | undefined
  private readonly clock: () => number
  private planned: Planned[] = []

  /** @param stateFile keeps items over a restart. Left out: they are in memory. Mode 0600: it has access tokens. */
  constructor(clock: () => number = Date.now, stateFile?: string) {
    this.clock = clock
    this.stateFile = stateFile
    this.state =
      stateFile !== undefined && existsSync(stateFile)
        ? (JSON.parse(readFileSync(stateFile, 'utf8')) as State)
        : { items: {}, linkTokens: {}, publicTokens: {} }
  }

  now(): string {
    return new Date(this.clock()).toISOString()
  }

  nowMs(): number {
    return this.clock()
  }

  private save(): void {
    if (this.stateFile !== undefined) replaceFile(this.stateFile, JSON.stringify(this.state))
  }

  /** The next `times` requests to the path (`/transactions/sync`, or `*`) fail in that way. */
  fail(path: string, fault: Fault, times = 1): void {
    this.planned.push({ path, fault, left: times })
  }

  heal(): void {
    this.planned = []
  }

  takeFault(path: string): Fault | undefined {
    const planned = this.planned.find(one => one.left > 0 && (one.path === path || one.path === '*'))
    if (!planned) return undefined
    planned.left -= 1
    return planned.fault
  }

  items(): readonly Item[] {
    return Object.values(this.state.items)
  }

  item(itemId: string): Item {
    const item = this.state.items[itemId]
    if (!item) throw new Error(`The stand-in of Plaid has no item ${itemId}.`)
    return item
  }

  itemOf(accessToken: string): Item {
    const item = this.items().find(one => one.accessToken === accessToken)
    if (!item) throw new PlaidError('INVALID_ACCESS_TOKEN')
    return item
  }

  private change(itemId: string, changes: Partial<Item>): void {
    this.state.items[itemId] = { ...this.item(itemId), ...changes }
    this.save()
  }

  /** A person signs in to an institution. Returns the public token. */
  addItem(institutionId: string, webhook: string | null, data?: BankData): string {
    const itemId = `item-${randomUUID()}`
    const { transactions, ...rest } = data ?? sampleData(institutionId, itemId.slice(5, 13), this.now().slice(0, 10))
    this.state.items[itemId] = {
      itemId,
      accessToken: `access-sandbox-${randomUUID()}`,
      institutionId,
      webhook,
      createdAt: this.now(),
      consentExpiresAt: null,
      error: null,
      isReady: true,
      data: rest,
      changes: transactions.map(transaction => ({ kind: 'added', transaction })),
    }
    const publicToken = `public-sandbox-${randomUUID()}`
    this.state.publicTokens[publicToken] = itemId
    this.save()
    return publicToken
  }

  /** The item of a public token, which counts once. */
  exchange(publicToken: string): Item {
    const itemId = this.state.publicTokens[publicToken]
    if (itemId === undefined) throw new PlaidError('INVALID_PUBLIC_TOKEN')
    return this.item(itemId)
  }

  removeItem(itemId: string): void {
    delete this.state.items[itemId]
    this.save()
  }

  /** Puts an item into an error, or takes it out. */
  setError(itemId: string, error: PlaidErrorCode | null): void {
    this.change(itemId, { error })
  }

  setReady(itemId: string, isReady: boolean): void {
    this.change(itemId, { isReady })
  }

  setConsentExpiry(itemId: string, consentExpiresAt: string | null): void {
    this.change(itemId, { consentExpiresAt })
  }

  setData(itemId: string, data: Partial<Item['data']>): void {
    this.change(itemId, { data: { ...this.item(itemId).data, ...data } })
  }

  record(itemId: string, ...changes: readonly Change[]): void {
    this.change(itemId, { changes: [...this.item(itemId).changes, ...changes] })
  }

  /**
   * A pending transaction is posted under a new id: the pending one is removed, a posted one added.
   * @param given what differs, such as the amount; `pending_transaction_id: null` leaves out the link, as some institutions do
   */
  post(itemId: string, pendingId: string, given: Partial<BankTransaction> = {}): string {
    const pending = this.item(itemId).changes.findLast(one => one.kind !== 'removed' && one.transaction.transaction_id === pendingId)
    if (!pending || pending.kind === 'removed') throw new Error(`There is no transaction ${pendingId}.`)
    const transaction_id = given.transaction_id ?? `posted-${randomUUID()}`
    this.record(
      itemId,
      { kind: 'removed', transaction: { account_id: pending.transaction.account_id, transaction_id: pendingId } },
      {
        kind: 'added',
        transaction: { ...pending.transaction, pending: false, pending_transaction_id: pendingId, ...given, transaction_id },
      },
    )
    return transaction_id
  }

  createLinkToken(given: Pick<LinkToken, 'completionUrl' | 'updates' | 'webhook'>): LinkToken {
    const token: LinkToken = {
      token: `link-sandbox-${randomUUID()}`,
      createdAt: this.now(),
      expiresAt: new Date(this.clock() + 4 * 3_600_000).toISOString(),
      state: 'open',
      publicToken: null,
      institutionId: null,
      ...given,
    }
    this.state.linkTokens[token.token] = token
    this.save()
    return token
  }

  linkToken(token: string): LinkToken {
    const found = this.state.linkTokens[token]
    if (!found || Date.parse(found.expiresAt) < this.clock()) throw new PlaidError('INVALID_LINK_TOKEN')
    return found
  }

  /** The person finishes the hosted page: signs in to an institution, or again to the item of update mode. */
  finishLink(token: string, institutionId = 'ins_local_1', data?: BankData): LinkToken {
    const link = this.linkToken(token)
    if (link.state === 'finished') return link
    if (link.updates !== null) this.setError(link.updates, null)
    const publicToken = link.updates === null ? this.addItem(institutionId, link.webhook, data) : null
    const finished: LinkToken = { ...link, state: 'finished', publicToken, institutionId }
    this.state.linkTokens[token] = finished
    this.save()
    return finished
  }

  /** The person leaves the hosted page without signing in. */
  leaveLink(token: string): LinkToken {
    const left: LinkToken = { ...this.linkToken(token), state: 'left' }
    this.state.linkTokens[token] = left
    this.save()
    return left
  }
}
