import * as z from 'zod'
import { routes } from '../../lambdas/routes.ts'
import type { Route } from '../../lambdas/runtime/route.ts'
import type { TestUser } from './platform.ts'

/** One of each resource that a user has, by the path parameter that names it. */
export type ResourceIds = Readonly<Record<string, string>>

/** Fields that refer to a resource but have another name than its path parameter. */
const otherNames: Readonly<Record<string, string>> = {
  cmaId: 'assumptionSetId',
  parentPlanId: 'planId',
  otherPlanId: 'planId',
  ownerId: 'personId',
  designatedBeneficiaryId: 'personId',
  contributorId: 'personId',
}

/** The path parameter of the resource that a field of a body refers to. */
export const parameterOf = (field: string): string => otherNames[field] ?? field

/** A path with its parameters filled in. */
export const fill = (path: string, ids: ResourceIds): string => path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name]!)

const isUuid = (value: unknown) => z.uuid().safeParse(value).success
const areUuids = (value: unknown) => Array.isArray(value) && value.length > 0 && value.every(isUuid)

/** The example of a body, with the ids of the caller's own resources. */
export const exampleBody = ({ example, id }: Route, ids: ResourceIds): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(example?.body as Record<string, unknown>).map(([field, value]) => {
      if (areUuids(value)) return [field, [ids[parameterOf(field.replace(/s$/, ''))]]]
      const own = ids[parameterOf(field)]
      if (isUuid(value) && own === undefined) throw new Error(`The example of ${id} refers to ${field}, which does not exist.`)
      return [field, isUuid(value) ? own : value]
    }),
  )

/** Routes of plain resources that belong to users. Market data has no owner, and what only administrators see belongs to nobody. */
export const resourceRoutes: readonly Route[] = routes.filter(
  route => route.resource && route.domain !== 'market' && route.access !== 'admin',
)

/** A body with a name of its own: some names, and pairs of securities, are unique in a household. */
const named = (body: Record<string, unknown>): Record<string, unknown> => {
  const own = ['name', 'otherSymbol', ...('classes' in body ? ['symbol'] : [])].filter(field => typeof body[field] === 'string')
  return { ...body, ...Object.fromEntries(own.map(field => [field, `${String(body[field])} ${crypto.randomUUID().slice(0, 8)}`])) }
}

/**
 * Creates one of each plain resource that is not given, through the API, from the examples. In the table of routes, a resource comes after
 * those that it refers to.
 * @param given resources that exist: the new ones are made within them
 * @returns the given ones and the new ones
 */
export const makeResources = async (user: TestUser, given: ResourceIds = {}): Promise<ResourceIds> => {
  const ids: Record<string, string> = { ...given }
  for (const route of resourceRoutes.filter(({ resource }) => resource?.operation === 'create')) {
    if (ids[route.resource!.parameter!] !== undefined) continue
    const answer = await user.request('POST', fill(route.path, ids), { body: named(exampleBody(route, ids)) })
    if (answer.status !== 201) throw new Error(`${route.id} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
    ids[route.resource!.parameter!] = answer.body.id
  }
  return ids
}
