import { Heap } from './heap.ts'
import { longTermDayOf } from './holding-period.ts'
import type { Lot } from './state.ts'

/** The open lots of a book by their basis per share, short-term ones and long-term ones apart. Lots of one basis are in the order of the book. */
export class LotRanking {
  private readonly short = new Heap<Lot>(isHigher, place)
  private readonly long = new Heap<Lot>(isHigher, place)
  /** Short-term lots by the day on which they become long-term; lots that have left since are among them. */
  private readonly maturing = new Heap<{ readonly day: number; readonly lot: Lot }>((one, other) => one.day < other.day, ignore)

  constructor(lots: Iterable<Lot>) {
    for (const lot of lots) this.add(lot)
  }

  add(lot: Lot): void {
    setUnit(lot)
    lot.heap = this.short
    this.short.push(lot)
    this.expect(lot)
  }

  remove(lot: Lot): void {
    lot.heap!.removeAt(lot.heapAt)
    lot.heap = undefined
  }

  /** The basis, the quantity or the holding period of a lot has changed. */
  changed(lot: Lot): void {
    if (lot.heap === this.long) {
      this.remove(lot)
      return this.add(lot)
    }
    setUnit(lot)
    this.short.changedAt(lot.heapAt)
    this.expect(lot)
  }

  /** The lot with the highest basis per share. */
  highest(): Lot {
    const short = this.short.top
    const long = this.long.top
    return short && (!long || isHigher(short, long)) ? short : long!
  }

  /**
   * The lot with the least tax: short-term losses, long-term losses, long-term gains, short-term gains, lots without a basis. Within a kind, the highest
   * basis has the greatest loss or the least gain.
   */
  leastTaxed(unitProceeds: number, day: number): Lot {
    this.mature(day)
    const short = this.short.top?.isBasisKnown ? this.short.top : undefined
    const long = this.long.top?.isBasisKnown ? this.long.top : undefined
    if (short && (!long || unitProceeds < short.unit)) return short
    return long ?? this.highest()
  }

  private expect(lot: Lot): void {
    this.maturing.push({ day: lot.origin === 'inheritance' ? Number.NEGATIVE_INFINITY : longTermDayOf(lot.holdingDay), lot })
  }

  private mature(day: number): void {
    for (let next = this.maturing.top; next && next.day <= day; next = this.maturing.top) {
      this.maturing.removeAt(0)
      if (next.lot.heap !== this.short) continue
      this.short.removeAt(next.lot.heapAt)
      next.lot.heap = this.long
      this.long.push(next.lot)
    }
  }
}

const ignore = (): void => undefined
const place = (lot: Lot, at: number): void => {
  lot.heapAt = at
}

/** The basis per share of a lot, to compare. Unknown ones come last. */
const setUnit = (lot: Lot): void => {
  lot.unit = lot.isBasisKnown ? (lot.cents + lot.washCents) / Number(lot.quantity) : -1
}

/** Compares basis per share, exactly: by floating point where that is certain, by whole numbers otherwise. */
const isHigher = (one: Lot, other: Lot): boolean => {
  const difference = one.unit - other.unit
  if (Math.abs(difference) > 1e-12 * Math.abs(one.unit)) return difference > 0
  if (one.isBasisKnown && other.isBasisKnown) {
    const exact = BigInt(one.cents + one.washCents) * other.quantity - BigInt(other.cents + other.washCents) * one.quantity
    if (exact !== 0n) return exact > 0n
  }
  return one.place < other.place
}
