import * as z from 'zod'

const templateSchema = z.looseObject({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), DeletionPolicy: z.string().optional() })),
  Outputs: z.record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.unknown() }).optional() })).optional(),
})
export type Template = z.infer<typeof templateSchema>

/** Reads a template from its JSON. */
export const parseTemplate = (text: string): Template => templateSchema.parse(JSON.parse(text))

/** All values of a property with that name, anywhere in a part of a template. */
const valuesOf = (part: unknown, property: string): readonly unknown[] => {
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([name, value]) => [...(name === property ? [value] : []), ...valuesOf(value, property)])
}

/** The values that a stack exports, by the name of the export. */
export const exportsOf = ({ Outputs = {} }: Template): ReadonlyMap<string, unknown> =>
  new Map(Object.values(Outputs).flatMap(({ Export, Value }) => (typeof Export?.Name === 'string' ? [[Export.Name, Value]] : [])))

/** The names of the exports of other stacks that a stack uses. */
export const importsOf = (template: Template): readonly string[] => [
  ...new Set(valuesOf(template, 'Fn::ImportValue').filter(name => typeof name === 'string')),
]

/** The logical ids that a part of a template refers to by `Ref` and `Fn::GetAtt`. */
export const referencesOf = (part: unknown): readonly string[] => [
  ...valuesOf(part, 'Ref').filter(id => typeof id === 'string'),
  ...valuesOf(part, 'Fn::GetAtt').flatMap(path => {
    const [id] = Array.isArray(path) ? (path as readonly unknown[]) : String(path).split('.')
    return typeof id === 'string' ? [id] : []
  }),
]
