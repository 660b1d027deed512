import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { describeClusterRestore } from '../../../bin/admin/restore-cluster.ts'
import { readDeployments } from '../../../lib/deployment.ts'
import { type FakeAws, startFakeAws } from './fake-aws.ts'
import { admin } from './run.ts'

let aws: FakeAws
beforeEach(async () => {
  aws = await startFakeAws(readDeployments().prod.account, ['nestegg-prod-operations', 'nestegg-prod-database'])
  aws.answers = [{ status: 200, body: { exitCode: 0, output: 'done\n' } }]
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await aws.close()
})

const now = new Date('2026-02-01T00:00:00Z')
/** The commands, each on one line, without comments and without the program. */
const commandsOf = (text: string): string[] =>
  text
    .replaceAll(/ \\\n +/g, ' ')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))

describe('backup restore in AWS', () => {
  it('prints the commands of the restore with the names of the deployment, and runs none', async () => {
    const text = await describeClusterRestore('prod', '2026-01-31T13:00:00+01:00', now)
    const cluster = '--db-cluster-identifier nestegg-prod-20260131120000'
    const key = 'arn:aws:kms:us-east-2:333333333333:key/01900000-0000-4000-8000-000000000000'
    const instance = (number: number) =>
      `aws rds create-db-instance ${cluster} --db-instance-identifier nestegg-prod-20260131120000-${number} --db-instance-class db.serverless --engine aurora-postgresql --enable-performance-insights --performance-insights-kms-key-id ${key}`
    expect(commandsOf(text)).toEqual([
      'export AWS_REGION=us-east-2',
      `aws rds restore-db-cluster-to-point-in-time ${cluster} --source-db-cluster-identifier nestegg-prod-database-cluster-1 --restore-to-time 2026-01-31T12:00:00Z --db-subnet-group-name subnets-1 --vpc-security-group-ids sg-0123456789abcdef0 --db-cluster-parameter-group-name parameters-1 --kms-key-id ${key} --enable-iam-database-authentication --copy-tags-to-snapshot --enable-cloudwatch-logs-exports postgresql --deletion-protection`,
      `aws rds wait db-cluster-available ${cluster}`,
      `aws rds modify-db-cluster ${cluster} --apply-immediately --backup-retention-period 35 --serverless-v2-scaling-configuration MinCapacity=2,MaxCapacity=16 --manage-master-user-password --master-user-secret-kms-key-id ${key}`,
      instance(1),
      instance(2),
      'aws rds wait db-instance-available --db-instance-identifier nestegg-prod-20260131120000-1',
      'aws rds wait db-instance-available --db-instance-identifier nestegg-prod-20260131120000-2',
      `aws rds enable-http-endpoint --resource-arn $(aws rds describe-db-clusters ${cluster} --query 'DBClusters[0].DBClusterArn' --output text)`,
      `aws rds describe-db-clusters ${cluster} --query 'DBClusters[0].[Status, EngineVersion, StorageEncrypted, IAMDatabaseAuthenticationEnabled]'`,
      `aws rds describe-db-clusters ${cluster} --query 'DBClusters[0].{identifier:DBClusterIdentifier, resourceId:DbClusterResourceId, writerEndpoint:Endpoint, masterSecretArn:MasterUserSecret.SecretArn}'`,
      'npm run deploy -- prod',
      'npm run admin -- db status --environment prod',
      "npm run admin -- audit declare-loss --environment prod --reason 'Restored as of 2026-01-31T12:00:00Z'",
    ])
    const commands = [...text.matchAll(/^aws rds (?!wait)([\w-]+)/gm)].map(([, command]) => command)
    const cited = [...text.matchAll(/^# https:\/\/docs\.aws\.amazon\.com\/cli\/latest\/reference\/rds\/([\w-]+)\.html$/gm)]
    expect(cited.map(([, command]) => command)).toEqual(commands)
    expect(aws.requests).toEqual([])
  })

  it('is printed by the command, also for the latest moment', async () => {
    const { code, error, out } = await admin('backup', 'restore', '--environment', 'prod', '--to', 'latest')
    expect({ code, error }).toEqual({ code: 0, error: '' })
    expect(out).toContain('--use-latest-restorable-time')
    expect(out).toMatch(/in the new cluster nestegg-prod-\d{14} beside nestegg-prod-database-cluster-1/)
    expect(aws.requests).toEqual([])
  })

  it.each([
    ['2025-12-27T23:59:59Z', 'Aurora keeps 35 days of prod, since 2025-12-28T00:00:00.000Z'],
    ['2026-02-01T00:00:01Z', 'cannot be restored'],
    ['yesterday', '--to must be a moment with its offset'],
    ['2026-01-31T12:00:00', '--to must be a moment with its offset'],
  ])('refuses the moment %s', async (to, message) => {
    await expect(describeClusterRestore('prod', to, now)).rejects.toThrow(message)
  })

  it('needs a moment, and no backup and no tables', async () => {
    const refused = 'in AWS the whole cluster is restored: give --to and neither a backup nor --table'
    for (const given of [[], ['latest'], ['latest', '--to', 'latest'], ['--to', 'latest', '--table', 'planning.plans']]) {
      const { code, error } = await admin('backup', 'restore', ...given, '--environment', 'prod')
      expect({ code, error }).toEqual({ code: 2, error: expect.stringContaining(refused) })
    }
  })

  it('says that an environment is not deployed', async () => {
    await expect(describeClusterRestore('staging', 'latest', now)).rejects.toThrow(
      'There is no stack nestegg-staging-database in us-east-2',
    )
  })
})

it('the other commands on backups run in AWS', async () => {
  for (const given of [['create'], ['list'], ['verify', 'latest'], ['drill'], ['prune', '--dry-run']])
    expect(await admin('backup', ...given, '--environment', 'prod')).toMatchObject({ code: 0, out: 'done\n' })
  expect(aws.requests.map(({ command }) => command)).toEqual(['create', 'list', 'verify', 'drill', 'prune'].map(name => `backup ${name}`))
})
