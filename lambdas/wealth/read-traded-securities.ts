import type { Transaction } from '../../db/database.ts'
import { findRates } from '../../db/queries/wealth/exchange-rates.ts'
import { findSecurityClasses, readPricedSecurities } from '../../db/queries/wealth/index.ts'
import { Decimal } from '../../domain/shared/index.ts'
import { classify, exchangeBy, type Holding, type TargetWeight } from '../../domain/wealth/index.ts'
import type { RebalancingSecurity } from '../../domain/wealth/rebalancing/index.ts'

const DOLLAR = 'USD'

interface Quoted {
  readonly symbol: string
  /** Of one unit, exact decimal text. Null: not known. */
  readonly price: string | null
  readonly currency: string
  readonly classes: readonly TargetWeight[]
}

const quotedHoldings = (holdings: readonly Holding[]): Quoted[] =>
  [...Map.groupBy(holdings, ({ symbol }) => symbol)].flatMap(([symbol, [holding]]) =>
    symbol === null || !holding?.price
      ? []
      : [{ symbol, price: holding.price.price, currency: holding.price.currency, classes: holding.classified.classes }],
  )

const quotedOthers = async (transaction: Transaction, householdId: string, symbols: readonly string[]): Promise<Quoted[]> => {
  if (symbols.length === 0) return []
  const given = await findSecurityClasses(transaction, householdId)
  const known = new Map((await readPricedSecurities(transaction, symbols, null)).map(security => [security.symbol, security]))
  return symbols.map(symbol => {
    const security = known.get(symbol)
    return {
      symbol,
      price: security?.close ?? null,
      currency: security?.currency ?? DOLLAR,
      classes: classify(given.get(symbol), security).classes,
    }
  })
}

/**
 * The securities that are held, and others that may be bought, with what one unit is worth in US dollars today: null without a price or an exchange rate.
 * @param holdings with a price
 */
export const readTradedSecurities = async (
  transaction: Transaction,
  householdId: string,
  holdings: readonly Holding[],
  others: readonly string[],
  today: string,
): Promise<RebalancingSecurity[]> => {
  const held = quotedHoldings(holdings)
  const isHeld = new Set(held.map(({ symbol }) => symbol))
  const missing = [...new Set(others)].filter(symbol => !isHeld.has(symbol))
  const quoted = [...held, ...(await quotedOthers(transaction, householdId, missing))]
  const foreign = [...new Set(quoted.map(({ currency }) => currency))].filter(code => code !== DOLLAR)
  const exchange = exchangeBy(foreign.length > 0 ? await findRates(transaction, [...foreign, DOLLAR], [today]) : [])
  return quoted.map(({ classes, currency, price, symbol }) => {
    const rate = exchange(currency, DOLLAR, today)
    return {
      symbol,
      price: price === null || !rate ? null : new Decimal(price).times(rate).toDecimalPlaces(8).toFixed(),
      weights: Object.fromEntries(classes.map(({ key, weight }) => [key, Number(weight)])),
    }
  })
}
