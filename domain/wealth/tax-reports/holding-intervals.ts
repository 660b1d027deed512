import { Decimal } from '../../shared/index.ts'
import type { HoldingInterval } from './holding-days.ts'
import type { TransactionType } from '../transaction-types.ts'

/** A movement of the units of one security in one account. */
export interface UnitMovement {
  readonly type: TransactionType
  readonly date: string
  readonly quantity: string | null
  /** Of units that are transferred in: when they were bought. */
  readonly acquiredDate: string | null
  readonly splitNumerator: number | null
  readonly splitDenominator: number | null
}

const opens: ReadonlySet<TransactionType> = new Set(['buy', 'reinvestment', 'transfer_in'])
const closes: ReadonlySet<TransactionType> = new Set(['sell', 'transfer_out'])

interface Open {
  readonly from: string
  quantity: Decimal
}

/** Exchanges of a security do not say how many units there are afterwards. */
const unclear: ReadonlySet<TransactionType> = new Set(['merger', 'spin_off', 'symbol_change'])

/**
 * When the units of a security in an account were bought and sold, first in, first out. All quantities are in units after the last split, so that
 * they can be added.
 * @param movements in the order of their dates
 * @returns null if the ledger does not say it: more units go out than came in, or the security was exchanged
 */
export const holdingIntervals = (movements: readonly UnitMovement[]): HoldingInterval[] | null => {
  const closed: (Open & { readonly until: string })[] = []
  const open: Open[] = []
  for (const { acquiredDate, date, quantity, splitDenominator, splitNumerator, type } of movements) {
    if (unclear.has(type)) return null
    if (type === 'split' && splitNumerator !== null && splitDenominator !== null)
      for (const lot of [...closed, ...open]) lot.quantity = lot.quantity.times(splitNumerator).dividedBy(splitDenominator)
    if (opens.has(type) && quantity !== null) {
      open.push({ from: acquiredDate ?? date, quantity: new Decimal(quantity) })
      open.sort((left, right) => left.from.localeCompare(right.from))
    }
    if (!closes.has(type) || quantity === null) continue
    let left = new Decimal(quantity)
    while (left.greaterThan(0)) {
      const lot = open[0]
      if (lot === undefined) return null
      const taken = Decimal.min(lot.quantity, left)
      closed.push({ from: lot.from, until: date, quantity: taken })
      left = left.minus(taken)
      lot.quantity = lot.quantity.minus(taken)
      if (lot.quantity.isZero()) open.shift()
    }
  }
  return [...closed, ...open.map(lot => ({ ...lot, until: null }))].map(({ from, quantity, until }) => ({
    from,
    until,
    quantity: quantity.toFixed(),
  }))
}
