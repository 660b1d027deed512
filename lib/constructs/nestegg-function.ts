import { Duration, Stack, Validations } from 'aws-cdk-lib'
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2'
import {
  Effect,
  type AddToPrincipalPolicyResult,
  type IGrantable,
  type IPrincipal,
  PolicyDocument,
  PolicyStatement,
  type PrincipalPolicyFragment,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam'
import { Architecture, type Code, Function, type ILayerVersion, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda'
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import type { IQueue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import type { EnvironmentSettings } from '../environments.ts'

/** The place of a function in a VPC. */
export interface Placement {
  readonly vpc: IVpc
  readonly vpcSubnets: SubnetSelection
  readonly securityGroups: ISecurityGroup[]
}

export interface NesteggFunctionProps {
  readonly settings: EnvironmentSettings
  /** Names the service in logs, traces and metrics. */
  readonly service: string
  readonly description: string
  readonly code: Code
  /** `<file>.<export>` in the bundle. */
  readonly handler: string
  readonly timeoutSeconds: number
  /** Memory. The share of the processor is proportional to it: 1,769 MB is one core. */
  readonly memoryMegabytes?: number
  readonly environment?: Readonly<Record<string, string>>
  /** Default: outside the VPC. */
  readonly placement?: Placement
  /** Receives the events of asynchronous invocations that failed three times. */
  readonly failures?: IQueue
  /** Default: none. */
  readonly layers?: readonly ILayerVersion[]
}

/** The rights that the Lambda service uses to attach a function's network interfaces in a VPC. */
const networkInterfaceActions = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
]

/**
 * One function with everything that belongs to it: its own role, a log group with retention, tracing, a timeout. The rights are written
 * inside the role, so a function is three resources and never runs before its rights exist. Grants are made to the construct.
 */
export class NesteggFunction extends Construct implements IGrantable {
  readonly function: Function
  readonly grantPrincipal: InlinePrincipal

  constructor(scope: Construct, id: string, props: NesteggFunctionProps) {
    super(scope, id)
    const { settings, service, placement, failures } = props
    const logGroup = new LogGroup(this, 'Logs', { retention: settings.logRetention, removalPolicy: settings.removalPolicy })
    const rights = new PolicyDocument({ statements: runtimeStatements(logGroup, placement !== undefined) })
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { rights },
    })
    this.grantPrincipal = new InlinePrincipal(role, rights)
    failures?.grant(this, 'sqs:SendMessage')
    this.function = new Function(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: props.code,
      handler: props.handler,
      role: role.withoutPolicyUpdates(),
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      timeout: Duration.seconds(props.timeoutSeconds),
      memorySize: props.memoryMegabytes ?? 512,
      environment: {
        NESTEGG_ENVIRONMENT: settings.name,
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: service,
        POWERTOOLS_METRICS_NAMESPACE: 'Nestegg',
        ...props.environment,
      },
      ...placement,
      ...(props.layers ? { layers: [...props.layers] } : {}),
      ...(failures === undefined ? {} : { onFailure: new SqsDestination(failures), retryAttempts: 2, maxEventAge: Duration.hours(6) }),
    })
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Sending trace segments and attaching network interfaces have no resource-level permissions.',
    })
  }

  addRights(...statements: PolicyStatement[]): void {
    for (const statement of statements) this.grantPrincipal.addToPrincipalPolicy(statement)
  }
}

const runtimeStatements = (logGroup: LogGroup, inVpc: boolean): PolicyStatement[] => [
  new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
  new PolicyStatement({ actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] }),
  ...(inVpc
    ? [
        new PolicyStatement({ actions: networkInterfaceActions, resources: ['*'] }),
        // The condition key exists only in calls of the function's own code, so only the service may use these rights.
        // https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
        new PolicyStatement({
          effect: Effect.DENY,
          actions: networkInterfaceActions,
          resources: ['*'],
          conditions: { Null: { 'lambda:SourceFunctionArn': 'false' } },
        }),
      ]
    : []),
]

/** Adds grants to the inline policy of a role. CDK would add a policy resource per role. */
class InlinePrincipal implements IPrincipal {
  readonly grantPrincipal = this
  readonly assumeRoleAction = 'sts:AssumeRole'
  readonly policyFragment: PrincipalPolicyFragment
  readonly principalAccount: string
  private readonly role: Role
  private readonly rights: PolicyDocument

  constructor(role: Role, rights: PolicyDocument) {
    this.role = role
    this.rights = rights
    this.policyFragment = role.policyFragment
    this.principalAccount = Stack.of(role).account
  }

  addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    this.rights.addStatements(statement)
    return { statementAdded: true, policyDependable: this.role }
  }

  /** CDK adds a statement once per name: of two principals with one name, only the first would get the right. */
  toString(): string {
    return this.role.toString()
  }
}
