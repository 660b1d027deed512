import { type StandIn, serveStandIn } from './stand-ins.ts'

interface Snapshot {
  readonly id: string
  readonly createdAt: Date
  status: 'creating' | 'available'
}

export interface SnapshotsStandIn extends StandIn {
  readonly snapshots: Map<string, Snapshot>
  /** Called when a snapshot begins. */
  onCreate: () => Promise<void> | void
  /** The number of times that each snapshot is still `creating` when it is looked at. */
  looksUntilAvailable: number
}

const xml = (operation: string, content: string) => ({
  headers: { 'content-type': 'text/xml' },
  body: `<${operation}Response xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><${operation}Result>${content}</${operation}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${operation}Response>`,
})

const refusal = (code: string) => ({
  headers: { 'content-type': 'text/xml' },
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${code}</Message></Error></ErrorResponse>`,
})

const describe = ({ createdAt, id, status }: Snapshot, cluster: string): string =>
  `<DBClusterSnapshotIdentifier>${id}</DBClusterSnapshotIdentifier><DBClusterIdentifier>${cluster}</DBClusterIdentifier>` +
  `<Status>${status}</Status><SnapshotCreateTime>${createdAt.toISOString()}</SnapshotCreateTime><SnapshotType>manual</SnapshotType>`

/** The operations of RDS on snapshots of one cluster (query protocol). */
export const startSnapshots = async (cluster: string): Promise<SnapshotsStandIn> => {
  const snapshots = new Map<string, Snapshot>()
  const looks = new Map<string, number>()
  const state: Omit<SnapshotsStandIn, keyof StandIn> = { snapshots, onCreate: () => undefined, looksUntilAvailable: 0 }

  const look = (snapshot: Snapshot): Snapshot => {
    const count = (looks.get(snapshot.id) ?? 0) + 1
    looks.set(snapshot.id, count)
    if (count > state.looksUntilAvailable) snapshot.status = 'available'
    return snapshot
  }
  const standIn = await serveStandIn(async ({ body }) => {
    const input = new URLSearchParams(body.toString())
    const operation = input.get('Action') ?? ''
    const id = input.get('DBClusterSnapshotIdentifier')
    const ofCluster = input.get('DBClusterIdentifier')
    if (ofCluster !== null && ofCluster !== cluster) throw new Error(`The cluster ${ofCluster} does not exist.`)
    switch (operation) {
      case 'CreateDBClusterSnapshot': {
        if (snapshots.has(id!)) return { status: 400, ...refusal('DBClusterSnapshotAlreadyExistsFault') }
        const snapshot: Snapshot = { id: id!, createdAt: new Date(), status: 'creating' }
        snapshots.set(snapshot.id, snapshot)
        await state.onCreate()
        return xml(operation, `<DBClusterSnapshot>${describe(snapshot, cluster)}</DBClusterSnapshot>`)
      }
      case 'DescribeDBClusterSnapshots': {
        const found = id === null ? [...snapshots.values()] : [...snapshots.values()].filter(each => each.id === id).map(look)
        const items = found.map(each => `<DBClusterSnapshot>${describe(each, cluster)}</DBClusterSnapshot>`).join('')
        return xml(operation, `<DBClusterSnapshots>${items}</DBClusterSnapshots>`)
      }
      case 'DeleteDBClusterSnapshot': {
        if (!snapshots.delete(id!)) throw new Error(`The snapshot ${id} does not exist.`)
        return xml(operation, '')
      }
      default:
        throw new Error(`${operation} is not served here.`)
    }
  })
  return Object.assign(state, standIn)
}
