import type { StoredClosing, StoredLot, StoredLotProblem, StoredPosition, StoredPositionPart } from '../../db/queries/wealth/index.ts'
import { Decimal, sumMoney } from '../../domain/shared/index.ts'
import { type AccountBasis, basisGaps, gainAt, lotProblems, unrealisedLot } from '../../domain/wealth/index.ts'

const worth = (quantity: string, price: string | null): Decimal | null =>
  price === null ? null : new Decimal(quantity).times(price).toDecimalPlaces(2)

export const presentLot = (today: string) => (row: StoredLot) => {
  const { daysToLongTerm: _daysToLongTerm, ...lot } = unrealisedLot({ ...row, isShort: row.origin === 'short' }, today)
  return { ...lot, position: row.position, origin: row.origin, holdingFrom: row.holdingFrom, washAdjustment: row.washAdjustment }
}

/** What a sale of the lots of a term gains at the price; null if the price or the basis of one is not known. */
const gainOf = ({ isShort, parts, price }: StoredPosition, isOfTerm: (part: StoredPositionPart) => boolean): string | null => {
  if (price === null) return null
  const gains = parts
    .filter(isOfTerm)
    .map(({ costBasis, lossBasis, quantity }) => gainAt(worth(quantity, price)!, { costBasis, lossBasis, isShort }))
  return gains.every(gain => gain !== null) ? sumMoney(gains).toFixed(2) : null
}

export const presentPosition = (position: StoredPosition) => {
  const { parts: _parts, ...row } = position
  return {
    ...row,
    marketValue: worth(row.quantity, row.price)?.toFixed(2) ?? null,
    unrealisedShortTerm: gainOf(position, ({ isLong }) => !isLong),
    unrealisedLongTerm: gainOf(position, ({ isLong }) => isLong),
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
