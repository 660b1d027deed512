import { InvokeCommand, LambdaClient, ResourceNotReadyException, TooManyRequestsException } from '@aws-sdk/client-lambda'
import {
  CreateDBClusterSnapshotCommand,
  DBClusterSnapshotAlreadyExistsFault,
  DeleteDBClusterSnapshotCommand,
  DescribeDBClusterSnapshotsCommand,
  InvalidDBClusterStateFault,
  paginateDescribeDBClusterSnapshots,
  RDSClient,
} from '@aws-sdk/client-rds'
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import type {
  CdkCustomResourceEvent,
  CdkCustomResourceIsCompleteEvent,
  CdkCustomResourceIsCompleteResponse,
  CdkCustomResourceResponse,
} from 'aws-lambda'
import * as z from 'zod'
import { dataApiClient } from '../../../db/data-api.ts'
import { withRetries } from '../../../db/data-api/retry.ts'
import { bootstrapRolesOverDataApi } from '../../../db/migrate/index.ts'
import { functionRoles } from '../../../db/roles.ts'
import { readEnvironment, required } from '../../runtime/environment.ts'
import { logger } from '../../runtime/observability.ts'

/** Must never change: with another id, CloudFormation would see a replacement and send a Delete for the previous resource. */
const physicalResourceId = 'database-migrations'

/** A cluster that was paused for more than a day needs half a minute or more to resume. An automatic backup of it takes a few minutes. */
const retryBudgetMilliseconds = 5 * 60_000

/** CloudFormation accepts answers of up to 4,096 bytes. The framework needs a part of them. */
const answerLimitCharacters = 2_000

const lambda = new LambdaClient({ maxAttempts: 1 })
const rds = new RDSClient({})
const secretsManager = new SecretsManagerClient({})
const dataApi = dataApiClient()

const settingsForm = z.object({
  IDENTITY_FUNCTIONS_SECRET_ARN: z.string(),
  INVITATION_FUNCTIONS_SECRET_ARN: z.string(),
  RUN_FUNCTIONS_SECRET_ARN: z.string(),
  AUDIT_FUNCTIONS_SECRET_ARN: z.string(),
  WEALTH_FUNCTIONS_SECRET_ARN: z.string(),
  CLUSTER_IDENTIFIER: z.string(),
  APPLIER_FUNCTION_NAME: z.string(),
  MIGRATIONS_HASH: z.string(),
  KEPT_SNAPSHOTS: z.coerce.number().int().min(1),
})
type Settings = z.output<typeof settingsForm>
const readSettings = () => settingsForm.parse(process.env)

const reportForm = z.object({ pending: z.array(z.string()), isEmpty: z.boolean(), applied: z.array(z.string()) })

const shorten = (text: string) => (text.length > answerLimitCharacters ? `${text.slice(0, answerLimitCharacters - 1)}…` : text)

const readPassword = async (secretArn: string): Promise<string> => {
  const { SecretString } = await secretsManager.send(new GetSecretValueCommand({ SecretId: secretArn }))
  const secret = z.object({ password: z.string().min(1) }).safeParse(JSON.parse(SecretString ?? 'null'))
  if (!secret.success) throw new Error(`The secret ${secretArn} holds no password.`)
  return secret.data.password
}

const makeRoles = async (settings: Settings): Promise<void> => {
  const passwords = {
    [functionRoles.identity]: await readPassword(settings.IDENTITY_FUNCTIONS_SECRET_ARN),
    [functionRoles.invitations]: await readPassword(settings.INVITATION_FUNCTIONS_SECRET_ARN),
    [functionRoles.runs]: await readPassword(settings.RUN_FUNCTIONS_SECRET_ARN),
    [functionRoles.audit]: await readPassword(settings.AUDIT_FUNCTIONS_SECRET_ARN),
    [functionRoles.wealth]: await readPassword(settings.WEALTH_FUNCTIONS_SECRET_ARN),
  }
  const environment = readEnvironment()
  const administrator = {
    client: dataApi,
    clusterArn: required(environment, 'DATA_API_CLUSTER_ARN'),
    secretArn: required(environment, 'DATA_API_SECRET_ARN'),
    database: environment.DATABASE_NAME,
    timeBudgetMilliseconds: retryBudgetMilliseconds,
  }
  await bootstrapRolesOverDataApi(administrator, passwords)
}

/** Another migrator holds the lock. */
class MigratorBusy extends Error {}

const failureForm = z.object({ errorType: z.string().default(''), errorMessage: z.string() })

const callApplier = async (functionName: string, request: { action: 'status' } | { action: 'apply'; snapshotId?: string }) => {
  // After some weeks without a call, Lambda gives the network interfaces of a function up. The first call then fails and brings them back.
  // A throttled call never reached the function.
  const response = await withRetries(
    { name: 'Calling the function inside the VPC', isIdempotent: true },
    error =>
      error instanceof ResourceNotReadyException || error instanceof TooManyRequestsException
        ? { kind: 'not-applied' }
        : { kind: 'final', error },
    () => lambda.send(new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(request) })),
    { timeBudgetMilliseconds: retryBudgetMilliseconds },
  )
  const payload: unknown = JSON.parse(response.Payload?.transformToString() || 'null')
  if (response.FunctionError) {
    const { errorMessage, errorType } = failureForm.catch({ errorType: '', errorMessage: 'No reason was given.' }).parse(payload)
    if (errorType === 'MigratorBusy') throw new MigratorBusy(errorMessage)
    throw new Error(shorten(`The migration failed. ${errorMessage}`))
  }
  return reportForm.parse(payload)
}

