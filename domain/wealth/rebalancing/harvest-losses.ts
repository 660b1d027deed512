import type { Exchanges } from './exchanges.ts'
import { leftCents } from './lots.ts'
import type { Holding, Security } from './model.ts'
import type { Plan } from './plan.ts'

/** The most by which a dollar that is exchanged may add to the distances. */
const MOST_HARM = 0.2

/** What takes the place of a security: the preferred other one of its class that is not identical, if it leaves the weights much as they are. */
const replacementOf = (plan: Plan, exchanges: Exchanges, { account, security }: Holding): Security | undefined =>
  (account.candidates[security.mainClass] ?? []).find(
    other => other.family !== security.family && plan.canBuy(account, other) && exchanges.changeOf(security, other).benefit >= -MOST_HARM,
  )

/**
 * Realises the losses that are left and would not be disallowed, where another security can hold the place. So the weights stay, and the losses offset gains of
 * this proposal and of the year. IRC 1091, 1211, 1212.
 */
export const harvestLosses = (plan: Plan, exchanges: Exchanges): void => {
  for (const holding of plan.model.holdings) {
    const lots = holding.lots.filter(({ kind, soldUnits, units }) => (kind === 'loss' || kind === 'washed') && soldUnits < units)
    if (lots.length === 0) continue
    const block = plan.blockOf(holding)
    for (const [reason, own] of Map.groupBy(lots, lot => block ?? plan.blockOfKind(holding, lot)))
      if (reason !== null && reason !== 'bought' && reason !== 'forbidden')
        plan.note(reason, holding.account, holding.security, leftCents(holding, own))
    if (block !== null || plan.nextLot(holding, 'loss') === undefined) continue
    const replacement = replacementOf(plan, exchanges, holding)
    if (replacement === undefined) {
      plan.note('no_replacement', holding.account, holding.security, leftCents(holding, lots))
      continue
    }
    const { weights } = exchanges.changeOf(holding.security, replacement)
    // Not beyond the losses: shares that make others whole are of them, or stay.
    while (plan.nextLot(holding, 'loss') !== undefined) {
      const cents = plan.sell(
        holding,
        'loss',
        leftCents(
          holding,
          holding.lots.filter(({ kind }) => kind === 'loss'),
        ),
        'harvest_loss',
      )
      if (cents === 0) break
      plan.spend(holding.account, replacement, cents, 'harvest_replacement')
      plan.gap.move(weights, cents)
    }
    plan.slopes += 1
  }
}
