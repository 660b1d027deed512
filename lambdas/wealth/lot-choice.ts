import type { Transaction } from '../../db/database.ts'
import { findLotElections, findLotChoice, type LedgerRow } from '../../db/queries/wealth/index.ts'
import { methodBy, usualSettlement } from '../../domain/wealth/index.ts'
import { Problem } from '../runtime/problem.ts'

/** Types of transactions of which the lots can be chosen. */
const choosable: ReadonlySet<string> = new Set(['sell', 'transfer_out'])

/** Throws a 422 for a transaction that closes no long lots by choice. */
export const requireSale = ({ investment, isPending, reversedById, reversesId, type }: LedgerRow): NonNullable<LedgerRow['investment']> => {
  const isCounted = !isPending && reversedById === null && reversesId === null
  if (!isCounted || !choosable.has(type) || !investment?.symbol)
    throw new Problem('invalid-value', 'Lots are chosen for posted sales, and for shares that are transferred out.')
  return investment
}

/** The last day on which the lots of a sale can be chosen. */
export const settlesOn = ({ date, investment }: LedgerRow): string => investment?.settlementDate ?? usualSettlement(date)

/** How the lots of a sale are chosen, as an answer has it. */
export const presentChoice = async (transaction: Transaction, row: LedgerRow) => {
  const { symbol } = requireSale(row)
  const stored = await findLotChoice(transaction, row.id)
  const methodOf = methodBy(await findLotElections(transaction, row.householdId))
  return {
    transactionId: row.id,
    method: stored?.method ?? null,
    usedMethod: stored?.method ?? methodOf(row.accountId, symbol!, row.date),
    lots: (stored?.lots ?? []).map(({ openedBy, quantity }) => ({ openingId: openedBy, quantity })),
    identifiedOn: stored?.identifiedOn ?? null,
    settlesOn: settlesOn(row),
    version: row.version,
  }
}
