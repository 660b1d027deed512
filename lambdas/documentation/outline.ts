import { nameIn, type Schema, type Schemas } from './document.ts'
import { escape } from './html.ts'

/** Text, a number or the like. The outline shows it in place, so it needs no section of its own. */
export const isPlain = ({ enum: values, type }: Schema): boolean =>
  values !== undefined || (typeof type === 'string' && type !== 'object' && type !== 'array')

const range = (minimum: number | undefined, maximum: number | undefined, unit: string): string[] => {
  if (minimum === undefined && maximum === undefined) return []
  const limits =
    minimum === undefined
      ? `at most ${maximum}`
      : maximum === undefined
        ? `at least ${minimum}`
        : minimum === maximum
          ? `${minimum}`
          : `${minimum} to ${maximum}`
  return [`${limits}${unit}`]
}

/** What a value may be besides its type: its limits, its pattern and its default. */
const limitsOf = (schema: Schema): string[] => [
  ...range(schema.minimum, schema.maximum, ''),
  ...(schema.exclusiveMinimum === undefined ? [] : [`above ${schema.exclusiveMinimum}`]),
  ...(schema.exclusiveMaximum === undefined ? [] : [`below ${schema.exclusiveMaximum}`]),
  ...(schema.multipleOf === undefined ? [] : [`multiple of ${schema.multipleOf}`]),
  ...range(schema.minLength, schema.maxLength, ' characters'),
  ...range(schema.minItems, schema.maxItems, ' entries'),
  ...(schema.pattern === undefined ? [] : [`pattern ${schema.pattern}`]),
  ...(schema.default === undefined ? [] : [`default ${JSON.stringify(schema.default)}`]),
]

const limited = (type: string, schema: Schema): string => {
  const limits = limitsOf(schema)
  return limits.length === 0 ? type : `${type} <small>(${escape(limits.join('; '))})</small>`
}

/** Makes readable outlines of JSON schemas, as HTML: names, types, limits, defaults, optional fields, and links to named schemas. */
export const outliner = (schemas: Schemas) => {
  const outline = (schema: Schema, depth = 0): string => {
    if (schema.$ref !== undefined) {
      const { $ref, description: _, ...besides } = schema
      const name = nameIn($ref)
      if (isPlain(schemas[name]!)) return outline({ ...schemas[name]!, ...besides }, depth)
      return limited(`<a href="#schema-${escape(name)}">${escape(name)}</a>`, besides)
    }
    const indent = '  '.repeat(depth)
    const variants = schema.anyOf ?? schema.oneOf
    if (variants) return limited(variants.map(variant => outline(variant, depth)).join(' | '), schema)
    if (schema.const !== undefined) return escape(JSON.stringify(schema.const))
    if (schema.enum) return limited(schema.enum.map(value => escape(JSON.stringify(value))).join(' | '), schema)
    if (schema.type === 'array') return limited(`[ ${outline(schema.items ?? {}, depth)} … ]`, schema)
    const { additionalProperties, properties } = schema
    if (properties) {
      const required = new Set(schema.required)
      const lines = Object.entries(properties).map(([name, field]) => {
        const description = field.description ?? (field.$ref === undefined ? undefined : schemas[nameIn(field.$ref)]!.description)
        const note = description ? `  — ${escape(description)}` : ''
        return `${indent}  ${escape(name)}${required.has(name) ? '' : '?'}: ${outline(field, depth + 1)}${note}`
      })
      return limited(`{\n${lines.join('\n')}\n${indent}}`, schema)
    }
    if (typeof additionalProperties === 'object') return limited(`{ [name]: ${outline(additionalProperties, depth)} }`, schema)
    if (schema.type === 'object') return limited('{ … }', schema)
    const type = `${[schema.type ?? 'any'].flat().join(' | ')}${schema.format ? ` (${schema.format})` : ''}`
    return limited(escape(type), schema)
  }
  return (schema: Schema): string => outline(schema)
}
