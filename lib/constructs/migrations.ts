import { join } from 'node:path'
import { ArnFormat, CustomResource, Duration, Stack, Validations } from 'aws-cdk-lib'
import { type Grant, type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Key } from 'aws-cdk-lib/aws-kms'
import { Code } from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import type { IDatabaseCluster } from 'aws-cdk-lib/aws-rds'
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager'
import { Provider } from 'aws-cdk-lib/custom-resources'
import { Construct } from 'constructs'
import type { DatabaseRole, FunctionPurpose } from '../../db/roles.ts'
import type { EnvironmentVariables } from '../../lambdas/runtime/environment.ts'
import type { EnvironmentSettings } from '../environments.ts'
import { hashMigrationFiles } from '../migration-files.ts'
import { anyVersionOf, arnPrefixOf, basicExecution } from './acknowledgements.ts'
import { NesteggFunction, type Placement } from './nestegg-function.ts'

/** The variables of the migration's own functions, in addition to the shared ones. */
type MigrationVariables = Record<'CLUSTER_IDENTIFIER' | 'APPLIER_FUNCTION_NAME' | 'MIGRATIONS_HASH' | 'KEPT_SNAPSHOTS', string>

export interface MigrationSources {
  /** The built bundles: `<buildFolder>/operations` holds the handlers and, next to them, the migrations. */
  readonly buildFolder: string
  readonly databaseFolder: string
}

/** The parts of the database stack that a migration uses. */
export interface MigratedDatabase {
  readonly cluster: IDatabaseCluster
  readonly placement: Placement
  readonly variables: Readonly<Record<string, string>>
  readonly grantConnect: (grantee: IGrantable, role: DatabaseRole) => Grant
  readonly grantStatements: (grantee: IGrantable, secret: ISecret) => Grant
  readonly grantSecret: (grantee: IGrantable, secret: ISecret) => Grant
}

export interface MigrationsProps {
  readonly settings: EnvironmentSettings
  readonly database: MigratedDatabase
  readonly key: Key
  readonly administratorSecret: ISecret
  readonly functionSecrets: Readonly<Record<FunctionPurpose, ISecret>>
  readonly sources: MigrationSources
}

/** The longest that CDK's provider waits for one of its handlers. */
const migratorSeconds = 14 * 60
/** Shorter than that of its caller, which otherwise would not learn how it ended. */
const applierSeconds = 13 * 60

/**
 * Migrates the database during a deployment, if any file that it depends on has changed: takes a snapshot, creates the roles, applies
 * the migrations. This needs two functions, since the AWS endpoints are outside the VPC and a migration connects from inside.
 */
