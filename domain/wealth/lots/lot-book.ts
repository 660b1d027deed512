import { centsOfPart, divideByWeights } from './quantities.ts'
import { longTermDayOf } from './holding-period.ts'
import { type Lot, setUnit, splitLot } from './state.ts'
import type { LotMethod } from './terms.ts'
import type { LotPick } from './types.ts'

/** The open lots of a security in an account, in the order in which they were acquired. */
export class LotBook {
  private lots: Lot[] = []
  /** Lots before it are closed. */
  private head = 0

  /** Open lots, the oldest first. */
  open(): readonly Lot[] {
    if (this.head > 0) {
      this.lots = this.lots.slice(this.head)
      this.head = 0
    }
    return this.lots
  }

  get isEmpty(): boolean {
    return this.head === this.lots.length
  }

  total(): bigint {
    let sum = 0n
    for (let index = this.head; index < this.lots.length; index += 1) sum += this.lots[index]!.quantity
    return sum
  }

  /** Adds a lot behind those that were acquired on the same day or before. */
  add(lot: Lot): void {
    const { lots } = this
    let at = lots.length
    while (at > this.head && lots[at - 1]!.openedDay > lot.openedDay) at -= 1
    if (at === lots.length) lots.push(lot)
    else lots.splice(at, 0, lot)
  }

  /** Adds a part that was taken out of a lot, before the rest of it. */
  addPart(part: Lot, rest: Lot): void {
    const at = this.lots.indexOf(rest, this.head)
    this.lots.splice(at < 0 ? this.lots.length : at, 0, part)
  }

  remove(lot: Lot): void {
    if (this.lots[this.head] === lot) this.skipHead()
    else if (this.lots.at(-1) === lot) this.lots.pop()
    else this.lots.splice(this.lots.indexOf(lot, this.head), 1)
  }

  clear(): void {
    this.lots = []
    this.head = 0
  }

  private skipHead(): void {
    this.head += 1
    if (this.head > 64 && this.head * 2 > this.lots.length) this.open()
  }

  /**
   * Takes shares out, lot by lot, in the order of a method. Fewer are taken if fewer are held.
   * @param unitProceeds proceeds of one unit, in cents; NaN if nothing is paid
   */
  take(quantity: bigint, method: LotMethod, picks: readonly LotPick[] | null, unitProceeds: number, day: number): Lot[] {
    const taken: Lot[] = []
    let left = quantity
    const takeFrom = (lot: Lot, most: bigint): void => {
      const whole = lot.quantity <= most
      if (whole) this.remove(lot)
      taken.push(whole ? lot : splitLot(lot, most))
      left -= whole ? lot.quantity : most
    }
    for (const { openedBy, quantity: picked } of picks ?? []) {
      let wanted = picked < left ? picked : left
      for (const lot of this.open().filter(({ purchase }) => purchase.id === openedBy)) {
        if (wanted === 0n) break
        const before = left
        takeFrom(lot, wanted)
        wanted -= before - left
      }
    }
    if (method === 'average') this.average()
    while (left > 0n && !this.isEmpty) takeFrom(this.next(method, unitProceeds, day), left)
    return taken
  }

  private next(method: LotMethod, unitProceeds: number, day: number): Lot {
    if (method === 'lifo') return this.newest()
    if (method === 'hifo') return this.best((lot, best) => compareUnits(lot, best) > 0)
    if (method === 'lowest_tax' && !Number.isNaN(unitProceeds)) {
      const keys = new Map<Lot, number>()
      const keyOf = (lot: Lot): number => {
        const known = keys.get(lot)
        if (known !== undefined) return known
        const key = taxRank(lot, unitProceeds, day)
        keys.set(lot, key)
        return key
      }
      // Within a rank, the highest basis has the greatest loss or the least gain.
      return this.best((lot, best) => keyOf(lot) < keyOf(best) || (keyOf(lot) === keyOf(best) && compareUnits(lot, best) > 0))
    }
    return this.lots[this.head]!
  }

  /** The first of the lots that were acquired last. */
  private newest(): Lot {
    const { lots } = this
    let at = lots.length - 1
    const day = lots[at]!.openedDay
    while (at > this.head && lots[at - 1]!.openedDay === day) at -= 1
    return lots[at]!
  }

  private best(isBetter: (lot: Lot, best: Lot) => boolean): Lot {
    let best = this.lots[this.head]!
    for (let index = this.head + 1; index < this.lots.length; index += 1) {
      const lot = this.lots[index]!
      if (isBetter(lot, best)) best = lot
    }
    return best
  }

  /** Gives all shares of which the basis is known the same basis per share. Gifts with two bases keep theirs: 26 CFR 1.1012-1(e)(2). */
  private average(): void {
    const pooled = this.open().filter(lot => lot.isBasisKnown && lot.lossCents < 0)
    const total = pooled.reduce((sum, { quantity }) => sum + quantity, 0n)
    if (pooled.length < 2 || total === 0n) return
    const weights = pooled.map(({ quantity }) => quantity)
    const cents = divideByWeights(BigInt(pooled.reduce((sum, lot) => sum + lot.cents, 0)), weights, total)
    const wash = divideByWeights(BigInt(pooled.reduce((sum, lot) => sum + lot.washCents, 0)), weights, total)
    for (const [index, lot] of pooled.entries()) {
      lot.cents = Number(cents[index])
      lot.washCents = Number(wash[index])
      setUnit(lot)
    }
  }
}

/** Compares basis per share, exactly: by floating point where that is certain, by whole numbers otherwise. */
const compareUnits = (one: Lot, other: Lot): number => {
  const difference = one.unit - other.unit
  if (Math.abs(difference) > 1e-12 * Math.abs(one.unit) || !one.isBasisKnown || !other.isBasisKnown) return difference
  const exact = BigInt(one.cents + one.washCents) * other.quantity - BigInt(other.cents + other.washCents) * one.quantity
  return exact > 0n ? 1 : -Number(exact < 0n)
}

/** Order of a lot by its tax: short-term losses, long-term losses, long-term gains, short-term gains. */
const taxRank = (lot: Lot, unitProceeds: number, day: number): number => {
  if (!lot.isBasisKnown) return 4
  const isLong = lot.origin === 'inheritance' || day >= longTermDayOf(lot.holdingDay)
  if (unitProceeds < lot.unit) return isLong ? 1 : 0
  return isLong ? 2 : 3
}

/** The part of an amount of cents for each of some lots, by their quantities; the parts add up to it. */
export const centsByQuantity = (cents: number, lots: readonly Lot[], total: bigint): number[] => {
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
