import * as z from 'zod'
import { assumptionSetRows, assumptionSetSummaryRows, portfolioModelRows } from '../../db/queries/planning/assumptions.ts'
import { type PlanInputRow, planInputRows, planRows } from '../../db/queries/planning/plans.ts'
import { planMonthEndRows } from '../../db/queries/planning/month-ends.ts'
import { planOutputRows, runRows, runSummaryRows } from '../../db/queries/planning/runs.ts'
import { planVersionRows } from '../../db/queries/planning/versions.ts'
import { capitalMarketAssumptions, portfolioModels as modelTable } from '../../db/schema/planning/assumptions.ts'
import { planInputs as inputTable } from '../../db/schema/planning/inputs.ts'
import { plans as planTable } from '../../db/schema/planning/plans.ts'
import { planMonthEnds as monthEndTable } from '../../db/schema/planning/month-ends.ts'
import { planOutputs as outputTable, runs as runTable } from '../../db/schema/planning/runs.ts'
import { planVersions as versionTable } from '../../db/schema/planning/versions.ts'
import { allocation, inputSources, isCurrentEngine, successInterval, tryPlanInput } from '../../domain/planning/index.ts'
import { editorsOnly, Problem } from '../runtime/problem.ts'
import { equals, flag, range, search } from '../runtime/resource/filters.ts'
import { resource } from '../runtime/resource/resource.ts'
import { label, moment, uuid } from '../runtime/schemas.ts'
import { assumptionSet, assumptionSetSummary, portfolioModel } from './schemas/assumptions.ts'
import { planInput } from './schemas/inputs.ts'
import { plan, planVersionSummary } from './schemas/plans.ts'
import { planMonthEnd, planOutput, run, runSummary } from './schemas/runs.ts'

const numberOrNull = (text: string | null): number | null => (text === null ? null : Number(text))

const publishedOr =
  (what: string) =>
  ({ householdId }: { readonly householdId: string | null }): Problem =>
    householdId === null ? new Problem('published-resource', `Published ${what} cannot be changed. Create your own.`) : editorsOnly()

const published = ({ householdId }: { readonly householdId: string | null }): boolean => householdId === null

const assumptionSetNaming = {
  one: 'assumption set',
  many: 'assumption sets',
  path: '/v1/planning/assumption-sets' as const,
  parameter: { assumptionSetId: uuid.describe('The assumption set.') },
}

export const assumptionSets = resource({
  ...assumptionSetNaming,
  rows: assumptionSetRows,
  answer: assumptionSet,
  present: { published },
})

/** Assumption sets without their figures: for lists, and for changes, which never change the figures. */
export const assumptionSetSummaries = resource({
  ...assumptionSetNaming,
  rows: assumptionSetSummaryRows,
  answer: assumptionSetSummary,
  filters: {
    status: equals(capitalMarketAssumptions.status, assumptionSet.shape.status),
    isActive: equals(capitalMarketAssumptions.isActive, flag),
    ...search(capitalMarketAssumptions.name),
  },
  sorts: ['name', 'effectiveDate', 'createdAt'],
  present: { published },
  readOnly: publishedOr('assumption sets'),
})

export const portfolioModels = resource({
  one: 'portfolio model',
  many: 'portfolio models',
  path: '/v1/planning/portfolio-models',
  parameter: { portfolioModelId: uuid.describe('The portfolio model.') },
  rows: portfolioModelRows,
  answer: portfolioModel,
  filters: { cmaId: equals(modelTable.cmaId, uuid), isActive: equals(modelTable.isActive, flag), ...search(modelTable.name) },
  sorts: ['name', 'riskLevel', 'createdAt'],
  present: {
    published,
    assetAllocation: row => allocation.safeParse(row.assetAllocation).data ?? null,
    expectedReturn: row => Number(row.expectedReturn),
    volatility: row => Number(row.volatility),
    sharpeRatio: row => numberOrNull(row.sharpeRatio),
  },
  readOnly: publishedOr('portfolio models'),
})

export const plans = resource({
  one: 'plan',
  many: 'plans',
  path: '/v1/planning/plans',
  parameter: { planId: uuid.describe('The plan.') },
  rows: planRows,
  answer: plan,
  filters: {
    status: equals(planTable.status, plan.shape.status),
    householdId: equals(planTable.householdId, uuid),
    category: equals(planTable.category, label),
    ...range('createdAt', planTable.createdAt, moment),
    ...search(planTable.name),
  },
  sorts: ['name', 'createdAt', 'updatedAt', 'asOfDate', 'lastRunAt'],
  present: {
    randomSeed: row => String(row.randomSeed),
    stepsPerYear: row => (row.stepsPerYear === 12 ? 12 : 1),
    confidenceLevel: row => Number(row.confidenceLevel),
  },
})

