import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import * as z from 'zod'

const outcome = z.looseObject({ status: z.enum(['succeeded', 'already-done']) })

/**
 * Starts the function of a job as its schedule does, and waits for the end. An idle function in the VPC answers 502 until it is active
 * again; the client should try several times.
 * @throws {Error} with the message of the job if it failed.
 */
export const startJob = async (client: LambdaClient, functionName: string): Promise<void> => {
  const Payload = JSON.stringify({ scheduledTime: new Date().toISOString() })
  const { FunctionError, Payload: answer } = await client.send(new InvokeCommand({ FunctionName: functionName, Payload }))
  const text = Buffer.from(answer ?? []).toString()
  if (FunctionError !== undefined) throw new Error(`${functionName} failed (${FunctionError}): ${text}`)
  if (!outcome.safeParse(JSON.parse(text || 'null')).success) throw new Error(`${functionName} answered ${text || 'nothing'}.`)
}
