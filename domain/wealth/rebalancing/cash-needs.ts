import { type Lot, leftCents, type LotKind } from './lots.ts'
import type { Account, Holding } from './model.ts'
import type { CashOrder, Plan } from './plan.ts'

/** Kinds of lots that are sold for cash, the least taxed first. */
export const soldKinds = ['free', 'loss', 'long', 'short', 'unknown'] as const satisfies readonly LotKind[]

interface Source {
  readonly holding: Holding
  readonly kind: LotKind
  readonly lot: Lot
  readonly benefit: number
}

/** Least taxed first; within a kind the smallest gain per dollar, then what is most above its target. Or all that is above its target first. */
const isFirst = (one: Source, other: Source | null, order: CashOrder): boolean => {
  if (other === null) return true
  if (order === 'above_target' && one.benefit > 0 !== other.benefit > 0) return one.benefit > 0
  const kinds = soldKinds.indexOf(one.kind as (typeof soldKinds)[number]) - soldKinds.indexOf(other.kind as (typeof soldKinds)[number])
  if (kinds !== 0) return kinds < 0
  const gains = Math.max(0, one.lot.gainRatio) - Math.max(0, other.lot.gainRatio)
  if (Math.abs(gains) > 1e-9) return gains < 0
  return one.benefit > other.benefit + 1e-9
}

const sourceOf = (plan: Plan, account: Account, stuck: ReadonlySet<Holding>, order: CashOrder): Source | null => {
  let best: Source | null = null
  for (const holding of account.holdings) {
    if (stuck.has(holding) || plan.blockOf(holding) !== null) continue
    const benefit = plan.gap.benefit(holding.security.weights.map(weight => -weight))
    for (const kind of soldKinds) {
      const lot = plan.nextLot(holding, kind)
      const source = lot && { holding, kind, lot, benefit }
      if (source && isFirst(source, best, order)) best = source
    }
  }
  return best
}

const noteRest = (plan: Plan, account: Account, need: number): void => {
  plan.note('cash_short', account, null, need)
  for (const holding of account.holdings) {
    const block = plan.blockOf(holding)
    const open = holding.lots.filter(({ soldUnits, units }) => soldUnits < units)
    for (const [reason, lots] of Map.groupBy(open, lot => block ?? plan.blockOfKind(holding, lot) ?? 'gains_budget'))
      if (reason !== 'bought' && reason !== 'forbidden' && (reason !== 'gains_budget' || plan.model.budgetCents !== null))
        plan.note(reason, account, holding.security, leftCents(holding, lots))
  }
}

/**
 * Sells for cash that is withdrawn or must stay, in the account in which it is short. The order says what comes first: the least taxed lots, and among equals
 * what is most above its target; or what is above its target, and no more of it than is. What cannot be raised is noted. A withdrawal from a retirement account may be income; that tax is not part of this.
 */
export const raiseCash = (plan: Plan, order: CashOrder): void => {
  const { accounts, cash, input, minimumTradeCents } = plan.model
  for (const account of accounts) {
    const stuck = new Set<Holding>()
    const isShort = (): boolean => plan.cash[account.index]! < 0
    while (isShort() && input.rules.mode !== 'cash_flow') {
      const source = sourceOf(plan, account, stuck, order)
      if (source === null) break
      const { benefit, holding, kind } = source
      const need = -plan.cash[account.index]!
      const change = holding.security.weights.map((weight, index) => cash.weights[index]! - weight)
      const reach = order === 'above_target' && benefit > 0 ? Math.ceil(plan.gap.reach(change)) : need
      const wanted = Math.max(Math.min(need, reach), plan.sales.has(holding) ? 0 : minimumTradeCents)
      const cents = plan.sell(holding, kind, wanted, 'cash_need', 'up')
      if (cents === 0) stuck.add(holding)
      plan.gap.move(change, cents)
    }
    plan.slopes += 1
    if (!isShort()) continue
    if (input.rules.mode === 'cash_flow') plan.note('no_sales', account, null, -plan.cash[account.index]!)
    noteRest(plan, account, -plan.cash[account.index]!)
  }
}
