import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { Deployed } from './deployed.ts'
import type { Functions } from './functions.ts'

const invokeConfig = z.strictObject({
  FunctionName: z.string(),
  Qualifier: z.literal('$LATEST'),
  MaximumRetryAttempts: z.number(),
  MaximumEventAgeInSeconds: z.number(),
  DestinationConfig: z.strictObject({ OnFailure: z.strictObject({ Destination: z.string() }) }),
})

/** What the template says about asynchronous invocations of a function. Throws if it says nothing: then a failed event would be lost. */
export const asyncSettings = ({ byArn, resources }: Pick<Deployed, 'byArn' | 'resources'>, arn: string) => {
  const { name } = byArn(arn)
  const found = resources('AWS::Lambda::EventInvokeConfig').map(({ properties }) => invokeConfig.parse(properties))
  const settings = found.find(({ FunctionName }) => FunctionName === name)
  if (settings === undefined) throw new Error(`The template does not say what happens to failed events of ${name}.`)
  return { retries: settings.MaximumRetryAttempts, destination: settings.DestinationConfig.OnFailure.Destination }
}

/** The record that Lambda sends to a destination. Source: "Capturing records of Lambda asynchronous invocations" in the Lambda guide. */
export interface FailureRecord {
  readonly version: '1.0'
  readonly timestamp: string
  readonly requestContext: {
    readonly requestId: string
    readonly functionArn: string
    readonly condition: 'RetriesExhausted'
    readonly approximateInvokeCount: number
  }
  readonly requestPayload: unknown
  readonly responseContext: { readonly statusCode: 200; readonly executedVersion: '$LATEST'; readonly functionError: 'Unhandled' }
  readonly responsePayload: unknown
}

/** A message in the queue with that ARN. */
export interface FailedEvent {
  readonly queueArn: string
  readonly record: FailureRecord
}

/** Invokes a function as its events do: it is tried again after an error. @returns what is left after the last attempt; undefined after a success */
export const invokeAsync = async (
  deployed: Pick<Deployed, 'byArn' | 'resources'>,
  functions: Pick<Functions, 'invoke'>,
  arn: string,
  event: unknown,
): Promise<FailedEvent | undefined> => {
  const { destination, retries } = asyncSettings(deployed, arn)
  for (let attempt = 1; ; attempt += 1) {
    const { error, payload } = await functions.invoke(arn, event)
    if (error === undefined) return undefined
    if (attempt <= retries) continue
    const requestContext = {
      requestId: randomUUID(),
      functionArn: `${arn}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: attempt,
    } as const
    const record: FailureRecord = {
      version: '1.0',
      timestamp: new Date().toISOString(),
      requestContext,
      requestPayload: event,
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: payload,
    }
    return { queueArn: destination, record }
  }
}
