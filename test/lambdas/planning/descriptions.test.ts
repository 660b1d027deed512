import * as z from 'zod'
import { describe, expect, test } from 'vitest'
import { routes } from '../../../lambdas/routes.ts'

type Schema = Record<string, unknown>

/** Paths of the fields of a JSON schema that have no description, of their own or of the named schema that they refer to. */
const undescribed = (schema: Schema, path: string, named = (schema['$defs'] ?? {}) as Record<string, Schema>): string[] => {
  const isDescribed = ({ $ref, description }: Schema): boolean =>
    typeof description === 'string' || (typeof $ref === 'string' && isDescribed(named[$ref.split('/').at(-1)!] ?? {}))
  const nested = Object.entries(schema).flatMap(([keyword, value]) => {
    if (keyword === 'properties') return []
    const parts = Array.isArray(value) ? value : [value]
    return parts.flatMap(part => (typeof part === 'object' && part !== null ? undescribed(part as Schema, path, named) : []))
  })
  const fields = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>).flatMap(([name, field]) => [
    ...(isDescribed(field) ? [] : [`${path}.${name}`]),
    ...undescribed(field, `${path}.${name}`, named),
  ])
  return [...fields, ...nested]
}

const requests = routes.filter(({ body, domain }) => domain === 'planning' && body !== undefined)

describe('every field of a request has a description:', () => {
  test.each(requests.map(route => [route.id, route] as const))('%s', (id, { body }) => {
    const schema = z.toJSONSchema(body!, { io: 'input', reused: 'inline' }) as Schema
    expect(undescribed(schema, id)).toEqual([])
    expect(JSON.stringify(schema)).toContain('"properties"')
  })
})
