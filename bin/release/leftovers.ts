import { CloudWatchLogsClient, DeleteLogGroupCommand, ResourceNotFoundException } from '@aws-sdk/client-cloudwatch-logs'
import { DeleteDBClusterSnapshotCommand, paginateDescribeDBClusterSnapshots, RDSClient } from '@aws-sdk/client-rds'

/** Deletes a log group. Returns false if there was none. */
export const deleteLogGroup = async (region: string, name: string): Promise<boolean> => {
  try {
    await new CloudWatchLogsClient({ region }).send(new DeleteLogGroupCommand({ logGroupName: name }))
    return true
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false
    throw error
  }
}

/** The snapshots that migrations took of a cluster: `nestegg-<hash>-<time>`. They outlive it. */
export const migrationSnapshots = async (region: string, cluster: string): Promise<readonly string[]> => {
  const names: string[] = []
  const pages = paginateDescribeDBClusterSnapshots(
    { client: new RDSClient({ region }) },
    { DBClusterIdentifier: cluster, SnapshotType: 'manual' },
  )
  for await (const { DBClusterSnapshots = [] } of pages)
    names.push(...DBClusterSnapshots.flatMap(({ DBClusterSnapshotIdentifier: name = '' }) => (name.startsWith('nestegg-') ? [name] : [])))
  return names
}

export const deleteSnapshot = async (region: string, name: string): Promise<void> => {
  await new RDSClient({ region }).send(new DeleteDBClusterSnapshotCommand({ DBClusterSnapshotIdentifier: name }))
}
