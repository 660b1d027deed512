import { ApiProblem } from '../../client/problem.ts'
import { api, refreshQueries } from '../../shell/api.ts'
import type { Household } from '../../shell/household.ts'
import { type InputBody, addInput, type PlanInput, readInputs, refreshPlan, removeInput, replaceInput } from '../inputs/requests.ts'
import { simulate } from '../simulate-button.tsx'
import { answerOf, type MadeInput, type MadePlan } from './plan-of.ts'
import { made, planNew as m } from '#messages/plan-new'

/** What was made so far, kept in this tab: after a failure or a reload, nothing is made twice. */
interface Progress {
  readonly householdKey: string
  readonly householdId?: string
  readonly planKey: string
  /** The body that was sent with the key: the same key needs the same body. */
  readonly planBody?: PlanBody
  readonly planId?: string
  readonly runKey: string
}

interface PlanBody {
  readonly householdId: string
  readonly name: string
  readonly asOfDate: string
  readonly planningHorizonYears: number
  readonly portfolioModelId: string
  readonly cmaId: string
}

const place = 'nestegg:draft:new-plan-made'

const newProgress = (): Progress => ({ householdKey: crypto.randomUUID(), planKey: crypto.randomUUID(), runKey: crypto.randomUUID() })

const readProgress = (): Progress => {
  const text = sessionStorage.getItem(place)
  return text === null ? newProgress() : (JSON.parse(text) as Progress)
}

const keep = (progress: Progress): Progress => {
  sessionStorage.setItem(place, JSON.stringify(progress))
  return progress
}

export interface MakeOptions {
  /** The household that gets the plan; undefined makes one. */
  readonly household: Household | undefined
  readonly timezone: string
  readonly asOfDate: string
  readonly portfolioModelId: string
  readonly cmaId: string
  readonly plan: MadePlan
  /** Says what is being done. */
  readonly onStep: (words: string) => void
}

const makeHousehold = async (
  progress: Progress,
  { household, onStep, timezone }: MakeOptions,
): Promise<Progress & { householdId: string }> => {
  if (progress.householdId !== undefined) return { ...progress, householdId: progress.householdId }
  if (household) return { ...progress, householdId: household.id }
  onStep(m.working.household)
  const { id } = await api('POST /v1/identity/households', {
    body: { name: made.household, timezone },
    idempotencyKey: progress.householdKey,
  })
  await refreshQueries('GET /v1/identity/households')
  const next = { ...progress, householdId: id }
  keep(next)
  return next
}

/** The plan that an earlier attempt has made, with the terms of now; undefined when it was removed meanwhile. */
const updatePlan = async (planId: string, { householdId, ...wanted }: PlanBody): Promise<string | undefined> => {
  try {
    const plan = await api('GET /v1/planning/plans/{planId}', { params: { planId } })
    const names = Object.keys(wanted) as (keyof typeof wanted)[]
    if (names.some(name => plan[name] !== wanted[name]))
      await api('PATCH /v1/planning/plans/{planId}', { params: { planId }, ifMatch: plan.version, body: wanted })
    return plan.householdId === householdId ? planId : undefined
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return undefined
    throw error
  }
}

const makePlanItself = async (progress: Progress, wanted: PlanBody): Promise<Progress & { planId: string }> => {
  const known = progress.planId === undefined ? undefined : await updatePlan(progress.planId, wanted)
  if (known !== undefined) return { ...progress, planId: known }
  // An attempt without an answer may have made the plan: the same request gives its answer.
  const sent = keep({
    ...progress,
    planBody: (progress.planId === undefined ? progress.planBody : undefined) ?? wanted,
    planKey: progress.planId === undefined ? progress.planKey : crypto.randomUUID(),
  })
  try {
    const { id } = await api('POST /v1/planning/plans', { body: sent.planBody!, idempotencyKey: sent.planKey })
    const next = { ...sent, planId: id }
    keep(next)
    await updatePlan(id, wanted)
    return next
  } catch (error) {
    // A refused request has made nothing, so that the next attempt can send something else.
    if (error instanceof ApiProblem && refused.has(error.status)) {
      const { planBody: _refused, planId: _gone, ...rest } = sent
      keep({ ...rest, planKey: crypto.randomUUID() })
    }
    throw error
  }
}

/** Answers after which nothing was made. */
const refused: ReadonlySet<number> = new Set([400, 403, 404, 422])

const sameInput = (stored: PlanInput, { body }: MadeInput): boolean => {
  // The server adds defaults: every given field has to be as it was given.
  const includes = (whole: unknown, part: unknown): boolean =>
    typeof part === 'object' && part !== null && typeof whole === 'object' && whole !== null
      ? Object.entries(part).every(([name, value]) => includes((whole as Readonly<Record<string, unknown>>)[name], value))
      : whole === part
  return stored.inputType === body.inputType && includes(stored.inputValue, body.inputValue)
}

/** Rewrites the paths of a refusal into the names of the answers that caused it. */
const atAnswers = (error: unknown, plan: MadePlan, input?: MadeInput): unknown =>
  error instanceof ApiProblem
    ? new ApiProblem({
        ...error.problem,
        errors: error.problem.errors.map(({ message, path }) => ({ message, path: answerOf(path, plan, input) ?? path })),
      })
    : error

/** Makes the inputs of the plan what the answers say, whatever an earlier attempt has stored. Returns whether something was stored. */
const storeInputs = async (planId: string, { onStep, plan }: MakeOptions): Promise<boolean> => {
  const stored = await readInputs(planId)
  const send = async (input: MadeInput): Promise<boolean> => {
    const body: InputBody = input.body
    const old = stored.find(({ inputName }) => inputName === body.inputName)
    if (old && sameInput(old, input)) return false
    try {
      await (old ? replaceInput(planId, old.id, body) : addInput(planId, body, crypto.randomUUID()))
      return true
    } catch (error) {
      throw atAnswers(error, plan, input)
    }
  }
  let wrote = false
  for (const { id } of stored.filter(({ inputName }) => plan.inputs.every(({ body }) => body.inputName !== inputName))) {
    await removeInput(planId, id)
    wrote = true
  }
  for (const [index, input] of plan.inputs.entries()) {
    onStep(m.working.inputs(index + 1, plan.inputs.length))
    if (await send(input)) wrote = true
  }
  return wrote
}

/**
 * Makes the household if there is none, the plan, its inputs and its first run. After a failure it goes on where it stopped when it is called
 * again, also with other answers. Returns the id of the plan.
 * @throws ApiProblem with the names of answers as paths
 */
export const makePlan = async (options: MakeOptions): Promise<string> => {
  const { asOfDate, cmaId, onStep, plan, portfolioModelId } = options
  const { name, planningHorizonYears } = plan
  const home = await makeHousehold(keep(readProgress()), options)
  onStep(m.working.plan)
  const body = { householdId: home.householdId, name, asOfDate, planningHorizonYears, portfolioModelId, cmaId }
  let progress = await makePlanItself(home, body).catch((error: unknown) => {
    throw atAnswers(error, plan)
  })
  if (await storeInputs(progress.planId, options)) {
    progress = { ...progress, runKey: crypto.randomUUID() }
    keep(progress)
  }
  await refreshPlan()
  onStep(m.working.run)
  await simulate({ id: progress.planId, name }, progress.runKey).catch((error: unknown) => {
    throw atAnswers(error, plan)
  })
  sessionStorage.removeItem(place)
  return progress.planId
}
