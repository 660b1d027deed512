import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import type { Route } from '../../lambdas/runtime/route.ts'
import { type Everything, linkedAccountId } from './everything.ts'
import { exampleBody, fill, resourceRoutes } from './resources.ts'

/** From the one who may do least. Those who may do more come later, since what they do may remove what is tried. */
export const actors = ['stranger', 'former', 'viewer', 'editor', 'owner'] as const
export type Actor = (typeof actors)[number]

/** What the household that is tried has. Where a route uses something up, there is one for each role that may. */
export interface Shared extends Everything {
  /** A member whose role is changed, and who is removed. */
  readonly guestId: string
  readonly editorId: string
  readonly invitationId: string
  readonly drafts: Readonly<Record<string, string>>
  readonly replacedInputs: Readonly<Record<string, string>>
  readonly removedInputs: Readonly<Record<string, string>>
}

interface PathCase {
  /** What the path's parameters are: ids, and what counts within what the ids name. */
  readonly ids: (shared: Shared, actor: Actor) => Readonly<Record<string, string>>
  readonly query?: string
  /** Sent as it is, or made for the actor. */
  readonly body?: unknown
}

/** The one that the actor may use up; those who may use up none try the owner's. */
const ofActor = (things: Readonly<Record<string, string>>, actor: Actor): string => things[actor] ?? things['owner']!

const ofHousehold = ({ householdId }: Shared) => ({ householdId })
const ofGuest = ({ guestId, householdId }: Shared) => ({ householdId, userId: guestId })
const ofPlan = ({ planId }: Shared) => ({ planId })
const ofHouseholdPlan = ({ householdPlanId }: Shared) => ({ planId: householdPlanId })
const ofHouseholdRun = ({ householdRunId }: Shared) => ({ runId: householdRunId })
const ofRun = ({ runId }: Shared) => ({ runId })
const input = (inputName: string) => ({ inputType: 'account', inputName, inputValue: { balance: '1.00' } })

/** The path of a plain resource names things by the names that they have here; the example changes it. */
const caseOf = (route: Route): PathCase => ({
  ids: shared => Object.fromEntries(Object.keys(route.params?.shape ?? {}).map(name => [name, String(Reflect.get(shared, name))])),
  ...(route.body && { body: (shared: Shared) => exampleBody(route, { ...shared.resources }) }),
})

/** A request to every route whose path names something that belongs to a household; those of plain resources follow from the table. */
export const pathCases: Readonly<Record<string, PathCase>> = {
  ...Object.fromEntries(resourceRoutes.filter(route => route.params).map(route => [route.id, caseOf(route)])),
  'identity/list-members': { ids: ofHousehold },
  'identity/get-member': { ids: ofGuest },
  'identity/update-member': { ids: ofGuest, body: { role: 'editor' } },
  'identity/remove-member': { ids: ofGuest },
  'identity/list-invitations': { ids: ofHousehold },
  'identity/create-invitation': {
    ids: ofHousehold,
    body: () => ({ email: `invited-${randomBytes(5).toString('hex')}@nestegg.example`, role: 'viewer' }),
  },
  'identity/revoke-invitation': { ids: ({ householdId, invitationId }) => ({ householdId, invitationId }) },
  'planning/transition-assumption-set': {
    ids: ({ drafts }, actor) => ({ assumptionSetId: ofActor(drafts, actor) }),
    body: { status: 'in_review' },
  },
  'planning/get-plan-version': { ids: ({ planId }) => ({ planId, version: '1' }) },
  'planning/compare-plan-versions': { ids: ofPlan, query: '?from=1' },
  'planning/create-branch': { ids: ofPlan, body: { name: 'Branch' } },
  'planning/create-plan-input': { ids: ofPlan, body: (_: Shared, actor: Actor) => input(`Of the ${actor}`) },
  'planning/update-plan-input': {
    ids: ({ planId, replacedInputs }, actor) => ({ planId, inputId: ofActor(replacedInputs, actor) }),
    body: (_: Shared, actor: Actor) => input(`Replaced by the ${actor}`),
  },
  'planning/delete-plan-input': { ids: ({ planId, removedInputs }, actor) => ({ planId, inputId: ofActor(removedInputs, actor) }) },
  'planning/create-run': { ids: ofPlan, body: {} },
  'planning/create-large-run': { ids: ofPlan, body: {} },
  'planning/cancel-run': { ids: ofRun },
  'planning/verify-run': { ids: ofRun },
  'planning/get-run-chart': { ids: ofRun },
  'planning/get-run-bands': { ids: ofRun },
  'planning/explain-path': { ids: ({ runId }) => ({ runId, pathIndex: '0' }) },
  'planning/report-plan-versus-actual': {
    ids: ofHouseholdRun,
    body: { date: '2027-01-01', balances: [{ account: 'Savings', balance: '1.00' }] },
  },
  'planning/restore-plan': { ids: ofPlan, body: { version: 1 } },
  'planning/roll-plan-forward': {
    ids: ofHouseholdPlan,
    body: (_: Shared, actor: Actor) => ({
      date: actor === 'owner' ? '2026-07-31' : '2026-06-30',
      balances: [{ linkedAccountId, balance: '1.00' }],
    }),
  },
  'planning/compare-plans': {
    ids: ofHouseholdPlan,
    body: ({ householdPlanId }: Shared) => ({ otherPlanId: householdPlanId, iterations: 100 }),
  },
  'planning/solve-plan': { ids: ofHouseholdPlan, body: { solve: 'sustainable_spending', iterations: 100 } },
  'planning/analyse-sensitivities': { ids: ofHouseholdPlan, body: { iterations: 100, inputs: ['spending'] } },
  'planning/stress-plan': { ids: ofHouseholdPlan, body: { iterations: 100, stresses: [{ kind: 'long_life', name: 'Long', age: 100 }] } },
  // Last, since the owner is an editor then.
  'identity/create-handover': { ids: ofHousehold, body: ({ editorId }: Shared) => ({ userId: editorId }) },
}

