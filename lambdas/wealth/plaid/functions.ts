import * as z from 'zod'
import type { JsonValue } from '../../../db/data-api.ts'
import type { RequestIdentity } from '../../runtime/database.ts'
import { databaseFunctions } from '../../runtime/database-functions.ts'
import { notFound, Problem } from '../../runtime/problem.ts'
import { openSecret, sealedSecret } from '../secrets/envelope.ts'
import { connection } from './connection.ts'

const user = z.object({ isActive: z.boolean() })

/** The request as the functions of the database take it. */
export const asDocument = (request: RequestIdentity): JsonValue => JSON.parse(JSON.stringify(request)) as JsonValue

/** Calls a function for the person of a request. @throws Problem if their account is closed */
export const callFor = async <Form extends z.ZodRawShape>(
  request: RequestIdentity,
  name: string,
  document: Record<string, JsonValue>,
  form: Form,
): Promise<z.output<z.ZodObject<Form>>> => {
  const answer = await databaseFunctions('wealth').call(
    `wealth.${name}`,
    { request: asDocument(request), ...document },
    { idempotent: true },
  )
  if (!z.object({ user }).parse(answer).user.isActive) throw new Problem('account-closed', 'This account is closed.')
  return z.object(form).parse(answer)
}

/** A connection with its access token, for a person who may edit the household. @throws Problem */
export const openConnection = async (request: RequestIdentity, connectionId: string) => {
  const answer = await callFor(
    request,
    'open_connection',
    { connectionId },
    { connection: connection.nullable(), token: sealedSecret.optional() },
  )
  if (!answer.connection || !answer.token) throw notFound('connection')
  const { householdId, id } = answer.connection
  return { connection: answer.connection, accessToken: await openSecret(answer.token, { householdId, kind: 'plaid-access-token', id }) }
}
