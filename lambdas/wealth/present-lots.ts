import type { StoredClosing, StoredLot, StoredLotProblem, StoredPosition } from '../../db/queries/wealth/index.ts'
import { Decimal } from '../../domain/shared/index.ts'
import { type AccountBasis, basisGaps, lotProblems, unrealisedLot } from '../../domain/wealth/index.ts'

const worth = (quantity: string, price: string | null): Decimal | null =>
  price === null ? null : new Decimal(quantity).times(price).toDecimalPlaces(2)

/** What a sale of shares at a price gains; of shares that were sold short, what buying them back gains. */
const gainOf = (value: Decimal | null, basis: string | null, isShort: boolean): string | null => {
  if (value === null || basis === null) return null
  return (isShort ? new Decimal(basis).minus(value) : value.minus(basis)).toFixed(2)
}

export const presentLot = (today: string) => (row: StoredLot) => {
  const { daysToLongTerm: _daysToLongTerm, ...lot } = unrealisedLot({ ...row, isShort: row.origin === 'short' }, today)
  return { ...lot, position: row.position, origin: row.origin, holdingFrom: row.holdingFrom, washAdjustment: row.washAdjustment }
}

export const presentPosition = ({ longTermBasis, longTermQuantity, ...row }: StoredPosition) => {
  const value = worth(row.quantity, row.price)
  const longQuantity = row.isShort ? '0' : longTermQuantity
  const longBasis = row.isShort ? '0' : longTermBasis
  const longValue = worth(longQuantity, row.price)
  const shortBasis = row.costBasis === null || longBasis === null ? null : new Decimal(row.costBasis).minus(longBasis).toFixed(2)
  const shortValue = value === null || longValue === null ? null : value.minus(longValue)
  return {
    ...row,
    nextLongTermOn: row.isShort ? null : row.nextLongTermOn,
    marketValue: value?.toFixed(2) ?? null,
    unrealisedShortTerm: gainOf(shortValue, shortBasis, row.isShort),
    unrealisedLongTerm: row.isShort ? '0.00' : gainOf(longValue, longBasis, false),
  }
}

export const presentProblem = ({ moved: _moved, type: _type, ...problem }: StoredLotProblem) => ({
  ...problem,
  message: lotProblems[problem.kind],
})

export const presentBasis = ({ gaps, ...basis }: AccountBasis) => ({
  ...basis,
  gaps: gaps.map(gap => ({ ...gap, message: basisGaps[gap.kind] })),
})

export const presentClosing = ({ ownerId: _ownerId, ...row }: StoredClosing) => row
