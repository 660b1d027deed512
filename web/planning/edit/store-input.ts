import { ApiProblem } from '../../client/problem.ts'
import { api } from '../../shell/api.ts'
import { showToast } from '../../shell/toasts.ts'
import { changed } from '../../shell/undo.ts'
import { restoreVersion } from '../history/restore.ts'
import type { Json } from '../inputs/leaf.ts'
import { renamed } from '../inputs/references.ts'
import {
  addInput,
  bodyOf,
  type InputBody,
  type PlanInput,
  putBack,
  readInputs,
  refreshPlan,
  removeInput,
  replaceInput,
} from '../inputs/requests.ts'
import type { Plan } from '../plan-header.tsx'
import { ageOn } from '../years.ts'
import { planEdit as m } from '#messages/plan-edit'

/** What is stored now in the place of an input that was changed elsewhere; `input` is undefined when it was removed. */
export class InputConflict extends Error {
  readonly input: PlanInput | undefined

  constructor(input: PlanInput | undefined) {
    super('The input was changed elsewhere.')
    this.input = input
  }
}

/** Adds an input, and offers to undo it. */
export const storeNewInput = async (planId: string, body: InputBody, idempotencyKey: string): Promise<void> => {
  await addInput(planId, body, idempotencyKey)
  await refreshPlan()
  changed(m.added(body.inputName), () => putBack(planId, body.inputName, undefined))
}

/**
 * Replaces an input, and the name of it in the inputs that refer to it. Offers to undo all of it.
 * @throws InputConflict when the input is no longer the one that the person has edited
 */
export const storeInput = async (planId: string, old: PlanInput, body: InputBody): Promise<void> => {
  try {
    await replaceInput(planId, old.id, body)
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 404) throw error
    const inputs = await readInputs(planId)
    throw new InputConflict(inputs.find(({ inputName }) => inputName === old.inputName))
  }
  const followers = old.inputName === body.inputName ? [] : renamed(await readInputs(planId), body.inputType, old.inputName, body.inputName)
  try {
    for (const { input, inputValue } of followers) await replaceInput(planId, input.id, { ...bodyOf(input), inputValue })
  } catch (error) {
    // The page names the inputs that still have the old name.
    showToast({ kind: 'bad', text: m.followersFailed, error })
  }
  await refreshPlan()
  changed(m.changed(body.inputName), async () => {
    await putBack(planId, body.inputName, bodyOf(old))
    for (const { input } of followers) await putBack(planId, input.inputName, bodyOf(input))
  })
}

const readPlan = (planId: string) => api('GET /v1/planning/plans/{planId}', { params: { planId } })

/** Removes an input, and offers to undo it. One that is already gone is removed. */
export const dropInput = async (planId: string, input: PlanInput): Promise<void> => {
  const { version } = await readPlan(planId)
  await removeInput(planId, input.id)
  await refreshPlan()
  changed(m.removed(input.inputName), async () => {
    // In the version before, the input has its place. Later changes stay: then it becomes the last input.
    if ((await readPlan(planId)).version === version + 1) await restoreVersion(planId, version)
    else await putBack(planId, input.inputName, bodyOf(input))
  })
}

/** The plan year of the first retirement; 0 without a person, or after it. */
const retirementYear = (people: readonly PlanInput[], asOfDate: string): number => {
  const years = people.map(({ inputValue }) => {
    const { birthDate, retirementAge } = inputValue as { readonly birthDate: string; readonly retirementAge: number }
    return retirementAge - ageOn(birthDate, asOfDate)
  })
  return Math.max(0, Math.min(...years, 100))
}

/**
 * Replaces withdrawals, which a plan with taxes does not have, by expenses with the same amounts and years. A withdrawal without a first year
 * begins with the first retirement. Offers to undo it.
 */
export const withdrawalsToExpenses = async (plan: Pick<Plan, 'id' | 'asOfDate'>, inputs: readonly PlanInput[]): Promise<void> => {
  const people = inputs.filter(({ inputType }) => inputType === 'person')
  const withdrawals = inputs.filter(({ inputType }) => inputType === 'withdrawal')
  const startYear = people.length === 0 ? 0 : retirementYear(people, plan.asOfDate)
  for (const { id, inputName, inputValue } of withdrawals)
    await replaceInput(plan.id, id, { inputType: 'expense', inputName, inputValue: { startYear, ...(inputValue as Json) } })
  await refreshPlan()
  changed(m.madeExpenses, async () => {
    for (const input of withdrawals) await putBack(plan.id, input.inputName, bodyOf(input))
  })
}