type Reading = Pick<z.output<typeof planInput>, 'inputValue' | 'isValid' | 'validationErrors'>

const read = (row: PlanInputRow): Reading => {
  const reading = tryPlanInput(row)
  return 'input' in reading
    ? { inputValue: reading.input.inputValue, isValid: true, validationErrors: null }
    : { inputValue: row.inputValue as Reading['inputValue'], isValid: false, validationErrors: reading.issues.map(issue => ({ ...issue })) }
}

/** Three fields of an answer come from one reading. */
const readings = new WeakMap<PlanInputRow, Reading>()

const readingOf = (row: PlanInputRow): Reading => {
  const reading = readings.get(row) ?? read(row)
  readings.set(row, reading)
  return reading
}

export const planInputs = resource({
  one: 'plan input',
  many: 'the inputs of a plan',
  path: '/v1/planning/plans/{planId}/inputs',
  parameter: { inputId: uuid.describe('The input.') },
  within: { parent: plans, column: inputTable.planId },
  rows: planInputRows,
  answer: planInput,
  filters: {
    inputType: equals(inputTable.inputType, label),
    dataSource: equals(inputTable.dataSource, z.enum(inputSources)),
    ...search(inputTable.inputName),
  },
  sorts: ['inputName', 'createdAt'],
  order: 'sortKey',
  // A value that the current schema cannot read is shown as it was stored, with its issues.
  present: {
    inputValue: row => readingOf(row).inputValue,
    isValid: row => readingOf(row).isValid,
    validationErrors: row => readingOf(row).validationErrors,
    confidenceScore: row => numberOrNull(row.confidenceScore),
  },
})

export const planVersions = resource({
  one: 'version of a plan',
  many: 'the versions of a plan',
  path: '/v1/planning/plans/{planId}/versions',
  within: { parent: plans, column: versionTable.planId },
  rows: planVersionRows,
  answer: planVersionSummary,
  filters: { change: equals(versionTable.change, planVersionSummary.shape.change) },
  sorts: ['version', 'createdAt'],
})

export const planRuns = resource({
  one: 'run',
  many: 'the runs of a plan',
  path: '/v1/planning/plans/{planId}/runs',
  within: { parent: plans, column: runTable.planId },
  rows: runSummaryRows,
  answer: runSummary,
  filters: { status: equals(runTable.status, runSummary.shape.status), ...range('createdAt', runTable.createdAt, moment) },
  sorts: ['createdAt', 'pathCount'],
  present: { randomSeed: row => String(row.randomSeed), isCurrentEngine: row => isCurrentEngine(row.engineVersion) },
})

export const runs = resource({
  one: 'run',
  many: 'runs',
  path: '/v1/planning/runs',
  parameter: { runId: uuid.describe('The run.') },
  rows: runRows,
  answer: run,
  present: {
    randomSeed: row => String(row.randomSeed),
    isCurrentEngine: row => isCurrentEngine(row.engineVersion),
    successProbability: row => row.result?.success.probability ?? null,
    warnings: ({ provenance }) => (provenance as { warnings?: string[] }).warnings ?? [],
    // The interval has the confidence level that the plan had at the time of the run.
    successInterval: ({ provenance, result }) => {
      const { confidenceLevel } = provenance as { confidenceLevel: number }
      return result && successInterval(result.success.count, result.paths, confidenceLevel)
    },
  },
})

export const planOutputs = resource({
  one: 'output',
  many: 'the outputs of a plan’s runs',
  path: '/v1/planning/plans/{planId}/outputs',
  within: { parent: plans, column: outputTable.planId },
  rows: planOutputRows,
  answer: planOutput,
  filters: {
    runId: equals(outputTable.runId, uuid),
    outputType: equals(outputTable.outputType, label),
    outputName: equals(outputTable.outputName, label),
  },
  sorts: ['outputName', 'createdAt'],
  present: {
    confidenceIntervalLower: row => numberOrNull(row.confidenceIntervalLower),
    confidenceIntervalUpper: row => numberOrNull(row.confidenceIntervalUpper),
    standardDeviation: row => numberOrNull(row.standardDeviation),
  },
})

export const planMonthEnds = resource({
  one: 'month end of a plan',
  many: 'the month ends of a plan',
  path: '/v1/planning/plans/{planId}/month-ends',
  within: { parent: plans, column: monthEndTable.planId },
  rows: planMonthEndRows,
  answer: planMonthEnd,
  filters: { status: equals(monthEndTable.status, planMonthEnd.shape.status) },
  sorts: ['monthEnd'],
  present: {
    comparedRunId: row => row.report?.runId ?? null,
    report: row => row.report && { ...row.report.found, expected: [...row.report.found.expected] },
  },
})
