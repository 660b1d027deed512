import { ONE_SHARE } from '../lots/quantities.ts'
import { centsAt, unitsRaising, unitsWithin } from './amounts.ts'
import { Gap } from './gap.ts'
import { goalsOf, spendableCents, startValues } from './goals.ts'
import { greatestGain, leftUnits, type Lot, type LotKind, lotKinds } from './lots.ts'
import type { Account, Holding, Model, Security } from './model.ts'
import type { SkipReason, TradeReason } from './terms.ts'

export interface Note {
  readonly account: Account | null
  readonly security: Security | null
  readonly reason: SkipReason
  readonly cents: number
}

/** What is sold first for cash: what is taxed least, or what is above its target. */
export type CashOrder = 'least_tax' | 'above_target'

/** What a proposal must not do, found by proposals before it, and how it raises cash. */
export interface Limits {
  readonly cashOrder: CashOrder
  /** By `tradeKey`. */
  readonly forbidden: ReadonlyMap<string, Note>
  /** Families that are not bought, so that their losses can be realised. */
  readonly reserved: ReadonlySet<string>
}

export const tradeKey = (account: Account, security: Security, side: 'buy' | 'sell'): string => `${side} ${account.index} ${security.index}`

/** Lots with the shares that are taken from each. */
type Parts = readonly (readonly [Lot, bigint])[]

/**
 * Sales and purchases that have been decided. Sales are exact; of purchases the cents are known, and become shares at the end. In an account a security is
 * either bought or sold. A family that is sold at a loss is bought nowhere, and one that is bought is sold at a loss nowhere.
 */
export class Plan {
  readonly model: Model
  readonly gap: Gap
  /** By account, cash that can be spent, in cents; below zero: to be raised. */
  readonly cash: number[]
  /** By account, cents that are spent on each security. */
  readonly buys: Map<Security, number>[]
  /** Shares that are sold. */
  readonly sales = new Map<Holding, bigint>()
  /** By holding and kind, the first lot that may have shares left. */
  private readonly cursors: number[][] = []
  readonly reasons = new Map<string, TradeReason>()
  readonly notes = new Map<string, Note>()
  /** The most that all sales together gain, in cents. */
  gainCents = 0
  /** Changes whenever what an exchange is worth does. */
  slopes = 0
  /** By account, and of all: changes whenever what can be bought does. */
  private readonly offers: number[]
  private readonly limits: Limits
  private readonly boughtFamilies = new Set<string>()
  private readonly lossFamilies: Set<string>

  constructor(model: Model, limits: Limits) {
    this.model = model
    this.limits = limits
    const values = startValues(model)
    this.gap = new Gap(goalsOf(model, values), values, model.input.rules.aim === 'target')
    this.cash = model.accounts.map(spendableCents)
    this.buys = model.accounts.map(() => new Map<Security, number>())
    this.offers = model.accounts.map(() => 0)
    this.lossFamilies = new Set(model.guard.lossFamilies)
    for (const { lots } of model.holdings) for (const lot of lots) lot.soldUnits = 0n
  }

  /** Of what is worth most in an account. It never comes back. */
  versionOf({ index }: Account): number {
    return this.slopes * 1e6 + this.offers[index]!
  }

  private offerAnew(): void {
    for (let index = 0; index < this.offers.length; index += 1) this.offers[index]! += 1
  }

  note(reason: SkipReason, account: Account | null, security: Security | null, cents: number): void {
    const key = `${reason} ${account?.index ?? ''} ${security?.index ?? ''}`
    const known = this.notes.get(key)
    if (cents > 0 && (known === undefined || known.cents < cents)) this.notes.set(key, { account, security, reason, cents })
  }

  isInWindow(security: Security): boolean {
    return this.lossFamilies.has(security.family)
  }

  canBuy(account: Account, security: Security): boolean {
    return (
      account.canTrade &&
      !this.isInWindow(security) &&
      !this.limits.reserved.has(security.family) &&
      !this.limits.forbidden.has(tradeKey(account, security, 'buy')) &&
      !this.isSold(account, security)
    )
  }

  /** Why nothing of a holding can be sold; null if something can. */
  blockOf({ account, doNotSell, security }: Holding): SkipReason | 'bought' | 'forbidden' | null {
    if (!account.canTrade) return 'cannot_trade'
    if (doNotSell) return 'do_not_sell'
    if (this.buys[account.index]!.has(security)) return 'bought'
    return this.limits.forbidden.has(tradeKey(account, security, 'sell')) ? 'forbidden' : null
  }

  /** Why lots of a kind are not sold; null if they can be. */
  blockOfKind({ security }: Holding, { isLong, kind }: Lot): SkipReason | null {
    const { avoidShortTerm } = this.model.input.rules
    if (kind === 'washed') return 'wash_sale'
    if ((kind === 'loss' || kind === 'unknown') && this.boughtFamilies.has(security.family)) return 'wash_sale'
    if (kind === 'short' && avoidShortTerm) return 'short_term'
    if (kind === 'unknown' && (this.model.budgetCents !== null || (avoidShortTerm && !isLong))) return 'basis_unknown'
    return null
  }

