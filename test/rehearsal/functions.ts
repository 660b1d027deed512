import type { TestDatabase } from '../support/postgres.ts'
import { type LambdaHost, startLambdaHost } from '../support/lambda-host/host.ts'
import type { Deployed, DeployedFunction } from './deployed.ts'

/** The services of AWS that have stand-ins, by the name that the SDK gives to the variable of their endpoint. */
type Service = 'COGNITO_IDENTITY_PROVIDER' | 'KMS' | 'LAMBDA' | 'RDS' | 'RDS_DATA' | 'S3' | 'SECRETS_MANAGER' | 'SESV2' | 'SFN'

export interface FunctionsOptions {
  readonly deployed: Pick<Deployed, 'byArn' | 'functions'>
  readonly database: Pick<TestDatabase, 'location'>
  /** The addresses of the stand-ins. Every other service of AWS cannot be reached. */
  readonly endpoints?: Partial<Readonly<Record<Service, string>>>
  /** Other values for variables that the template sets, such as the id of a user pool. */
  readonly replaced?: Readonly<Record<string, string>>
  /** Variables in addition to those of the template. */
  readonly added?: (lambda: DeployedFunction) => Readonly<Record<string, string>>
}

export interface Functions {
  /** Sends an event to the function with that ARN, in the process that its last event had. */
  readonly invoke: (arn: string, event: unknown) => ReturnType<LambdaHost['invoke']>
  /** Ends the process of a function. */
  readonly stop: (arn: string) => Promise<void>
  readonly close: () => Promise<void>
}

const nothing = 'http://127.0.0.1:1'

/** From inside the VPC only PostgreSQL and S3 can be reached; from outside, everything but PostgreSQL. */
const reachable = (
  { environment, insideVpc }: DeployedFunction,
  { database, endpoints = {} }: FunctionsOptions,
): Record<string, string> => {
  const { authentication, database: name, host, port } = database.location
  if (authentication.kind !== 'password-file') throw new Error('Tests have no database with IAM.')
  const services = Object.entries(endpoints).filter(([service]) => !insideVpc || service === 'S3')
  return {
    AWS_ENDPOINT_URL: nothing,
    ...Object.fromEntries(services.map(([service, url]) => [`AWS_ENDPOINT_URL_${service}`, url])),
    ...('DATABASE_NAME' in environment ? { DATABASE_NAME: name } : {}),
    ...('DATABASE_HOST' in environment && insideVpc
      ? {
          DATABASE_HOST: host,
          DATABASE_PORT: String(port),
          DATABASE_AUTHENTICATION: 'password-file',
          DATABASE_PASSWORD_FILE: authentication.path,
        }
      : {}),
  }
}

/**
 * Runs the functions of an environment: the code, handler, variables, time limit and memory of the template, under AWS's own runtime
 * client. Only the addresses of the database and of AWS services are others.
 */
export const startFunctions = (options: FunctionsOptions): Functions => {
  const { added = () => ({}), deployed, replaced = {} } = options
  const byArn = new Map(deployed.functions().map(lambda => [lambda.arn, lambda]))
  const hosts = new Map<string, Promise<LambdaHost>>()

  const start = (arn: string): Promise<LambdaHost> => {
    const lambda = byArn.get(arn)
    if (lambda === undefined) throw new Error(`No function has the ARN ${arn}.`)
    const { environment, folder, handler, memoryMegabytes, timeoutSeconds } = lambda
    const others = Object.fromEntries(Object.entries(replaced).filter(([name]) => name in environment))
    return startLambdaHost({
      bundleDirectory: folder,
      handler,
      timeoutSeconds,
      memoryMegabytes,
      // Nothing receives traces here.
      environment: { ...environment, ...reachable(lambda, options), ...others, POWERTOOLS_TRACE_ENABLED: 'false', ...added(lambda) },
    })
  }
  const stop = async (arn: string): Promise<void> => {
    const host = await hosts.get(arn)
    hosts.delete(arn)
    await host?.close()
  }
  return {
    invoke: async (arn, event) => {
      const host = hosts.get(arn) ?? start(arn)
      hosts.set(arn, host)
      return (await host).invoke(event)
    },
    stop,
    close: async () => void (await Promise.all([...hosts.keys()].map(stop))),
  }
}
