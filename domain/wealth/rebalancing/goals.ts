import type { ClassGoals } from './gap.ts'
import { type Account, CASH, type Model } from './model.ts'

/** What an account is worth after new cash and the withdrawal, but for cash that stays. */
const holdingsCents = ({ holdings }: Account): number => holdings.reduce((sum, { valueCents }) => sum + valueCents, 0)

/** Cash of an account that is kept; of one that cannot raise it, what is there. */
const keptCents = (account: Account, cashCents: number): number =>
  Math.min(account.minimumCents, Math.max(0, cashCents + (account.canTrade ? holdingsCents(account) : 0)))

export const spendableCents = ({ addedCents, cashCents, minimumCents, withdrawalCents }: Account): number =>
  cashCents + addedCents - withdrawalCents - minimumCents

/** The value of each class after new cash and withdrawals, before any trade. */
export const startValues = ({ accounts, classes, hasCashTarget, holdings }: Model): Float64Array => {
  const values = new Float64Array(classes.length)
  for (const { security, valueCents } of holdings)
    for (let index = 0; index < values.length; index += 1) values[index]! += security.weights[index]! * valueCents
  for (const account of accounts) {
    const cash = account.cashCents + account.addedCents - account.withdrawalCents
    values[classes.indexOf(CASH)]! += cash - (hasCashTarget ? 0 : keptCents(account, cash))
  }
  return values
}

/** Part of the half width of a band by which its edge is passed, so that rounding to shares does not end outside. At most 0.05 % of all. */
const inset = (width: number): number => Math.min(width / 4, 0.0005)

/** Targets and bands in cents of the values that have a class. */
export const goalsOf = ({ input, lower, targets, upper }: Model, values: Float64Array): ClassGoals => {
  const total = Math.max(
    0,
    values.reduce((sum, value) => sum + value, 0),
  )
  const by = (weightAt: (index: number) => number): Float64Array => Float64Array.from(targets, (_, index) => total * weightAt(index))
  const isEdge = input.rules.aim === 'band_edge'
  return {
    lower: by(index => lower[index]! + (isEdge && lower[index]! > 0 ? inset(targets[index]! - lower[index]!) : 0)),
    goal: by(index => targets[index]!),
    upper: by(index => upper[index]! - (isEdge ? inset(upper[index]! - targets[index]!) : 0)),
  }
}
