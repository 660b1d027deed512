import { Heap } from './heap.ts'
import { longTermDayOf } from './holding-period.ts'
import type { Lot, RankedLot } from './state.ts'

/** The open lots of a book by their basis per share, short-term ones and long-term ones apart. Lots of one basis are in the order of the book. */
export class LotRanking {
  private readonly short = new Heap<RankedLot>(isHigher, place)
  private readonly long = new Heap<RankedLot>(isHigher, place)
  /** Short-term lots by the day on which they become long-term; lots that have left since are among them. Made when the term matters. */
  private maturing: Heap<{ readonly day: number; readonly ranked: RankedLot }> | undefined

  /** @param first the first lot of the book, linked to the others */
  constructor(first: Lot | undefined) {
    for (let lot = first; lot; lot = lot.next) this.add(lot)
  }

  /** A lot that is linked to its neighbours in the book. */
  add(lot: Lot): void {
    const rank: RankedLot = { lot, unit: unitOf(lot), place: 0, heap: this.short, heapAt: 0 }
    lot.rank = rank
    setPlace(rank)
    this.short.push(rank)
    this.expect(rank)
  }

  remove(lot: Lot): void {
    const rank = lot.rank!
    rank.heap.removeAt(rank.heapAt)
    lot.rank = undefined
  }

  /** The basis, the quantity or the holding period of a lot has changed. */
  changed({ rank }: Lot): void {
    if (!rank) return
    if (rank.heap === this.long) {
      this.long.removeAt(rank.heapAt)
      rank.heap = this.short
      rank.unit = unitOf(rank.lot)
      this.short.push(rank)
    } else {
      rank.unit = unitOf(rank.lot)
      this.short.changedAt(rank.heapAt)
    }
    this.expect(rank)
  }

  /** The lot with the highest basis per share. */
  highest(): Lot {
    const short = this.short.top
    const long = this.long.top
    return short && (!long || isHigher(short, long)) ? short.lot : long!.lot
  }

  /**
   * The lot with the least tax: short-term losses, long-term losses, long-term gains, short-term gains, lots without a basis. Within a kind, the highest
   * basis has the greatest loss or the least gain.
   */
  leastTaxed(unitProceeds: number, day: number): Lot {
    this.mature(day)
    const short = this.short.top?.lot.isBasisKnown ? this.short.top : undefined
    const long = this.long.top?.lot.isBasisKnown ? this.long.top : undefined
    if (short && (!long || unitProceeds < short.unit)) return short.lot
    return long ? long.lot : this.highest()
  }

  private expect(ranked: RankedLot): void {
    this.maturing?.push({ day: maturityOf(ranked.lot), ranked })
  }

  private mature(day: number): void {
    if (!this.maturing) {
      this.maturing = new Heap((one, other) => one.day < other.day, ignore)
      for (const ranked of this.short) this.expect(ranked)
    }
    for (let next = this.maturing.top; next && next.day <= day; next = this.maturing.top) {
      this.maturing.removeAt(0)
      const { ranked } = next
      // Another entry follows if the holding period has begun anew.
      if (ranked.lot.rank !== ranked || ranked.heap !== this.short || maturityOf(ranked.lot) > day) continue
      this.short.removeAt(ranked.heapAt)
      ranked.heap = this.long
      this.long.push(ranked)
    }
  }
}

const ignore = (): void => undefined
const place = (ranked: RankedLot, at: number): void => {
  ranked.heapAt = at
}

/**
 * Places are numbers between those of the neighbours, nearer to the one before, since parts come in one after the other before their rest. Where none is left,
 * all lots of the book are numbered anew, in the same order.
 */
const setPlace = (rank: RankedLot): void => {
  const { next, previous } = rank.lot
  const low = previous?.rank ? previous.rank.place : 0
  const high = next?.rank ? next.rank.place : low + 2 ** 10
  rank.place = low + (high - low) / 2 ** 10
  if (rank.place === low || rank.place === high) numberAll(rank.lot)
}

const numberAll = (lot: Lot): void => {
  let first = lot
  while (first.previous) first = first.previous
  let number = 1
  for (let one: Lot | undefined = first; one; one = one.next, number += 1) if (one.rank) one.rank.place = number
}

/** Shares with a holding period that will begin anew are short-term until it does. */
const maturityOf = ({ holdingDay, origin, shortSale }: Lot): number => {
  if (shortSale) return Number.POSITIVE_INFINITY
  return origin === 'inheritance' ? Number.NEGATIVE_INFINITY : longTermDayOf(holdingDay)
}

const unitOf = (lot: Lot): number => (lot.isBasisKnown ? (lot.cents + lot.washCents) / Number(lot.quantity) : -1)

/** Compares basis per share, exactly: by floating point where that is certain, by whole numbers otherwise. */
const isHigher = (one: RankedLot, other: RankedLot): boolean => {
  const difference = one.unit - other.unit
  if (Math.abs(difference) > 1e-12 * Math.abs(one.unit)) return difference > 0
  const [lot, second] = [one.lot, other.lot]
  if (lot.isBasisKnown && second.isBasisKnown) {
    const exact = BigInt(lot.cents + lot.washCents) * second.quantity - BigInt(second.cents + second.washCents) * lot.quantity
    if (exact !== 0n) return exact > 0n
  }
  return one.place < other.place
}
