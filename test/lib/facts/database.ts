import { describe, expect, it } from 'vitest'
import type { EnvironmentName } from '../../../lib/deployment.ts'
import { environmentSettings } from '../../../lib/environments.ts'
import { hashMigrationFiles } from '../../../lib/migration-files.ts'
import { projectFolders } from '../../../lib/bundling.ts'
import { rightsOf } from '../policies.ts'
import { at, only, type Synthesized } from '../synthesized.ts'

export const databaseFacts = (name: EnvironmentName, synthesized: () => Synthesized): void => {
  describe('database', () => {
    const { database } = environmentSettings(name)
    const cluster = () => only(synthesized().resources('AWS::RDS::DBCluster'))

    it('is PostgreSQL 16, encrypted, with IAM authentication, the Data API and a password that RDS stores', () => {
      expect(cluster().properties).toMatchObject({
        Engine: 'aurora-postgresql',
        EngineVersion: expect.stringMatching(/^16\.\d+$/),
        DatabaseName: 'nestegg',
        StorageEncrypted: true,
        KmsKeyId: expect.anything(),
        EnableIAMDatabaseAuthentication: true,
        EnableHttpEndpoint: true,
        ManageMasterUserPassword: true,
        EnableCloudwatchLogsExports: ['postgresql'],
        BackupRetentionPeriod: database.backupRetentionDays,
      })
      expect(cluster().properties).not.toHaveProperty('MasterUserPassword')
      expect(
        synthesized()
          .resources('AWS::KMS::Key')
          // KMS rotates no asymmetric keys.
          .filter(({ properties }) => properties['KeySpec'] === undefined && properties['EnableKeyRotation'] !== true),
      ).toEqual([])
    })

    it('scales between limits that Aurora accepts', () => {
      const scaling = at(cluster().properties, 'ServerlessV2ScalingConfiguration')
      expect(scaling).toEqual({
        MinCapacity: database.minimumCapacityUnits,
        MaxCapacity: database.maximumCapacityUnits,
        ...(database.autoPauseAfter === undefined ? {} : { SecondsUntilAutoPause: database.autoPauseAfter.toSeconds() }),
      })
      const { minimumCapacityUnits: minimum, maximumCapacityUnits: maximum } = database
      expect([minimum, maximum].filter(units => !Number.isInteger(units * 2))).toEqual([])
      expect(minimum).toBeGreaterThanOrEqual(0)
      expect(maximum).toBeGreaterThanOrEqual(1)
      expect(maximum).toBeLessThanOrEqual(256)
      expect(minimum).toBeLessThanOrEqual(maximum)
      // A pause is set exactly if the minimum capacity is 0.
      expect(database.autoPauseAfter !== undefined).toBe(minimum === 0)
      const pauseSeconds = database.autoPauseAfter?.toSeconds() ?? 300
      expect(pauseSeconds).toBeGreaterThanOrEqual(300)
      expect(pauseSeconds).toBeLessThanOrEqual(86_400)
      // AWS grants a cluster 189 connections at one unit, and at most 2,000 where the minimum is 0 or 0.5:
      // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
      expect(database.maximumConnections).toBeLessThanOrEqual(Math.min(189 * maximum, minimum < 1 ? 2_000 : 5_000))
      expect(synthesized().resources('AWS::RDS::DBInstance')).toHaveLength(database.instanceCount)
    })

    it('requires TLS, logs statements over a second and counts statements', () => {
      expect(at(only(synthesized().resources('AWS::RDS::DBClusterParameterGroup')).properties, 'Parameters')).toEqual({
        'rds.force_ssl': '1',
        log_min_duration_statement: '1000',
        log_error_verbosity: 'terse',
        shared_preload_libraries: 'pg_stat_statements',
        max_connections: String(database.maximumConnections),
      })
    })

    it('is migrated when a file that a migration depends on changes, or a secret, within an hour', () => {
      const migrations = only(synthesized().resources('Custom::DatabaseMigrations'))
      expect(migrations.properties).toMatchObject({
        migrationsHash: hashMigrationFiles(projectFolders.databaseFolder),
        cluster: { Ref: cluster().id },
        secrets: synthesized()
          .resources('AWS::SecretsManager::Secret', 'database')
          .map(({ id }) => ({ Ref: id })),
        ServiceTimeout: '3600',
      })
      expect(migrations.dependsOn).toContain(cluster().id)
      expect(migrations.dependsOn).toEqual(
        expect.arrayContaining(
          synthesized()
            .resources('AWS::RDS::DBInstance')
            .map(({ id }) => id),
        ),
      )
    })

    it('is migrated as its owner from inside the VPC, by functions that outlive the migration and may take a snapshot', () => {
      const functions = synthesized().resources('AWS::Lambda::Function', 'database')
      const find = (handler: string) => only(functions.filter(({ properties }) => properties['Handler'] === handler))
      const applier = find('apply-migrations.handler')
      expect(applier.properties).toMatchObject({ VpcConfig: expect.anything(), Timeout: 780 })
      expect(applier.properties).not.toHaveProperty('ReservedConcurrentExecutions')
      for (const handler of ['migrate-database.onEvent', 'migrate-database.isComplete']) {
        const migrator = find(handler)
        expect(migrator.properties).not.toHaveProperty('VpcConfig')
        expect(migrator.properties).toMatchObject({ Timeout: 840 })
        expect(at(migrator.properties, 'Environment', 'Variables')).toMatchObject({
          DATABASE_HOST: expect.anything(),
          DATABASE_NAME: 'nestegg',
          DATA_API_CLUSTER_ARN: expect.anything(),
          DATA_API_SECRET_ARN: { 'Fn::GetAtt': [cluster().id, 'MasterUserSecret.SecretArn'] },
          IDENTITY_FUNCTIONS_SECRET_ARN: expect.anything(),
          INVITATION_FUNCTIONS_SECRET_ARN: expect.anything(),
          RUN_FUNCTIONS_SECRET_ARN: expect.anything(),
          AUDIT_FUNCTIONS_SECRET_ARN: expect.anything(),
          WEALTH_FUNCTIONS_SECRET_ARN: expect.anything(),
          CLUSTER_IDENTIFIER: { Ref: cluster().id },
          APPLIER_FUNCTION_NAME: { Ref: applier.id },
          MIGRATIONS_HASH: hashMigrationFiles(projectFolders.databaseFolder),
          KEPT_SNAPSHOTS: String(database.keptMigrationSnapshots),
        })
        const actions = rightsOf(synthesized(), migrator).flatMap(each => each.actions)
        expect(actions).toEqual(
          expect.arrayContaining([
            'rds-data:ExecuteStatement',
            'secretsmanager:GetSecretValue',
            'rds:CreateDBClusterSnapshot',
            'rds:DescribeDBClusterSnapshots',
            'lambda:InvokeFunction',
          ]),
        )
        expect(actions).not.toContain('rds-db:connect')
      }
    })
  })
}
