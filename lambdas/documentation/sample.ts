import { nameIn, type Schema, type Schemas } from './document.ts'

const texts: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T09:30:00Z',
  email: 'someone@example.com',
  uri: 'https://example.com/',
  uuid: '01990000-0000-7000-8000-000000000001',
}

const numberOf = ({ exclusiveMinimum, maximum = Infinity, minimum }: Schema): number =>
  Math.min(maximum, minimum ?? (exclusiveMinimum === undefined ? 1 : exclusiveMinimum + 1))

/** A value that a schema accepts: its example, or the shortest one. Optional fields are left out, unless there are no others. */
export const sampleOf = (schema: Schema, schemas: Schemas): unknown => {
  if (schema.example !== undefined) return schema.example
  if (schema.$ref !== undefined) return sampleOf(schemas[nameIn(schema.$ref)]!, schemas)
  if (schema.default !== undefined) return schema.default
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const [variant] = schema.anyOf ?? schema.oneOf ?? []
  if (variant) return sampleOf(variant, schemas)
  switch (schema.type) {
    case 'object': {
      const { properties = {}, required = [] } = schema
      const names = required.length > 0 ? required : Object.keys(properties).slice(0, 1)
      return Object.fromEntries(names.map(name => [name, sampleOf(properties[name] ?? {}, schemas)]))
    }
    case 'array':
      return Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () => sampleOf(schema.items ?? {}, schemas))
    case 'integer':
    case 'number':
      return numberOf(schema)
    case 'boolean':
      return true
    case 'string':
      return texts[schema.format ?? ''] ?? 'text'.padEnd(schema.minLength ?? 0, '.')
    default:
      return null
  }
}
