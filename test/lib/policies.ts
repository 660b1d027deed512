import * as z from 'zod'
import type { Resource, Synthesized } from './synthesized.ts'

const oneOrMore = z.union([z.unknown().transform(value => (Array.isArray(value) ? value : [value]))])
const statement = z.object({
  Effect: z.string(),
  Action: oneOrMore.pipe(z.array(z.string())),
  Resource: oneOrMore.optional(),
  Condition: z.unknown().optional(),
})
const document = z.object({ Statement: z.array(statement) })
const inline = z.object({ Policies: z.array(z.object({ PolicyDocument: document })).default([]) })
const attached = z.object({ PolicyDocument: document, Roles: z.array(z.object({ Ref: z.string() })) })

export interface Statement {
  readonly role: string
  readonly stack: string
  readonly effect: string
  readonly actions: readonly string[]
  /** ARNs as JSON text, including intrinsic functions. */
  readonly resources: readonly string[]
  readonly condition: unknown
}

const statementsOf = (role: string, stack: string, { Statement }: z.infer<typeof document>): Statement[] =>
  Statement.map(({ Effect, Action, Condition, Resource = [] }) => ({
    role,
    stack,
    effect: Effect,
    actions: Action,
    resources: Resource.map(each => JSON.stringify(each)),
    condition: Condition,
  }))

/** Every statement of every role, written into the role or attached to it. */
export const statements = ({ resources }: Synthesized): Statement[] => [
  ...resources('AWS::IAM::Role').flatMap(({ id, stack, properties }) =>
    inline.parse(properties).Policies.flatMap(policy => statementsOf(id, stack, policy.PolicyDocument)),
  ),
  ...resources('AWS::IAM::Policy').flatMap(({ stack, properties }) => {
    const { PolicyDocument, Roles } = attached.parse(properties)
    return Roles.flatMap(role => statementsOf(role.Ref, stack, PolicyDocument))
  }),
]

/** The rights of a function. */
export const rightsOf = (synthesized: Synthesized, lambda: Resource): Statement[] => {
  const role = z.object({ Role: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }) }).parse(lambda.properties).Role[
    'Fn::GetAtt'
  ][0]
  return statements(synthesized).filter(each => each.role === role && each.stack === lambda.stack)
}

/** The database roles that a function may sign tokens for. */
export const connectsAs = (synthesized: Synthesized, lambda: Resource): string[] =>
  rightsOf(synthesized, lambda)
    .filter(statement => statement.actions.some(action => action.startsWith('rds-db:') || action === '*'))
    .flatMap(statement => statement.resources.map(resource => /\/(\w+|\*)"/.exec(resource)?.[1] ?? resource))
