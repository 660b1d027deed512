import type { ConflictingField } from '../../components/use-conflict.tsx'
import { ApiProblem } from '../../client/problem.ts'
import { api } from '../../shell/api.ts'
import type { Look } from '../../shell/preferences.ts'
import { changed } from '../../shell/undo.ts'
import { refreshPlan } from '../inputs/requests.ts'
import type { Plan } from '../plan-header.tsx'
import { type TermName, type TermsPatch, termText } from './terms-values.ts'
import { planTerms as m } from '#messages/plan-edit'

const patch = (plan: Pick<Plan, 'id' | 'version'>, body: TermsPatch): Promise<Plan> =>
  api('PATCH /v1/planning/plans/{planId}', { params: { planId: plan.id }, ifMatch: plan.version, body })

const read = (planId: string): Promise<Plan> => api('GET /v1/planning/plans/{planId}', { params: { planId } })

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The terms of the patch in a version of the plan. */
const termsOf = (plan: Plan, body: TermsPatch): TermsPatch =>
  Object.fromEntries(Object.keys(body).map(name => [name, plan[name as TermName]]))

/** The terms that both this change and another one have changed since `opened`. */
const conflicts = (opened: Plan, stored: Plan, body: TermsPatch): readonly TermName[] =>
  (Object.keys(body) as TermName[]).filter(name => !same(opened[name], stored[name]) && !same(body[name], stored[name]))

export interface TermsStore {
  readonly look: Look
  readonly nameOf: (id: string) => string | undefined
  readonly ask: (fields: readonly ConflictingField[]) => Promise<'mine' | 'theirs'>
}

/**
 * Stores a change of a plan's terms, and offers to undo it. When the plan has another version meanwhile, the change goes through if it
 * touches other terms; else the person decides. Returns the plan as it is now.
 */
export const storeTerms = async (opened: Plan, body: TermsPatch, store: TermsStore): Promise<Plan> => {
  let current = opened
  for (;;) {
    try {
      const next = await patch(current, body)
      const before = termsOf(current, body)
      await refreshPlan()
      changed(m.saved, async () => {
        await patch(await read(opened.id), before)
        await refreshPlan()
      })
      return next
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 412) throw error
      const stored = await read(opened.id)
      const both = conflicts(current, stored, body)
      current = stored
      if (both.length === 0) continue
      const fields = both.map(name => ({
        label: m.fields[name].label,
        yours: termText(name, body[name], store.look, store.nameOf),
        theirs: termText(name, stored[name], store.look, store.nameOf),
      }))
      if ((await store.ask(fields)) === 'mine') continue
      await refreshPlan()
      return stored
    }
  }
}
