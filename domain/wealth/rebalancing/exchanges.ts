import type { Account, Security } from './model.ts'
import type { Plan } from './plan.ts'
import { usualLocation } from './location.ts'

/** A dollar that is exchanged must take at least this much away from the distances: less is not worth a trade. */
export const LEAST_BENEFIT = 0.1
/** The preferred security is taken if it is worth at least this part of what the best one is. */
const PREFERENCE = 0.8

interface Change {
  readonly weights: Float64Array
  version: number
  benefit: number
}

/** What is best bought in an account for a security, or for cash, that is given up. */
export interface Exchange {
  readonly bought: Security
  readonly change: Float64Array
  /** Of a dollar. */
  readonly benefit: number
  /** How much better the account suits what is bought than what is given up. */
  readonly fit: number
  /** How far what is bought is below its target. */
  readonly need: number
}

/** Whether an exchange is better than another: by its benefit, by the location of assets, by what is needed most. */
export const isBetter = (one: Exchange, other: Exchange | null): boolean => {
  if (other === null) return true
  if (Math.abs(one.benefit - other.benefit) > 1e-6) return one.benefit > other.benefit
  if (one.fit !== other.fit) return one.fit > other.fit
  return one.need > other.need + 1
}

/** The worth of exchanges within accounts, for the state of a plan. */
export class Exchanges {
  private readonly plan: Plan
  /** By what is given up and what is bought. */
  private readonly changes: Change[] = []
  /** By account and what is given up. */
  private readonly best: { readonly version: number; readonly exchange: Exchange | null }[] = []
  private readonly ranks: readonly (readonly number[])[]

  constructor(plan: Plan) {
    this.plan = plan
    const { accounts, classes, input } = plan.model
    const location = input.rules.location ?? usualLocation
    this.ranks = accounts.map(({ treatment }) => classes.map(name => Math.max(0, (location[name] ?? []).indexOf(treatment))))
  }

  /** The best exchange, of those that are worth it; null if none is. */
  bestFor(account: Account, given: Security): Exchange | null {
    const { cash, securities } = this.plan.model
    const key = account.index * (securities.length + 1) + given.index
    const known = this.best[key]
    const version = this.plan.versionOf(account)
    if (known?.version === version) return known.exchange
    let exchange: Exchange | null = null
    for (const list of account.candidates) {
      const bought = this.preferred(account, given, list)
      if (bought === null) continue
      const found = this.exchangeOf(account, given, bought)
      if (isBetter(found, exchange)) exchange = found
    }
    // Nothing is exchanged for cash that could as well be invested.
    const kept = given === cash ? null : this.exchangeOf(account, given, cash)
    if (kept && kept.benefit >= LEAST_BENEFIT && kept.benefit > (exchange?.benefit ?? 0) + 1e-6) exchange = kept
    this.best[key] = { version, exchange }
    return exchange
  }

  changeOf(given: Security, bought: Security): Change {
    const { gap, model, slopes } = this.plan
    const key = given.index * (model.securities.length + 1) + bought.index
    const change = (this.changes[key] ??= {
      weights: bought.weights.map((weight, index) => weight - given.weights[index]!),
      version: -1,
      benefit: 0,
    })
    if (change.version !== slopes) {
      change.version = slopes
      change.benefit = gap.benefit(change.weights)
    }
    return change
  }

  /**
   * Of the candidates of a class, the first that can be bought and is worth it, unless another is worth much more. Never one that is identical to what is
   * given up: after a loss, that would be a wash sale.
   */
  private preferred(account: Account, given: Security, list: readonly Security[]): Security | null {
    let most = 0
    for (const security of list) {
      const worth = security.family === given.family ? 0 : this.changeOf(given, security).benefit
      if (worth > most && worth >= LEAST_BENEFIT && this.plan.canBuy(account, security)) most = worth
    }
    if (most === 0) return null
    const least = Math.max(LEAST_BENEFIT, PREFERENCE * most)
    for (const security of list)
      if (security.family !== given.family && this.changeOf(given, security).benefit >= least && this.plan.canBuy(account, security))
        return security
    return null
  }

  private exchangeOf(account: Account, given: Security, bought: Security): Exchange {
    const { benefit, weights } = this.changeOf(given, bought)
    const fit = this.rankOf(account, given) - this.rankOf(account, bought)
    return { bought, change: weights, benefit, fit, need: this.plan.gap.need(bought.weights) }
  }

  private rankOf({ index }: Account, { mainClass }: Security): number {
    return mainClass < 0 ? 0 : this.ranks[index]![mainClass]!
  }
}