  /** The next lot of a kind that has shares left; undefined if there is none, or the kind is not sold. */
  nextLot(holding: Holding, kind: LotKind): Lot | undefined {
    for (const lot of this.openLots(holding, kind)) return lot.kind === kind ? lot : undefined
    return undefined
  }

  /** The lots from a kind on that can be sold, in order. */
  *openLots(holding: Holding, kind: LotKind): Generator<Lot, void> {
    const { lots, starts } = holding
    const cursors = (this.cursors[holding.index] ??= [...starts])
    for (let place = lotKinds.indexOf(kind); place < lotKinds.length; place += 1) {
      const end = starts[place + 1]!
      if (starts[place] === end) continue
      // One answer for all lots of the kind, but for those of which the term counts.
      if (lotKinds[place] !== 'unknown' && this.blockOfKind(holding, lots[starts[place]!]!) !== null) continue
      while (cursors[place]! < end && lots[cursors[place]!]!.soldUnits === lots[cursors[place]!]!.units) cursors[place]! += 1
      for (let at = cursors[place]!; at < end; at += 1) if (this.blockOfKind(holding, lots[at]!) === null) yield lots[at]!
    }
  }

  spend(account: Account, security: Security, cents: number, reason: TradeReason): void {
    const bought = this.buys[account.index]!
    bought.set(security, (bought.get(security) ?? 0) + cents)
    this.cash[account.index]! -= cents
    this.boughtFamilies.add(security.family)
    const key = tradeKey(account, security, 'buy')
    if (!this.reasons.has(key)) this.reasons.set(key, reason)
  }

  /**
   * Sells shares of the next lots of a holding, of a kind and only as far as needed to reach a whole number of shares of others.
   * @param rounding of shares: to no more than the cents, to the nearest, or to no less
   * @returns the cents; 0 if nothing can be sold
   */
  sell(holding: Holding, kind: LotKind, cents: number, reason: TradeReason, rounding: 'down' | 'nearest' | 'up' = 'down'): number {
    const { account, price, security, step } = holding
    const first = this.nextLot(holding, kind)
    if (first === undefined) return 0
    const wanted =
      rounding === 'up'
        ? unitsRaising(cents, price, step)
        : unitsWithin(cents + (rounding === 'nearest' ? centsAt(step, price) / 2 : 0), price, step)
    const parts = this.withinBudget(holding, kind, this.wholeUnits(holding, first, wanted))
    if (parts.length === 0) return 0
    const sold = this.sales.get(holding) ?? 0n
    let units = sold
    for (const [lot, part] of parts) {
      this.gainCents += addedGain(lot, part, price)
      lot.soldUnits += part
      units += part
      if (lot.kind !== 'loss' && lot.kind !== 'unknown') continue
      if (!this.lossFamilies.has(security.family)) this.offerAnew()
      this.lossFamilies.add(security.family)
    }
    if (sold === 0n) this.offers[account.index]! += 1
    this.sales.set(holding, units)
    const key = tradeKey(account, security, 'sell')
    if (!this.reasons.has(key)) this.reasons.set(key, reason)
    const proceeds = centsAt(units, price) - centsAt(sold, price)
    this.cash[account.index]! += proceeds
    return proceeds
  }

  private isSold(account: Account, security: Security): boolean {
    return account.holdings.some(holding => holding.security === security && this.sales.has(holding))
  }

  /** The shares of one lot at most, or where only whole shares are sold, as few more as make them whole. */
  private wholeUnits({ step }: Holding, first: Lot, wanted: bigint): bigint {
    const lot = leftUnits(first)
    const least = step === ONE_SHARE ? ((lot + step - 1n) / step) * step : lot
    return wanted < least ? wanted : least
  }

  /** The parts of the next lots that make as many of the shares as are there and the budget allows. */
  private withinBudget(holding: Holding, kind: LotKind, wanted: bigint): Parts {
    const { price, step } = holding
    const room = this.model.budgetCents === null ? Number.POSITIVE_INFINITY : this.model.budgetCents - this.gainCents
    let units = wanted
    for (let tries = 0; tries < 40 && units > 0n; tries += 1) {
      const parts = partsOf(this.openLots(holding, kind), units)
      const found = parts.reduce((sum, [, part]) => sum + part, 0n)
      const gain = parts.reduce((sum, [lot, part]) => sum + addedGain(lot, part, price), 0)
      const isWhole = found === units || step !== ONE_SHARE
      if (isWhole && (gain <= 0 || gain <= room)) return parts
      let next = found
      if (isWhole) next = room > 0 ? (units * BigInt(Math.floor(room))) / BigInt(Math.ceil(gain)) : 0n
      next = (next / step) * step
      units = next < units ? next : units - step
    }
    return []
  }
}

const addedGain = (lot: Lot, part: bigint, price: bigint): number =>
  greatestGain(lot, lot.soldUnits + part, price) - greatestGain(lot, lot.soldUnits, price)

/** The parts of lots that make a number of shares, taken in order. */
const partsOf = (lots: Iterable<Lot>, units: bigint): Parts => {
  const parts: (readonly [Lot, bigint])[] = []
  let left = units
  for (const lot of lots) {
    const open = leftUnits(lot)
    const part = open < left ? open : left
    parts.push([lot, part])
    left -= part
    if (left === 0n) break
  }
  return parts
}