/** Throws an error on, except one of that kind. */
const unless =
  (kind: new (...given: never[]) => Error) =>
  (error: unknown): void => {
    if (!(error instanceof kind)) throw error
  }

/** The names that `takeSnapshot` gives. Snapshots with other names are never deleted. */
const snapshotName = /^nestegg-[0-9a-f]{12}-\d{14}$/

const takeSnapshot = async (clusterIdentifier: string, hash: string, pending: readonly string[]): Promise<string> => {
  const moment = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)
  const snapshotId = `nestegg-${hash.slice(0, 12)}-${moment}`
  const command = new CreateDBClusterSnapshotCommand({
    DBClusterIdentifier: clusterIdentifier,
    DBClusterSnapshotIdentifier: snapshotId,
    Tags: [{ Key: 'nestegg:before-migration', Value: pending[0] ?? '' }],
  })
  // This fault occurs while the cluster is backed up or modified.
  await withRetries(
    { name: 'Taking a snapshot', isIdempotent: true },
    error => (error instanceof InvalidDBClusterStateFault ? { kind: 'not-applied' } : { kind: 'final', error }),
    // The client sends the request again after an answer that was lost: then the snapshot has begun.
    () => rds.send(command).catch(unless(DBClusterSnapshotAlreadyExistsFault)),
    { timeBudgetMilliseconds: retryBudgetMilliseconds },
  )
  return snapshotId
}

const snapshotIsAvailable = async (snapshotId: string): Promise<boolean> => {
  const { DBClusterSnapshots } = await rds.send(new DescribeDBClusterSnapshotsCommand({ DBClusterSnapshotIdentifier: snapshotId }))
  const status = DBClusterSnapshots?.[0]?.Status
  if (status === 'available') return true
  if (status === 'creating' || status === 'copying') return false
  throw new Error(`The snapshot ${snapshotId} is ${status ?? 'gone'}; nothing was migrated.`)
}

/**
 * Deletes the snapshots of earlier migrations of this cluster, except the newest ones. A failure is logged only: the migration has
 * succeeded, and the next one tries again.
 */
const pruneSnapshots = async ({ CLUSTER_IDENTIFIER, KEPT_SNAPSHOTS }: Settings): Promise<void> => {
  try {
    const taken: { readonly id: string; readonly at: number }[] = []
    const pages = paginateDescribeDBClusterSnapshots({ client: rds }, { DBClusterIdentifier: CLUSTER_IDENTIFIER, SnapshotType: 'manual' })
    for await (const { DBClusterSnapshots = [] } of pages) {
      for (const { DBClusterSnapshotIdentifier: id = '', SnapshotCreateTime, Status } of DBClusterSnapshots) {
        if (snapshotName.test(id) && Status === 'available' && SnapshotCreateTime) taken.push({ id, at: SnapshotCreateTime.getTime() })
      }
    }
    const old = taken.toSorted((a, b) => b.at - a.at).slice(KEPT_SNAPSHOTS)
    for (const { id } of old) await rds.send(new DeleteDBClusterSnapshotCommand({ DBClusterSnapshotIdentifier: id }))
    if (old.length > 0) logger.info('Deleted old snapshots', { snapshotIds: old.map(({ id }) => id) })
  } catch (error) {
    logger.warn('Old snapshots could not be deleted', { error })
  }
}

/**
 * Begins a migration, on Create and Update: resumes the cluster, makes its roles, and starts a snapshot if a migration is pending and
 * there is data to lose. It can be repeated, for example after a failed Update, because an applied migration is no longer pending. Delete
 * changes nothing.
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources-readme.html#provider-framework
 */
export const onEvent = async (event: CdkCustomResourceEvent): Promise<CdkCustomResourceResponse> => {
  if (event.RequestType === 'Delete') return { PhysicalResourceId: event.PhysicalResourceId }
  const settings = readSettings()
  await makeRoles(settings)
  const { pending, isEmpty } = await callApplier(settings.APPLIER_FUNCTION_NAME, { action: 'status' })
  logger.info('Beginning a migration', { requestType: event.RequestType, pending, isEmpty })
  if (pending.length === 0 || isEmpty) return { PhysicalResourceId: physicalResourceId, Data: {} }
  const snapshotId = await takeSnapshot(settings.CLUSTER_IDENTIFIER, settings.MIGRATIONS_HASH, pending)
  logger.info('Taking a snapshot', { snapshotId })
  return { PhysicalResourceId: physicalResourceId, Data: { snapshotId } }
}

/**
 * Continues a migration: waits for the snapshot, then applies what is pending. It is called every few seconds until its answer is
 * complete. Applying a second time changes nothing.
 */
export const isComplete = async (event: CdkCustomResourceIsCompleteEvent): Promise<CdkCustomResourceIsCompleteResponse> => {
  if (event.RequestType === 'Delete') return { IsComplete: true }
  const { snapshotId } = z.object({ snapshotId: z.string().optional() }).parse(event.Data ?? {})
  if (snapshotId && !(await snapshotIsAvailable(snapshotId))) return { IsComplete: false }
  try {
    const request = { action: 'apply', ...(snapshotId ? { snapshotId } : {}) } as const
    const settings = readSettings()
    const { applied } = await callApplier(settings.APPLIER_FUNCTION_NAME, request)
    logger.info('The migration is complete', { applied })
    if (snapshotId) await pruneSnapshots(settings)
    return { IsComplete: true, Data: { applied: shorten(applied.join(', ')) } }
  } catch (error) {
    if (error instanceof MigratorBusy) return { IsComplete: false }
    throw error
  }
}
