import { Aws, CfnOutput, Validations } from 'aws-cdk-lib'
import { Peer, Port, SecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2'
import { AccountPrincipal, Grant, type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import type { IDatabaseCluster } from 'aws-cdk-lib/aws-rds'
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager'
import type { Construct } from 'constructs'
import { type DatabaseRole, type FunctionPurpose, functionRoles } from '../db/roles.ts'
import type { BackendVariables } from '../lambdas/runtime/backends.ts'
import { AuroraCluster, type RestoreTargets } from './constructs/aurora-cluster.ts'
import { Migrations, type MigrationSources } from './constructs/migrations.ts'
import { NesteggStack } from './constructs/nestegg-stack.ts'
import type { Placement } from './constructs/nestegg-function.ts'
import { placeOfVault } from './deployment.ts'
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
 * Lets AWS Backup in the accounts that get copies of the backups read snapshots, which have the key of the cluster. The role is named by a
 * condition, since KMS refuses a principal that does not exist yet.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html
 */
const shareKey = (key: Key, { account, backups }: EnvironmentSettings): void => {
  const accounts = new Set(backups?.copies.map(({ vaultArn }) => placeOfVault(vaultArn).account).filter(other => other !== account))
  for (const other of accounts) {
    const role = {
      'aws:PrincipalArn': `arn:${Aws.PARTITION}:iam::${other}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`,
    }
    const share = (actions: readonly string[], conditions: Record<string, unknown>) =>
      key.addToResourcePolicy(
        new PolicyStatement({ principals: [new AccountPrincipal(other)], actions: [...actions], resources: ['*'], conditions }),
      )
    share(['kms:DescribeKey', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'], { ArnEquals: role })
    share(['kms:CreateGrant'], { ArnEquals: role, Bool: { 'kms:GrantIsForAWSResource': 'true' } })
  }
}

/**
 * Aurora PostgreSQL and the two ways to connect: an IAM token from inside the VPC, or the RDS Data API from outside. Once this stack is
 * deployed, the database is migrated.
 */
export class DatabaseStack extends NesteggStack {
  /** The cluster that the environment uses: its own, or a restored one. */
  readonly cluster: IDatabaseCluster
  readonly restoreTargets: RestoreTargets
  /** The place of a function with the backend `database`. */
  readonly placement: Placement
  readonly variables: BackendVariables<'database'>
  readonly dataApiVariables: { readonly DATA_API_CLUSTER_ARN: string; readonly DATABASE_NAME: string }
  readonly functionSecrets: Readonly<Record<FunctionPurpose, ISecret>>
  /** Encrypts the data, the snapshots and the secrets of the database. */
  readonly key: Key

  constructor(scope: Construct, id: string, { settings, network, migrations }: DatabaseStackProps) {
    super(scope, id, { settings, description: 'Aurora PostgreSQL, its migrations and its secrets' })
    const { vpc } = network
    const vpcSubnets = { subnetType: SubnetType.PRIVATE_ISOLATED }
    const key = new Key(this, 'Key', {
      description: 'Data, snapshots, insights and secrets of the database',
      enableKeyRotation: true,
      removalPolicy: settings.removalPolicy,
    })
    this.key = key
    shareKey(key, settings)
    const securityGroup = new SecurityGroup(this, 'ClusterAccess', {
      vpc,
      description: 'The database: accepts its clients only, connects to no address',
      allowAllOutbound: false,
    })
    const aurora = new AuroraCluster(this, 'Aurora', { settings, vpc, key, securityGroup, databaseName, port: databasePort })
    this.cluster = aurora.used
    this.restoreTargets = aurora.restoreTargets
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
      audit: functionSecret(this, 'AuditFunctionsSecret', 'audit', { key, settings }),
      wealth: functionSecret(this, 'WealthFunctionsSecret', 'wealth', { key, settings }),
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
      administratorSecret: aurora.masterSecret,
      functionSecrets: this.functionSecrets,
      sources: migrations,
    })
    new CfnOutput(this, 'ClusterArn', { value: this.cluster.clusterArn })
    this.exportValues(
      ...(aurora.own ? [aurora.own.clusterIdentifier, aurora.own.clusterResourceIdentifier, aurora.own.clusterEndpoint.hostname] : []),
      clients.securityGroupId,
      key.keyArn,
      ...Object.values(aurora.restoreTargets),
      ...Object.values(this.functionSecrets).map(({ secretArn }) => secretArn),
    )
  }

  /** Lets the grantee sign tokens to connect as that role only. */
  grantConnect(grantee: IGrantable, role: DatabaseRole): Grant {
    return this.cluster.grantConnect(grantee, role)
  }

  /** Lets the grantee call the SQL functions of one purpose over the Data API. Each call is one statement, without a transaction. */
  grantFunctions(grantee: IGrantable, purpose: FunctionPurpose): Grant {
    return this.grantDataApi(grantee, this.functionSecrets[purpose], ['ExecuteStatement'])
  }

  /** Lets the grantee run statements and transactions over the Data API as the user of that secret. */
  grantStatements(grantee: IGrantable, secret: ISecret): Grant {
    return this.grantDataApi(grantee, secret, ['ExecuteStatement', 'BeginTransaction', 'CommitTransaction', 'RollbackTransaction'])
  }

  private grantDataApi(grantee: IGrantable, secret: ISecret, operations: readonly string[]): Grant {
    const actions = operations.map(operation => `rds-data:${operation}`)
    const use = Grant.addToPrincipal({ grantee, actions, resourceArns: [this.cluster.clusterArn] })
    return use.combine(this.grantSecret(grantee, secret))
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
