import { CfnOutput, Duration, Stack, Validations } from 'aws-cdk-lib'
import { Peer, Port, SecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2'
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import {
  AuroraPostgresEngineVersion,
  ClusterInstance,
  Credentials,
  DatabaseCluster,
  DatabaseClusterEngine,
  DatabaseInsightsMode,
  PerformanceInsightRetention,
} from 'aws-cdk-lib/aws-rds'
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager'
import type { Construct } from 'constructs'
import { type DatabaseRole, type FunctionPurpose, functionRoles } from '../db/roles.ts'
import type { BackendVariables } from '../lambdas/runtime/backends.ts'
import { Migrations, type MigrationSources } from './constructs/migrations.ts'
import type { Placement } from './constructs/nestegg-function.ts'
import type { EnvironmentSettings } from './environments.ts'
import type { NetworkStack } from './network.ts'

const databaseName = 'nestegg'
const databasePort = 5432

export interface DatabaseStackProps {
  readonly settings: EnvironmentSettings
  readonly network: NetworkStack
  readonly migrations: MigrationSources
}

/** The password with which the Data API connects as the role of one purpose. */
const functionSecret = (
  scope: Construct,
  id: string,
  purpose: FunctionPurpose,
  { key, settings }: { readonly key: Key; readonly settings: EnvironmentSettings },
): ISecret => {
  const username: DatabaseRole = functionRoles[purpose]
  const secret = new Secret(scope, id, {
    description: `Password of ${username}, a role that the Data API connects as`,
    encryptionKey: key,
    generateSecretString: {
      secretStringTemplate: JSON.stringify({ username }),
      generateStringKey: 'password',
      passwordLength: 48,
      excludePunctuation: true,
    },
    removalPolicy: settings.removalPolicy,
  })
  Validations.of(secret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason:
      'Rotation by Secrets Manager needs a function inside the VPC and an interface endpoint, paid by the hour. The role may execute the granted functions and access no table. Every deployment with a migration sets its password from the secret again.',
  })
  return secret
}

/**
 * Aurora PostgreSQL and the two ways to connect: an IAM token from inside the VPC, or the RDS Data API from outside. Once this stack is
 * deployed, the database is migrated.
 */
export class DatabaseStack extends Stack {
  readonly cluster: DatabaseCluster
  /** The place of a function with the backend `database`. */
  readonly placement: Placement
  readonly variables: BackendVariables<'database'>
  readonly dataApiVariables: { readonly DATA_API_CLUSTER_ARN: string; readonly DATABASE_NAME: string }
  readonly functionSecrets: Readonly<Record<FunctionPurpose, ISecret>>
  private readonly key: Key

  constructor(scope: Construct, id: string, { settings, network, migrations }: DatabaseStackProps) {
    super(scope, id)
    const { vpc } = network
    const vpcSubnets = { subnetType: SubnetType.PRIVATE_ISOLATED }
    const key = new Key(this, 'Key', {
      description: 'Data, snapshots, insights and secrets of the database',
      enableKeyRotation: true,
      removalPolicy: settings.removalPolicy,
    })
    this.key = key
    const securityGroup = new SecurityGroup(this, 'ClusterAccess', {
      vpc,
      description: 'The database: accepts its clients only, connects to no address',
      allowAllOutbound: false,
    })
    this.cluster = databaseCluster(this, { settings, network, key, securityGroup })
    const clients = new SecurityGroup(this, 'Clients', {
      vpc,
      description: 'Functions that connect to the database only',
      allowAllOutbound: false,
    })
    securityGroup.addIngressRule(clients, Port.tcp(databasePort), 'Functions of the API, jobs, migrations')
    // To addresses and not to the group: CDK writes such a rule into the group, which otherwise gets EC2's rule that allows everything.
    clients.addEgressRule(Peer.ipv4(vpc.vpcCidrBlock), Port.tcp(databasePort), 'The database')
    this.functionSecrets = {
      identity: functionSecret(this, 'IdentityFunctionsSecret', 'identity', { key, settings }),
      invitations: functionSecret(this, 'InvitationFunctionsSecret', 'invitations', { key, settings }),
      runs: functionSecret(this, 'RunFunctionsSecret', 'runs', { key, settings }),
    }

    this.placement = { vpc, vpcSubnets, securityGroups: [clients] }
    this.variables = {
      DATABASE_HOST: this.cluster.clusterEndpoint.hostname,
      DATABASE_PORT: String(databasePort),
      DATABASE_NAME: databaseName,
      DATABASE_AUTHENTICATION: 'iam',
    }
    this.dataApiVariables = {
      DATA_API_CLUSTER_ARN: this.cluster.clusterArn,
      DATABASE_NAME: databaseName,
    }
    new Migrations(this, 'Migrations', {
      settings,
      database: this,
      key,
      administratorSecret: this.cluster.secret!,
      functionSecrets: this.functionSecrets,
      sources: migrations,
    })
    new CfnOutput(this, 'ClusterArn', { value: this.cluster.clusterArn })
  }

