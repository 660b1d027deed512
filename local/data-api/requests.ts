import * as z from 'zod'
import { DataApiFailure } from './failures.ts'

const wireField = z.strictObject({
  isNull: z.boolean().optional(),
  booleanValue: z.boolean().optional(),
  longValue: z.number().refine(Number.isInteger).optional(),
  doubleValue: z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]).optional(),
  stringValue: z.string().optional(),
  blobValue: z.base64().optional(),
  arrayValue: z.unknown().optional(),
})

const parameter = z.object({
  name: z.string().min(1),
  value: wireField.optional(),
  typeHint: z.enum(['DATE', 'DECIMAL', 'JSON', 'TIME', 'TIMESTAMP', 'UUID']).optional(),
})

export type Parameter = z.infer<typeof parameter>

/** The reference says at most 100 characters. The ARN of a secret that RDS manages is always longer, and that of a cluster can be. */
const arn = z.string().min(11).max(2048)
const addressed = z.object({ resourceArn: arn, secretArn: arn })
const located = addressed.extend({
  database: z.string().max(64).optional(),
  schema: z.undefined("The schema parameter isn't supported.").optional(),
})

/** The requests of the service's model, in restJson1: bodies are JSON, blobs base64. */
export const requestSchemas = {
  ExecuteStatement: located.extend({
    sql: z.string().max(65_536),
    parameters: z.array(parameter).default([]),
    transactionId: z.string().optional(),
    includeResultMetadata: z.boolean().default(false),
    continueAfterTimeout: z.boolean().default(false),
    resultSetOptions: z
      .object({ decimalReturnType: z.enum(['STRING', 'DOUBLE_OR_LONG']).optional(), longReturnType: z.enum(['LONG', 'STRING']).optional() })
      .default({}),
    formatRecordsAs: z.enum(['NONE', 'JSON']).default('NONE'),
  }),
  BatchExecuteStatement: located.extend({
    sql: z.string().max(65_536),
    parameterSets: z.array(z.array(parameter)).default([]),
    transactionId: z.string().optional(),
  }),
  BeginTransaction: located,
  CommitTransaction: addressed.extend({ transactionId: z.string() }),
  RollbackTransaction: addressed.extend({ transactionId: z.string() }),
} as const

export type OperationName = keyof typeof requestSchemas
export type Request<Operation extends OperationName> = z.infer<(typeof requestSchemas)[Operation]>

export const operationOfPath: Readonly<Record<string, OperationName>> = {
  '/Execute': 'ExecuteStatement',
  '/BatchExecute': 'BatchExecuteStatement',
  '/BeginTransaction': 'BeginTransaction',
  '/CommitTransaction': 'CommitTransaction',
  '/RollbackTransaction': 'RollbackTransaction',
}

/** Parses the body as a request of one operation. Throws a ValidationException if it is malformed. */
export const parseRequest = <Schema extends z.ZodType>(schema: Schema, body: string): z.infer<Schema> => {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    throw new DataApiFailure('ValidationException', 'The request body is not JSON.')
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw new DataApiFailure('ValidationException', z.prettifyError(parsed.error))
  return parsed.data
}
