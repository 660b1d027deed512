import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseLocation } from '../db/connections.ts'
import { type FunctionPurpose, functionRoles } from '../db/roles.ts'
import { routes } from '../lambdas/routes.ts'
import { closeDatabases } from '../lambdas/runtime/database.ts'
import type { Backend } from '../lambdas/runtime/backends.ts'
import type { EnvironmentVariables } from '../lambdas/runtime/environment.ts'
import type { Mail } from '../lambdas/runtime/mail.ts'
import { startBarDrop } from './bar-drop.ts'
import { startLedgerWork } from './ledger-work.ts'
import { storeNewCredentials } from './credentials-file.ts'
import { relyingPartyId } from './cognito/passkeys.ts'
import { type RunningUserPool, startUserPool } from './cognito/server.ts'
import { type DataApi, startDataApi } from './data-api/server.ts'
import { type GatewayOptions, startGateway } from './gateway.ts'
import { ownOrigins } from './listener.ts'
import { codeMail, fromAddress, removeMails, storeMail } from './mails.ts'
import { type RunningPlaid, startPlaid } from './plaid/server.ts'
import { storePlaidKeys } from './plaid/keys-file.ts'
import { type Ses, startSes } from './ses.ts'
import { startStepFunctions, type StepFunctions } from './step-functions/server.ts'
import { unfinishedRuns } from './step-functions/unfinished-runs.ts'
import { storeVariables } from './store-variables.ts'

const clusterArn = 'arn:aws:rds:local:000000000000:cluster:nestegg'
const secretArnOf = (purpose: FunctionPurpose) => `arn:aws:secretsmanager:local:000000000000:secret:${functionRoles[purpose]}`

export interface ServicesOptions {
  readonly location: DatabaseLocation
  /** The password of the roles that the Data API connects as. */
  readonly password: string
  readonly port?: number | undefined
  /** The file of the user pool. If left out, users are in memory only. */
  readonly stateFile?: string | undefined
  /** The file of the stand-in of Plaid. If left out, its items are in memory only. */
  readonly plaidStateFile?: string | undefined
  /** The folder for the shards of large runs, which are kept until their run ends. Default: a temporary folder. */
  readonly storeFolder?: string | undefined
  /** The file for the credentials that the stand-ins of AWS require, new at each start. Default: in a temporary folder. */
  readonly credentialsFile?: string | undefined
  /** The folder that files of bars are dropped into. If left out, no files are ingested. */
  readonly dropFolder?: string | undefined
  /** The folder that each mail is stored in. If left out, mails are not stored. */
  readonly mailFolder?: string | undefined
  /** The folder for the anchors and keys of the audit trail. Default: a temporary folder. */
  readonly dataFolder?: string | undefined
  /** Whether work on ledgers that is asked for is done. Default: yes. */
  readonly doesLedgerWork?: boolean | undefined
  readonly accessTokenSeconds?: number | undefined
  /** The folder of the built web application. If left out, the gateway serves the API only. */
  readonly webFolder?: string | undefined
  /** Loads the handler of a route; default: from its source. */
  readonly load?: GatewayOptions['load']
  /** Receives each mail that SES and Cognito would send. */
  readonly deliverMail?: ((mail: Mail) => void) | undefined
}

export interface Services {
  readonly url: string
  readonly userPool: RunningUserPool
  readonly dataApi: DataApi
  readonly stepFunctions: StepFunctions
  readonly plaid: RunningPlaid
  close(): Promise<void>
}

interface StandIns extends Pick<Services, 'dataApi' | 'plaid' | 'stepFunctions' | 'userPool'> {
  readonly plaidKeysFile: string
  readonly credentialsFile: string
  readonly location: DatabaseLocation
  readonly ses: Ses
  readonly storeFolder: string
  readonly dropFolder: string | undefined
  readonly dataFolder: string
}

