import type { Transaction } from '../../db/database.ts'
import type { StoredLotProblem } from '../../db/queries/wealth/index.ts'
import { Decimal, type Issue } from '../../domain/shared/index.ts'
import { type LotProblemKind, lotProblems } from '../../domain/wealth/index.ts'
import { fieldProblem, Problem } from '../runtime/problem.ts'
import { recalculateInRequest } from './recalculate-lots.ts'

/** Problems that a transaction must not bring, with the field that is wrong. The others say that the history is incomplete. */
type Refusals = Partial<Record<LotProblemKind, string>>
const refusals: Refusals = {
  oversold: 'quantity',
  overcovered: 'quantity',
  no_holding: 'symbol',
  no_fraction: 'amount',
  no_ratio: 'quantity',
}

/** A transaction that is in the ledger already must keep its shares. Other problems of it only make the lots incomplete. */
const takesShares: ReadonlySet<LotProblemKind> = new Set(['oversold', 'overcovered'])

const keyOf = ({ kind, transactionId }: StoredLotProblem): string => `${transactionId} ${kind}`

/** Problems that are new, or concern more shares than before. */
export const newProblems = (before: readonly StoredLotProblem[], after: readonly StoredLotProblem[]): StoredLotProblem[] => {
  const known = new Map(before.map(problem => [keyOf(problem), problem.quantity]))
  return after.filter(problem => {
    const quantity = known.get(keyOf(problem))
    return quantity === undefined || new Decimal(problem.quantity).greaterThan(quantity)
  })
}

const issueOf = ({ date, kind, moved, quantity, symbol }: StoredLotProblem, path: string, refused: Refusals): Issue => {
  const field = `${path}.${refused[kind]}`
  if ((kind === 'oversold' || kind === 'overcovered') && moved !== null) {
    const held = new Decimal(moved).minus(quantity).toFixed()
    const what = kind === 'oversold' ? `holds ${held} of ${symbol}` : `has ${held} of ${symbol} sold short`
    return { path: field, message: `must be at most ${held}: the account ${what} on ${date}` }
  }
  return { path: field, message: `cannot be: ${lotProblems[kind]}` }
}

/**
 * Calculates the lots after transactions that a person has entered.
 * @param entered the paths of these in the body, by their ids
 * @param more further problems that are refused, with their fields
 * @throws Problem 422 that names the field when one of them takes more shares than are held, 409 when others would then lack their shares
 */
export const settleLots = async (
  transaction: Transaction,
  householdId: string,
  entered: ReadonlyMap<string, string>,
  more: Refusals = {},
): Promise<void> => {
  const all = { ...refusals, ...more }
  const { problems, problemsBefore } = await recalculateInRequest(transaction, householdId)
  const refused = newProblems(problemsBefore, problems).filter(({ kind }) => all[kind] !== undefined)
  const own = refused.filter(({ transactionId }) => entered.has(transactionId))
  if (own.length > 0)
    throw fieldProblem(
      'invalid-value',
      own.map(problem => issueOf(problem, entered.get(problem.transactionId)!, all)),
    )
  const other = refused.find(({ kind, transactionId }) => takesShares.has(kind) && !entered.has(transactionId))
  if (other)
    throw new Problem(
      'shares-missing',
      `The transaction of ${other.date} (${other.type} ${other.symbol}) would then lack shares: ${lotProblems[other.kind]}`,
    )
}
