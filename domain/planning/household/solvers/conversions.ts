import { DomainError } from '../../../shared/index.ts'
import { taxTableFor } from '../../../us-tax/index.ts'
import { compareOutcomes, type PathOutcomes, type ScenarioComparison } from '../compare.ts'
import { NOT_DEPLETED, type HouseholdPath } from '../path/household-path.ts'
import { estateOf, recordPaths } from '../record-paths.ts'
import { sampleQuantiles } from '../sample-quantiles.ts'
import type { HouseholdSpec, RothConversion } from '../spec.ts'
import { assertValidHousehold, validateHousehold } from '../validate.ts'
export interface ConversionChoice {
  /** Null for no conversions. */
  conversion: RothConversion | null
  success: number
  /** After the tax that heirs still pay on the final balances. */
  medianEndingReal: number
  /** Mean over the paths of all lifetime taxes, in money of the as-of date. */
  meanTaxesReal: number
}

export interface BestConversion {
  best: ConversionChoice
  /** All choices that were tried. */
  grid: ConversionChoice[]
  /** The best choice compared with the plan. Ending wealth is after tax in both. */
  againstPlan: ScenarioComparison
}

export interface ConversionSearch {
  /** Plan years of the conversions to try, without the end year. The plan's own conversion keeps its years. */
  readonly startYear: number
  readonly endYear: number
  /** Tax rate that heirs are assumed to pay on the final balances of traditional and health savings accounts. */
  readonly taxRateAtEnd: number
}

const MEDICARE_TIERS = [0, 1, 2, 3, 4] as const

/**
 * Finds the best Roth conversion. Tries none, the plan's own, and conversions that fill each tax bracket and each Medicare income tier, all on
 * the same random numbers. The best has the highest success rate and, among equal rates, the highest median real ending wealth after tax:
 * a dollar in a traditional account is worth less than a dollar in a Roth account.
 *
 * @throws DomainError naming `solve` when taxes are not enabled or no person has both a traditional and a Roth account, and `startYear`
 *   or `endYear` when they are not years of the plan
 */
export function bestRothConversion(spec: HouseholdSpec, search: ConversionSearch): BestConversion {
  if (!spec.tax.enabled) throw new DomainError([{ path: 'solve', message: 'needs a plan with taxes' }])
  assertValidHousehold(spec)
  const { taxRateAtEnd } = search
  const conversions = conversionChoices(spec, search)
  const issues = validateHousehold({ ...spec, rothConversion: conversions.at(-1)! })
  if (issues.length > 0)
    throw new DomainError(issues.map(issue => ({ ...issue, path: /^rothConversion\.(\w+)$/.exec(issue.path)?.[1] ?? 'solve' })))

  const plan = outcomesOf(spec, spec.rothConversion, taxRateAtEnd)
  let best = plan
  const grid = [plan.choice]
  for (const conversion of conversions) {
    if (conversion === null && spec.rothConversion === null) continue
    const tried = outcomesOf(spec, conversion, taxRateAtEnd)
    grid.push(tried.choice)
    if (isBetter(tried.choice, best.choice)) best = tried
  }
  return { best: best.choice, grid, againstPlan: compareOutcomes(plan.outcomes, best.outcomes) }
}

/** None, and conversions that fill each tax bracket and each Medicare income tier. */
export const conversionChoices = (
  spec: HouseholdSpec,
  { endYear, startYear }: Pick<ConversionSearch, 'startYear' | 'endYear'>,
): (RothConversion | null)[] => {
  const rates = taxTableFor(spec.tax.tableYear).ordinary.rates.slice(0, -1)
  return [
    null,
    ...rates.map(ordinaryRate => ({ amount: { kind: 'fill_bracket', ordinaryRate } as const, startYear, endYear })),
    ...MEDICARE_TIERS.map(tier => ({ amount: { kind: 'fill_irmaa_tier', tier } as const, startYear, endYear })),
  ]
}

interface Tried {
  choice: ConversionChoice
  outcomes: PathOutcomes
}

function outcomesOf(spec: HouseholdSpec, conversion: RothConversion | null, taxRateAtEnd: number): Tried {
  const { paths } = spec
  const outcomes: PathOutcomes = { succeeded: new Uint8Array(paths), endingReal: new Float64Array(paths) }
  let taxesReal = 0
  let index = 0
  recordPaths({ ...spec, rothConversion: conversion }, 0, paths, {
    year: path => {
      taxesReal += path.flows.taxPaid / path.priceIndex
    },
    end: path => {
      outcomes.succeeded[index] = path.depletedIn === NOT_DEPLETED ? 1 : 0
      outcomes.endingReal[index] = Math.max(0, estateOf(path) - taxRateAtEnd * untaxedSoFar(spec, path)) / path.closingPriceIndex
      index++
    },
  })
  const success = outcomes.succeeded.reduce((total, one) => total + one, 0) / paths
  const medianEndingReal = sampleQuantiles(outcomes.endingReal, [0.5])[0]!
  return { choice: { conversion, success, medianEndingReal, meanTaxesReal: taxesReal / paths }, outcomes }
}

function untaxedSoFar({ accounts }: HouseholdSpec, { slots }: HouseholdPath): number {
  let total = 0
  for (const [index, { kind }] of accounts.entries()) if (kind === 'traditional' || kind === 'hsa') total += slots.balance[index]!
  return total
}

const isBetter = (a: ConversionChoice, b: ConversionChoice): boolean =>
  a.success === b.success ? a.medianEndingReal > b.medianEndingReal : a.success > b.success
