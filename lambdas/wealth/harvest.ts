import {
  areLotsCurrent,
  findCoverage,
  findIdentical,
  findSecurityLinks,
  findWatchedTrades,
  listLots,
  readLotHistory,
  type StoredLot,
} from '../../db/queries/wealth/index.ts'
import type { Transaction } from '../../db/database.ts'
import { Decimal } from '../../domain/shared/index.ts'
import {
  calculateLots,
  dollarsOf,
  harvest,
  lossLots,
  type PricedLot,
  type RecentPurchase,
  saleEvent,
  securityFamilies,
  type UnrealisedLot,
  unrealisedLot,
  unitsOf,
  washSaleCoverage,
} from '../../domain/wealth/index.ts'
import { Problem } from '../runtime/problem.ts'
import { readGainsTax } from './gains-tax.ts'
import { todayOf } from './household-day.ts'

/** Open lots of a household that fit into one answer. */
const mostLots = 10_000

const pricedLot = (row: StoredLot): PricedLot => ({
  openingId: row.openingId,
  accountId: row.accountId,
  symbol: row.symbol,
  isShort: row.origin === 'short',
  acquiredOn: row.acquiredOn,
  longTermOn: row.longTermOn,
  quantity: row.quantity,
  costBasis: row.costBasis,
  lossBasis: row.lossBasis,
  price: row.price,
  priceDate: row.priceDate,
})

/** The open lots of accounts in which gains are taxed, with their worth today. @throws Problem if they are too many */
export const readUnrealised = async (transaction: Transaction, householdId: string) => {
  const today = await todayOf(transaction, householdId)
  const rows = await listLots(transaction, { householdId, isTaxable: true }, mostLots + 1, undefined)
  if (rows.length > mostLots)
    throw new Problem('export-too-large', `The report does not fit into one answer: it can have ${mostLots} lots.`)
  return { today, lots: rows.map(pricedLot) }
}

const keyOf = (...parts: readonly string[]): string => JSON.stringify(parts)

/**
 * The part of each loss that the purchases of the last 30 days disallow, if all lots that are held at a loss are sold today. Only securities
 * with such a purchase are calculated: without one, nothing is disallowed.
 */
const disallowedLosses = async (
  transaction: Transaction,
  householdId: string,
  today: string,
  lots: readonly UnrealisedLot[],
  purchases: readonly RecentPurchase[],
): Promise<ReadonlyMap<string, string>> => {
  const links = await findSecurityLinks(transaction, householdId)
  const symbols = new Set([...lots, ...purchases].map(({ symbol }) => symbol))
  const families = securityFamilies({ ...links, events: [...links.events, ...[...symbols].map(symbol => ({ symbol, newSymbol: null }))] })
  const familyOf = ({ symbol }: { readonly symbol: string }) => families.get(symbol)!
  const bought = new Set(purchases.map(familyOf))
  const doubtful = Map.groupBy(
    lossLots(lots).filter(lot => bought.has(familyOf(lot))),
    familyOf,
  )
  const disallowed = new Map<string, string>()
  for (const [family, own] of doubtful) {
    const members = [...families.keys()].filter(symbol => families.get(symbol) === family)
    const sales = [...Map.groupBy(own, ({ accountId, symbol }) => keyOf(accountId, symbol))].map(([key, sold]) => {
      const quantity = sold.reduce((total, lot) => total.plus(lot.quantity), new Decimal(0)).toFixed()
      const proceeds = sold.reduce((total, { marketValue }) => total.plus(marketValue), new Decimal(0))
      return {
        ...saleEvent({ accountId: sold[0]!.accountId, symbol: sold[0]!.symbol, quantity, date: today, proceeds }),
        id: key,
        method: 'specific' as const,
        picks: sold.map(lot => ({ openedBy: lot.openingId, quantity: unitsOf(lot.quantity) })),
      }
    })
    const history = await readLotHistory(transaction, householdId, members, links.identicalPairs)
    const ids = new Set(sales.map(({ id }) => id))
    const closings = calculateLots({ ...history, events: [...history.events, ...sales] }).closings.filter(each =>
      ids.has(each.transactionId),
    )
    for (const [key, parts] of Map.groupBy(closings, each => keyOf(each.transactionId, each.openedBy ?? '')))
      disallowed.set(key, dollarsOf(parts.reduce((total, { disallowedCents }) => total + disallowedCents, 0)))
  }
  return disallowed
}

/** Losses that a household could realise today. */
export const readHarvest = async (transaction: Transaction, householdId: string) => {
  const { lots: rows, today } = await readUnrealised(transaction, householdId)
  const lots = rows.map(row => unrealisedLot(row, today))
  const purchases = (await findWatchedTrades(transaction, householdId, today)).filter(({ kind }) => kind === 'purchase')
  const disallowed = await disallowedLosses(transaction, householdId, today, lots, purchases)
  const tax = await readGainsTax(transaction, householdId, Number(today.slice(0, 4)))
  return {
    date: today,
    isCurrent: await areLotsCurrent(transaction, householdId),
    ...harvest({
      today,
      lots,
      purchases,
      identicalTo: await findIdentical(transaction, householdId, [...new Set(lots.map(({ symbol }) => symbol))]),
      disallowedOf: ({ accountId, openingId, symbol }) => disallowed.get(keyOf(keyOf(accountId, symbol), openingId)) ?? '0.00',
      taxOf: tax.taxOf,
    }),
    tax: tax.presented,
    gaps: washSaleCoverage(today, await findCoverage(transaction, householdId), today).gaps,
    unknownCount: lots.filter(({ unrealisedGain }) => unrealisedGain === null).length,
  }
}
