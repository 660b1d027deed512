import { CfnOutput, Duration, Stack, Validations } from 'aws-cdk-lib'
import { type SecurityGroup, SubnetType, type Vpc } from 'aws-cdk-lib/aws-ec2'
import type { Key } from 'aws-cdk-lib/aws-kms'
import { LogRetention } from 'aws-cdk-lib/aws-logs'
import {
  AuroraPostgresEngineVersion,
  ClusterInstance,
  Credentials,
  DatabaseCluster,
  DatabaseClusterEngine,
  DatabaseInsightsMode,
  type IDatabaseCluster,
  ParameterGroup,
  PerformanceInsightRetention,
  SubnetGroup,
} from 'aws-cdk-lib/aws-rds'
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { Construct } from 'constructs'
import type { RestoredCluster } from '../deployment.ts'
import type { EnvironmentSettings } from '../environments.ts'
import { basicExecution } from './acknowledgements.ts'

export interface AuroraClusterProps {
  readonly settings: EnvironmentSettings
  readonly vpc: Vpc
  readonly key: Key
  readonly securityGroup: SecurityGroup
  readonly databaseName: string
  readonly port: number
}

export interface RestoreTargets {
  readonly subnetGroupName: string
  readonly securityGroupId: string
  readonly parameterGroupName: string
}

const engine = DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_16_13 })

/** RDS accepts letters and digits only, at most sixteen. */
const administrator = 'nesteggadmin'

/**
 * The cluster of an environment. Its subnets and parameters are separate, so that a restored cluster can use them too. With the setting
 * `restoredCluster`, the environment uses that cluster instead of its own.
 */
export class AuroraCluster extends Construct {
  /** The cluster that the environment uses. */
  readonly used: IDatabaseCluster
  /** The password of the administrator of that cluster, which RDS made. */
  readonly masterSecret: ISecret
  /** The names and ids that a restore into a new cluster needs. */
  readonly restoreTargets: RestoreTargets
  /** The cluster that this stack made, unless the restored one has replaced it. */
  readonly own: DatabaseCluster | undefined

  constructor(scope: Construct, id: string, props: AuroraClusterProps) {
    super(scope, id)
    const { settings, vpc, key, securityGroup } = props
    const subnetGroup = new SubnetGroup(this, 'Subnets', {
      description: 'The subnets of the database, without internet access',
      vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
    })
    const parameterGroup = new ParameterGroup(this, 'Parameters', {
      engine,
      description: 'The settings of the database',
      parameters: {
        'rds.force_ssl': '1',
        log_min_duration_statement: '1000',
        // Without details, which quote values of rows.
        log_error_verbosity: 'terse',
        shared_preload_libraries: 'pg_stat_statements',
        max_connections: String(settings.database.maximumConnections),
      },
    })
    const { restoredCluster } = settings
    this.own = restoredCluster?.ownCluster === 'removed' ? undefined : ownCluster(this, { ...props, subnetGroup, parameterGroup })
    if (restoredCluster === undefined) {
      this.used = this.own!
      this.masterSecret = this.own!.secret!
    } else {
      this.used = restored(this, restoredCluster, props)
      this.masterSecret = Secret.fromSecretCompleteArn(this, 'RestoredSecret', restoredCluster.masterSecretArn)
    }
    if (this.own || restoredCluster) acknowledgeLogRetention(this)
    this.restoreTargets = {
      subnetGroupName: subnetGroup.subnetGroupName,
      securityGroupId: securityGroup.securityGroupId,
      parameterGroupName: parameterGroup.bindToCluster({}).parameterGroupName,
    }
    // The values that the commands of a restore need.
    const outputs = {
      ClusterIdentifier: this.used.clusterIdentifier,
      SubnetGroup: this.restoreTargets.subnetGroupName,
      SecurityGroup: this.restoreTargets.securityGroupId,
      ParameterGroup: this.restoreTargets.parameterGroupName,
      KeyArn: key.keyArn,
    }
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(Stack.of(this), name, { value })
  }
}

const restored = (
  scope: Construct,
  { identifier, resourceId, writerEndpoint }: RestoredCluster,
  { port, settings }: AuroraClusterProps,
): IDatabaseCluster => {
  new LogRetention(scope, 'RestoredLogs', {
    logGroupName: `/aws/rds/cluster/${identifier}/postgresql`,
    retention: settings.logRetention,
  })
  return DatabaseCluster.fromDatabaseClusterAttributes(scope, 'Restored', {
    clusterIdentifier: identifier,
    clusterResourceIdentifier: resourceId,
    clusterEndpointAddress: writerEndpoint,
    port,
    dataApiEnabled: true,
  })
}

interface OwnClusterProps extends AuroraClusterProps {
  readonly subnetGroup: SubnetGroup
  readonly parameterGroup: ParameterGroup
}

const ownCluster = (scope: Construct, props: OwnClusterProps): DatabaseCluster => {
  const { key, parameterGroup, securityGroup, settings, subnetGroup, vpc } = props
  const { database } = settings
  const insights = {
    enablePerformanceInsights: true,
    performanceInsightRetention: PerformanceInsightRetention.DEFAULT,
    performanceInsightEncryptionKey: key,
  }
  const cluster = new DatabaseCluster(scope, 'Cluster', {
    engine,
    defaultDatabaseName: props.databaseName,
    port: props.port,
    // RDS stores and rotates the password itself. No function of ours and no endpoint is needed, and no template contains it.
    manageMasterUserPassword: true,
    credentials: Credentials.fromUsername(administrator, { encryptionKey: key }),
    iamAuthentication: true,
    enableDataApi: true,
    storageEncrypted: true,
    storageEncryptionKey: key,
    vpc,
    subnetGroup,
    securityGroups: [securityGroup],
    writer: ClusterInstance.serverlessV2('Writer', insights),
    readers: Array.from({ length: database.instanceCount - 1 }, (_, index) =>
      ClusterInstance.serverlessV2(`Reader${index + 1}`, { ...insights, scaleWithWriter: true }),
    ),
    serverlessV2MinCapacity: database.minimumCapacityUnits,
    serverlessV2MaxCapacity: database.maximumCapacityUnits,
    serverlessV2AutoPauseDuration: database.autoPauseAfter,
    parameterGroup,
    databaseInsightsMode: DatabaseInsightsMode.STANDARD,
    ...insights,
    cloudwatchLogsExports: ['postgresql'],
    cloudwatchLogsRetention: settings.logRetention,
    backup: { retention: Duration.days(database.backupRetentionDays) },
    copyTagsToSnapshot: true,
    deletionProtection: database.deletionProtection,
    removalPolicy: database.removalPolicy,
  })
  if (!database.deletionProtection) {
    Validations.of(cluster).acknowledge({
      id: 'AwsSolutions-RDS10',
      reason: 'A temporary environment for trials, or a first deployment that may have to be rolled back. The cluster may be deleted.',
    })
  }
  return cluster
}

/** RDS creates its log group itself, so a template cannot. CDK's function sets the retention afterwards. */
const acknowledgeLogRetention = (scope: Construct): void => {
  const setter = Stack.of(scope).node.children.find(child => child.node.id.startsWith('LogRetention'))
  if (setter === undefined) throw new Error('CDK no longer sets the retention of exported logs by a function of its own.')
  Validations.of(setter).acknowledge(
    {
      id: basicExecution,
      reason: "The role is that of CDK's own function for log retention: the basic execution policy lets it write logs, and nothing else.",
    },
    {
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: "CDK's own function may set the retention of any log group, since RDS names the group after the cluster.",
    },
  )
}
