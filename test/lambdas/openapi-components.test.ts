import { describe, expect, it, test } from 'vitest'
import * as z from 'zod'
import { openApiDocument } from '../../lambdas/openapi.ts'
import { convertSchemas } from '../../lambdas/openapi-schemas.ts'

type Json = Record<string, unknown>

const document = JSON.parse(JSON.stringify(openApiDocument())) as {
  readonly paths: Record<string, Record<string, Json>>
  readonly components: Record<'schemas' | 'parameters' | 'responses' | 'securitySchemes', Record<string, Json>>
}
const operations = Object.values(document.paths).flatMap(item => Object.values(item))

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every object of a JSON value with its place, outermost first. Examples and defaults are data, not parts. */
const walk = (value: unknown, where: string, visit: (part: Json, where: string) => 'descend' | 'stop'): void => {
  if (Array.isArray(value)) value.forEach((item, index) => walk(item, `${where}/${index}`, visit))
  if (!isObject(value) || visit(value, where) === 'stop') return
  for (const [key, child] of Object.entries(value)) if (key !== 'example' && key !== 'default') walk(child, `${where}/${key}`, visit)
}

const references = (): string[] => {
  const found: string[] = []
  walk(document, '#', part => {
    if (typeof part['$ref'] === 'string') found.push(part['$ref'])
    return 'descend'
  })
  return found
}

/** The schemas that need a name: an object of several fields, a pattern, a choice between such. */
const isWorthAName = (schema: Json): boolean => {
  const variants = [schema['anyOf'], schema['oneOf']].flatMap(list => (Array.isArray(list) ? (list as Json[]) : []))
  const fields = isObject(schema['properties']) ? Object.keys(schema['properties']).length : 0
  return fields > 1 || typeof schema['pattern'] === 'string' || variants.some(isWorthAName)
}

/** Schemas without a name that occur more than once, the largest of them only, each with its places. */
const repeated = (): string[][] => {
  const places = new Map<string, string[]>()
  walk(document, '#', (part, where) => {
    if (!isWorthAName(part)) return 'descend'
    const { default: _default, description: _description, ...schema } = part
    const key = JSON.stringify(schema)
    places.set(key, [...(places.get(key) ?? []), where])
    return places.get(key)!.length > 1 ? 'stop' : 'descend'
  })
  return [...places.values()].filter(where => where.length > 1)
}

const occurrences = (parts: readonly unknown[]): string[] => {
  const texts = parts.filter(part => isObject(part) && !('$ref' in part)).map(part => JSON.stringify(part))
  return texts.filter((text, index) => texts.indexOf(text) !== index)
}

describe('the components of the OpenAPI document', () => {
  it('all exist, and are all used', () => {
    const { securitySchemes: _, ...sections } = document.components
    const present = Object.entries(sections).flatMap(([section, parts]) =>
      Object.keys(parts).map(name => `#/components/${section}/${name}`),
    )
    expect([...new Set(references())].toSorted()).toEqual(present.toSorted())
  })

  it('have names that describe them', () => {
    const { securitySchemes: _, ...sections } = document.components
    const names = Object.values(sections).flatMap(parts => Object.keys(parts))
    expect(names.length).toBeGreaterThan(80)
    expect(names.filter(name => !/^[A-Z][A-Za-z0-9]*$/.test(name) || /^schema\d*$/i.test(name))).toEqual([])
  })

  it('hold every schema that occurs more than once: name it with nameSchemas or .meta({ id })', () => {
    expect(repeated()).toEqual([])
  })

  it('hold every parameter that occurs more than once: name the second of one name with .meta({ parameter })', () => {
    expect(occurrences(operations.flatMap(operation => operation['parameters'] as unknown[]))).toEqual([])
  })

  it('hold every problem', () => {
    const problems = operations.flatMap(operation =>
      Object.entries(operation['responses'] as Json).filter(([status]) => Number(status) >= 400),
    )
    expect(problems.length).toBeGreaterThan(operations.length)
    expect(occurrences(problems.map(([, problem]) => problem))).toEqual([])
    for (const response of Object.values(document.components.responses))
      expect(response['content']).toEqual({ 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } })
  })

  it('make a document of less than 3 KB per operation', () => {
    expect(Buffer.byteLength(JSON.stringify(document)) / operations.length).toBeLessThan(3000)
  })
})