  /** Lets the grantee sign tokens to connect as that role only. */
  grantConnect(grantee: IGrantable, role: DatabaseRole): Grant {
    return this.cluster.grantConnect(grantee, role)
  }

  /** Lets the grantee call the SQL functions of one purpose over the Data API. */
  grantFunctions(grantee: IGrantable, purpose: FunctionPurpose): Grant {
    return this.grantStatements(grantee, this.functionSecrets[purpose])
  }

  /** Lets the grantee run statements over the Data API as the user of that secret. */
  grantStatements(grantee: IGrantable, secret: ISecret): Grant {
    const execute = Grant.addToPrincipal({ grantee, actions: ['rds-data:ExecuteStatement'], resourceArns: [this.cluster.clusterArn] })
    return execute.combine(this.grantSecret(grantee, secret))
  }

  /**
   * Lets the grantee read one secret of the database. `secret.grantRead` would name the grantee in the key's policy, and so make this
   * stack depend on the stacks of all grantees.
   */
  grantSecret(grantee: IGrantable, secret: ISecret): Grant {
    const read = Grant.addToPrincipal({ grantee, actions: ['secretsmanager:GetSecretValue'], resourceArns: [secret.secretArn] })
    return read.combine(
      Grant.addToPrincipal({
        grantee,
        actions: ['kms:Decrypt'],
        resourceArns: [this.key.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${this.region}.amazonaws.com` } },
      }),
    )
  }
}

interface ClusterProps {
  readonly settings: EnvironmentSettings
  readonly network: NetworkStack
  readonly key: Key
  readonly securityGroup: SecurityGroup
}

const databaseCluster = (scope: Construct, { settings, network, key, securityGroup }: ClusterProps): DatabaseCluster => {
  const { database } = settings
  const insights = {
    enablePerformanceInsights: true,
    performanceInsightRetention: PerformanceInsightRetention.DEFAULT,
    performanceInsightEncryptionKey: key,
  }
  const cluster = new DatabaseCluster(scope, 'Cluster', {
    engine: DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_16_13 }),
    defaultDatabaseName: databaseName,
    port: databasePort,
    // RDS stores and rotates the password itself. No function of ours and no endpoint is needed, and no template contains it.
    manageMasterUserPassword: true,
    credentials: Credentials.fromUsername('nestegg_administrator', { encryptionKey: key }),
    iamAuthentication: true,
    enableDataApi: true,
    storageEncrypted: true,
    storageEncryptionKey: key,
    vpc: network.vpc,
    vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
    securityGroups: [securityGroup],
    writer: ClusterInstance.serverlessV2('Writer', insights),
    readers: Array.from({ length: database.instanceCount - 1 }, (_, index) =>
      ClusterInstance.serverlessV2(`Reader${index + 1}`, { ...insights, scaleWithWriter: true }),
    ),
    serverlessV2MinCapacity: database.minimumCapacityUnits,
    serverlessV2MaxCapacity: database.maximumCapacityUnits,
    serverlessV2AutoPauseDuration: database.autoPauseAfter,
    parameters: {
      'rds.force_ssl': '1',
      log_min_duration_statement: '1000',
      // Without details, which quote values of rows.
      log_error_verbosity: 'terse',
      shared_preload_libraries: 'pg_stat_statements',
      max_connections: String(database.maximumConnections),
    },
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
      reason: 'A temporary environment for trials. By its settings the cluster may be deleted.',
    })
  }
  acknowledgeLogRetention(cluster)
  return cluster
}

/** RDS creates its log group itself, so a template cannot. CDK's function sets the retention afterwards. */
const acknowledgeLogRetention = (cluster: DatabaseCluster): void => {
  const setter = Stack.of(cluster).node.children.find(child => child.node.id.startsWith('LogRetention'))
  if (setter === undefined) throw new Error('CDK no longer sets the retention of exported logs by a function of its own.')
  Validations.of(setter).acknowledge(
    {
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
      reason: "The role is that of CDK's own function for log retention: the basic execution policy lets it write logs, and nothing else.",
    },
    {
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: "CDK's own function may set the retention of any log group, since RDS names the group after the cluster.",
    },
  )
}
