import type * as z from 'zod'
import type { Transaction } from '../../db/database.ts'
import {
  areLotsCurrent,
  findClassCovariance,
  findSecurityLinks,
  findTradedAccounts,
  findWatchedTrades,
  listLots,
  type Portfolio,
} from '../../db/queries/wealth/index.ts'
import { Decimal, sumMoney } from '../../domain/shared/index.ts'
import type { AllocationTarget, Holding } from '../../domain/wealth/index.ts'
import {
  type RebalancingAccount,
  type RebalancingHolding,
  type RebalancingInput,
  type RebalancingLot,
  type RebalancingSecurity,
  treatmentOf,
} from '../../domain/wealth/rebalancing/index.ts'
import { invalidReference, invalidValue, Problem } from '../runtime/problem.ts'
import { readContributionRooms } from './contribution-facts.ts'
import { readGainsTax } from './gains-tax.ts'
import { readHoldings } from './read-holdings.ts'
import { readTradedSecurities } from './read-traded-securities.ts'
import type { rebalancingBody } from './schemas/rebalancing.ts'

type Body = z.output<typeof rebalancingBody>

const DOLLAR = 'USD'
/** Lots of a portfolio that fit into one proposal. */
const mostLots = 20_000

/** A gain that is large enough to be more than rounding, and small enough to stay in the bracket. */
const oneMore = 1_000

/** Tax on one more dollar of gain, by the facts of the year. Undefined while these are not known. */
const readRates = async (transaction: Transaction, householdId: string, today: string) => {
  const { taxOf } = await readGainsTax(transaction, householdId, Number(today.slice(0, 4)))
  const [short, long] = [taxOf({ shortTerm: oneMore, longTerm: 0 }), taxOf({ shortTerm: 0, longTerm: oneMore })]
  return short && long ? { short: Math.max(0, short.tax / oneMore), long: Math.max(0, long.tax / oneMore) } : undefined
}

/** Throws a 422 for a candidate of what has no target, or without a market price in dollars. */
const checkCandidates = (candidates: Body['candidates'], target: AllocationTarget, securities: readonly RebalancingSecurity[]): void => {
  const keys = new Set(target.isByInstrument ? [] : target.weights.map(({ key }) => key))
  const buyable = new Set(securities.flatMap(({ price, symbol }) => (price === null ? [] : [symbol])))
  for (const [place, { key, symbols }] of candidates.entries()) {
    if (!keys.has(key)) throw invalidReference(`body.candidates.${place}.key`, 'asset class with a target')
    const unknown = symbols.findIndex(symbol => !buyable.has(symbol))
    if (unknown >= 0) throw invalidReference(`body.candidates.${place}.symbols.${unknown}`, 'security with a market price')
  }
}

/** The securities that are not sold. Throws a 422 for one that is not held. */
const keptSecurities = (doNotSell: Body['doNotSell'], holdings: readonly Holding[]): ReadonlySet<string> => {
  const held = new Set(holdings.map(({ symbol }) => symbol))
  const unknown = doNotSell.findIndex(symbol => !held.has(symbol))
  if (unknown >= 0) throw invalidReference(`body.doNotSell.${unknown}`, 'security in the portfolio')
  return new Set(doNotSell)
}

/** The amounts of a list by account. Throws a 422 for an account that is not in the portfolio. */
const byAccount = (name: 'newCash' | 'withdrawals' | 'minimumCash', body: Body, { accountIds }: Portfolio): ReadonlyMap<string, string> => {
  for (const [index, { accountId }] of body[name].entries())
    if (!accountIds.includes(accountId)) throw invalidReference(`body.${name}.${index}.accountId`, 'account in the portfolio')
  return new Map(body[name].map(({ accountId, amount }) => [accountId, amount]))
}

/** The lots of those accounts of a portfolio in which gains are taxed, by account and security. */
const readLots = async (
  transaction: Transaction,
  { accountIds, householdId }: Portfolio,
  today: string,
): Promise<ReadonlyMap<string, RebalancingLot[]>> => {
  const rows = await listLots(transaction, { householdId, accountIds, isTaxable: true }, mostLots + 1, undefined)
  if (rows.length > mostLots)
    throw invalidValue('path.portfolioId', `a proposal can have ${mostLots} lots: make a portfolio of fewer accounts`)
  const lots = rows
    .filter(({ origin }) => origin !== 'short')
    .map(({ accountId, acquiredOn, costBasis, longTermOn, lossBasis, openingId, quantity, symbol }) => ({
      key: `${accountId} ${symbol}`,
      lot: { openedBy: openingId, quantity, costBasis, lossBasis, acquiredOn, isLong: longTermOn <= today },
    }))
  return new Map([...Map.groupBy(lots, ({ key }) => key)].map(([key, own]) => [key, own.map(({ lot }) => lot)]))
}

