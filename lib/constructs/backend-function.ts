import { join } from 'node:path'
import { Code } from 'aws-cdk-lib/aws-lambda'
import type { IQueue } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import type { DatabaseRole } from '../../db/roles.ts'
import { type Backend, backends as registry } from '../../lambdas/runtime/backends.ts'
import type { EnvironmentVariables } from '../../lambdas/runtime/environment.ts'
import type { Domain } from '../../lambdas/runtime/route.ts'
import { backendAccess, type Backends } from './backends.ts'
import { NesteggFunction } from './nestegg-function.ts'

/** The common part of a route, a job and a task: a handler, and the settings of its function. */
export interface Unit {
  readonly id: string
  readonly domain: Domain
  readonly name: string
  readonly backends: readonly Backend[]
  readonly timeoutSeconds: number
  readonly memoryMegabytes?: number
}

export interface BackendFunctionProps {
  readonly unit: Unit
  readonly description: string
  /** The database role that a function with the backend `database` uses. */
  readonly role: DatabaseRole
  readonly backends: Backends
  readonly code: Code
  readonly failures?: IQueue
  /** Variables in addition to those of its backends. */
  readonly environment?: EnvironmentVariables
}

/** The code of a domain's functions: one asset, so that a change deploys that domain alone. Create it once per stack. */
export const domainCode = (buildFolder: string, domain: Domain): Code => Code.fromAsset(join(buildFolder, domain))

/** Lambda's limit for a description. */
const longestDescription = 256

/** Whether the function runs inside the VPC. Throws if no place can reach all of its backends. */
const runsInsideVpc = ({ backends, id }: Unit): boolean => {
  const inside = backends.filter(backend => registry[backend].vpc === 'required')
  const outside = backends.filter(backend => registry[backend].vpc === 'impossible')
  if (inside.length > 0 && outside.length > 0) {
    throw new Error(
      `${id} declares the backends ${backends.join(', ')}: a function with ${inside.join(', ')} runs inside the VPC and cannot reach ${outside.join(', ')} from there. Split it, or call functions of the database over the Data API.`,
    )
  }
  return inside.length > 0
}

/** The function of a route, job or task. The declared backends decide its network and its rights. */
export class BackendFunction extends NesteggFunction {
  constructor(scope: Construct, id: string, props: BackendFunctionProps) {
    const { backends, code, description, environment, failures, role, unit } = props
    const insideVpc = runsInsideVpc(unit)
    const accesses = unit.backends.map(backend => {
      const access = backendAccess[backend](backends, role)
      if (!access) throw new Error(`${unit.id} declares the backend ${backend}, which its stack does not have.`)
      return access
    })
    super(scope, id, {
      settings: backends.settings,
      service: unit.domain,
      description: description.slice(0, longestDescription),
      code,
      handler: `${unit.name}.handler`,
      timeoutSeconds: unit.timeoutSeconds,
      memoryMegabytes: unit.memoryMegabytes,
      environment: Object.assign({}, environment, ...accesses.map(({ variables }) => variables)) as EnvironmentVariables,
      placement: insideVpc
        ? { ...backends.database.placement, securityGroups: [...new Set(accesses.flatMap(({ securityGroups = [] }) => securityGroups))] }
        : undefined,
      failures,
    })
    for (const { grant } of accesses) grant(this)
  }
}
