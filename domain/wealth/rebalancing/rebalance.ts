import type { Money } from '../../shared/index.ts'
import { checkInput } from './check-input.ts'
import { spendableCents } from './goals.ts'
import { type Model, modelOf } from './model.ts'
import { type CashOrder, type Note, tradeKey } from './plan.ts'
import { proposalOf } from './proposal.ts'
import { settle } from './settle.ts'
import { planOf } from './steps.ts'
import type { RebalancingInput, RebalancingProposal } from './types.ts'

/** A point of active share counts as much as this part of a point of tax. */
const TAX_OF_ACTIVE_SHARE = 0.02

/** A proposal without trades that are too small: they are forbidden, and all is planned anew until there are none. */
const proposalFor = (model: Model, reserved: ReadonlySet<string>, cashOrder: CashOrder): RebalancingProposal => {
  const forbidden = new Map<string, Note>()
  for (;;) {
    const { isTriggered, plan } = planOf(model, { cashOrder, forbidden, reserved })
    const settlement = settle(plan)
    const known = forbidden.size
    for (const { account, cents, security, units } of settlement.purchases) {
      const note = { account, security, cents: units === 0n ? plan.buys[account.index]!.get(security)! : cents }
      if (units === 0n) forbidden.set(tradeKey(account, security, 'buy'), { ...note, reason: 'whole_shares' })
      else if (cents < model.minimumTradeCents) forbidden.set(tradeKey(account, security, 'buy'), { ...note, reason: 'below_minimum' })
    }
    for (const { cents, holding } of settlement.sales) {
      const { account, security } = holding
      if (cents < Math.max(1, model.minimumTradeCents))
        forbidden.set(tradeKey(account, security, 'sell'), { account, security, cents: Math.max(1, cents), reason: 'below_minimum' })
    }
    if (forbidden.size === known) return proposalOf(plan, isTriggered, settlement, forbidden.values())
  }
}

const outsideOf = ({ classes }: RebalancingProposal): number =>
  classes.reduce((sum, { after, isInside, lower, upper }) => sum + (isInside ? 0 : Math.max(lower - after, after - upper)), 0)

/** Families of which a loss could be realised, if they are not bought. */
const lossFamilies = ({ holdings }: Model): Set<string> =>
  new Set(
    holdings.flatMap(({ account, doNotSell, lots, security }) =>
      account.canTrade && !doNotSell && lots.some(({ kind }) => kind === 'loss') ? [security.family] : [],
    ),
  )

const better = (one: RebalancingProposal, other: RebalancingProposal, model: Model): RebalancingProposal => {
  const outside = outsideOf(other) - outsideOf(one)
  if (Math.abs(outside) > 1e-6) return outside > 0 ? one : other
  const worth = model.holdings.reduce((sum, { valueCents }) => sum + valueCents, 0) / 100
  const cost = ({ activeShare, tax }: RebalancingProposal): number => Number(tax) / Math.max(1, worth) + TAX_OF_ACTIVE_SHARE * activeShare
  return cost(other) < cost(one) - 1e-9 ? other : one
}

/**
 * Proposes trades that bring the accounts of a household to their targets together, with little tax. Pure: the same input, in any order, gives the same
 * proposal. Cash never moves between accounts.
 *
 * It decides greedily. An exchange sells one holding, or spends cash, and buys one security in the same account. Its worth is what a dollar of it takes away
 * from the distances of the classes to their targets, those outside of their bands counting most. Exchanges are made in the order of what they cost: first
 * those without tax, then losses, long-term and short-term gains (`planOf` has the order), each until a class comes to its target or an edge of its band.
 * Where it matters, all is planned again: without buying what has losses to realise, and selling for cash what is above its target instead of what is taxed
 * least. The best plan is taken: less outside of the bands, then less tax and active share.
 *
 * Limits. It is no optimum: two exchanges that help only together, in two accounts, are not found. Trading costs, spreads, dividends, distributions of funds,
 * and the tax on withdrawals from retirement accounts are not part of it. Rates of tax are constant. Short positions and options are not traded. A loss is not
 * sold if any part of it might be disallowed. If one transaction opened several lots that differ, sell them by the broker's own lot names.
 * @throws DomainError that names what is wrong with the input
 */
export const rebalance = (input: RebalancingInput): RebalancingProposal => {
  checkInput(input)
  const model = modelOf(input)
  const reserved = lossFamilies(model)
  const proposalBy = (cashOrder: CashOrder): RebalancingProposal => {
    const proposal = proposalFor(model, new Set(), cashOrder)
    const buysThem = proposal.trades.some(({ side, symbol }) => side === 'buy' && reserved.has(model.guard.familyOf(symbol)))
    return buysThem ? better(proposal, proposalFor(model, reserved, cashOrder), model) : proposal
  }
  const isShort = model.accounts.some(account => spendableCents(account) < 0)
  return isShort ? better(proposalBy('least_tax'), proposalBy('above_target'), model) : proposalBy('least_tax')
}

/** The proposals for several limits of the net realised gain, beside one another. Null: no limit. */
export const compareBudgets = (
  input: RebalancingInput,
  budgets: readonly (Money | null)[],
): { readonly gainsBudget: Money | null; readonly proposal: RebalancingProposal }[] =>
  budgets.map(gainsBudget => ({ gainsBudget, proposal: rebalance({ ...input, rules: { ...input.rules, gainsBudget } }) }))
