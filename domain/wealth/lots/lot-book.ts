import { LotRanking } from './lot-ranking.ts'
import { centsOfPart } from './quantities.ts'
import { type Lot, splitLot } from './state.ts'
import type { LotMethod } from './terms.ts'
import type { LotPick } from './types.ts'

/** Lots that share one basis per share: each lot of the pool has its part of these sums by its shares. */
export interface Pool {
  quantity: bigint
  cents: number
  washCents: number
}

/**
 * The open lots of a security in an account, in the order in which they were acquired. Lots are linked to their neighbours, so that any of them can leave,
 * and parts can come in before their rest, in constant time.
 */
export class LotBook {
  private first: Lot | undefined
  private last: Lot | undefined
  /** Made when a method needs it. */
  private ranking: LotRanking | undefined
  private readonly pool: Pool = { quantity: 0n, cents: 0, washCents: 0 }
  /** Lots that may have come since the last average; undefined if none has been made. */
  private unpooled: Lot[] | undefined

  /** Open lots, the oldest first, each with its own basis. */
  open(): Lot[] {
    const lots: Lot[] = []
    for (let lot = this.first; lot; lot = lot.next) {
      this.leavePool(lot)
      lots.push(lot)
    }
    return lots
  }

  get isEmpty(): boolean {
    return this.first === undefined
  }

  total(): bigint {
    let sum = 0n
    for (let lot = this.first; lot; lot = lot.next) sum += lot.quantity
    return sum
  }

  /** Adds a lot behind those that were acquired on the same day or before. */
  add(lot: Lot): void {
    this.addAll([lot])
  }

  /** Adds lots, the oldest first, each behind those that were acquired on the same day or before. The book is read once for all of them. */
  addAll(lots: readonly Lot[]): void {
    let before = this.last
    for (let index = lots.length - 1; index >= 0; index -= 1) {
      const lot = lots[index]!
      while (before && before.openedDay > lot.openedDay) before = before.previous
      this.insert(lot, before, before ? before.next : this.first)
    }
  }

  /** Adds a part that was taken out of a lot, before the rest of it. */
  addPart(part: Lot, rest: Lot): void {
    this.insert(part, rest.previous, rest)
  }

  remove(lot: Lot): void {
    this.leavePool(lot)
    this.ranking?.remove(lot)
    if (lot.previous) lot.previous.next = lot.next
    else this.first = lot.next
    if (lot.next) lot.next.previous = lot.previous
    else this.last = lot.previous
    lot.previous = undefined
    lot.next = undefined
    lot.book = undefined
  }

  clear(): void {
    for (let lot = this.first; lot; lot = this.first) this.remove(lot)
  }

  /** To call when the basis, the quantity or the holding period of one of its lots has changed. */
  changed(lot: Lot): void {
    this.ranking?.changed(lot)
  }

  /** Gives a lot of a pool its own basis: its part of the sums. */
  leavePool(lot: Lot): void {
    const { pool } = this
    if (!lot.isPooled) return
    lot.cents = centsOfPart(pool.cents, lot.quantity, pool.quantity)
    lot.washCents = centsOfPart(pool.washCents, lot.quantity, pool.quantity)
    pool.quantity -= lot.quantity
    pool.cents -= lot.cents
    pool.washCents -= lot.washCents
    lot.isPooled = false
    this.unpooled!.push(lot)
    this.ranking?.changed(lot)
  }

  /**
   * Takes shares out, lot by lot, in the order of a method. Fewer are taken if fewer are held.
   * @param unitProceeds proceeds of one unit, in cents; NaN if nothing is paid
   */
  take(quantity: bigint, method: LotMethod, picks: readonly LotPick[] | null, unitProceeds: number, day: number): Lot[] {
    const taken: Lot[] = []
    let left = picks ? quantity - this.takePicked(picks, quantity, taken) : quantity
    if (method === 'average') this.average()
    while (left > 0n && this.first) {
      const part = this.takeFrom(this.next(method, unitProceeds, day), left)
      // Most sales take one lot only.
      if (taken.length === 0 && part.quantity === left) return [part]
      left -= part.quantity
      taken.push(part)
    }
    return taken
  }

  /** Takes the lots that a person has named. Returns their shares. */
  private takePicked(picks: readonly LotPick[], most: bigint, taken: Lot[]): bigint {
    let left = most
    for (const { openedBy, quantity: picked } of picks) {
      let wanted = picked < left ? picked : left
      left -= wanted
      for (let lot = this.first, next = lot?.next; lot && wanted > 0n; lot = next, next = lot?.next) {
        if (lot.purchase.id !== openedBy) continue
        const part = this.takeFrom(lot, wanted)
        wanted -= part.quantity
        taken.push(part)
      }
      left += wanted
    }
    return most - left
  }

  /** Takes a lot, or as much of it as is wanted. */
  private takeFrom(lot: Lot, most: bigint): Lot {
    if (lot.quantity <= most) {
      this.remove(lot)
      return lot
    }
    this.leavePool(lot)
    return splitLot(lot, most)
  }

  private next(method: LotMethod, unitProceeds: number, day: number): Lot {
    if (method === 'lifo') return this.newest()
    if (method === 'hifo') return this.ranked().highest()
    if (method === 'lowest_tax' && !Number.isNaN(unitProceeds)) return this.ranked().leastTaxed(unitProceeds, day)
    return this.first!
  }

  private ranked(): LotRanking {
    if (this.pool.quantity > 0n) this.open()
    this.ranking ??= new LotRanking(this.first)
    return this.ranking
  }

  /** The first of the lots that were acquired last. */
  private newest(): Lot {
    let lot = this.last!
    while (lot.previous?.openedDay === lot.openedDay) lot = lot.previous
    return lot
  }

  private insert(lot: Lot, previous: Lot | undefined, next: Lot | undefined): void {
    lot.book = this
    lot.previous = previous
    lot.next = next
    if (previous) previous.next = lot
    else this.first = lot
    if (next) next.previous = lot
    else this.last = lot
    this.unpooled?.push(lot)
    this.ranking?.add(lot)
  }

  /** Gives all shares of which the basis is known the same basis per share. Gifts with two bases keep theirs: 26 CFR 1.1012-1(e)(2). */
  private average(): void {
    const { pool } = this
    for (const lot of this.unpooled ?? this.open()) {
      if (lot.book !== this || lot.isPooled || !lot.isBasisKnown || lot.lossCents >= 0) continue
      lot.isPooled = true
      pool.quantity += lot.quantity
      pool.cents += lot.cents
      pool.washCents += lot.washCents
    }
    this.unpooled = []
  }
}

/** The part of an amount of cents for each of some lots, by their quantities; the parts add up to it. */
export const centsByQuantity = (cents: number, lots: readonly Lot[], total: bigint): number[] => {
  if (lots.length === 1 && lots[0]!.quantity === total) return [cents]
  let seen = 0n
  let given = 0
  return lots.map(lot => {
    seen += lot.quantity
    const until = centsOfPart(cents, seen, total)
    const part = until - given
    given = until
    return part
  })
}
