import { centsAt } from './amounts.ts'
import { type Exchange, Exchanges, isBetter, LEAST_BENEFIT } from './exchanges.ts'
import { leftCents, type LotKind } from './lots.ts'
import type { Account, Holding } from './model.ts'
import type { Plan } from './plan.ts'

/** A dollar or less is not exchanged. */
const LEAST_CENTS = 100
/** More exchanges than any portfolio needs: a stop against endless work. */
const MOST_EXCHANGES = 50_000

interface Choice {
  readonly account: Account
  /** Null: cash is spent. */
  readonly holding: Holding | null
  readonly exchange: Exchange
  /** Taxed gain per dollar that is sold. */
  readonly gainRatio: number
}

/** Whether a choice comes before another. Where gains are taxed: the one that takes away more of the distances per dollar of gain. */
const isFirst = (one: Choice, other: Choice | null): boolean => {
  if (other === null) return true
  if (one.gainRatio > 0 || other.gainRatio > 0) {
    const [mine, its] = [one.exchange.benefit * other.gainRatio, other.exchange.benefit * one.gainRatio]
    if (Math.abs(mine - its) > 1e-9) return mine > its
  }
  return isBetter(one.exchange, other.exchange)
}

/** The steps of a plan in which something is exchanged within accounts. */
export class Phases {
  readonly exchanges: Exchanges
  private readonly plan: Plan

  constructor(plan: Plan) {
    this.plan = plan
    this.exchanges = new Exchanges(plan)
  }

  /** Exchanges, the best first, until none is left that helps: cash of some accounts, and lots of a kind in them. */
  run(accounts: readonly Account[], kind: LotKind | null, withCash: boolean): void {
    const { cash } = this.plan.model
    const stuck = new Set<Holding | Account>()
    const holdings = kind === null ? [] : accounts.flatMap(account => account.holdings)
    if (kind !== null) this.noteBlocked(holdings, kind)
    for (let count = 0; count < MOST_EXCHANGES; count += 1) {
      let best: Choice | null = null
      for (const account of withCash ? accounts : []) {
        if (stuck.has(account) || this.plan.cash[account.index]! < LEAST_CENTS) continue
        const exchange = this.exchanges.bestFor(account, cash)
        const choice = exchange && { account, holding: null, exchange, gainRatio: 0 }
        if (choice && isFirst(choice, best)) best = choice
      }
      for (const holding of holdings) {
        if (stuck.has(holding) || this.plan.blockOf(holding) !== null) continue
        const exchange = this.exchanges.bestFor(holding.account, holding.security)
        const lot = exchange && this.plan.nextLot(holding, kind!)
        const choice = exchange && lot && { account: holding.account, holding, exchange, gainRatio: Math.max(0, lot.gainRatio) }
        if (choice && isFirst(choice, best)) best = choice
      }
      if (best === null) return
      const { slopes } = this.plan
      if (!this.make(best, kind)) stuck.add(best.holding ?? best.account)
      else if (this.plan.slopes !== slopes) stuck.clear()
    }
  }

  private make(choice: Choice, kind: LotKind | null): boolean {
    const { plan } = this
    const { account, exchange, holding } = choice
    const { bought, change } = exchange
    const reach = plan.gap.reach(change)
    const most = Math.min(reach, holding ? holding.valueCents : plan.cash[account.index]!)
    if (this.isTooSmall(choice, most)) return false
    let cents = Math.floor(most)
    if (holding) {
      // Inside of a band no place is better than another; a target is missed by half a share at most.
      cents = plan.sell(holding, kind!, most, 'over_target', plan.model.input.rules.aim === 'target' ? 'nearest' : 'up')
      if (cents === 0) {
        const left = leftCents(
          holding,
          holding.lots.filter(lot => lot.kind === kind),
        )
        const isWhole = plan.model.budgetCents === null || Math.min(most, left) < centsAt(holding.step, holding.price)
        plan.note(isWhole ? 'whole_shares' : 'gains_budget', account, holding.security, isWhole ? Math.min(Math.floor(most), left) : left)
      }
    }
    if (cents <= 0) return false
    if (bought !== plan.model.cash) plan.spend(account, bought, cents, holding ? 'under_target' : 'invest_cash')
    plan.gap.move(change, cents)
    // From a target or an edge on, exchanges are worth something else.
    if (cents >= reach - LEAST_CENTS) plan.slopes += 1
    return true
  }

  /** Whether an exchange would begin a trade that stays below the smallest one. */
  private isTooSmall({ account, exchange, holding }: Choice, cents: number): boolean {
    const { buys, gap, model, sales } = this.plan
    const { bought, change } = exchange
    const isNew = (holding !== null && !sales.has(holding)) || (bought !== model.cash && !buys[account.index]!.has(bought))
    if (!isNew || cents >= model.minimumTradeCents) return false
    const limit = Math.min(model.minimumTradeCents, holding ? holding.valueCents : this.plan.cash[account.index]!)
    const extent = gap.extent(change, LEAST_BENEFIT, limit)
    if (extent >= model.minimumTradeCents) return false
    this.plan.note('below_minimum', account, holding ? holding.security : bought, Math.floor(extent))
    return true
  }

  /** Cash that would better be invested, and why it is not. */
  noteIdleCash(accounts: readonly Account[]): void {
    const { cash } = this.plan.model
    const isTooMuch = this.plan.gap.benefit(cash.weights.map(weight => -weight)) > 0
    for (const account of isTooMuch ? accounts : []) {
      const cents = Math.floor(this.plan.cash[account.index]!)
      if (cents < LEAST_CENTS || this.exchanges.bestFor(account, cash) !== null) continue
      const isInWindow = account.candidates.flat().some(security => this.plan.isInWindow(security))
      this.plan.note(isInWindow ? 'wash_sale_window' : 'no_candidate', account, null, cents)
    }
  }

  /** Lots of a kind that would help, but are not sold for a reason that no exchange changes. */
  private noteBlocked(holdings: readonly Holding[], kind: LotKind): void {
    const { plan } = this
    for (const holding of holdings) {
      const less = holding.security.weights.map(weight => -weight)
      const lots = holding.lots.filter(lot => lot.kind === kind || (kind === 'loss' && lot.kind === 'washed'))
      if (lots.length === 0 || plan.gap.benefit(less) <= 0) continue
      const block = plan.blockOf(holding)
      for (const [reason, own] of Map.groupBy(lots, lot => block ?? plan.blockOfKind(holding, lot))) {
        if (reason === 'bought' || reason === 'forbidden') continue
        const hasNone = reason === null && this.exchanges.bestFor(holding.account, holding.security) === null
        if (reason !== null || hasNone) plan.note(reason ?? 'no_candidate', holding.account, holding.security, leftCents(holding, own))
      }
    }
  }
}
