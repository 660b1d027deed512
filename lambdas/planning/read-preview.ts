import type * as z from 'zod'
import type { Transaction } from '../../db/database.ts'
import { currentPlanInputs, type Plan } from '../../db/queries/planning/plans.ts'
import type { ComparedPlan, previewRequest } from '../../domain/planning/index.ts'
import { DomainError, type Issue } from '../../domain/shared/index.ts'
import { InvalidSpecError } from '../../domain/simulation/index.ts'
import { fieldProblem, invalidValue, Problem } from '../runtime/problem.ts'
import { changedInputs } from './changed-inputs.ts'
import { specify } from './read-specification.ts'
import { databaseSource } from './run-source.ts'

type PreviewRequest = z.output<typeof previewRequest>

/** A plan to preview: its specification, and what the answer says besides its figures. */
export interface ReadPlan extends ComparedPlan {
  readonly confidenceLevel: number
  readonly warnings: readonly string[]
}

/** The plan with other terms. */
const withTerms = (plan: Plan, { confidenceLevel, ...terms }: PreviewRequest['terms']): Plan => ({
  ...plan,
  ...(Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined)) as Partial<Plan>),
  ...(confidenceLevel === undefined ? {} : { confidenceLevel: confidenceLevel.toFixed(2) }),
})

/** The place in the request of a field of the changed plan: `plan.cmaId` is `body.terms.cmaId` if the request changes it. */
const placeOf = (path: string, terms: PreviewRequest['terms'], inputs: ReadonlyMap<string, string>): string => {
  const [root = '', field = '', ...rest] = path.split('.')
  if (root === 'plan' || root === 'body') return field in terms ? ['body', 'terms', field, ...rest].join('.') : path
  const [name, place] = [...inputs].find(([name]) => path === `inputs.${name}` || path.startsWith(`inputs.${name}.`)) ?? []
  if (name === undefined || place === undefined) return path
  const inside = path.slice(`inputs.${name}.`.length)
  return inside === '' || inside === 'inputName' ? [place, inside].filter(Boolean).join('.') : `${place}.inputValue.${inside}`
}

/** The same error, with the places of its fields in the request. */
const translated = (error: unknown, translate: (path: string) => string): unknown => {
  const moved = (issues: readonly Issue[]) => issues.map(({ message, path }) => ({ message, path: translate(path) }))
  if (error instanceof InvalidSpecError) return new InvalidSpecError(moved(error.issues))
  if (error instanceof DomainError) return new DomainError(moved(error.issues))
  if (error instanceof Problem && error.errors.length > 0) return fieldProblem(error.code, moved(error.errors), { cause: error })
  return error
}

/** The stored plan and the changed plan. Throws a Problem that names the field of the request, or of the stored plan, that is at fault. */
export const readPreview = async (transaction: Transaction, plan: Plan, body: PreviewRequest): Promise<readonly [ReadPlan, ReadPlan]> => {
  const request = {
    iterations: body.iterations,
    randomSeed: body.randomSeed ?? String(plan.randomSeed),
    returnModel: body.returnModel,
    shards: 1,
    flowTiming: 'begin',
  } as const
  const read = async (source: ReturnType<typeof databaseSource>): Promise<ReadPlan> => {
    const { provenance, specification } = await specify(source, request)
    return { asOfDate: provenance.asOfDate, specification, confidenceLevel: provenance.confidenceLevel, warnings: provenance.warnings }
  }
  const stored = await read(databaseSource(transaction, plan))
  const changedPlan = withTerms(plan, body.terms)
  const { inputs, places } = changedInputs(changedPlan, await currentPlanInputs(transaction, plan.id), body.inputs)
  const source = { ...databaseSource(transaction, changedPlan), inputs: () => Promise.resolve(inputs) }
  const changed = await read(source).catch(error => {
    throw translated(error, path => placeOf(path, body.terms, places))
  })
  if (stored.specification.paths !== changed.specification.paths) {
    const message = `must be ${stored.specification.years}, that of the plan, in a historical replay, which has one path per start year`
    throw invalidValue('body.terms.planningHorizonYears', message)
  }
  return [stored, changed]
}
