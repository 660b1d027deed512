import { CloudWatchLogsClient, DeleteLogGroupCommand, ResourceNotFoundException } from '@aws-sdk/client-cloudwatch-logs'
import { DeleteDBClusterSnapshotCommand, DescribeDBClusterSnapshotsCommand, RDSClient } from '@aws-sdk/client-rds'
import { DeleteObjectsCommand, ListObjectVersionsCommand, NoSuchBucket, S3Client } from '@aws-sdk/client-s3'
import { mockClient } from 'aws-sdk-client-mock'
import { expect, it, onTestFinished } from 'vitest'
import { emptyBucket } from '../../../bin/release/buckets.ts'
import { destroyArguments } from '../../../bin/release/cdk.ts'
import { runDestroy } from '../../../bin/release/program.ts'
import { healthyAccount, trial } from './account.ts'

const mocked = <Mock extends { restore(): void }>(mock: Mock): Mock => {
  onTestFinished(() => mock.restore())
  return mock
}

const deletable = {
  Resources: {
    Shards: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Delete' },
    Archive: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'RetainExceptOnCreate' },
    Data: { Type: 'AWS::RDS::DBCluster', DeletionPolicy: 'Delete' },
    Route: { Type: 'AWS::Lambda::Function', Properties: { LoggingConfig: { LogGroup: { Ref: 'Logs' } } } },
    LogRetention: { Type: 'AWS::Lambda::Function', Properties: {} },
  },
}
const stacks = (environment: string, isProtected = false) => ({
  [`nestegg-${environment}-database`]: {
    isProtected,
    template: deletable,
    resources: { Shards: 'shards-1', Archive: 'archive-1', Data: 'cluster-1', Route: 'route-1', LogRetention: 'retention-1' },
  },
})
const templates = (environment: string) => ({ [`nestegg-${environment}-database`]: deletable })

/** An account with two versions in each bucket, one log group that is left behind, and snapshots of the cluster. */
const withLeftovers = (environment: string, isProtected?: boolean) => {
  healthyAccount(stacks(environment, isProtected))
  const s3 = mocked(mockClient(S3Client))
  s3.on(ListObjectVersionsCommand)
    .resolves({ Versions: [] })
    .on(ListObjectVersionsCommand, { Bucket: 'shards-1' })
    .resolvesOnce({ Versions: [{ Key: 'a', VersionId: '1' }], DeleteMarkers: [{ Key: 'a', VersionId: '2' }] })
    .resolves({})
  s3.on(DeleteObjectsCommand).resolves({})
  const logs = mocked(mockClient(CloudWatchLogsClient))
  logs.on(DeleteLogGroupCommand).rejects(new ResourceNotFoundException({ message: 'none', $metadata: {} }))
  logs.on(DeleteLogGroupCommand, { logGroupName: '/aws/rds/cluster/cluster-1/postgresql' }).resolves({})
  const rds = mocked(mockClient(RDSClient))
  rds.on(DescribeDBClusterSnapshotsCommand, { DBClusterIdentifier: 'cluster-1', SnapshotType: 'manual' }).resolves({
    DBClusterSnapshots: [{ DBClusterSnapshotIdentifier: 'nestegg-0a1b-20260101' }, { DBClusterSnapshotIdentifier: 'before-the-audit' }],
  })
  return { s3, logs, rds }
}

it('empties the buckets, destroys the stacks, and deletes what they leave behind', async () => {
  const { s3, logs, rds } = withLeftovers('dev')
  const { cdkCalls, tools, written } = trial(templates('dev'))
  expect(await runDestroy(['dev', '--delete-snapshots'], tools)).toBe(0)
  expect(cdkCalls).toEqual([destroyArguments('cdk.out/dev')])
  expect(s3.commandCalls(DeleteObjectsCommand).map(({ args }) => args[0].input)).toEqual([
    {
      Bucket: 'shards-1',
      Delete: {
        Objects: [
          { Key: 'a', VersionId: '1' },
          { Key: 'a', VersionId: '2' },
        ],
        Quiet: true,
      },
    },
  ])
  expect(logs.commandCalls(DeleteLogGroupCommand).map(({ args }) => args[0].input.logGroupName)).toEqual([
    '/aws/rds/cluster/cluster-1/postgresql',
    '/aws/lambda/retention-1',
  ])
  expect(rds.commandCalls(DeleteDBClusterSnapshotCommand).map(({ args }) => args[0].input)).toEqual([
    { DBClusterSnapshotIdentifier: 'nestegg-0a1b-20260101' },
  ])
  expect(written.out).toContain('Emptied the bucket shards-1: 2 versions')
  expect(written.out).toContain('These resources are kept by their deletion policy:\nAWS::S3::Bucket archive-1 in us-east-2\n')
  expect(written.out).not.toContain('/aws/lambda/retention-1')
})

