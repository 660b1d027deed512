import { isInBand } from './bands.ts'
import { raiseCash } from './cash-needs.ts'
import { goalsOf } from './goals.ts'
import { harvestLosses } from './harvest-losses.ts'
import type { Model } from './model.ts'
import { Phases } from './phases.ts'
import { type Limits, Plan } from './plan.ts'

/** What has a class changes as what has none is bought and sold; then the targets, in dollars, do. */
const MOST_PASSES = 4
const LEAST_SHIFT = 1e-5

const totalOf = ({ gap: { values } }: Plan): number => values.reduce((sum, value) => sum + value, 0)

/** Whether a class is outside of its band. */
const isOutside = ({ lower, upper }: Model, plan: Plan): boolean => {
  const total = totalOf(plan)
  return plan.gap.values.some((value, index) => !isInBand(value, total, { lower: lower[index]!, upper: upper[index]! }))
}

const runPhases = ({ accounts, input }: Model, plan: Plan, phases: Phases): void => {
  const taxable = accounts.filter(({ treatment }) => treatment === 'taxable')
  const free = accounts.filter(({ treatment }) => treatment !== 'taxable')
  const hasSales = input.rules.mode !== 'cash_flow'
  phases.run(free, hasSales ? 'free' : null, true)
  phases.run(taxable, null, true)
  if (!hasSales) return
  phases.run(taxable, 'loss', false)
  if (input.rules.harvestLosses) harvestLosses(plan, phases.exchanges)
  for (const kind of ['long', 'short', 'unknown'] as const) phases.run(taxable, kind, false)
  phases.run(free, 'free', true)
  phases.run(taxable, null, true)
}

/**
 * Decides on the exchanges of a proposal, in the order of what they cost: cash that is short; exchanges in accounts in which gains are not taxed; cash and new
 * money of the others; their lots with losses; losses that are harvested; long-term gains within the budget, the smallest gain per dollar of benefit first; then
 * short-term gains, and lots without a basis, where they are allowed. At the end, once more what is free of tax, since sales may have made it useful.
 */
export const planOf = (model: Model, limits: Limits): { readonly plan: Plan; readonly isTriggered: boolean } => {
  const { accounts, input } = model
  const plan = new Plan(model, limits)
  const isShort = plan.cash.some(cents => cents < 0)
  raiseCash(plan, limits.cashOrder)
  const isCalled = input.rules.mode !== 'bands' || isOutside(model, plan)
  if (!isCalled) return { plan, isTriggered: isShort }
  const phases = new Phases(plan)
  const trading = accounts.filter(({ canTrade }) => canTrade)
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const before = totalOf(plan)
    runPhases(model, plan, phases)
    if (Math.abs(totalOf(plan) - before) < LEAST_SHIFT * before) break
    plan.gap.goals = goalsOf(model, plan.gap.values)
    plan.slopes += 1
  }
  phases.noteIdleCash(trading)
  return { plan, isTriggered: true }
}
