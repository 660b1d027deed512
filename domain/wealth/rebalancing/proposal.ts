import { textOfUnits } from '../lots/quantities.ts'
import { moneyOf } from './amounts.ts'
import { activeShareOf, trackingErrorOf } from './distances.ts'
import { type Gains, netTax, termTax } from './gains-tax.ts'
import type { Account, Model, Security } from './model.ts'
import { type Note, type Plan, tradeKey } from './plan.ts'
import type { Sale, Settlement } from './settle.ts'
import { skipsOf } from './skips.ts'
import type { AccountCash, ProposedTrade, RebalancingProposal } from './types.ts'
import { weightsOf } from './weights.ts'

const sum = <Row>(rows: readonly Row[], centsOfRow: (row: Row) => number): number => rows.reduce((total, row) => total + centsOfRow(row), 0)

const gainsOf = ({ parts }: Sale): Gains => {
  const of = (isLong: boolean): number => sum(parts, ({ gainCents, lot }) => (lot.isLong === isLong ? (gainCents ?? 0) : 0))
  return { short: of(false), long: of(true) }
}

const tradeOf = (
  plan: Plan,
  side: 'buy' | 'sell',
  {
    account,
    cents,
    security,
    units,
  }: { readonly account: Account; readonly cents: number; readonly security: Security; readonly units: bigint },
): Pick<ProposedTrade, 'accountId' | 'symbol' | 'side' | 'quantity' | 'amount' | 'reason' | 'assetClass'> => ({
  accountId: account.id,
  symbol: security.symbol,
  side,
  quantity: textOfUnits(units),
  amount: moneyOf(cents),
  reason: plan.reasons.get(tradeKey(account, security, side))!,
  assetClass: security.mainClass < 0 ? null : plan.model.classes[security.mainClass]!,
})

const saleTrade = (plan: Plan, sale: Sale): ProposedTrade => {
  const { cents, holding, parts, units } = sale
  const gains = gainsOf(sale)
  return {
    ...tradeOf(plan, 'sell', { ...holding, cents, units }),
    lots: parts.flatMap(part =>
      part.lot.kind === 'free'
        ? []
        : [
            {
              openedBy: part.lot.openedBy,
              acquiredOn: part.lot.openedBy === null ? null : part.lot.acquiredOn,
              quantity: textOfUnits(part.units),
              proceeds: moneyOf(part.proceedsCents),
              costBasis: part.basisCents === null ? null : moneyOf(part.basisCents),
              gain: part.gainCents === null ? null : moneyOf(part.gainCents),
              isLong: part.lot.isLong,
            },
          ],
    ),
    shortGain: moneyOf(gains.short),
    longGain: moneyOf(gains.long),
    tax: moneyOf(termTax(gains, plan.model.input.rules.taxRates)),
  }
}

const tradesOf = (plan: Plan, { purchases, sales }: Settlement): ProposedTrade[] => {
  const place = ({ account, security }: { readonly account: Account; readonly security: Security }): number =>
    account.index * plan.model.securities.length + security.index
  return [
    ...sales.toSorted((one, other) => place(one.holding) - place(other.holding)).map(sale => saleTrade(plan, sale)),
    ...purchases.map(
      (purchase): ProposedTrade => ({ ...tradeOf(plan, 'buy', purchase), lots: [], shortGain: '0.00', longGain: '0.00', tax: '0.00' }),
    ),
  ]
}

/** The cash of accounts in cents: what comes in, what goes out, and what is there in the end. */
const cashOf = ({ accounts }: Model, { purchases, sales, withdrawn }: Settlement) =>
  accounts.map(account => {
    const sold = sum(sales, ({ cents, holding }) => (holding.account === account ? cents : 0))
    const bought = sum(purchases, purchase => (purchase.account === account ? purchase.cents : 0))
    const taken = withdrawn[account.index]!
    const after = account.cashCents + account.addedCents + sold - bought - taken
    const row: AccountCash = {
      accountId: account.id,
      before: moneyOf(account.cashCents),
      added: moneyOf(account.addedCents),
      withdrawn: moneyOf(taken),
      sold: moneyOf(sold),
      bought: moneyOf(bought),
      after: moneyOf(after),
    }
    return { row, after }
  })

const worthOf = ({ accounts, holdings }: Model): number =>
  sum(holdings, ({ valueCents }) => valueCents) + sum(accounts, ({ addedCents, cashCents }) => cashCents + addedCents)

/** What a plan comes to, in the form in which it is shown. */
export const proposalOf = (plan: Plan, isTriggered: boolean, settlement: Settlement, small: Iterable<Note>): RebalancingProposal => {
  const { model } = plan
  const { purchases, sales } = settlement
  const cash = cashOf(model, settlement)
  const weights = weightsOf(
    model,
    settlement,
    cash.map(({ after }) => after),
  )
  const gains = sales.map(gainsOf)
  const realised = { short: sum(gains, ({ short }) => short), long: sum(gains, ({ long }) => long) }
  const worth = worthOf(model)
  const traded = Math.min(
    sum(sales, ({ cents }) => cents),
    sum(purchases, ({ cents }) => cents),
  )
  const unknown = sum(sales, ({ parts }) =>
    sum(parts, ({ basisCents, lot, proceedsCents }) => (lot.kind !== 'free' && basisCents === null ? proceedsCents : 0)),
  )
  return {
    isTriggered,
    trades: tradesOf(plan, settlement),
    skips: skipsOf(plan, model, small, weights.classes, weights.totalCents),
    classes: weights.classes,
    cash: cash.map(({ row }) => row),
    unclassified: { before: moneyOf(Math.round(weights.unclassified.before)), after: moneyOf(Math.round(weights.unclassified.after)) },
    realised: { short: moneyOf(realised.short), long: moneyOf(realised.long), unknownBasisProceeds: moneyOf(unknown) },
    tax: moneyOf(netTax(realised, model.input.rules.taxRates)),
    ...trackingErrorOf(model.input.covariance, model.classes, weights.differences),
    activeShare: activeShareOf(weights.differences),
    turnover: worth > 0 ? traded / worth : 0,
  }
}
