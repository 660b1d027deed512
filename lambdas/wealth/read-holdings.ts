import type { Transaction } from '../../db/database.ts'
import { findRates } from '../../db/queries/wealth/exchange-rates.ts'
import {
  areLotsCurrent,
  findHeldSymbols,
  findLastTrades,
  findModelWeights,
  findSecurityClasses,
  findSecurityLinks,
  type LastTrade,
  type Portfolio,
  type PricedSecurity,
  readBalancesOn,
  readCostParts,
  readLotHistory,
  readPricedSecurities,
  type StoredCostPart,
} from '../../db/queries/wealth/index.ts'
import { dateOfEpochDay, Decimal } from '../../domain/shared/index.ts'
import {
  type AllocationTarget,
  calculateLots,
  cashClasses,
  classify,
  classifyStated,
  exchangeBy,
  type HoldingPrice,
  type OpenLot,
  type Position,
  securityFamilies,
  textOfUnits,
  unclassified,
  type ValuedHoldings,
  valueHoldings,
} from '../../domain/wealth/index.ts'

const dollarsOfCents = (cents: number | null): string | null => (cents === null ? null : new Decimal(cents).dividedBy(100).toFixed(2))

const partOf = ({ accountId, basisCents, lossBasisCents, openedDay, origin, quantity, symbol }: OpenLot): StoredCostPart => ({
  accountId,
  symbol,
  isShort: origin === 'short',
  quantity: textOfUnits(quantity),
  costBasis: dollarsOfCents(basisCents),
  lossBasis: dollarsOfCents(lossBasisCents),
  acquiredOn: dateOfEpochDay(openedDay),
})

/** The open lots of accounts on a day, calculated from the ledger up to it. Other accounts count too: shares can come from them. */
const calculateCostParts = async (
  transaction: Transaction,
  householdId: string,
  accountIds: readonly string[],
  date: string,
): Promise<StoredCostPart[]> => {
  const links = await findSecurityLinks(transaction, householdId)
  const held = new Set(await findHeldSymbols(transaction, householdId, accountIds))
  const familyOf = securityFamilies({ ...links, events: [...links.events, ...[...held].map(symbol => ({ symbol, newSymbol: null }))] })
  const families = new Set([...held].map(symbol => familyOf.get(symbol)!))
  const symbols = [...familyOf.keys()].filter(symbol => families.has(familyOf.get(symbol)!))
  const { lots } = calculateLots(await readLotHistory(transaction, householdId, symbols, links.identicalPairs, date))
  const wanted = new Set(accountIds)
  return lots.filter(({ accountId }) => wanted.has(accountId)).map(partOf)
}

const priceOfTrade = ({ currency, date, price, splits }: LastTrade): HoldingPrice => ({
  price: splits
    .reduce((left, { denominator, numerator }) => left.times(denominator).dividedBy(numerator), new Decimal(price))
    .toDecimalPlaces(10)
    .toFixed(),
  priceDate: date,
  currency,
  source: 'trade',
})

const priceOf = (security: PricedSecurity | undefined, trade: LastTrade | undefined): HoldingPrice | undefined => {
  if (security && security.close !== null && security.closeDate !== null)
    return { price: security.close, priceDate: security.closeDate, currency: security.currency, source: 'market' }
  return trade && priceOfTrade(trade)
}

export interface ReadHoldings extends ValuedHoldings {
  readonly names: ReadonlyMap<string, string>
}

/**
 * The holdings of a portfolio on a day, never of an older state of the ledger: while stored tax lots wait to be calculated, and for past days, they are
 * calculated here.
 * @param date a day up to today
 */
export const readHoldings = async (
  transaction: Transaction,
  { accountIds, currency, householdId }: Pick<Portfolio, 'householdId' | 'accountIds' | 'currency'>,
  date: string,
  today: string,
): Promise<ReadHoldings> => {
  const isStored = date === today && (await areLotsCurrent(transaction, householdId))
  const parts = isStored
    ? await readCostParts(transaction, householdId, accountIds, currency)
    : await calculateCostParts(transaction, householdId, accountIds, date)
  const symbols = [...new Set(parts.map(({ symbol }) => symbol))]
  const securities = new Map(
    (await readPricedSecurities(transaction, symbols, date === today ? null : date)).map(security => [security.symbol, security]),
  )
  const unpriced = symbols.filter(symbol => (securities.get(symbol)?.close ?? null) === null)
  const trades = new Map(
    unpriced.length > 0 ? (await findLastTrades(transaction, householdId, unpriced, date)).map(trade => [trade.symbol, trade]) : [],
  )
  const given = await findSecurityClasses(transaction, householdId)
  const positions = [...Map.groupBy(parts, ({ accountId, isShort, symbol }) => `${accountId} ${isShort} ${symbol}`).values()].map(
    (own): Position => {
      const { accountId, isShort, symbol } = own[0]!
      return {
        accountId,
        symbol,
        isShort,
        parts: own,
        price: priceOf(securities.get(symbol), trades.get(symbol)),
        classified: classify(given.get(symbol), securities.get(symbol)),
      }
    },
  )
  const accounts = (await readBalancesOn(transaction, accountIds, date)).map(account => ({
    ...account,
    isStated: account.balanceSource === 'stated',
    classified: account.balanceSource === 'stated' ? classifyStated(account.type) : cashClasses,
  }))
  const currencies = [
    ...new Set([currency, ...accounts.map(account => account.currency), ...positions.flatMap(({ price }) => price?.currency ?? [])]),
  ]
  const needsRates = currencies.some(code => code !== 'USD')
  const days = [date, ...parts.flatMap(({ acquiredOn }) => acquiredOn ?? [])]
  const exchange = exchangeBy(needsRates ? await findRates(transaction, [...currencies, 'USD'], days) : [])
  return {
    ...valueHoldings(positions, accounts, currency, date, exchange),
    names: new Map([...securities].map(([symbol, { name }]) => [symbol, name])),
  }
}

/** What a portfolio should consist of; null without a target. A model is read as it is now. */
export const readTarget = async (
  transaction: Transaction,
  { householdId, portfolioModelId, rebalancing, targetAllocation, targetKind }: Portfolio,
): Promise<AllocationTarget | null> => {
  if (targetKind === 'none') return null
  if (portfolioModelId === null) return { isByInstrument: targetKind === 'instrument', weights: targetAllocation, bands: rebalancing }
  const weights = (await findModelWeights(transaction, householdId, portfolioModelId)) ?? []
  return { isByInstrument: false, weights: weights.filter(({ key }) => key !== unclassified), bands: rebalancing }
}
