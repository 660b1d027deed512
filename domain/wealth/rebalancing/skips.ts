import { moneyOf } from './amounts.ts'
import { CASH, type Model, type Security } from './model.ts'
import type { Note, Plan } from './plan.ts'
import { type SkipReason, skipReasons } from './terms.ts'
import type { ClassWeight, Skip } from './types.ts'

const order = Object.keys(skipReasons) as SkipReason[]

/** A reason explains a distance if it holds back at least this part of it. */
const EXPLAINED = 0.1

/** The reason that holds back most of what has a weight in a class, or of everything, if it is enough. */
const mostlyOf = (notes: readonly Note[], least: number, weightOf: (security: Security | null) => number): SkipReason | null => {
  const sums = new Map<SkipReason, number>()
  for (const { cents, reason, security } of notes) {
    const part = cents * weightOf(security)
    if (part > 0) sums.set(reason, (sums.get(reason) ?? 0) + part)
  }
  return (
    [...sums]
      .filter(([, cents]) => cents >= least)
      .toSorted(([one, first], [other, second]) => second - first || order.indexOf(one) - order.indexOf(other))[0]?.[0] ?? null
  )
}

/** Why a class that needs more has no more. */
const whyBelow = (plan: Plan, index: number, notes: readonly Note[], least: number): SkipReason => {
  const { accounts, input } = plan.model
  const offers = accounts
    .filter(({ canTrade }) => canTrade)
    .flatMap(account => account.candidates[index]!.map(security => ({ account, security })))
  if (index !== plan.model.cash.mainClass) {
    if (offers.length === 0) return plan.model.unpriced.some(({ weights }) => weights[index]! > 0) ? 'no_price' : 'no_candidate'
    if (offers.every(({ security }) => plan.isInWindow(security))) return 'wash_sale_window'
    if (input.rules.mode === 'cash_flow') return 'no_cash'
  }
  return mostlyOf(notes, least, () => 1) ?? 'no_trade_found'
}

/** Whether another class has a target, and no account can buy for it. */
const hasNoOffer = ({ model }: Plan, index: number): boolean =>
  model.classes.some(
    (_, other) =>
      other !== index &&
      other !== model.cash.mainClass &&
      model.targets[other]! > 0 &&
      model.accounts.every(({ canTrade, candidates }) => !canTrade || candidates[other]!.length === 0),
  )

const whyAbove = (plan: Plan, index: number, notes: readonly Note[], least: number): SkipReason => {
  if (plan.model.classes[index] === CASH) {
    const found = mostlyOf(
      notes.filter(({ security }) => security === null),
      least,
      () => 1,
    )
    if (found !== null) return found
  }
  const found = mostlyOf(notes, least, security => security?.weights[index] ?? 0)
  if (found !== null) return found
  if (plan.model.input.rules.mode === 'cash_flow') return 'no_sales'
  return hasNoOffer(plan, index) ? 'no_candidate' : 'no_trade_found'
}

/** Notes of a plan as skips, and one for each class that stays outside of its band. */
export const skipsOf = (plan: Plan, model: Model, small: Iterable<Note>, classes: readonly ClassWeight[], totalCents: number): Skip[] => {
  for (const account of model.accounts) plan.note('contribution_limit', account, null, account.refusedCents)
  for (const { account, cents, reason, security } of small) plan.note(reason, account, security, cents)
  for (const security of model.unpriced)
    plan.notes.set(`no_price ${security.index}`, { account: null, security, reason: 'no_price', cents: 0 })
  const notes = [...plan.notes.values()]
  const own = notes.map(
    ({ account, cents, reason, security }): Skip => ({
      accountId: account?.id ?? null,
      symbol: security?.symbol ?? null,
      assetClass: security && security.mainClass >= 0 ? model.classes[security.mainClass]! : null,
      reason,
      amount: moneyOf(Math.round(cents)),
    }),
  )
  const ofClasses = classes.flatMap(({ after, assetClass, isInside, lower, upper }, index): Skip[] => {
    if (isInside) return []
    const distance = Math.max(lower - after, after - upper)
    const reason = (after < lower ? whyBelow : whyAbove)(plan, index, notes, EXPLAINED * distance * totalCents)
    return [{ accountId: null, symbol: null, assetClass, reason, amount: moneyOf(Math.round(distance * totalCents)) }]
  })
  const keyOf = ({ accountId, assetClass, reason, symbol }: Skip): string =>
    [accountId ?? '', symbol ?? '', assetClass ?? '', reason].join('\n')
  return [...ofClasses, ...own.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))]
}
