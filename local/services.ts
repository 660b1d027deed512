import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseLocation } from '../db/connections.ts'
import { routes } from '../lambdas/routes.ts'
import { closeDatabases } from '../lambdas/runtime/database.ts'
import type { Backend } from '../lambdas/runtime/backends.ts'
import type { EnvironmentVariables } from '../lambdas/runtime/environment.ts'
import type { Mail } from '../lambdas/runtime/mail.ts'
import { startBarDrop } from './bar-drop.ts'
import { type RunningUserPool, startUserPool } from './cognito/server.ts'
import { type DataApi, startDataApi } from './data-api/server.ts'
import { startGateway } from './gateway.ts'
import { codeMail, fromAddress, storeMail } from './mails.ts'
import { type Ses, startSes } from './ses.ts'
import { startStepFunctions, type StepFunctions } from './step-functions/server.ts'

const clusterArn = 'arn:aws:rds:local:000000000000:cluster:nestegg'
const secretArn = 'arn:aws:secretsmanager:local:000000000000:secret:nestegg-functions'

export interface ServicesOptions {
  readonly location: DatabaseLocation
  /** Of the role nestegg_functions, which the Data API signs in as. */
  readonly password: string
  readonly port?: number | undefined
  /** Where the user pool keeps its users; nowhere when left out. */
  readonly stateFile?: string | undefined
  /** Where large runs keep their shards, none of which outlives the process; a temporary folder when left out. */
  readonly storeFolder?: string | undefined
  /** Where files of bars are dropped; nowhere when left out. */
  readonly dropFolder?: string | undefined
  /** Where a file is written for each mail; nowhere when left out. */
  readonly mailFolder?: string | undefined
  readonly accessTokenSeconds?: number | undefined
  /** Receives each mail that SES and Cognito would send. */
  readonly deliverMail?: ((mail: Mail) => void) | undefined
}

export interface Services {
  readonly url: string
  readonly userPool: RunningUserPool
  readonly dataApi: DataApi
  readonly stepFunctions: StepFunctions
  close(): Promise<void>
}

interface StandIns extends Pick<Services, 'dataApi' | 'stepFunctions' | 'userPool'> {
  readonly location: DatabaseLocation
  readonly ses: Ses
  readonly storeFolder: string
  readonly dropFolder: string | undefined
}

/** Where the handlers find each backend on this machine: the same names as in AWS; only the addresses are local. */
const backendVariables = (standIns: StandIns): Readonly<Record<Backend, EnvironmentVariables>> => {
  const { dataApi, dropFolder, location, ses, stepFunctions, storeFolder, userPool } = standIns
  return {
    database: {
      DATABASE_HOST: location.host,
      DATABASE_PORT: String(location.port),
      DATABASE_NAME: location.database,
      DATABASE_AUTHENTICATION: 'password-file',
      ...(location.authentication.kind === 'password-file' ? { DATABASE_PASSWORD_FILE: location.authentication.path } : {}),
      DATABASE_POOL_SIZE: '4',
    },
    'database-functions': { DATA_API_CLUSTER_ARN: clusterArn, DATA_API_SECRET_ARN: secretArn, DATA_API_ENDPOINT: dataApi.endpoint },
    'user-pool': {
      USER_POOL_ID: userPool.poolId,
      USER_POOL_CLIENT_ID: userPool.clientId,
      USER_POOL_ENDPOINT: userPool.endpoint,
    },
    'simulation-store': { SIMULATION_STORE_FOLDER: storeFolder },
    'simulation-fan-out': {
      SIMULATION_STATE_MACHINE_ARN: stepFunctions.stateMachineArn,
      SIMULATION_STATE_MACHINE_ENDPOINT: stepFunctions.endpoint,
    },
    'bar-drop': dropFolder === undefined ? {} : { BAR_DROP_FOLDER: dropFolder },
    mail: { MAIL_FROM_ADDRESS: fromAddress, MAIL_ENDPOINT: ses.endpoint },
  }
}

/**
 * Starts, over a migrated database, all that stands between it and an HTTP caller: user pool, Data API, Step Functions, SES, gateway
 * with the very handlers that AWS runs. One set of them a process, since the handlers read the process's environment.
 */
export const startServices = async (options: ServicesOptions): Promise<Services> => {
  const { accessTokenSeconds, deliverMail, dropFolder, location, mailFolder, password, port = 0, stateFile } = options
  const storeFolder = options.storeFolder ?? mkdtempSync(join(tmpdir(), 'nestegg-store-'))
  const emptyStore = () => rmSync(storeFolder, { recursive: true, force: true })
  emptyStore()
  const deliver = (mail: Mail): void => {
    if (mailFolder !== undefined) storeMail(mailFolder, mail)
    deliverMail?.(mail)
  }
  const userPool = await startUserPool({
    ...(stateFile === undefined ? {} : { stateFile }),
    deliverCode: delivery => deliver(codeMail(delivery)),
    ...(accessTokenSeconds === undefined ? {} : { accessTokenSeconds }),
  })
  const dataApi = await startDataApi({ clusterArn, secrets: { [secretArn]: { user: 'nestegg_functions', password } }, location })
  const stepFunctions = await startStepFunctions({ workerCount: availableParallelism() })
  const ses = await startSes({ fromAddress, deliver })
  const variables = backendVariables({ location, dataApi, userPool, stepFunctions, ses, storeFolder, dropFolder })
  const ofAllBackends: EnvironmentVariables = Object.assign({}, ...Object.values(variables))
  Object.assign(process.env, { NESTEGG_ENVIRONMENT: 'local', RESPONSE_VALIDATION: 'on' } satisfies EnvironmentVariables, ofAllBackends)
  const barDrop = dropFolder === undefined ? undefined : startBarDrop(dropFolder)
  const gateway = await startGateway({ routes, userPool, port })
  return {
    url: gateway.url,
    userPool,
    dataApi,
    stepFunctions,
    close: async () => {
      await gateway.close()
      await barDrop?.close()
      await stepFunctions.close()
      await closeDatabases()
      await dataApi.close()
      await userPool.close()
      await ses.close()
      emptyStore()
    },
  }
}
