import type { Transaction } from '../../db/database.ts'
import { findRates } from '../../db/queries/wealth/exchange-rates.ts'
import {
  areLotsCurrent,
  findHeldSymbols,
  findLastStatements,
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
  restOfStatement,
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

/** The price of each of some securities on a day: of the market, or of the last trade. */
const readPrices = async (transaction: Transaction, householdId: string, symbols: readonly string[], date: string, today: string) => {
  const securities = new Map(
    (await readPricedSecurities(transaction, symbols, date === today ? null : date)).map(security => [security.symbol, security]),
  )
  const unpriced = symbols.filter(symbol => (securities.get(symbol)?.close ?? null) === null)
  const trades = new Map(
    unpriced.length > 0 ? (await findLastTrades(transaction, householdId, unpriced, date)).map(trade => [trade.symbol, trade]) : [],
  )
  return { securities, priceOn: (symbol: string) => priceOf(securities.get(symbol), trades.get(symbol)) }
}

/** What accounts with a stated balance have beside their securities, by account. They are valued on the day of their last statement. */
const readRests = async (
  transaction: Transaction,
  householdId: string,
  accountIds: readonly string[],
  date: string,
  today: string,
  parts: readonly StoredCostPart[],
): Promise<ReadonlyMap<string, string>> => {
  const rests = new Map<string, string>()
  for (const statement of await findLastStatements(transaction, accountIds, date)) {
    const { accountId, currency, hasTradedSince } = statement
    const then = hasTradedSince ? await calculateCostParts(transaction, householdId, [accountId], statement.date) : parts
    const units = new Map<string, Decimal>()
    for (const part of then)
      if (part.accountId === accountId)
        units.set(part.symbol, (units.get(part.symbol) ?? new Decimal(0)).plus(part.isShort ? `-${part.quantity}` : part.quantity))
    const { priceOn } = await readPrices(transaction, householdId, [...units.keys()], statement.date, today)
    const securities = [...units].map(([symbol, own]) => ({ units: own.toFixed(), price: priceOn(symbol) }))
    const currencies = new Set(securities.flatMap(({ price }) => price?.currency ?? []).filter(code => code !== currency))
    const rates = currencies.size > 0 ? await findRates(transaction, [...currencies, currency, 'USD'], [statement.date]) : []
    rests.set(accountId, restOfStatement(statement, securities, exchangeBy(rates)))
  }
  return rests
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
  const { priceOn, securities } = await readPrices(transaction, householdId, symbols, date, today)
  const given = await findSecurityClasses(transaction, householdId)
  const positions = [...Map.groupBy(parts, ({ accountId, isShort, symbol }) => `${accountId} ${isShort} ${symbol}`).values()].map(
    (own): Position => {
      const { accountId, isShort, symbol } = own[0]!
      return {
        accountId,
        symbol,
        isShort,
        parts: own,
        price: priceOn(symbol),
        classified: classify(given.get(symbol), securities.get(symbol)),
      }
    },
  )
  const rests = await readRests(transaction, householdId, accountIds, date, today, parts)
  const accounts = (await readBalancesOn(transaction, accountIds, date)).map(account => {
    const isStated = account.balanceSource === 'stated'
    return {
      ...account,
      isStated,
      balance: isStated ? (rests.get(account.accountId) ?? null) : account.balance,
      classified: isStated ? classifyStated(account.type) : cashClasses,
    }
  })
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