/** The environment variables of each backend on this machine: the names are those of AWS, the addresses are local. */
const backendVariables = (standIns: StandIns): Readonly<Record<Backend, EnvironmentVariables>> => {
  const { credentialsFile, dataApi, dataFolder, dropFolder, location, plaid, plaidKeysFile, ses, stepFunctions, storeFolder, userPool } =
    standIns
  const { AUDIT_ANCHOR_FOLDER, AUDIT_SIGNING_KEY_FILE, BACKUP_FOLDER, BACKUP_KEY_FILE, CREDENTIAL_KEY_FILE, LEDGER_WORK_FOLDER } =
    storeVariables(dataFolder)
  const dataApiVariables = {
    LOCAL_CREDENTIALS_FILE: credentialsFile,
    DATA_API_CLUSTER_ARN: clusterArn,
    DATA_API_ENDPOINT: dataApi.endpoint,
  }
  return {
    database: {
      DATABASE_HOST: location.host,
      DATABASE_PORT: String(location.port),
      DATABASE_NAME: location.database,
      DATABASE_AUTHENTICATION: 'password-file',
      ...(location.authentication.kind === 'password-file' ? { DATABASE_PASSWORD_FILE: location.authentication.path } : {}),
      DATABASE_POOL_SIZE: '4',
    },
    'identity-functions': { ...dataApiVariables, IDENTITY_FUNCTIONS_SECRET_ARN: secretArnOf('identity') },
    'invitation-functions': { ...dataApiVariables, INVITATION_FUNCTIONS_SECRET_ARN: secretArnOf('invitations') },
    'run-functions': { ...dataApiVariables, RUN_FUNCTIONS_SECRET_ARN: secretArnOf('runs') },
    'audit-functions': { ...dataApiVariables, AUDIT_FUNCTIONS_SECRET_ARN: secretArnOf('audit') },
    'wealth-functions': { ...dataApiVariables, WEALTH_FUNCTIONS_SECRET_ARN: secretArnOf('wealth') },
    'credential-key': { CREDENTIAL_KEY_FILE },
    'credential-rotation': { CREDENTIAL_KEY_FILE },
    plaid: { PLAID_KEYS_FILE: plaidKeysFile, PLAID_ENDPOINT: plaid.endpoint },
    'user-pool': {
      LOCAL_CREDENTIALS_FILE: credentialsFile,
      USER_POOL_ID: userPool.poolId,
      USER_POOL_CLIENT_ID: userPool.clientId,
      USER_POOL_ENDPOINT: userPool.endpoint,
    },
    'user-pool-administration': {
      LOCAL_CREDENTIALS_FILE: credentialsFile,
      USER_POOL_ID: userPool.poolId,
      USER_POOL_ENDPOINT: userPool.endpoint,
    },
    'simulation-store': { SIMULATION_STORE_FOLDER: storeFolder },
    'simulation-fan-out': {
      LOCAL_CREDENTIALS_FILE: credentialsFile,
      SIMULATION_STATE_MACHINE_ARN: stepFunctions.stateMachineArn,
      SIMULATION_STATE_MACHINE_ENDPOINT: stepFunctions.endpoint,
    },
    'bar-drop': dropFolder === undefined ? {} : { BAR_DROP_FOLDER: dropFolder },
    'ledger-work': { LEDGER_WORK_FOLDER },
    'asked-ledger-work': { LEDGER_WORK_FOLDER },
    'audit-anchors': { AUDIT_ANCHOR_FOLDER },
    'audit-signing': { AUDIT_ANCHOR_FOLDER, AUDIT_SIGNING_KEY_FILE },
    'backup-store': { BACKUP_FOLDER, BACKUP_KEY_FILE },
    'backup-removal': { BACKUP_FOLDER },
    'archive-store': { BACKUP_FOLDER },
    mail: { LOCAL_CREDENTIALS_FILE: credentialsFile, MAIL_FROM_ADDRESS: fromAddress, MAIL_ENDPOINT: ses.endpoint },
  }
}

/**
 * Starts everything between a migrated database and an HTTP caller: user pool, Data API, Step Functions, SES, and the gateway with the
 * same handlers as in AWS. One set per process, since the handlers read the environment of the process.
 */