/** Fields that name something that belongs to nobody, and links of a plan, by which only its own inputs are looked up. */
export const sharedFields = [
  ...['compare-plans', 'solve-plan', 'analyse-sensitivities', 'stress-plan', 'create-run', 'create-large-run'].map(
    name => `planning/${name} datasetId`,
  ),
  ...['create-plan-input', 'update-plan-input', 'roll-plan-forward', 'report-plan-versus-actual'].map(
    name => `planning/${name} linkedAccountId`,
  ),
]

type BodyCase = (own: Everything, id: string) => readonly [path: string, body: unknown]

/** The names of the fields of a schema that hold a uuid. */
const uuidFields = (schema: unknown, name = ''): string[] => {
  if (typeof schema !== 'object' || schema === null) return []
  if (Reflect.get(schema, 'format') === 'uuid') return [name]
  return Object.entries(schema).flatMap(([key, value]) => uuidFields(value, /^(anyOf|oneOf|\d+)$/.test(key) ? name : key))
}

/** The fields of a route's body that name something. */
export const namingFields = ({ body }: Route): string[] =>
  body ? [...new Set(uuidFields(z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' })))] : []

/** A body for every route whose body names something that belongs to a household, by the field that names it; valid but for that id. */
export const bodyCases: Readonly<Record<string, BodyCase>> = {
  ...Object.fromEntries(
    resourceRoutes.flatMap(route =>
      namingFields(route)
        .filter(field => !sharedFields.includes(`${route.id} ${field}`))
        .map((field): [string, BodyCase] => [
          `${route.id} ${field}`,
          ({ resources }, id) => {
            const rest = route.resource?.operation === 'create' ? exampleBody(route, resources) : {}
            return [fill(route.path, resources), { ...rest, [field]: id }]
          },
        ]),
    ),
  ),
  'planning/compare-plans otherPlanId': ({ planId }, id) => [`/v1/planning/plans/${planId}/comparisons`, { otherPlanId: id }],
  'identity/create-handover userId': ({ householdId }, id) => [`/v1/identity/households/${householdId}/handovers`, { userId: id }],
}

/** Of the household that is tried: what a field of a body may name. */
export const namedBy: Readonly<Record<string, (shared: Shared) => string>> = {
  householdId: ({ householdId }) => householdId,
  cmaId: ({ assumptionSetId }) => assumptionSetId,
  portfolioModelId: ({ portfolioModelId }) => portfolioModelId,
  parentPlanId: ({ planId }) => planId,
  otherPlanId: ({ planId }) => planId,
  userId: ({ editorId }) => editorId,
}
