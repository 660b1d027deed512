import type { Transaction } from '../../db/database.ts'
import { readHealthAccounts } from '../../db/queries/wealth/data-health/accounts.ts'
import {
  findHeldThroughSplits,
  readCalendars,
  readEnteredSplits,
  readHealthLotProblems,
  readHeldBars,
  readHeldSecurities,
  readLotWork,
  readMarketSplits,
} from '../../db/queries/wealth/data-health/securities.ts'
import { readHealthConnections, readHealthImports, readNewestRates } from '../../db/queries/wealth/data-health/sources.ts'
import {
  countFuture,
  countPending,
  countProposedTransfers,
  countUncategorised,
  countUnmatched,
  findDuplicatePairs,
} from '../../db/queries/wealth/data-health/transactions.ts'
import { addDays } from '../../domain/shared/index.ts'
import { type HealthFacts, healthLimits } from '../../domain/wealth/data-health/index.ts'

/** What is checked of the securities that a household holds. */
const readSecurities = async (transaction: Transaction, householdId: string, today: string) => {
  const securities = await readHeldSecurities(transaction, householdId)
  const listed = securities.filter(({ listing }) => listing !== null)
  const symbols = listed.map(({ symbol }) => symbol)
  const firstDay = addDays(today, -healthLimits.priceDays)
  const oldest = listed.map(({ closeDate }) => closeDate ?? today).toSorted()[0] ?? today
  return {
    securities,
    calendars: await readCalendars(
      transaction,
      [...new Set(listed.map(({ listing }) => listing!.exchangeCode))],
      oldest < firstDay ? oldest : firstDay,
    ),
    bars: await readHeldBars(transaction, symbols, firstDay),
    splits: await readMarketSplits(transaction, symbols),
    enteredSplits: await readEnteredSplits(transaction, householdId),
    heldThroughSplits: await findHeldThroughSplits(transaction, householdId, today),
    lotProblems: await readHealthLotProblems(transaction, householdId),
    lotWork: await readLotWork(transaction, householdId),
  }
}

/**
 * Everything about a household that is checked, as far as the caller may see it.
 * @param today in the timezone of the household
 * @param now RFC 3339
 */
export const readHealthFacts = async (
  transaction: Transaction,
  household: HealthFacts['household'],
  today: string,
  now: string,
): Promise<HealthFacts> => {
  const { id } = household
  const accounts = await readHealthAccounts(transaction, id, today)
  const held = await readSecurities(transaction, id, today)
  const currencies = new Set([
    household.currency,
    ...accounts.map(({ currency }) => currency),
    ...held.securities.flatMap(({ listing }) => listing?.currency ?? []),
  ])
  return {
    household,
    today,
    now,
    accounts,
    ...held,
    rates: currencies.size > 1 ? await readNewestRates(transaction, [...currencies], today) : [],
    connections: await readHealthConnections(transaction, id),
    imports: await readHealthImports(transaction, id),
    pending: await countPending(transaction, id, today),
    future: await countFuture(transaction, id, today),
    unmatched: await countUnmatched(transaction, id, today),
    duplicates: await findDuplicatePairs(transaction, id, today),
    proposedTransfers: await countProposedTransfers(transaction, id),
    uncategorised: await countUncategorised(transaction, id, today),
  }
}
