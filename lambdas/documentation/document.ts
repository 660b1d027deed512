export interface Schema {
  readonly $ref?: string
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly pattern?: string
  readonly description?: string
  readonly default?: unknown
  readonly example?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema | boolean
  readonly required?: readonly string[]
}

export type Schemas = Readonly<Record<string, Schema>>

/** A part of the document, or a reference to a component. */
type OrReference<Value> = Value | { readonly $ref: string }

export interface Parameter {
  readonly name: string
  readonly in: string
  readonly required: boolean
  readonly description?: string
  readonly schema: Schema
}

interface Response {
  readonly description: string
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>
}

export interface Operation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description?: string
  readonly parameters: readonly OrReference<Parameter>[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema; readonly example?: unknown }>> }
  readonly responses: Readonly<Record<string, OrReference<Response>>>
  readonly security: readonly unknown[]
}

export interface Components {
  readonly schemas: Schemas
  readonly parameters: Readonly<Record<string, Parameter>>
  readonly responses: Readonly<Record<string, Response>>
}

/** The parts of an OpenAPI document that its page shows. */
export interface ApiDocument {
  readonly info: { readonly title: string; readonly description: string }
  readonly tags: readonly { readonly name: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: Components
}

/** An operation of the document, with its references resolved. */
export interface Route {
  readonly path: string
  readonly method: string
  readonly operation: Operation
  readonly parameters: readonly Parameter[]
  readonly answers: readonly (readonly [status: string, response: Response])[]
}

export const nameIn = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1)

const resolve = <Value extends object>(value: OrReference<Value>, components: Readonly<Record<string, Value>>): Value =>
  '$ref' in value ? components[nameIn(value.$ref)]! : value

/** Every operation, in the order of the document. */
export const routesOf = ({ components, paths }: ApiDocument): Route[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      path,
      method,
      operation,
      parameters: operation.parameters.map(parameter => resolve(parameter, components.parameters)),
      answers: Object.entries(operation.responses).map(([status, response]) => [status, resolve(response, components.responses)] as const),
    })),
  )
