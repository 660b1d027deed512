import * as z from 'zod'

const template = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) })),
})

/** A resource of a template. */
export interface Resource {
  readonly stack: string
  readonly id: string
  readonly type: string
  readonly properties: Readonly<Record<string, unknown>>
}

/** The resources of all stacks of an environment. */
export interface Resources {
  /** The Region of the environment. */
  readonly region: string
  readonly all: readonly Resource[]
  readonly of: (type: string) => Resource[]
  /** The functions of a stack that a value names, also through an alias or a version. */
  readonly functionsIn: (stack: string, value: unknown) => Resource[]
}

/** Thrown for a resource of which the price is not known. */
export class UnpricedResource extends Error {
  constructor({ stack, id, type }: Resource, reason: string) {
    super(`${stack}/${id} (${type}) ${reason}. Add its price to bin/cost.`)
    this.name = 'UnpricedResource'
  }
}

/** The logical ids that a value names by `Ref` or `Fn::GetAtt`. */
const idsIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return []
  if ('Ref' in value && typeof value.Ref === 'string') return [value.Ref]
  if ('Fn::GetAtt' in value && Array.isArray(value['Fn::GetAtt'])) return [String(value['Fn::GetAtt'][0])]
  return Object.values(value).flatMap(idsIn)
}

/** Reads the resources of templates, by the names of their stacks. */
export const readResources = (templates: ReadonlyMap<string, string>, region: string): Resources => {
  const all = [...templates].flatMap(([stack, text]) =>
    Object.entries(template.parse(JSON.parse(text)).Resources).map(([id, { Type, Properties }]) => ({
      stack,
      id,
      type: Type,
      properties: Properties,
    })),
  )
  const byPlace = new Map(all.map(resource => [`${resource.stack}/${resource.id}`, resource]))
  const functionsIn = (stack: string, value: unknown): Resource[] =>
    idsIn(value).flatMap(id => {
      const resource = byPlace.get(`${stack}/${id}`)
      if (resource?.type === 'AWS::Lambda::Function') return [resource]
      const isName = resource?.type === 'AWS::Lambda::Alias' || resource?.type === 'AWS::Lambda::Version'
      return isName ? functionsIn(stack, resource.properties['FunctionName']) : []
    })
  return { region, all, of: type => all.filter(resource => resource.type === type), functionsIn }
}