it.each([
  ['keeps snapshots with --keep-snapshots', ['--keep-snapshots'], true, 0],
  ['keeps snapshots if nobody can answer', [], undefined, 0],
  ['keeps snapshots if the answer is no', [], false, 0],
  ['deletes snapshots if the answer is yes', [], true, 1],
])('%s', async (_, options, answer, deleted) => {
  const { rds } = withLeftovers('dev')
  const { tools, written } = trial(templates('dev'), answer === undefined ? {} : { answer })
  expect(await runDestroy(['dev', ...options], tools)).toBe(0)
  expect(rds.commandCalls(DeleteDBClusterSnapshotCommand)).toHaveLength(deleted)
  expect(written.out.includes('aws kms cancel-key-deletion')).toBe(deleted === 0)
})

it.each([
  ['without the name of the environment', [], false, ['--yes-destroy staging']],
  ['with the name of another environment', ['--yes-destroy', 'prod'], false, ['--yes-destroy staging']],
  ['while it is protected', ['--yes-destroy', 'staging'], true, ['npm run deploy -- staging --unprotected']],
  ['for both reasons at once', [], true, ['--yes-destroy staging', '--unprotected']],
])('refuses to destroy staging %s', async (_, options, isProtected, texts) => {
  const { s3 } = withLeftovers('staging', isProtected)
  const { cdkCalls, tools, written } = trial(templates('staging'))
  expect(await runDestroy(['staging', ...options], tools)).toBe(3)
  for (const text of texts) expect(written.error).toContain(text)
  expect([cdkCalls, s3.calls()]).toEqual([[], []])
})

it('destroys staging if it is named and not protected', async () => {
  withLeftovers('staging')
  const { cdkCalls, tools } = trial(templates('staging'))
  expect(await runDestroy(['staging', '--yes-destroy', 'staging', '--keep-snapshots'], tools)).toBe(0)
  expect(cdkCalls).toEqual([destroyArguments('cdk.out/staging')])
})

it('keeps everything that is left behind if the CDK failed, and passes its exit code on', async () => {
  const { logs, rds } = withLeftovers('dev')
  expect(await runDestroy(['dev', '--delete-snapshots'], trial(templates('dev'), { cdkEndsWith: 6 }).tools)).toBe(6)
  expect([logs.calls(), rds.calls()]).toEqual([[], []])
})

it('waits for stacks that are being changed', async () => {
  healthyAccount({ 'nestegg-dev-api': { status: 'UPDATE_IN_PROGRESS' } })
  const { cdkCalls, tools, written } = trial({})
  expect(await runDestroy(['dev'], tools)).toBe(3)
  expect(written.error).toContain('nestegg-dev-api is being changed')
  expect(cdkCalls).toEqual([])
})

it('does nothing for an environment that is not there, and touches no other environment', async () => {
  healthyAccount(stacks('staging'))
  const { cdkCalls, tools, written } = trial({})
  expect(await runDestroy(['dev'], tools)).toBe(0)
  expect(written.out).toContain('There is no stack of dev')
  expect(cdkCalls).toEqual([])
})

it('names an object that could not be deleted', async () => {
  const s3 = mocked(mockClient(S3Client))
  s3.on(ListObjectVersionsCommand).resolves({ Versions: [{ Key: 'a', VersionId: '1' }] })
  s3.on(DeleteObjectsCommand).resolves({ Errors: [{ Key: 'a', Message: 'Access Denied' }] })
  await expect(emptyBucket('us-east-2', 'shards-1')).rejects.toThrow('a in the bucket shards-1 could not be deleted: Access Denied')
  s3.on(ListObjectVersionsCommand).rejects(new NoSuchBucket({ message: 'none', $metadata: {} }))
  expect(await emptyBucket('us-east-2', 'shards-1')).toBe(0)
})
