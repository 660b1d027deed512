import type { Account, Security } from './model.ts'
import type { Plan } from './plan.ts'
import { usualLocation } from './location.ts'

/** A dollar that is exchanged must take at least this much away from the distances: less is not worth a trade. */
const LEAST_BENEFIT = 0.1
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
  private readonly changes = new Map<number, Change>()
  private readonly best = new Map<number, { readonly version: number; readonly exchange: Exchange | null }>()
  private readonly ranks: ReadonlyMap<string, readonly number[]>

  constructor(plan: Plan) {
    this.plan = plan
    const { accounts, classes, input } = plan.model
    const location = input.rules.location ?? usualLocation
    this.ranks = new Map(
      accounts.map(({ id, treatment }) => [id, classes.map(name => Math.max(0, (location[name] ?? []).indexOf(treatment)))] as const),
    )
  }

  /** The best exchange, of those that are worth it; null if none is. */
  bestFor(account: Account, given: Security): Exchange | null {
    const { cash, securities } = this.plan.model
    const key = account.index * (securities.length + 1) + given.index
    const known = this.best.get(key)
    if (known?.version === this.plan.version) return known.exchange
    let exchange: Exchange | null = null
    for (const bought of this.worthwhile(account, given)) {
      const { benefit, weights } = this.changeOf(given, bought)
      const fit = this.rankOf(account, given) - this.rankOf(account, bought)
      const found = { bought, change: weights, benefit, fit, need: this.plan.gap.need(bought.weights) }
      if (isBetter(found, exchange)) exchange = found
    }
    this.best.set(key, { version: this.plan.version, exchange })
    return exchange
  }

  changeOf(given: Security, bought: Security): { readonly weights: Float64Array; readonly benefit: number } {
    const { gap, model, version } = this.plan
    const key = given.index * (model.securities.length + 1) + bought.index
    let change = this.changes.get(key)
    if (change === undefined) {
      change = { weights: bought.weights.map((weight, index) => weight - given.weights[index]!), version: -1, benefit: 0 }
      this.changes.set(key, change)
    }
    if (change.version !== version) {
      change.version = version
      change.benefit = gap.benefit(change.weights)
    }
    return change
  }

  /** Of each class the preferred security that can be bought now and is worth it, unless another is worth much more; and cash. */
  private worthwhile(account: Account, given: Security): Set<Security> {
    const worth = (bought: Security): number => (bought === given ? 0 : this.changeOf(given, bought).benefit)
    const found = account.candidates.flatMap(list => {
      const open = list.filter(security => worth(security) >= LEAST_BENEFIT && this.plan.canBuy(account, security))
      const most = Math.max(...open.map(worth))
      return open.find(security => worth(security) >= PREFERENCE * most) ?? []
    })
    const { cash } = this.plan.model
    return new Set(worth(cash) >= LEAST_BENEFIT ? [...found, cash] : found)
  }

  private rankOf({ id }: Account, { mainClass }: Security): number {
    return mainClass < 0 ? 0 : this.ranks.get(id)![mainClass]!
  }
}
