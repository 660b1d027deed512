import { join } from 'node:path'
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2'
import type { Grant } from 'aws-cdk-lib/aws-iam'
import { Code } from 'aws-cdk-lib/aws-lambda'
import type { IQueue } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import type { DatabaseRole } from '../../db/roles.ts'
import type { Backend, Domain } from '../../lambdas/runtime/route.ts'
import type { DatabaseStack } from '../database.ts'
import type { EnvironmentSettings } from '../environments.ts'
import type { IdentityStack } from '../identity.ts'
import { NesteggFunction, type Placement } from './nestegg-function.ts'

/** What simulates large runs, as its users see it. */
export interface SimulationBackend {
  readonly storeVariables: Readonly<Record<string, string>>
  readonly startVariables: Readonly<Record<string, string>>
  readonly grantStore: (grantee: NesteggFunction) => Grant
  readonly grantStart: (grantee: NesteggFunction) => Grant
}

/** Where files of bars are dropped, as the function sees it that ingests them. */
export interface BarDropBackend {
  readonly dropVariables: Readonly<Record<string, string>>
  /** What a function inside the VPC needs to reach it. */
  readonly access: ISecurityGroup
  readonly grantDrop: (grantee: NesteggFunction) => Grant
}

/** What functions may reach, and where their bundles are. */
export interface Backends {
  readonly settings: EnvironmentSettings
  readonly database: DatabaseStack
  readonly identity: IdentityStack
  /** Only where something declares it. */
  readonly simulation?: SimulationBackend
  /** Only where something declares it. */
  readonly barDrop?: BarDropBackend
  readonly buildFolder: string
}

/** What a route, a job and a task have in common: a handler and what it needs to run. */
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
  /** Whom a function with the backend `database` connects as. */
  readonly role: DatabaseRole
  readonly backends: Backends
  readonly code: Code
  readonly failures?: IQueue
}

/** The code of a domain's functions: one asset, so that a change deploys that domain alone. Make it once a stack. */
export const domainCode = (buildFolder: string, domain: Domain): Code => Code.fromAsset(join(buildFolder, domain))

/** S3 alone has a gateway endpoint in the VPC. */
const insideVpc: ReadonlySet<Backend> = new Set(['database', 'bar-drop'])

/** Lambda's limit for a description. */
const longestDescription = 256

const placementWith = (placement: Placement, access: ISecurityGroup | undefined): Placement =>
  access ? { ...placement, securityGroups: [...placement.securityGroups, access] } : placement

/** A function placed and granted by the backends that its route or job declares. */
export class BackendFunction extends NesteggFunction {
  constructor(scope: Construct, id: string, { unit, description, role, backends, code, failures }: BackendFunctionProps) {
    const uses = (backend: Backend): boolean => unit.backends.includes(backend)
    if (uses('database') && unit.backends.some(backend => !insideVpc.has(backend))) {
      throw new Error(
        `${unit.id} declares the backends ${unit.backends.join(', ')}: a function with database runs inside the VPC, which has no way to the AWS endpoints that the others need. Split it, or use database-functions.`,
      )
    }
    const { settings, barDrop, database, identity, simulation } = backends
    if (!simulation && (uses('simulation-store') || uses('simulation-fan-out'))) {
      throw new Error(`${unit.id} declares the backends ${unit.backends.join(', ')}, and nothing here simulates large runs.`)
    }
    if (!barDrop && uses('bar-drop')) throw new Error(`${unit.id} declares the backend bar-drop, and nothing is dropped here.`)
    super(scope, id, {
      settings,
      service: unit.domain,
      description: description.slice(0, longestDescription),
      code,
      handler: `${unit.name}.handler`,
      timeoutSeconds: unit.timeoutSeconds,
      memoryMegabytes: unit.memoryMegabytes,
      environment: {
        ...(uses('database') ? database.variables : {}),
        ...(uses('database-functions') ? database.dataApiVariables : {}),
        ...(uses('user-pool') ? identity.variables : {}),
        ...(uses('simulation-store') ? simulation?.storeVariables : {}),
        ...(uses('simulation-fan-out') ? simulation?.startVariables : {}),
        ...(uses('bar-drop') ? barDrop?.dropVariables : {}),
      },
      placement: uses('database') ? placementWith(database.placement, uses('bar-drop') ? barDrop?.access : undefined) : undefined,
      failures,
    })
    if (uses('database')) database.grantConnect(this, role)
    if (uses('database-functions')) database.grantFunctions(this)
    if (uses('simulation-store')) simulation?.grantStore(this)
    if (uses('simulation-fan-out')) simulation?.grantStart(this)
    if (uses('bar-drop')) barDrop?.grantDrop(this)
  }
}
