import * as z from 'zod'

const list = z.union([z.string().transform(text => [text]), z.array(z.string())])
const statementSchema = z.object({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  /** `*`, or names by kind: `AWS`, `Service`, `Federated`. */
  Principal: z.union([z.literal('*'), z.record(z.string(), list)]).optional(),
  Action: list,
  Resource: list.optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
})

/** A policy document. A statement of a form that is not known here is an error: no test may overlook it. */
export const policyDocument = z.object({ Version: z.string().optional(), Statement: z.array(statementSchema.strict()) })
export type PolicyDocument = z.infer<typeof policyDocument>
export type Statement = z.infer<typeof statementSchema>

export interface Policy {
  readonly name: string
  readonly document: PolicyDocument
}