export const startServices = async (options: ServicesOptions): Promise<Services> => {
  const started = new AsyncDisposableStack()
  try {
    return { ...(await startAll(options, started)), close: () => started.disposeAsync() }
  } catch (error) {
    await started.disposeAsync()
    throw error
  }
}

/** @param started gets what was started, to be closed in reverse order */
const startAll = async (options: ServicesOptions, started: AsyncDisposableStack): Promise<Omit<Services, 'close'>> => {
  const { accessTokenSeconds, deliverMail, dropFolder, location, mailFolder, password, port = 0, stateFile } = options
  const opened = <Opened extends { close(): Promise<void> }>(one: Opened): Opened => started.adopt(one, each => each.close())
  const inTemporaryFolder = (name: string): string => {
    const folder = mkdtempSync(join(tmpdir(), 'nestegg-services-'))
    started.defer(() => rmSync(folder, { recursive: true, force: true }))
    return join(folder, name)
  }
  const {
    credentialsFile = inTemporaryFolder('credentials.json'),
    dataFolder = inTemporaryFolder('data'),
    storeFolder = inTemporaryFolder('store'),
  } = options
  const credentials = storeNewCredentials(credentialsFile)
  const deliver = (mail: Mail): void => {
    if (mailFolder !== undefined) storeMail(mailFolder, mail)
    deliverMail?.(mail)
  }
  const ses = opened(await startSes({ credentials, fromAddress, deliver }))
  // The gateway gets its port last.
  let pageOrigins: readonly string[] = []
  const userPool = opened(
    await startUserPool({
      credentials,
      passkeyOrigins: () => pageOrigins,
      ...(stateFile === undefined ? {} : { stateFile }),
      deliverCode: delivery => deliver(codeMail(delivery)),
      ...(mailFolder === undefined ? {} : { userRemoved: email => removeMails(mailFolder, email) }),
      ...(accessTokenSeconds === undefined ? {} : { accessTokenSeconds }),
    }),
  )
  const purposes = Object.keys(functionRoles) as FunctionPurpose[]
  const secrets = Object.fromEntries(purposes.map(purpose => [secretArnOf(purpose), { user: functionRoles[purpose], password }]))
  const dataApi = opened(await startDataApi({ clusterArn, credentials, secrets, location }))
  started.defer(closeDatabases)
  const stepFunctions = opened(await startStepFunctions({ credentials, workerCount: availableParallelism(), storeFolder }))
  const plaidKeysFile = join(dataFolder, 'keys', 'plaid.json')
  const plaid = opened(await startPlaid({ ...storePlaidKeys(plaidKeysFile), stateFile: options.plaidStateFile }))
  const variables = backendVariables({
    plaid,
    plaidKeysFile,
    credentialsFile,
    location,
    dataApi,
    userPool,
    stepFunctions,
    ses,
    storeFolder,
    dropFolder,
    dataFolder,
  })
  const ofAllBackends: EnvironmentVariables = Object.assign({}, ...Object.values(variables))
  Object.assign(
    process.env,
    { NESTEGG_ENVIRONMENT: 'local', RESPONSE_VALIDATION: 'on', RELYING_PARTY_ID: relyingPartyId } satisfies EnvironmentVariables,
    ofAllBackends,
  )
  if (dropFolder !== undefined) opened(startBarDrop(dropFolder))
  if (options.doesLedgerWork ?? true) opened(startLedgerWork(storeVariables(dataFolder).LEDGER_WORK_FOLDER))
  stepFunctions.resume(await unfinishedRuns(location))
  const gateway = opened(await startGateway({ routes, userPool, port, webFolder: options.webFolder, load: options.load }))
  pageOrigins = ownOrigins(Number(new URL(gateway.url).port)).filter(origin => new URL(origin).hostname === relyingPartyId)
  const [pages] = pageOrigins
  if (options.webFolder !== undefined && pages !== undefined)
    Object.assign(process.env, { FRONT_URL: pages } satisfies EnvironmentVariables)
  return { url: gateway.url, userPool, dataApi, stepFunctions, plaid }
}