describe('descriptions', () => {
  const described = ({ $ref, anyOf, description, oneOf }: Json): boolean => {
    if (typeof description === 'string') return true
    if (typeof $ref === 'string') return described(document.components.schemas[$ref.split('/').at(-1)!]!)
    return [anyOf, oneOf].some(list => Array.isArray(list) && (list as Json[]).some(described))
  }

  const undescribed = (schema: unknown, name: string): string[] => {
    const found: string[] = []
    const seen = new Set<string>()
    const visit = (part: Json, where: string): 'descend' => {
      const target = typeof part['$ref'] === 'string' ? part['$ref'].split('/').at(-1)! : undefined
      if (target !== undefined && !seen.has(target)) {
        seen.add(target)
        walk(document.components.schemas[target], target, visit)
      }
      if (isObject(part['properties']))
        for (const [field, value] of Object.entries(part['properties'])) if (!described(value as Json)) found.push(`${where} ${field}`)
      return 'descend'
    }
    walk(schema, name, visit)
    return found
  }

  test.each(operations.map(operation => [operation['operationId'] as string, operation] as const))(
    '%s describes what it takes',
    (id, operation) => {
      const parameters = (operation['parameters'] as Json[]).filter(parameter => {
        const {
          description,
          in: where,
          schema,
        } = (typeof parameter['$ref'] === 'string' ? document.components.parameters[parameter['$ref'].split('/').at(-1)!] : parameter) as {
          description?: string
          in: string
          schema: Json
        }
        return where === 'query' && description === undefined && !described(schema)
      })
      const fields = undescribed(operation['requestBody'], id)
      expect([...parameters.map(parameter => parameter['name']), ...fields]).toEqual([])
    },
  )
})

describe('convertSchemas', () => {
  const inner = z.strictObject({ count: z.int().default(1) }).meta({ id: 'Inner' })
  const outer = z.strictObject({ inner }).meta({ id: 'Outer' })
  const same = z.strictObject({ name: z.string() }).meta({ id: 'Same' })

  it('gives the form to send a name of its own where it differs, and where what it refers to differs', () => {
    const { components, input, output } = convertSchemas([outer, same], [outer, same])
    expect(Object.keys(components)).toEqual(['Inner', 'InnerInput', 'Outer', 'OuterInput', 'Same'])
    expect(components['OuterInput']).toMatchObject({ properties: { inner: { $ref: '#/components/schemas/InnerInput' } } })
    expect(components['InnerInput']).not.toHaveProperty('required')
    expect(components['Inner']).toMatchObject({ required: ['count'] })
    expect(input(outer)).toEqual({ $ref: '#/components/schemas/OuterInput' })
    expect(output(outer)).toEqual({ $ref: '#/components/schemas/Outer' })
    expect(input(same)).toEqual({ $ref: '#/components/schemas/Same' })
  })

  it('keeps the plain name of what is only sent', () => {
    expect(Object.keys(convertSchemas([outer], [same]).components)).toEqual(['Inner', 'Outer', 'Same'])
  })

  it('refuses a name that it would have to give twice', () => {
    const taken = z.strictObject({ other: z.string() }).meta({ id: 'InnerInput' })
    expect(() => convertSchemas([inner, taken], [inner])).toThrow('Two schemas are called InnerInput.')
  })

  it('refuses two schemas of one name', () => {
    expect(() => convertSchemas([same, z.string().meta({ id: 'Same' })], [same])).toThrow('Duplicate schema id "Same"')
  })

  it('refuses a schema that refers to itself and has no name, unless it is any JSON', () => {
    const tree: z.ZodType = z.lazy(() => z.array(tree))
    expect(() => convertSchemas([tree, same], [same])).toThrow('A schema refers to itself and has no name')
    expect(Object.keys(convertSchemas([z.json(), z.array(z.json())], [same]).components)).toEqual(['JsonValue', 'Same'])
  })
})
