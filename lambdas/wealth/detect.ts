import type { Transaction } from '../../db/database.ts'
import { findRates } from '../../db/queries/wealth/exchange-rates.ts'
import { storeRecurring } from '../../db/queries/wealth/recurring.ts'
import { accountsForTransfers, pairsOfHousehold, replaceProposals, transactionsForDetection } from '../../db/queries/wealth/transfers.ts'
import { detectRecurring, exchangeBy, matchTransfers, type TransferAccount, type TransferTransaction } from '../../domain/wealth/index.ts'

/** The rates of the days of transactions, if their accounts have several currencies. */
const ratesFor = async (transaction: Transaction, accounts: readonly TransferAccount[], found: readonly TransferTransaction[]) => {
  const currencies = [...new Set(accounts.map(({ currency }) => currency))]
  if (currencies.length < 2) return {}
  const dates = found.map(({ date }) => date)
  const exchange = exchangeBy(await findRates(transaction, currencies, dates))
  return { rateOf: (from: string, to: string, date: string) => exchange(from, to, date)?.toNumber() }
}

/** Proposes transfers among the transactions of a household that are in no confirmed transfer. Returns how many. */
export const proposeTransfers = async (transaction: Transaction, householdId: string): Promise<number> => {
  const accounts = await accountsForTransfers(transaction, householdId)
  const pairs = await pairsOfHousehold(transaction, householdId)
  const keyOf = (outflowId: string, inflowId: string) => `${outflowId} ${inflowId}`
  const dismissed = new Set(pairs.filter(({ status }) => status === 'dismissed').map(pair => keyOf(pair.outflowId, pair.inflowId)))
  const confirmed = new Set(pairs.filter(({ status }) => status === 'confirmed').flatMap(pair => [pair.outflowId, pair.inflowId]))
  const open = (await transactionsForDetection(transaction, householdId)).filter(({ id }) => !confirmed.has(id))
  const found = matchTransfers(accounts, open, {
    ...(await ratesFor(transaction, accounts, open)),
    isExcluded: (outflowId, inflowId) => dismissed.has(keyOf(outflowId, inflowId)),
  })
  await replaceProposals(transaction, householdId, found)
  return found.length
}

/** Finds what repeats among the transactions of a household that are in no transfer, and links them. Returns how many it found. */
export const findRecurring = async (transaction: Transaction, householdId: string, today: string): Promise<number> => {
  const pairs = await pairsOfHousehold(transaction, householdId)
  const excluded = new Set(pairs.filter(({ status }) => status !== 'dismissed').flatMap(pair => [pair.outflowId, pair.inflowId]))
  const all = await transactionsForDetection(transaction, householdId)
  const found = detectRecurring(
    all.filter(({ isUnlinked }) => !isUnlinked),
    { today, excluded },
  )
  await storeRecurring(transaction, householdId, found)
  return found.length
}
