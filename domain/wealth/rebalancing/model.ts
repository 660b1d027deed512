import { ONE_SHARE, unitsOf } from '../lots/quantities.ts'
import { byText, centsAt, centsOf, priceUnits, SHARE_STEP } from './amounts.ts'
import { bandOf, usualBand } from './bands.ts'
import { type Lot, lotsInOrder, startsOf } from './lots.ts'
import type { TaxTreatment } from './terms.ts'
import type { RebalancingInput, RebalancingSecurity } from './types.ts'
import { type WashGuard, washGuardOf } from './wash-guard.ts'

export interface Security {
  readonly index: number
  readonly symbol: string
  readonly family: string
  /** Null: it is cash, or it has no price. */
  readonly price: bigint | null
  readonly weights: Float64Array
  /** The class of which it is most; -1 if it is of none. */
  readonly mainClass: number
  readonly isWhole: boolean
  readonly expenseRatio: number
}

export interface Holding {
  readonly account: Account
  readonly security: Security
  readonly price: bigint
  readonly units: bigint
  readonly valueCents: number
  readonly doNotSell: boolean
  /** What sales are multiples of, unless a whole lot is sold. */
  readonly step: bigint
  readonly lots: readonly Lot[]
  readonly index: number
  /** By kind, where its lots begin; at the end, the number of lots. */
  readonly starts: readonly number[]
}

export interface Account {
  readonly index: number
  readonly id: string
  readonly treatment: TaxTreatment
  readonly canTrade: boolean
  readonly allowsFractions: boolean
  readonly cashCents: number
  readonly minimumCents: number
  readonly addedCents: number
  /** New cash for which there is no room. */
  readonly refusedCents: number
  readonly withdrawalCents: number
  readonly holdings: Holding[]
  /** By class, the securities that the account can buy for it, the preferred one first. */
  readonly candidates: Security[][]
}

/** The input in the form in which it is calculated with: in an order that does not depend on that of the input, in cents and units. */
export interface Model {
  readonly input: RebalancingInput
  readonly classes: readonly string[]
  readonly cash: Security
  readonly hasCashTarget: boolean
  readonly targets: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly securities: readonly Security[]
  readonly accounts: readonly Account[]
  readonly holdings: readonly Holding[]
  readonly guard: WashGuard
  /** Candidates that no account can buy, because they have no price. */
  readonly unpriced: readonly Security[]
  readonly minimumTradeCents: number
  readonly budgetCents: number | null
}

export const CASH = 'cash'
const UNCLASSIFIED = 'unclassified'

const weightsOf = (security: RebalancingSecurity, by: 'asset_class' | 'symbol'): Readonly<Record<string, number>> =>
  by === 'symbol' ? { [security.symbol]: 1 } : security.weights

const classesOf = ({ holdings, securities, targets }: RebalancingInput): string[] => {
  const held = new Set(holdings.map(({ symbol }) => symbol))
  const names = securities
    .filter(({ symbol }) => targets.by === 'asset_class' || held.has(symbol))
    .flatMap(security => Object.entries(weightsOf(security, targets.by)).flatMap(([name, weight]) => (weight > 0 ? [name] : [])))
  return [...new Set([CASH, ...targets.weights.map(({ key }) => key), ...names])]
    .filter(name => name !== UNCLASSIFIED || targets.weights.some(({ key }) => key === name))
    .toSorted(byText)
}

const securitiesOf = (input: RebalancingInput, classes: readonly string[], guard: WashGuard): Security[] =>
  input.securities
    .toSorted((one, other) => byText(one.symbol, other.symbol))
    .map((security, index) => {
      const own = weightsOf(security, input.targets.by)
      const weights = Float64Array.from(classes, name => own[name] ?? 0)
      const most = Math.max(...weights)
      return {
        index,
        symbol: security.symbol,
        family: guard.familyOf(security.symbol),
        price: security.price === null ? null : priceUnits(security.price),
        weights,
        mainClass: most > 0 ? weights.indexOf(most) : -1,
        isWhole: security.isWhole ?? false,
        expenseRatio: security.expenseRatio ?? Number.POSITIVE_INFINITY,
      }
    })

/** Without an own list: what is held and is most of the class, in the account before elsewhere, the cheapest first. */
const heldCandidates = (name: number, own: ReadonlySet<Security>, all: readonly Security[]): Security[] =>
  all
    .filter(({ mainClass }) => mainClass === name)
    .toSorted(
      (one, other) =>
        other.weights[name]! - one.weights[name]! ||
        Number(own.has(other)) - Number(own.has(one)) ||
        (one.expenseRatio === other.expenseRatio ? 0 : one.expenseRatio - other.expenseRatio) ||
        one.index - other.index,
    )

