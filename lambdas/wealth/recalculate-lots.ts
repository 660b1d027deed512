import type { Transaction } from '../../db/database.ts'
import {
  countLotTransactions,
  findLotChanges,
  findLotProblems,
  findSecurityLinks,
  lockLots,
  readLotHistory,
  removeLotChanges,
  type StoredLotProblem,
  storeLots,
} from '../../db/queries/wealth/index.ts'
import { calculateLotsByFamily, securityFamilies } from '../../domain/wealth/index.ts'
import { inHouseholdTransaction } from '../runtime/database.ts'
import type { TaskRequest } from '../runtime/run-task.ts'
import { askForLedgerWork } from './ledger-work.ts'

/** Transactions that a request calculates. What is more is calculated in the background. */
const transactionsInRequest = 20_000

/** How many transactions are calculated at once: what fits the memory of a function. Securities that affect each other stay together. */
const transactionsAtOnce = 200_000

export interface Recalculated {
  /** Securities of which the lots were calculated. */
  readonly symbolCount: number
  /** Whether all lots of the household are now those of its ledger. */
  readonly isComplete: boolean
  /** What the lots of these securities lack now, and lacked before. */
  readonly problems: readonly StoredLotProblem[]
  readonly problemsBefore: readonly StoredLotProblem[]
}

/** Groups families of securities so that a group has few enough transactions. A family that has more is a group of its own. */
const inGroups = (families: readonly (readonly string[])[], counts: ReadonlyMap<string, number>, most: number): string[][] => {
  const groups: string[][] = []
  let room = 0
  for (const family of families) {
    const size = family.reduce((sum, symbol) => sum + (counts.get(symbol) ?? 0), 0)
    if (groups.length === 0 || size > room) {
      groups.push([])
      room = most
    }
    groups.at(-1)!.push(...family)
    room -= size
  }
  return groups
}

/**
 * Calculates the tax lots of a household again where its ledger has changed since, and of the securities that these affect. The result is the same as from
 * scratch: the lots of other securities do not depend on them. Call it last in a transaction: it waits for other calculations of the household.
 * @param most leaves securities for the work in the background once so many transactions have been calculated
 */
export const recalculateLots = async (
  transaction: Transaction,
  householdId: string,
  most = Number.POSITIVE_INFINITY,
): Promise<Recalculated> => {
  await lockLots(transaction, householdId)
  const changes = await findLotChanges(transaction, householdId)
  if (changes.length === 0) return { symbolCount: 0, isComplete: true, problems: [], problemsBefore: [] }

  const links = await findSecurityLinks(transaction, householdId)
  const changed = changes.map(({ symbol }) => ({ symbol, newSymbol: null }))
  const familyOf = securityFamilies({ ...links, events: [...links.events, ...changed] })
  const touched = new Set(changes.map(({ symbol }) => familyOf.get(symbol)!))
  const families = [...Map.groupBy(familyOf.keys(), symbol => familyOf.get(symbol)!)].filter(([name]) => touched.has(name))
  const symbolsOf = families.map(([, symbols]) => symbols)
  const counts = await countLotTransactions(transaction, householdId, symbolsOf.flat())

  const problems: StoredLotProblem[] = []
  const problemsBefore: StoredLotProblem[] = []
  const done = new Set<string>()
  let calculated = 0
  for (const symbols of inGroups(symbolsOf, counts, Math.min(most, transactionsAtOnce))) {
    const size = symbols.reduce((sum, symbol) => sum + (counts.get(symbol) ?? 0), 0)
    if (calculated + size > most) continue
    calculated += size
    problemsBefore.push(...(await findLotProblems(transaction, householdId, symbols)))
    const history = await readLotHistory(transaction, householdId, symbols, links.identicalPairs)
    await storeLots(transaction, householdId, symbols, calculateLotsByFamily(history))
    problems.push(...(await findLotProblems(transaction, householdId, symbols)))
    for (const symbol of symbols) done.add(symbol)
  }
  const seen = changes.filter(({ symbol }) => done.has(symbol))
  await removeLotChanges(transaction, seen)
  return { symbolCount: done.size, isComplete: seen.length === changes.length, problems, problemsBefore }
}

/** Calculates the lots of a household within a request, and asks for work in the background where they are too many. Call it last in the transaction. */
export const recalculateInRequest = async (transaction: Transaction, householdId: string): Promise<Recalculated> => {
  const result = await recalculateLots(transaction, householdId, transactionsInRequest)
  if (!result.isComplete) await askForLedgerWork({ kind: 'recalculate-lots', householdId })
  return result
}

/** Calculates the lots of a household in a transaction of its own, which acts for the household. */
export const recalculateHousehold = async (identity: TaskRequest, householdId: string): Promise<object> => {
  const { symbolCount } = await inHouseholdTransaction({ ...identity, householdId }, transaction =>
    recalculateLots(transaction, householdId),
  )
  return { status: 'calculated', symbolCount }
}