export class Migrations extends Construct {
  constructor(scope: Construct, id: string, props: MigrationsProps) {
    super(scope, id)
    const { settings, database } = props
    const migrationsHash = hashMigrationFiles(props.sources.databaseFolder)
    const shared = {
      settings,
      service: 'operations',
      code: Code.fromAsset(join(props.sources.buildFolder, 'operations')),
      memoryMegabytes: 1_024,
    }
    const applier = new NesteggFunction(this, 'Applier', {
      ...shared,
      description: 'Applies the migrations as nestegg_owner',
      timeoutSeconds: applierSeconds,
      handler: 'apply-migrations.handler',
      environment: database.variables,
      placement: database.placement,
    })
    database.grantConnect(applier, 'nestegg_owner')

    const environment = {
      ...database.variables,
      ...({
        DATA_API_CLUSTER_ARN: database.cluster.clusterArn,
        DATA_API_SECRET_ARN: props.administratorSecret.secretArn,
        IDENTITY_FUNCTIONS_SECRET_ARN: props.functionSecrets.identity.secretArn,
        INVITATION_FUNCTIONS_SECRET_ARN: props.functionSecrets.invitations.secretArn,
        RUN_FUNCTIONS_SECRET_ARN: props.functionSecrets.runs.secretArn,
        AUDIT_FUNCTIONS_SECRET_ARN: props.functionSecrets.audit.secretArn,
        WEALTH_FUNCTIONS_SECRET_ARN: props.functionSecrets.wealth.secretArn,
      } satisfies EnvironmentVariables),
      ...({
        CLUSTER_IDENTIFIER: database.cluster.clusterIdentifier,
        APPLIER_FUNCTION_NAME: applier.function.functionName,
        MIGRATIONS_HASH: migrationsHash,
        KEPT_SNAPSHOTS: String(settings.database.keptMigrationSnapshots),
      } satisfies MigrationVariables),
    }
    const migrate = (id: string, handler: string, description: string): NesteggFunction => {
      const migrator = new NesteggFunction(this, id, {
        ...shared,
        description,
        timeoutSeconds: migratorSeconds,
        handler: `migrate-database.${handler}`,
        environment,
      })
      database.grantStatements(migrator, props.administratorSecret)
      for (const secret of Object.values(props.functionSecrets)) database.grantSecret(migrator, secret)
      migrator.addRights(
        new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [applier.function.functionArn] }),
        ...snapshotStatements(this, database, props.key),
      )
      acknowledgeSnapshotNames(migrator)
      return migrator
    }
    const onEvent = migrate('OnEvent', 'onEvent', 'Starts a migration')
    const isComplete = migrate('IsComplete', 'isComplete', 'Continues a migration until it is complete')
    const provider = new Provider(this, 'Provider', {
      onEventHandler: onEvent.function,
      isCompleteHandler: isComplete.function,
      queryInterval: Duration.seconds(30),
      // The provider counts its waits alone, and a call takes some seconds more while another migrator is at work. With both it is shorter than
      // the timeout of the resource, so that CloudFormation gets the reason instead of a timeout.
      totalTimeout: Duration.minutes(40),
      logGroup: new LogGroup(this, 'ProviderLogs', { retention: settings.logRetention, removalPolicy: settings.removalPolicy }),
    })
    const resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::DatabaseMigrations',
      serviceToken: provider.serviceToken,
      serviceTimeout: Duration.hours(1),
      // The migration runs again when one of these changes: the files, the cluster, or a secret with the password of a role.
      properties: {
        migrationsHash,
        cluster: database.cluster.clusterIdentifier,
        secrets: Object.values(props.functionSecrets).map(({ secretArn }) => secretArn),
      },
    })
    resource.node.addDependency(database.cluster)
    acknowledgeProvider(provider, [onEvent, isComplete])
  }
}

/**
 * Rights to take a snapshot of this cluster, named `nestegg-...`, and to read its state. RDS creates a grant on the cluster's key for it.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html
 */
const snapshotStatements = (scope: Construct, { cluster }: MigratedDatabase, key: Key): PolicyStatement[] => {
  const snapshots = Stack.of(scope).formatArn({
    service: 'rds',
    resource: 'cluster-snapshot',
    resourceName: 'nestegg-*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  })
  return [
    new PolicyStatement({
      actions: ['rds:CreateDBClusterSnapshot', 'rds:DeleteDBClusterSnapshot', 'rds:DescribeDBClusterSnapshots', 'rds:AddTagsToResource'],
      resources: [cluster.clusterArn, snapshots],
    }),
    new PolicyStatement({
      actions: ['kms:CreateGrant', 'kms:DescribeKey'],
      resources: [key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `rds.${Stack.of(scope).region}.amazonaws.com` } },
    }),
  ]
}

const acknowledgeSnapshotNames = (migrator: NesteggFunction): void =>
  Validations.of(migrator).acknowledge({
    id: `AwsSolutions-IAM5[Resource::${arnPrefixOf(migrator, 'rds')}cluster-snapshot:nestegg-*]`,
    reason: 'Each migration gives its snapshot a new name. The right to create one also needs the right on this cluster.',
  })

const acknowledgeProvider = (provider: Provider, migrators: readonly NesteggFunction[]): void => {
  const called = [
    ...migrators.map(migrator => migrator.function),
    ...['isComplete', 'onTimeout'].map(name => provider.node.findChild(`framework-${name}`)),
  ]
  Validations.of(provider).acknowledge(
    {
      id: basicExecution,
      reason: "The roles are those of CDK's own provider functions: the basic execution policy lets them write logs, and nothing else.",
    },
    ...called.map(lambda => ({
      id: anyVersionOf(lambda),
      reason:
        "CDK's provider functions and its waiter may call any version of one another and of the two migration functions, and nothing else.",
    })),
    {
      id: 'AwsSolutions-SF1',
      reason: 'The waiter only polls, during a deployment. The functions that it polls write logs.',
    },
    {
      id: 'AwsSolutions-SF2',
      reason: 'The waiter only polls, during a deployment. The functions that it polls are traced.',
    },
  )
}
