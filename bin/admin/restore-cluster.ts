import type { EnvironmentName } from '../../lib/deployment.ts'
import { type DatabaseSettings, environmentSettings } from '../../lib/environments.ts'
import { readOutputs } from './stack-outputs.ts'

const outputs = ['ClusterIdentifier', 'SubnetGroup', 'SecurityGroup', 'ParameterGroup', 'KeyArn'] as const
type Outputs = Readonly<Record<(typeof outputs)[number], string>>

const reference = (command: string): string => `https://docs.aws.amazon.com/cli/latest/reference/rds/${command}.html`

/** A command of the AWS CLI over several lines, under the address of its documentation. */
const rds = (command: string, ...given: string[]): string =>
  [`# ${reference(command)}`, [`aws rds ${command}`, ...given].join(' \\\n  ')].join('\n')

const waitFor = (state: string, given: string): string => `aws rds wait ${state} ${given}`

/** The options of a moment, and the name of the cluster that shows it. */
const readMoment = (environment: string, to: string, { backupRetentionDays }: DatabaseSettings, now: Date) => {
  const named = (moment: Date) => `nestegg-${environment}-${moment.toISOString().replaceAll(/\D/g, '').slice(0, 14)}`
  if (to === 'latest')
    return { option: '--use-latest-restorable-time', name: named(now), words: 'as of the latest moment that can be restored' }
  const moment = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(to) ? new Date(to) : new Date(Number.NaN)
  if (Number.isNaN(moment.getTime())) throw new Error(`--to must be a moment with its offset, such as 2026-01-31T12:00:00Z, or "latest".`)
  const oldest = now.getTime() - backupRetentionDays * 86_400_000
  if (moment > now || moment.getTime() < oldest)
    throw new Error(
      `${to} cannot be restored: Aurora keeps ${backupRetentionDays} days of ${environment}, since ${new Date(oldest).toISOString()}. Older backups are in the vault: see "Restore" in docs/runbook.md.`,
    )
  const text = moment.toISOString().replace(/\.\d+Z$/, 'Z')
  return { option: `--restore-to-time ${text}`, name: named(moment), words: `as of ${text}` }
}

const describe = (environment: EnvironmentName, to: string, stack: Outputs, now: Date): string => {
  const { account, database, region } = environmentSettings(environment)
  const { name, option, words } = readMoment(environment, to, database, now)
  const cluster = `--db-cluster-identifier ${name}`
  const pause = database.autoPauseAfter === undefined ? '' : `,SecondsUntilAutoPause=${database.autoPauseAfter.toSeconds()}`
  const instances = Array.from({ length: database.instanceCount }, (_, index) => `${name}-${index + 1}`)
  const query = `'DBClusters[0].{identifier:DBClusterIdentifier, resourceId:DbClusterResourceId, writerEndpoint:Endpoint, masterSecretArn:MasterUserSecret.SecretArn}'`
  const parts = [
    `# The database of ${environment} ${words}, in the new cluster ${name} beside ${stack.ClusterIdentifier}.
# This has changed nothing. Run the commands one after the other, with rights in the account ${account}. Nothing is switched before the last step.
# The new cluster does not have what the old one stores after that moment: stop requests first. See "Restore" in docs/runbook.md.
export AWS_REGION=${region}`,
    '# 1. Restore. The new cluster has no instance yet.',
    rds(
      'restore-db-cluster-to-point-in-time',
      `${cluster} --source-db-cluster-identifier ${stack.ClusterIdentifier}`,
      option,
      `--db-subnet-group-name ${stack.SubnetGroup} --vpc-security-group-ids ${stack.SecurityGroup}`,
      `--db-cluster-parameter-group-name ${stack.ParameterGroup} --kms-key-id ${stack.KeyArn}`,
      `--enable-iam-database-authentication --copy-tags-to-snapshot --enable-cloudwatch-logs-exports postgresql --deletion-protection`,
    ),
    waitFor('db-cluster-available', cluster),
    '# 2. Give it its capacity, its retention, a password that RDS makes, and its instances.',
    rds(
      'modify-db-cluster',
      `${cluster} --apply-immediately --backup-retention-period ${database.backupRetentionDays}`,
      `--serverless-v2-scaling-configuration MinCapacity=${database.minimumCapacityUnits},MaxCapacity=${database.maximumCapacityUnits}${pause}`,
      `--manage-master-user-password --master-user-secret-kms-key-id ${stack.KeyArn}`,
    ),
    ...instances.map(instance =>
      rds(
        'create-db-instance',
        `${cluster} --db-instance-identifier ${instance}`,
        `--db-instance-class db.serverless --engine aurora-postgresql`,
        `--enable-performance-insights --performance-insights-kms-key-id ${stack.KeyArn}`,
      ),
    ),
    ...instances.map(instance => waitFor('db-instance-available', `--db-instance-identifier ${instance}`)),
    '# 3. Turn the Data API on.',
    rds(
      'enable-http-endpoint',
      `--resource-arn $(aws rds describe-db-clusters ${cluster} --query 'DBClusters[0].DBClusterArn' --output text)`,
    ),
    '# 4. Check that the cluster is available, and show what deployment.json needs.',
    rds(
      'describe-db-clusters',
      cluster,
      `--query 'DBClusters[0].[Status, EngineVersion, StorageEncrypted, IAMDatabaseAuthenticationEnabled]'`,
    ),
    rds('describe-db-clusters', cluster, `--query ${query}`),
    `# 5. Write these values into deployment.json as "restoredCluster" of ${environment}, with "ownCluster": "kept". Then all functions use the new cluster:
npm run deploy -- ${environment}
npm run admin -- db status --environment ${environment}
# 6. The audit trail ends before anchors that were made since. This prints how that is declared.
npm run admin -- audit declare-loss --environment ${environment} --reason 'Restored ${words}'`,
  ]
  return `${parts.join('\n\n')}\n`
}

/**
 * The commands that restore the cluster of an environment to a moment, with the real names of the deployment. Nothing is done.
 * @param to RFC 3339, or `latest`
 * @throws Error if the environment has no backup of that moment, or is not deployed
 */
export const describeClusterRestore = async (environment: EnvironmentName, to: string, now = new Date()): Promise<string> =>
  describe(environment, to, await readOutputs(environment, 'database', outputs), now)
