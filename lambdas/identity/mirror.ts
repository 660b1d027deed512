import { dataApiCaller, dataApiClient, type FunctionCaller } from '../../db/data-api.ts'
import type { RequestIdentity } from '../runtime/database.ts'
import { readEnvironment, required } from '../runtime/environment.ts'
import { logger } from '../runtime/observability.ts'

/** What Cognito just said about a person; see identity.record_identity_event. */
export interface IdentityEvent {
  readonly kind: 'signed-up' | 'confirmed' | 'signed-in' | 'sign-in-failed' | 'locked-out' | 'password-changed' | 'mfa-changed'
  readonly subject?: string
  readonly email?: string
  readonly emailVerified?: boolean
  readonly firstName?: string
  readonly lastName?: string
  readonly mfaEnabled?: boolean
}

/** Somebody waits for their sign-in meanwhile. Too short for a paused cluster to resume, which the next request waits for anyway. */
const timeBudgetMilliseconds = 5_000

let opened: { readonly key: string; readonly caller: FunctionCaller } | undefined

const functions = (): FunctionCaller => {
  const environment = readEnvironment()
  const clusterArn = required(environment, 'DATA_API_CLUSTER_ARN')
  const endpoint = environment.DATA_API_ENDPOINT
  const key = `${clusterArn} ${endpoint} ${environment.DATABASE_NAME}`
  if (opened?.key !== key) {
    const local = endpoint ? { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } } : {}
    const secretArn = required(environment, 'DATA_API_SECRET_ARN')
    const database = environment.DATABASE_NAME
    const target = { client: dataApiClient(local), clusterArn, secretArn, database, timeBudgetMilliseconds }
    opened = { key, caller: dataApiCaller(target) }
  }
  return opened.caller
}

/**
 * Mirrors an event to the database. Cognito has the last word on who may sign in, so a database that is away does not keep anyone
 * out: the failure is reported, and the user is provisioned by their first request all the same.
 */
export const mirror = async (event: IdentityEvent, request: RequestIdentity): Promise<void> => {
  try {
    // A count must not grow twice; everything else may be said again.
    const idempotent = event.kind !== 'sign-in-failed' && event.kind !== 'locked-out'
    await functions().call('identity.record_identity_event', JSON.parse(JSON.stringify({ ...event, request })), { idempotent })
  } catch (error) {
    logger.error('an identity event could not be mirrored to the database', { kind: event.kind, error })
  }
}
