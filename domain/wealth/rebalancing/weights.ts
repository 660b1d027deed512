import { isInBand } from './bands.ts'
import type { Model } from './model.ts'
import type { Settlement } from './settle.ts'
import type { ClassWeight } from './types.ts'

/** Values of classes in cents, and what belongs to no class. */
interface Values {
  readonly byClass: Float64Array
  readonly total: number
  readonly unclassified: number
}

export interface Weights {
  readonly classes: readonly ClassWeight[]
  readonly differences: Float64Array
  readonly totalCents: number
  readonly unclassified: { readonly before: number; readonly after: number }
}

const withTotal = (byClass: Float64Array, worth: number): Values => {
  const total = byClass.reduce((sum, value) => sum + value, 0)
  return { byClass, total, unclassified: worth - total }
}

/** Values before and after; without a target for cash, what must stay is left out. */
const valuesOf = (model: Model, cash: readonly number[], settlement: Settlement | null): Values => {
  const byClass = new Float64Array(model.classes.length)
  let worth = 0
  const add = (weights: Float64Array, cents: number): void => {
    worth += cents
    for (let index = 0; index < byClass.length; index += 1) byClass[index]! += weights[index]! * cents
  }
  for (const { security, valueCents } of model.holdings) add(security.weights, valueCents)
  for (const { cents, holding } of settlement?.sales ?? []) add(holding.security.weights, -cents)
  for (const { cents, security } of settlement?.purchases ?? []) add(security.weights, cents)
  for (const { index, minimumCents } of model.accounts) {
    const held = cash[index]!
    add(model.cash.weights, held - (model.hasCashTarget ? 0 : Math.min(minimumCents, Math.max(0, held))))
  }
  return withTotal(byClass, worth)
}

/** The weights of classes before a proposal and after it. */
export const weightsOf = (model: Model, settlement: Settlement, cashAfter: readonly number[]): Weights => {
  const before = valuesOf(
    model,
    model.accounts.map(({ cashCents }) => cashCents),
    null,
  )
  const after = valuesOf(model, cashAfter, settlement)
  const share = ({ byClass, total }: Values, index: number): number => (total > 0 ? byClass[index]! / total : 0)
  const classes = model.classes.map((assetClass, index): ClassWeight => {
    const [target, lower, upper] = [model.targets[index]!, model.lower[index]!, model.upper[index]!]
    const isInside = isInBand(after.byClass[index]!, after.total, { lower, upper })
    return { assetClass, target, lower, upper, before: share(before, index), after: share(after, index), isInside }
  })
  return {
    classes,
    differences: Float64Array.from(classes, ({ after: last, target }) => (after.total > 0 ? last - target : 0)),
    totalCents: after.total,
    unclassified: { before: before.unclassified, after: after.unclassified },
  }
}
