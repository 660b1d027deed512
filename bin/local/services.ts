import type { DatabaseLocation } from '../../db/connections.ts'
import { routes } from '../../lambdas/routes.ts'
import { closeDatabases } from '../../lambdas/runtime/database.ts'
import type { EnvironmentVariables } from '../../lambdas/runtime/environment.ts'
import { type RunningUserPool, startUserPool } from './cognito/server.ts'
import { type DataApi, startDataApi } from './data-api/server.ts'
import { startGateway } from './gateway.ts'

const clusterArn = 'arn:aws:rds:local:000000000000:cluster:nestegg'
const secretArn = 'arn:aws:secretsmanager:local:000000000000:secret:nestegg-functions'

export interface CodeDelivery {
  readonly email: string
  readonly code: string
}

export interface ServicesOptions {
  readonly location: DatabaseLocation
  /** Of the role nestegg_functions, which the Data API signs in as. */
  readonly password: string
  readonly port?: number | undefined
  /** Where the user pool keeps its users; nowhere when left out. */
  readonly stateFile?: string | undefined
  readonly accessTokenSeconds?: number | undefined
  /** Gets the codes that Cognito would mail. */
  readonly deliverCode?: ((delivery: CodeDelivery) => void) | undefined
}

export interface Services {
  readonly url: string
  readonly userPool: RunningUserPool
  readonly dataApi: DataApi
  close(): Promise<void>
}

/** What the handlers find in their environment, the same names as in AWS; only the adapters' addresses are local. */
const environmentOf = (location: DatabaseLocation, userPool: RunningUserPool, dataApi: DataApi): EnvironmentVariables => ({
  NESTEGG_ENVIRONMENT: 'local',
  DATABASE_HOST: location.host,
  DATABASE_PORT: String(location.port),
  DATABASE_NAME: location.database,
  DATABASE_AUTHENTICATION: 'password-file',
  ...(location.authentication.kind === 'password-file' ? { DATABASE_PASSWORD_FILE: location.authentication.path } : {}),
  DATABASE_POOL_SIZE: '4',
  DATA_API_CLUSTER_ARN: clusterArn,
  DATA_API_SECRET_ARN: secretArn,
  DATA_API_ENDPOINT: dataApi.endpoint,
  USER_POOL_ID: userPool.poolId,
  USER_POOL_CLIENT_ID: userPool.clientId,
  USER_POOL_ENDPOINT: userPool.endpoint,
  RESPONSE_VALIDATION: 'on',
})

/**
 * Starts, over a migrated database, all that stands between it and an HTTP caller: user pool, Data API, gateway with the very
 * handlers that AWS runs. One set of them a process, since the handlers read the process's environment.
 */
export const startServices = async (options: ServicesOptions): Promise<Services> => {
  const { accessTokenSeconds, deliverCode, location, password, port = 0, stateFile } = options
  const userPool = await startUserPool({
    ...(stateFile === undefined ? {} : { stateFile }),
    ...(deliverCode ? { deliverCode } : {}),
    ...(accessTokenSeconds === undefined ? {} : { accessTokenSeconds }),
  })
  const dataApi = await startDataApi({ clusterArn, secrets: { [secretArn]: { user: 'nestegg_functions', password } }, location })
  Object.assign(process.env, environmentOf(location, userPool, dataApi))
  const gateway = await startGateway({ routes, userPool, port })
  return {
    url: gateway.url,
    userPool,
    dataApi,
    close: async () => {
      await gateway.close()
      await closeDatabases()
      await dataApi.close()
      await userPool.close()
    },
  }
}
