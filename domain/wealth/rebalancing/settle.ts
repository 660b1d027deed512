import { centsOfPart, ONE_SHARE } from '../lots/quantities.ts'
import { centsAt, SHARE_STEP, unitsWithin } from './amounts.ts'
import { Gap } from './gap.ts'
import { goalsOf, startValues } from './goals.ts'
import { basisOfPart, gainOf, type Lot } from './lots.ts'
import type { Account, Holding, Model, Security } from './model.ts'
import type { Plan } from './plan.ts'

export interface SoldPart {
  readonly lot: Lot
  readonly units: bigint
  readonly proceedsCents: number
  readonly basisCents: number | null
  /** Null: not known, or not taxed. */
  readonly gainCents: number | null
}

export interface Sale {
  readonly holding: Holding
  readonly units: bigint
  readonly cents: number
  readonly parts: readonly SoldPart[]
}

export interface Purchase {
  readonly account: Account
  readonly security: Security
  units: bigint
  cents: number
}

/** What a plan comes to in whole cents and tradable quantities. */
export interface Settlement {
  readonly sales: readonly Sale[]
  readonly purchases: readonly Purchase[]
  /** By account, what is withdrawn. */
  readonly withdrawn: readonly number[]
}

/** A sale with its proceeds divided by shares, as the lots of the ledger divide them. */
const saleOf = (holding: Holding, units: bigint): Sale => {
  const cents = centsAt(units, holding.price)
  let seen = 0n
  let given = 0
  const parts = holding.lots
    .filter(({ soldUnits }) => soldUnits > 0n)
    .map((lot): SoldPart => {
      seen += lot.soldUnits
      const until = centsOfPart(cents, seen, units)
      const proceedsCents = until - given
      given = until
      const { basisCents, lossBasisCents } = basisOfPart(lot, lot.soldUnits)
      return {
        lot,
        units: lot.soldUnits,
        proceedsCents,
        basisCents,
        gainCents: basisCents === null ? null : gainOf(proceedsCents, basisCents, lossBasisCents),
      }
    })
  return { holding, units, cents, parts }
}

const stepOf = ({ allowsFractions }: Account, { isWhole }: Security): bigint => (isWhole || !allowsFractions ? ONE_SHARE : SHARE_STEP)

/** One more share of what was rounded down most, while the cash of the account pays for it and the weights come nearer to their targets. */
const roundUp = (
  purchases: readonly Purchase[],
  planned: ReadonlyMap<Security, number>,
  model: Model,
  gap: Gap,
  available: number,
): void => {
  let left = available
  const rest = ({ cents, security }: Purchase): number => planned.get(security)! - cents
  for (const purchase of purchases.toSorted((one, other) => rest(other) - rest(one))) {
    const { account, security } = purchase
    if (stepOf(account, security) !== ONE_SHARE || purchase.units === 0n) continue
    const more = centsAt(purchase.units + ONE_SHARE, security.price!) - purchase.cents
    const change = security.weights.map((weight, index) => weight - model.cash.weights[index]!)
    const isFar = model.input.rules.aim === 'target' && gap.reach(change) < more / 2
    if (more > left || gap.benefit(change) <= 0 || isFar) continue
    purchase.units += ONE_SHARE
    purchase.cents += more
    left -= more
    gap.move(change, more)
  }
}

/** Rounds the purchases of a plan to what can be traded, and to the cash that its sales bring. */
export const settle = (plan: Plan): Settlement => {
  const { model } = plan
  const sales = [...plan.sales].map(([holding, units]) => saleOf(holding, units))
  const start = startValues(model)
  const gap = new Gap(goalsOf(model, start), start, model.input.rules.aim === 'target')
  for (const { cents, holding } of sales) {
    gap.move(holding.security.weights, -cents)
    gap.move(model.cash.weights, cents)
  }
  const withdrawn: number[] = []
  const purchases = model.accounts.flatMap(account => {
    const sold = sales.reduce((sum, sale) => sum + (sale.holding.account === account ? sale.cents : 0), 0)
    let available = account.cashCents + account.addedCents - account.withdrawalCents - account.minimumCents + sold
    const missing = Math.min(account.withdrawalCents, Math.max(0, -available))
    withdrawn.push(account.withdrawalCents - missing)
    gap.move(model.cash.weights, missing)
    const planned = plan.buys[account.index]!
    const own = [...planned]
      .toSorted(([one], [other]) => one.index - other.index)
      .map(([security, cents]): Purchase => {
        const units = unitsWithin(Math.min(cents, available), security.price!, stepOf(account, security))
        const paid = centsAt(units, security.price!)
        available -= paid
        gap.move(security.weights, paid)
        gap.move(model.cash.weights, -paid)
        return { account, security, units, cents: paid }
      })
    roundUp(own, planned, model, gap, available)
    return own
  })
  return { sales, purchases, withdrawn }
}
