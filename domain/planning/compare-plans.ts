import { isHousehold, type Specification } from './engines.ts'
import { compareScenarios, horizonWarning, type ScenarioComparison } from './household/index.ts'

/** The second plan compared with the first. */
export interface PlanComparison extends ScenarioComparison {
  /** What makes the figures of the two plans different in meaning. */
  readonly warnings: readonly string[]
}

export interface ComparedPlan {
  readonly asOfDate: string
  readonly specification: Specification
}

/** Return models that draw a normal for each asset class: with other asset classes the draws are others. */
const drawsByAsset = new Set(['lognormal', 'student_t', 'regime'])

const engineName = (specification: Specification): string => (isHousehold(specification) ? 'a household' : 'one portfolio')
const steps = (specification: Specification): number => (isHousehold(specification) ? 1 : specification.stepsPerYear)
const assetKeys = ({ returns }: Specification): string => returns.assets.map(({ key }) => key).join(', ')

/** What makes the figures of two plans different in meaning. */
export const comparisonWarnings = (first: ComparedPlan, second: ComparedPlan): string[] => {
  const [a, b] = [first.specification, second.specification]
  const warnings = horizonWarning(a.years, b.years)
  if (engineName(a) !== engineName(b))
    warnings.push(
      `The engines differ: the first plan is ${engineName(a)}, the second ${engineName(b)}. Only a household has taxes, benefits and lifetimes, and the two have different definitions of success.`,
    )
  if (first.asOfDate !== second.asOfDate)
    warnings.push(`The as-of dates differ: ${first.asOfDate} and ${second.asOfDate}. Each plan has the money of its own date.`)
  if (steps(a) !== steps(b))
    warnings.push(
      `The steps per year differ: ${steps(a)} and ${steps(b)}. The plans have different markets, so part of the difference is chance.`,
    )
  else if (drawsByAsset.has(a.returns.kind) && assetKeys(a) !== assetKeys(b))
    warnings.push(
      `The asset classes differ: ${assetKeys(a)}; and ${assetKeys(b)}. The plans have different markets, so part of the difference is chance.`,
    )
  return warnings
}

/**
 * Compares two plans path by path on the same random numbers, and says where their figures do not mean the same.
 *
 * @throws DomainError naming `seed` or `paths` when the two specifications differ in it
 */
export const comparePlans = (first: ComparedPlan, second: ComparedPlan): PlanComparison => ({
  ...compareScenarios(first.specification, second.specification),
  warnings: comparisonWarnings(first, second),
})
