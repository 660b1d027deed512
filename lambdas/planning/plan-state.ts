import * as z from 'zod'
import type { Transaction } from '../../db/database.ts'
import { currentPlanInputs, type Plan } from '../../db/queries/planning/plans.ts'
import { findPlanVersion, insertPlanVersion, type PlanVersion } from '../../db/queries/planning/versions.ts'
import { planStatuses } from '../../db/schema/planning/plans.ts'
import { inputSources, iterations, PLAN_LIMITS, type PlanState, planningHorizonYears, readPlanInput } from '../../domain/planning/index.ts'
import { calendarDate, DomainError, issuesOf, tryParse, uuid } from '../../domain/shared/index.ts'
import { seed, stepsPerYear } from '../../domain/simulation/index.ts'
import { invalidValue, notFound } from '../runtime/problem.ts'

/** The terms of a plan that are stored in its history and restored from it. */
export const planTerms = (plan: Plan) => ({
  name: plan.name,
  description: plan.description,
  status: plan.status,
  parentPlanId: plan.parentPlanId,
  cmaId: plan.cmaId,
  portfolioModelId: plan.portfolioModelId,
  monteCarloIterations: plan.monteCarloIterations,
  randomSeed: String(plan.randomSeed),
  planningHorizonYears: plan.planningHorizonYears,
  stepsPerYear: plan.stepsPerYear,
  asOfDate: plan.asOfDate,
  confidenceLevel: plan.confidenceLevel,
  tags: plan.tags,
  category: plan.category,
  followsAccounts: plan.followsAccounts,
})

export type PlanTermsRow = ReturnType<typeof planTerms>

/** The terms of a past state as columns of planning.plans. */
export const termColumns = ({ randomSeed, ...terms }: PlanTermsRow) => ({ ...terms, randomSeed: BigInt(randomSeed) })

const storedState = z.object({
  plan: z.object({
    name: z.string(),
    description: z.string().nullable(),
    status: z.enum(planStatuses),
    parentPlanId: uuid.nullable(),
    cmaId: uuid,
    portfolioModelId: uuid,
    monteCarloIterations: iterations,
    randomSeed: seed,
    planningHorizonYears,
    stepsPerYear,
    asOfDate: calendarDate,
    confidenceLevel: z.string(),
    tags: z.array(z.string()),
    category: z.string().nullable(),
    // Versions from before this term have no such field.
    followsAccounts: z.boolean().default(false),
  }) satisfies z.ZodType<PlanTermsRow>,
  inputs: z.array(
    z.object({
      inputType: z.string(),
      inputName: z.string(),
      inputValue: z.unknown(),
      schemaVersion: z.int(),
      dataSource: z.enum(inputSources),
      confidenceScore: z.string().nullable(),
    }),
  ),
})

/** A state in its current form. */
export interface ReadState extends PlanState {
  readonly plan: PlanTermsRow
}

/** The stored form of a state: each input is unchanged and has the version of its schema. */
const storedStateOf = async (transaction: Transaction, plan: Plan) => {
  const inputs = await currentPlanInputs(transaction, plan.id)
  return {
    plan: planTerms(plan),
    inputs: inputs.map(({ confidenceScore, dataSource, inputName, inputType, inputValue, schemaVersion }) => ({
      inputType,
      inputName,
      inputValue,
      schemaVersion,
      dataSource,
      confidenceScore,
    })),
  }
}

/** @throws DomainError naming the term or the input that cannot be read */
const readState = (stored: unknown): ReadState => {
  const { data, error } = tryParse(storedState, stored)
  if (error) throw new DomainError(issuesOf(error))
  return {
    plan: data.plan,
    inputs: data.inputs.map(({ confidenceScore, dataSource, ...input }) => ({ ...readPlanInput(input), dataSource, confidenceScore })),
  }
}

/** The current state of a plan. @throws DomainError naming an input that cannot be read */
export const readPlanState = async (transaction: Transaction, plan: Plan): Promise<ReadState> =>
  readState(await storedStateOf(transaction, plan))

const { inputs: mostInputs, stateBytes, versions: mostVersions } = PLAN_LIMITS

const sizeOf = (state: { readonly inputs: readonly unknown[] }) => ({
  inputs: state.inputs.length,
  bytes: Buffer.byteLength(JSON.stringify(state)),
})

/** Throws a 422 for a plan that has more versions than a plan may have, or that has grown beyond its number of inputs or bytes. */
const requireWithinLimits = async (
  transaction: Transaction,
  plan: Plan,
  state: { readonly inputs: readonly unknown[] },
  path: string,
): Promise<void> => {
  if (plan.version > mostVersions)
    throw invalidValue('path.planId', `the plan has ${mostVersions} versions, the most that are kept: create a branch of it`)
  const { bytes, inputs } = sizeOf(state)
  if (inputs <= mostInputs && bytes <= stateBytes) return
  const previous = await findPlanVersion(transaction, plan.id, plan.version - 1)
  const before = previous ? sizeOf(previous.state as typeof state) : { bytes: 0, inputs: 0 }
  if (inputs > Math.max(mostInputs, before.inputs))
    throw invalidValue(path, `gives the plan ${inputs} inputs: a plan has at most ${mostInputs}`)
  if (bytes > Math.max(stateBytes, before.bytes))
    throw invalidValue(path, `makes the plan ${bytes} bytes long: a plan and its inputs have at most ${stateBytes}`)
}

/**
 * Writes the current state of a plan into its history, under its current version. Throws a 422 when the plan grows larger than a plan may be.
 * @param path the part of the request that makes the plan larger
 */
export const recordVersion = async (
  transaction: Transaction,
  plan: Plan,
  change: PlanVersion['change'],
  path: string,
  fromVersion: number | null = null,
): Promise<void> => {
  const state = await storedStateOf(transaction, plan)
  await requireWithinLimits(transaction, plan, state, path)
  await insertPlanVersion(transaction, {
    householdId: plan.householdId,
    planId: plan.id,
    version: plan.version,
    change,
    fromVersion,
    state,
  })
}

/**
 * A version of a plan's history with its state. Throws 404 when there is none.
 * @throws DomainError naming a term or an input that cannot be read
 */
export const requirePlanVersion = async (
  transaction: Transaction,
  plan: Plan,
  version: number,
): Promise<Omit<PlanVersion, 'state'> & { readonly state: ReadState }> => {
  const found = await findPlanVersion(transaction, plan.id, version)
  if (!found) throw notFound('version of this plan')
  return { ...found, state: readState(found.state) }
}