const addCandidates = (
  input: RebalancingInput,
  classes: readonly string[],
  bySymbol: ReadonlyMap<string, Security>,
  accounts: readonly Account[],
): void => {
  const held = [...new Set(accounts.flatMap(({ holdings }) => holdings.map(({ security }) => security)))]
  const menus = new Map(input.accounts.map(({ allowedSymbols, id }) => [id, allowedSymbols ? new Set(allowedSymbols) : null]))
  for (const account of accounts) {
    const menu = menus.get(account.id)
    const own = new Set(account.holdings.map(({ security }) => security))
    for (const [index, name] of classes.entries()) {
      const listed = input.targets.by === 'symbol' ? [name] : input.candidates?.[name]
      const found = listed ? listed.flatMap(symbol => bySymbol.get(symbol) ?? []) : heldCandidates(index, own, held)
      account.candidates.push(found.filter(({ price, symbol }) => price !== null && (!menu || menu.has(symbol))))
    }
  }
}

const accountsOf = ({ accounts }: RebalancingInput): Account[] =>
  accounts
    .toSorted((one, other) => byText(one.id, other.id))
    .map((account, index) => {
      const offered = centsOf(account.newCash ?? '0')
      const room = account.contributionRoom ?? null
      const addedCents = room === null ? offered : Math.min(offered, centsOf(room))
      return {
        index,
        id: account.id,
        treatment: account.treatment,
        canTrade: account.canTrade,
        allowsFractions: account.allowsFractions,
        cashCents: centsOf(account.cash),
        minimumCents: centsOf(account.minimumCash ?? '0'),
        addedCents,
        refusedCents: offered - addedCents,
        withdrawalCents: centsOf(account.withdrawal ?? '0'),
        holdings: [],
        candidates: [],
      }
    })

const addHoldings = (
  input: RebalancingInput,
  accounts: readonly Account[],
  bySymbol: ReadonlyMap<string, Security>,
  guard: WashGuard,
): void => {
  const byId = new Map(accounts.map(account => [account.id, account]))
  for (const [index, { accountId, doNotSell, lots = [], quantity, symbol }] of input.holdings.entries()) {
    const [account, security, units] = [byId.get(accountId)!, bySymbol.get(symbol)!, unitsOf(quantity)]
    if (units === 0n) continue
    const price = security.price!
    const ordered = lotsInOrder({ family: security.family, isTaxed: account.treatment === 'taxable', lots, price, units }, guard)
    account.holdings.push({
      index,
      account,
      security,
      price,
      units,
      valueCents: centsAt(units, price),
      doNotSell: doNotSell ?? false,
      step: security.isWhole || !account.allowsFractions ? ONE_SHARE : SHARE_STEP,
      lots: ordered,
      starts: startsOf(ordered),
    })
  }
  for (const { holdings } of accounts) holdings.sort((one, other) => one.security.index - other.security.index)
}

export const modelOf = (input: RebalancingInput): Model => {
  const { rules, targets } = input
  const guard = washGuardOf(input)
  const classes = classesOf(input)
  const securities = securitiesOf(input, classes, guard)
  const bySymbol = new Map(securities.map(security => [security.symbol, security]))
  const accounts = accountsOf(input)
  addHoldings(input, accounts, bySymbol, guard)
  addCandidates(input, classes, bySymbol, accounts)
  const stated = new Map(targets.weights.map(target => [target.key, target]))
  const bands = classes.map(name => bandOf(stated.get(name)?.weight ?? 0, stated.get(name)?.band ?? targets.band ?? usualBand))
  const named = new Set(targets.by === 'symbol' ? targets.weights.map(({ key }) => key) : Object.values(input.candidates ?? {}).flat())
  return {
    input,
    classes,
    cash: {
      index: securities.length,
      symbol: '',
      family: '',
      price: null,
      weights: Float64Array.from(classes, name => Number(name === CASH)),
      mainClass: classes.indexOf(CASH),
      isWhole: false,
      expenseRatio: 0,
    },
    hasCashTarget: (stated.get(CASH)?.weight ?? 0) > 0,
    targets: Float64Array.from(classes, name => stated.get(name)?.weight ?? 0),
    lower: Float64Array.from(bands, ({ lower }) => lower),
    upper: Float64Array.from(bands, ({ upper }) => upper),
    securities,
    accounts,
    holdings: accounts.flatMap(({ holdings }) => holdings),
    guard,
    unpriced: securities.filter(({ price, symbol }) => price === null && named.has(symbol)),
    minimumTradeCents: centsOf(rules.minimumTrade),
    budgetCents: rules.gainsBudget === null ? null : centsOf(rules.gainsBudget),
  }
}
