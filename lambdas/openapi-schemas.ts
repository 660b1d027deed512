import * as z from 'zod'

export type Json = Record<string, unknown>
type Definitions = Readonly<Record<string, Json>>

const jsonValue = 'JsonValue'
const reference = /"#\/\$defs\/([^"]+)"/g

/** The schema that zod writes for each `z.json()`. It refers to itself. */
const { $schema: _, ...jsonValueSchema } = z.toJSONSchema(z.json())
const jsonValueText = JSON.stringify(jsonValueSchema)

/** Every `z.json()` is one component. Throws for any other schema that refers to itself and has no name. */
const nameOf = (name: string, definition: Json): string => {
  if (!name.startsWith('__schema')) return name
  if (JSON.stringify(definition).replaceAll(`"#/$defs/${name}"`, '"#"') === jsonValueText) return jsonValue
  throw new Error(`A schema refers to itself and has no name; give it one with .meta({ id }): ${JSON.stringify(definition).slice(0, 300)}`)
}

/** Drops keywords without information: the bounds of whole numbers in a double, and the pattern of a format. */
const simplified = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(simplified)
  if (typeof schema !== 'object' || schema === null) return schema
  const entries = Object.entries(schema).filter(
    ([key, value]) =>
      !(
        (key === 'maximum' && value === Number.MAX_SAFE_INTEGER) ||
        (key === 'minimum' && value === Number.MIN_SAFE_INTEGER) ||
        (key === 'pattern' && 'format' in schema)
      ),
  )
  return Object.fromEntries(entries.map(([key, value]) => [key, simplified(value)]))
}

/** `schema` with each definition that it refers to renamed. */
const renamed = <Value>(schema: Value, newName: (name: string) => string): Value =>
  JSON.parse(JSON.stringify(schema).replaceAll(reference, (_, name: string) => `"#/$defs/${newName(name)}"`)) as Value

/** Converts schemas together, so that a schema with a name is converted once. */
const convert = (schemas: readonly z.ZodType[], io: 'input' | 'output'): { converted: readonly Json[]; definitions: Definitions } => {
  const whole = z.toJSONSchema(z.tuple(schemas as [z.ZodType]), { io, unrepresentable: 'any' })
  const { $defs = {}, prefixItems = [] } = whole as { $defs?: Definitions; prefixItems?: readonly Json[] }
  const newName = (name: string) => ($defs[name] ? nameOf(name, $defs[name]) : name)
  const definitions = Object.fromEntries(Object.entries($defs).map(([name, definition]) => [newName(name), renamed(definition, newName)]))
  return simplified({ converted: renamed(prefixItems, newName), definitions }) as { converted: Json[]; definitions: Definitions }
}

/** Names of the schemas that differ between requests and responses, by themselves or by a schema that they refer to. */
const namesThatDiffer = (inputs: Definitions, outputs: Definitions): ReadonlySet<string> => {
  const differing = new Set<string>()
  const differs = (name: string) => {
    const text = JSON.stringify(inputs[name])
    return text !== JSON.stringify(outputs[name]) || [...text.matchAll(reference)].some(match => differing.has(match[1]!))
  }
  const both = Object.keys(inputs).filter(name => name in outputs)
  for (let before = -1; before < differing.size; ) {
    before = differing.size
    for (const name of both) if (differs(name)) differing.add(name)
  }
  return differing
}

const toComponents = <Value>(schema: Value): Value =>
  JSON.parse(JSON.stringify(schema).replaceAll(reference, '"#/components/schemas/$1"')) as Value

export interface ConvertedSchemas {
  /** The JSON schema of each zod schema, in its form for requests and in its form for responses. */
  readonly input: (schema: z.ZodType) => Json
  readonly output: (schema: z.ZodType) => Json
  /** Every named schema, by name: the `components.schemas` of the document. */
  readonly components: Definitions
}

/**
 * JSON schemas of the requests and responses of an API. A schema with a name (`.meta({ id: 'Plan' })`) becomes a component that the others
 * refer to. A component can differ between requests and responses: a field with a default is optional in requests and always in responses.
 * The form for requests is then called `…Input`.
 */
export const convertSchemas = (inputs: readonly z.ZodType[], outputs: readonly z.ZodType[]): ConvertedSchemas => {
  const [sent, answered] = [convert(inputs, 'input'), convert(outputs, 'output')]
  const differing = namesThatDiffer(sent.definitions, answered.definitions)
  const inputName = (name: string) => (differing.has(name) ? `${name}Input` : name)
  const sentDefinitions = Object.entries(sent.definitions).map(
    ([name, definition]) => [inputName(name), renamed(definition, inputName)] as const,
  )
  const taken = [...differing].find(name => inputName(name) in answered.definitions || inputName(name) in sent.definitions)
  if (taken) throw new Error(`Two schemas are called ${inputName(taken)}.`)
  const lookup = (schemas: readonly z.ZodType[], converted: readonly Json[]) => {
    const bySchema = new Map(schemas.map((schema, index) => [schema, toComponents(converted[index]!)]))
    return (schema: z.ZodType) => bySchema.get(schema)!
  }
  return {
    input: lookup(inputs, renamed(sent.converted, inputName)),
    output: lookup(outputs, answered.converted),
    components: Object.fromEntries(
      Object.entries(toComponents({ ...Object.fromEntries(sentDefinitions), ...answered.definitions })).toSorted(([a], [b]) =>
        a < b ? -1 : 1,
      ),
    ),
  }
}