/** The known worth of holdings. */
const worthOf = (holdings: readonly Holding[]): string =>
  sumMoney(holdings.map(({ currentValue }) => new Decimal(currentValue ?? 0))).toFixed(2)

export interface ReadRebalancing {
  readonly input: RebalancingInput
  readonly taxSource: 'given' | 'tax_year' | 'unknown'
  readonly assumptions: string | null
  readonly untradedValue: string
}

/** What a proposal for a portfolio depends on, in US dollars. Throws a 422 that names an account or a security that the portfolio does not have. */
export const readRebalancing = async (
  transaction: Transaction,
  portfolio: Portfolio,
  target: AllocationTarget,
  body: Body,
  today: string,
): Promise<ReadRebalancing> => {
  const { accountIds, householdId } = portfolio
  const [newCash, withdrawals, minimumCash] = (['newCash', 'withdrawals', 'minimumCash'] as const).map(name =>
    byAccount(name, body, portfolio),
  )
  if (!(await areLotsCurrent(transaction, householdId)))
    throw new Problem('lots-under-way', 'The tax lots are being calculated after a change. Try again in a moment.')
  const rooms = await readContributionRooms(transaction, householdId, body.newCash, today)
  const { holdings } = await readHoldings(transaction, { ...portfolio, currency: DOLLAR }, today, today)
  const traded = holdings.filter(({ currentValue, isShort, kind }) => kind === 'security' && !isShort && currentValue !== null)
  const cashOf = (accountId: string) => worthOf(holdings.filter(holding => holding.accountId === accountId && holding.kind === 'cash'))
  const accounts = (await findTradedAccounts(transaction, accountIds)).map(
    ({ id, isAdvantaged, isClosed, taxType, type }): RebalancingAccount => ({
      id,
      treatment: treatmentOf(taxType, isAdvantaged),
      cash: cashOf(id),
      minimumCash: minimumCash!.get(id) ?? '0.00',
      newCash: newCash!.get(id) ?? '0.00',
      contributionRoom: rooms.get(id)?.toFixed(2) ?? null,
      withdrawal: withdrawals!.get(id) ?? '0.00',
      allowsFractions: true,
      canTrade: !isClosed && (type === 'investment' || type === 'retirement'),
    }),
  )
  const lots = await readLots(transaction, portfolio, today)
  const kept = keptSecurities(body.doNotSell, holdings)
  const wanted = target.isByInstrument ? target.weights.map(({ key }) => key) : body.candidates.flatMap(({ symbols }) => symbols)
  const securities = await readTradedSecurities(transaction, householdId, traded, wanted, today)
  checkCandidates(body.candidates, target, securities)
  const watched = await findWatchedTrades(transaction, householdId, today)
  const rates = body.taxRates ?? (await readRates(transaction, householdId, today))
  const covariance = await findClassCovariance(transaction, householdId)
  return {
    taxSource: body.taxRates ? 'given' : rates ? 'tax_year' : 'unknown',
    assumptions: covariance?.name ?? null,
    untradedValue: worthOf(holdings.filter(holding => holding.kind !== 'cash' && !traded.includes(holding))),
    input: {
      today,
      accounts,
      holdings: traded.map(
        ({ accountId, quantity, symbol }): RebalancingHolding => ({
          accountId,
          symbol: symbol!,
          quantity: quantity!,
          lots: lots.get(`${accountId} ${symbol!}`) ?? [],
          doNotSell: kept.has(symbol!),
        }),
      ),
      securities,
      targets: {
        by: target.isByInstrument ? 'symbol' : 'asset_class',
        weights: target.weights.map(({ key, weight }) => ({ key, weight: Number(weight) })),
        band: { absolute: Number(target.bands.absoluteBand), relative: Number(target.bands.relativeBand) },
      },
      candidates: Object.fromEntries(body.candidates.map(({ key, symbols }) => [key, symbols])),
      rules: {
        mode: body.mode,
        aim: body.aim,
        minimumTrade: body.minimumTrade,
        gainsBudget: null,
        avoidShortTerm: body.avoidShortTerm,
        harvestLosses: body.harvestLosses,
        taxRates: rates ?? { short: 0, long: 0 },
      },
      washSales: {
        purchases: watched
          .filter(({ kind }) => kind === 'purchase')
          .map(({ date, quantity, symbol, transactionId }) => ({ openedBy: transactionId, symbol, boughtOn: date, quantity })),
        losses: watched.filter(({ kind }) => kind === 'loss').map(({ date, symbol }) => ({ symbol, soldOn: date })),
        identicalPairs: (await findSecurityLinks(transaction, householdId)).identicalPairs,
      },
      covariance: target.isByInstrument ? null : (covariance ?? null),
    },
  }
}
