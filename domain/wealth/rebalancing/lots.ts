import { centsOfPart, unitsOf } from '../lots/quantities.ts'
import { byText, centsAt, centsOf, centsUpTo } from './amounts.ts'
import type { RebalancingLot } from './types.ts'
import type { WashGuard } from './wash-guard.ts'

/**
 * Lots in the order in which they cost tax. `free`: in an account in which sales are not taxed. `washed`: its loss, or the loss that it may have, would be
 * disallowed.
 */
export const lotKinds = ['free', 'loss', 'long', 'short', 'unknown', 'washed'] as const
export type LotKind = (typeof lotKinds)[number]

/** A lot with what a plan has sold of it. */
export interface Lot {
  readonly openedBy: string | null
  readonly units: bigint
  readonly basisCents: number | null
  readonly lossBasisCents: number | null
  readonly isLong: boolean
  readonly acquiredOn: string
  readonly kind: LotKind
  /** Gain per dollar of proceeds; 0 if it is not known or not taxed. */
  readonly gainRatio: number
  soldUnits: bigint
}

export const leftUnits = ({ soldUnits, units }: Lot): bigint => units - soldUnits

/** What is not sold of some lots, in cents. */
export const leftCents = ({ price }: { readonly price: bigint }, lots: readonly Lot[]): number =>
  centsAt(
    lots.reduce((sum, lot) => sum + leftUnits(lot), 0n),
    price,
  )

/** Gain of proceeds over the basis of a part of a lot; a gift with two bases has neither gain nor loss between them (IRC 1015(a)). */
export const gainOf = (proceedsCents: number, basisCents: number, lossBasisCents: number | null): number => {
  const gain = proceedsCents - basisCents
  return lossBasisCents === null || gain >= 0 ? gain : Math.min(0, proceedsCents - lossBasisCents)
}

/** The basis of a part of a lot, and of a gift its basis for a loss, as the lots of the ledger divide them. */
export const basisOfPart = (lot: Lot, units: bigint): { readonly basisCents: number | null; readonly lossBasisCents: number | null } => ({
  basisCents: lot.basisCents === null ? null : centsOfPart(lot.basisCents, units, lot.units),
  lossBasisCents: lot.lossBasisCents === null ? null : centsOfPart(lot.lossBasisCents, units, lot.units),
})

/** A gain that the part of a lot does not exceed, however the cents of the sale are divided among its lots. */
export const greatestGain = (lot: Lot, units: bigint, price: bigint): number => {
  const { basisCents, lossBasisCents } = basisOfPart(lot, units)
  if (lot.kind === 'free' || units === 0n || basisCents === null) return 0
  return gainOf(centsUpTo(units, price) + Number(lossBasisCents !== null), basisCents, lossBasisCents)
}

const kindOf = (gain: number | null, isLong: boolean, isReplaced: boolean): LotKind => {
  if (isReplaced && (gain === null || gain < 0)) return 'washed'
  if (gain === null) return 'unknown'
  if (gain < 0) return 'loss'
  return isLong ? 'long' : 'short'
}

/** Of losses, short-term ones come first, as in the lots of the ledger with the lowest tax. */
const compareLots = (one: Lot, other: Lot): number =>
  lotKinds.indexOf(one.kind) - lotKinds.indexOf(other.kind) ||
  (one.kind === 'loss' ? Number(one.isLong) - Number(other.isLong) : 0) ||
  one.gainRatio - other.gainRatio ||
  byText(one.acquiredOn, other.acquiredOn) ||
  byText(one.openedBy ?? '', other.openedBy ?? '') ||
  Number(one.units - other.units) ||
  (one.basisCents ?? 0) - (other.basisCents ?? 0)

/** The lots of a holding in the order of their sale. Shares that no lot covers are one lot without a basis. */
export const lotsInOrder = (
  {
    family,
    isTaxed,
    lots,
    price,
    units,
  }: {
    readonly family: string
    readonly isTaxed: boolean
    readonly lots: readonly RebalancingLot[]
    readonly price: bigint
    readonly units: bigint
  },
  guard: WashGuard,
): Lot[] => {
  const none = { openedBy: null, basisCents: null, lossBasisCents: null, isLong: false, acquiredOn: '', gainRatio: 0, soldUnits: 0n }
  if (!isTaxed) return [{ ...none, units, kind: 'free' }]
  const stated = lots.map((lot): Lot => {
    const lotUnits = unitsOf(lot.quantity)
    const basisCents = lot.costBasis === null ? null : centsOf(lot.costBasis)
    const lossBasisCents = lot.lossBasis === null || lot.lossBasis === undefined ? null : centsOf(lot.lossBasis)
    const value = centsAt(lotUnits, price)
    const gain = basisCents === null ? null : gainOf(value, basisCents, lossBasisCents)
    return {
      openedBy: lot.openedBy,
      units: lotUnits,
      basisCents,
      lossBasisCents,
      isLong: lot.isLong,
      acquiredOn: lot.acquiredOn,
      kind: kindOf(gain, lot.isLong, guard.isReplaced(family, lot.openedBy)),
      gainRatio: gain === null || value === 0 ? 0 : gain / value,
      soldUnits: 0n,
    }
  })
  const uncovered = units - stated.reduce((sum, lot) => sum + lot.units, 0n)
  const rest: Lot = { ...none, units: uncovered, kind: guard.isReplaced(family, null) ? 'washed' : 'unknown' }
  return [...stated, rest].filter(lot => lot.units > 0n).toSorted(compareLots)
}

/** By kind, where its lots begin in the order of their sale; at the end, the number of lots. */
export const startsOf = (lots: readonly Lot[]): number[] => {
  const places = lots.map(({ kind }) => lotKinds.indexOf(kind))
  return [...lotKinds.keys(), lotKinds.length].map(place => places.filter(other => other < place).length)
}
