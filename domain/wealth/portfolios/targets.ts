import { Decimal, type Issue } from '../../shared/index.ts'
import type { TargetKind, TargetWeight } from './portfolio-types.ts'

interface Target {
  readonly targetKind: TargetKind
  readonly targetAllocation: readonly TargetWeight[]
  readonly portfolioModelId: string | null
}

/** A weight in per cent, as a person says it. */
const percentOf = (weight: Decimal): string => `${weight.times(100).toString()} %`

/** What is wrong with a target, by field: weights that do not sum to exactly 100 %, a key that is given twice, a model without its id. */
export const targetFaults = ({ portfolioModelId, targetAllocation, targetKind }: Target): Issue[] => {
  const hasWeights = targetKind === 'asset_class' || targetKind === 'instrument'
  const faults: Issue[] = []
  if (targetKind === 'model' && portfolioModelId === null)
    faults.push({ path: 'portfolioModelId', message: 'must be given: it is the target' })
  if (targetKind !== 'model' && portfolioModelId !== null)
    faults.push({ path: 'portfolioModelId', message: 'must be left out unless `targetKind` is `model`' })
  if (!hasWeights) {
    if (targetAllocation.length > 0)
      faults.push({ path: 'targetAllocation', message: 'must be empty unless the target is of asset classes or instruments' })
    return faults
  }
  for (const [index, { key }] of targetAllocation.entries())
    if (targetAllocation.findIndex(other => other.key === key) < index)
      faults.push({ path: `targetAllocation.${index}.key`, message: `is given twice: ${key}` })
  const sum = targetAllocation.reduce((total, { weight }) => total.plus(weight), new Decimal(0))
  if (!sum.equals(1)) faults.push({ path: 'targetAllocation', message: `must sum to 100 %; it sums to ${percentOf(sum)}` })
  return faults
}
