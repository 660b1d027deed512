import { type ComparedPlan, comparePlans } from './compare-plans.ts'
import {
  bestClaimingAges,
  bestRothConversion,
  earliestRetirement,
  heatMap,
  highestSustainableSpending,
  type HouseholdSpec,
  pathEnds,
  REQUIRED_SAVING_DEFINITIONS,
  requiredSaving,
  SENSITIVITY_INPUTS,
  sensitivities,
  type SensitivityInput,
  type Stress,
  stressed,
  stressTests,
} from './household/index.ts'
import { HEAT_MAP_CELLS } from './household/heat-map.ts'
import { claimingAgeChoices } from './household/solvers/claiming.ts'
import { conversionChoices } from './household/solvers/conversions.ts'
import { MOST_EVALUATIONS } from './household/solvers/search.ts'
import { explainRunPath, simulatedSteps, type Specification } from './engines.ts'
import { previewPlan } from './preview-plan.ts'

/** What a solver finds, with its settings. */
export type Solve =
  | { readonly solve: 'sustainable_spending'; readonly successRate: number }
  | { readonly solve: 'earliest_retirement'; readonly successRate: number; readonly people: readonly string[] }
  | { readonly solve: 'required_saving'; readonly successRate: number }
  | { readonly solve: 'claiming_ages'; readonly stepMonths: number }
  | { readonly solve: 'roth_conversions'; readonly startYear: number; readonly endYear: number; readonly taxRateAtEnd: number }

interface Requests {
  readonly comparison: { readonly first: ComparedPlan; readonly second: ComparedPlan }
  readonly preview: { readonly stored: ComparedPlan; readonly changed: ComparedPlan }
  readonly sensitivities: {
    readonly household: HouseholdSpec
    readonly inputs?: readonly SensitivityInput[] | undefined
    readonly heatMap?: { readonly rows: SensitivityInput; readonly columns: SensitivityInput } | undefined
  }
  readonly stresses: { readonly household: HouseholdSpec; readonly stresses: readonly Stress[] }
  readonly solution: { readonly household: HouseholdSpec; readonly solve: Solve }
  readonly path: { readonly specification: Specification; readonly path: number }
  readonly ends: { readonly specification: Specification; readonly fromPath: number; readonly toPath: number }
}

/** A computation that simulates a plan several times, or some of its paths. It is plain JSON, so that another thread can do it. */
export type Analysis = { readonly [Kind in keyof Requests]: { readonly kind: Kind } & Requests[Kind] }[keyof Requests]

/** An analysis that simulates a plan several times. */
export type RepeatedAnalysis = Exclude<Analysis, { readonly kind: 'path' | 'ends' }>

const solved = (household: HouseholdSpec, request: Solve) => {
  const { solve } = request
  switch (solve) {
    case 'sustainable_spending':
      return { solve, found: highestSustainableSpending(household, request.successRate) }
    case 'earliest_retirement':
      return { solve, found: earliestRetirement(household, request.successRate, request.people) }
    case 'required_saving':
      return { solve, found: requiredSaving(household, request.successRate), definitions: REQUIRED_SAVING_DEFINITIONS }
    case 'claiming_ages':
      return { solve, found: bestClaimingAges(household, request.stepMonths) }
    case 'roth_conversions':
      return { solve, found: bestRothConversion(household, request) }
  }
}

const computations = {
  comparison: ({ first, second }: Requests['comparison']) => comparePlans(first, second),
  preview: ({ changed, stored }: Requests['preview']) => previewPlan(stored, changed),
  sensitivities: ({ heatMap: together, household, inputs }: Requests['sensitivities']) => ({
    ...(together && { heatMap: heatMap(household, together.rows, together.columns) }),
    sensitivities: sensitivities(household, inputs),
  }),
  stresses: ({ household, stresses }: Requests['stresses']) => ({ stresses: stressTests(household, stresses) }),
  solution: ({ household, solve }: Requests['solution']) => solved(household, solve),
  path: ({ path, specification }: Requests['path']) => explainRunPath(specification, path),
  ends: ({ fromPath, specification, toPath }: Requests['ends']) => pathEnds(specification, fromPath, toPath),
}

export type AnalysisResult<Kind extends Analysis['kind'] = Analysis['kind']> = ReturnType<(typeof computations)[Kind]>

/** Does an analysis. @throws DomainError naming the field of the analysis at fault, such as `heatMap.rows` or `stresses.0.age` */
export const analyse = (analysis: Analysis): AnalysisResult =>
  (computations[analysis.kind] as (request: Analysis) => AnalysisResult)(analysis)

/** Most simulations of a solver. */
const mostSimulations = (household: HouseholdSpec, request: Solve): number => {
  switch (request.solve) {
    case 'sustainable_spending':
    case 'required_saving':
      return MOST_EVALUATIONS
    case 'earliest_retirement':
      return household.years
    case 'claiming_ages':
      return claimingAgeChoices(household, request.stepMonths).reduce((product, ages) => product * ages.length, 1) + 1
    case 'roth_conversions':
      return conversionChoices(household, request).length + 1
  }
}

/** The most work that an analysis can be, in the steps of `simulatedSteps`, without doing it. */
export const analysisSteps = (analysis: RepeatedAnalysis): number => {
  switch (analysis.kind) {
    case 'comparison':
      return simulatedSteps(analysis.first.specification) + simulatedSteps(analysis.second.specification)
    case 'preview':
      return simulatedSteps(analysis.stored.specification) + simulatedSteps(analysis.changed.specification)
    case 'sensitivities': {
      const moved = 1 + 2 * (analysis.inputs ?? SENSITIVITY_INPUTS).length
      return (moved + (analysis.heatMap ? HEAT_MAP_CELLS : 0)) * simulatedSteps(analysis.household)
    }
    case 'stresses': {
      const { household, stresses } = analysis
      // The analysis refuses a person that the household does not have.
      const isKnown = (stress: Stress) => stress.kind !== 'early_death' || household.people.some(({ key }) => key === stress.person)
      const stepsOf = (stress: Stress) => simulatedSteps(isKnown(stress) ? stressed(household, stress) : household)
      return stresses.reduce((steps, stress) => steps + stepsOf(stress), simulatedSteps(household))
    }
    case 'solution':
      return mostSimulations(analysis.household, analysis.solve) * simulatedSteps(analysis.household)
  }
}
