import { createHash } from 'node:crypto'
import * as z from 'zod'
import { dataApiCaller, dataApiClient, type FunctionCaller, type JsonValue } from '../../db/data-api.ts'
import { type FunctionPurpose, functionRoles } from '../../db/roles.ts'
import { clientSettings } from './client-settings.ts'
import { type EnvironmentVariable, readEnvironment, required } from './environment.ts'
import { noteEvent } from './noted-events.ts'
import { countDataApiThrottle } from './observability.ts'
import { offerWay, type Ways } from './record-events.ts'

const isThrottle = (error: unknown): boolean =>
  error instanceof Error && ['ThrottlingException', 'TooManyRequestsException'].includes(error.name)

const opened = new Map<string, FunctionCaller>()

/** The variable that names the secret of each purpose's role. */
export const functionSecretVariables = {
  identity: 'IDENTITY_FUNCTIONS_SECRET_ARN',
  invitations: 'INVITATION_FUNCTIONS_SECRET_ARN',
  runs: 'RUN_FUNCTIONS_SECRET_ARN',
  audit: 'AUDIT_FUNCTIONS_SECRET_ARN',
  wealth: 'WEALTH_FUNCTIONS_SECRET_ARN',
} as const satisfies Record<FunctionPurpose, EnvironmentVariable>

const recordEvents: NonNullable<Ways['functions']> = async (purpose, events, budgetMilliseconds) => {
  const functions = databaseFunctions(purpose, budgetMilliseconds)
  for (const event of events) await functions.call('operations.record_system_event', JSON.parse(JSON.stringify(event)) as JsonValue)
}

/**
 * Calls the functions of one purpose over the RDS Data API, with the role that may execute no others.
 * @param timeBudgetMilliseconds for each call, including the wait for a paused cluster
 */
export const databaseFunctions = (purpose: FunctionPurpose, timeBudgetMilliseconds = 25_000): FunctionCaller => {
  // Not when the module is loaded: a bundle that never calls this function would keep the module for it.
  offerWay({ functions: recordEvents })
  const environment = readEnvironment()
  const { DATA_API_ENDPOINT: endpoint, DATABASE_NAME: database } = environment
  const clusterArn = required(environment, 'DATA_API_CLUSTER_ARN')
  const secretArn = required(environment, functionSecretVariables[purpose])
  const key = [clusterArn, secretArn, endpoint, database, timeBudgetMilliseconds].join(' ')
  const known = opened.get(key)
  if (known) return known
  const caller = dataApiCaller({
    client: dataApiClient(clientSettings(endpoint)),
    clusterArn,
    secretArn,
    database,
    timeBudgetMilliseconds,
    onFailure: error => {
      if (!isThrottle(error)) return
      countDataApiThrottle()
      noteEvent({
        eventType: 'limit',
        eventCategory: 'database',
        severity: 'warning',
        component: functionRoles[purpose],
        message: 'The RDS Data API refused calls because there were too many.',
      })
    },
  })
  opened.set(key, caller)
  return caller
}

const part = z.object({ sizeBytes: z.int(), sha256: z.string(), part: z.base64() })
const readings = 3

/**
 * The answer of a function that returns it in parts, because a result of the Data API has at most 64 KB. The function gets the document
 * and `fromByte`, and returns what operations.part_of returns. Reading starts again when the answer changes between two parts.
 */
export const readInParts = async (
  functions: FunctionCaller,
  functionName: string,
  document: Record<string, JsonValue>,
): Promise<unknown> => {
  for (let reading = 1; reading <= readings; reading += 1) {
    const parts: Buffer[] = []
    let readBytes = 0
    let first: z.output<typeof part> | undefined
    do {
      const answer = part.parse(await functions.call(functionName, { ...document, fromByte: readBytes }, { idempotent: true }))
      first ??= answer
      if (answer.sha256 !== first.sha256) break
      const bytes = Buffer.from(answer.part, 'base64')
      parts.push(bytes)
      readBytes += bytes.length
    } while (readBytes < first.sizeBytes)
    const whole = Buffer.concat(parts)
    if (createHash('sha256').update(whole).digest('hex') === first.sha256) return JSON.parse(whole.toString('utf8'))
  }
  throw new Error(`The answer of ${functionName} changed during each of ${readings} readings.`)
}
