/** The figures of a database from which recommendations follow. Names of relations are as SQL writes them: `planning.plans`. Times are RFC 3339 in UTC. */

export interface TableFigures {
  readonly table: string
  /** `partitioned`: the parent of partitions, which holds no rows itself. */
  readonly kind: 'table' | 'partition' | 'partitioned'
  /** The table of which it is a partition. */
  readonly parent: string | null
  /** PostgreSQL's estimates. */
  readonly rows: number
  readonly deadRows: number
  readonly totalBytes: number
  readonly tableBytes: number
  readonly indexBytes: number
  /** Since the statistics count. */
  readonly sequentialScans: number
  readonly rowsReadSequentially: number
  readonly indexScans: number
  readonly changedRows: number
  /** Rows inserted since the last VACUUM, and changed since the last ANALYZE. */
  readonly insertedSinceVacuum: number
  readonly changedSinceAnalyze: number
  readonly lastVacuum: string | null
  readonly lastAnalyze: string | null
  /** Transactions since the oldest row that is not frozen. */
  readonly transactionAge: number
}

export interface IndexFigures {
  readonly index: string
  readonly table: string
  readonly kind: 'index' | 'partition' | 'partitioned'
  readonly isUnique: boolean
  /** The index of a primary key, or of a unique or exclusion constraint. */
  readonly isConstraint: boolean
  readonly isValid: boolean
  /** It is being made at this moment. */
  readonly isInWork: boolean
  /** The only index that finds the rows of a foreign key. */
  readonly supportsForeignKey: boolean
  readonly bytes: number
  /** Those of its partitions included. */
  readonly scans: number
  readonly lastScan: string | null
  /** Access method and predicate: an index can replace another only if these are equal. */
  readonly form: string
  /** One text per key column, with its operator class, collation and direction; then one per column that is only included. */
  readonly keys: readonly string[]
  readonly included: readonly string[]
  readonly definition: string
}

/** A foreign key of which the referring columns lead no index. */
export interface UnindexedForeignKey {
  readonly table: string
  readonly isPartitioned: boolean
  readonly constraint: string
  readonly columns: readonly string[]
  readonly references: string
  readonly rows: number
}

/** The share of an index or table that holds nothing, measured by pgstattuple. */
export interface Bloat {
  readonly relation: string
  readonly kind: 'table' | 'index'
  readonly bytes: number
  readonly emptyBytes: number
}

export interface SessionFigures {
  readonly pid: number
  readonly role: string
  readonly application: string
  readonly state: string
  /** Of the transaction; for a session that waits, of the wait. */
  readonly seconds: number
  /** Shortened. Values that were sent apart from the statement are not in it. */
  readonly statement: string
}

export interface BlockedSession extends SessionFigures {
  readonly blockedBy: readonly number[]
  /** What it waits for: a table, or the kind of lock. */
  readonly waitsFor: string
}

export interface Connections {
  readonly maximum: number
  readonly used: number
  readonly active: number
  readonly idleInTransaction: number
  readonly byRole: Readonly<Record<string, number>>
}

export interface PartitionFigures {
  readonly parent: string
  readonly defaultPartition: string | null
  readonly partitions: number
  /** Whether there is a partition for this moment. */
  readonly coversNow: boolean
  /** Days from now to the end of the last partition. */
  readonly daysAhead: number
  /** Gaps between the partitions from now on. */
  readonly gapsAhead: number
  /** The estimated rows of the default partition. */
  readonly strayRows: number
}

export interface StatementFigures {
  readonly statement: string
  readonly role: string
  readonly calls: number
  readonly meanMilliseconds: number
  readonly longestMilliseconds: number
  readonly totalMilliseconds: number
  readonly rows: number
}

export interface CacheFigures {
  readonly hits: number
  readonly reads: number
  readonly deadlocks: number
  readonly temporaryBytes: number
}

export interface ReplicaFigures {
  readonly name: string
  /** Null if the replica has not said it yet. */
  readonly lagMilliseconds: number | null
}

export interface Wraparound {
  /** Transactions since the oldest row of the database that is not frozen. PostgreSQL accepts no writes shortly before 2^31. */
  readonly transactionAge: number
  readonly multixactAge: number
  /** The age at which autovacuum freezes a table. */
  readonly freezeAge: number
}

export interface DatabaseState {
  readonly statisticsSince: string
  readonly statisticsDays: number
  readonly databaseBytes: number
  readonly tables: readonly TableFigures[]
  readonly indexes: readonly IndexFigures[]
  readonly unindexedForeignKeys: readonly UnindexedForeignKey[]
  readonly bloat: readonly Bloat[]
  readonly cache: CacheFigures
  readonly connections: Connections
  readonly longTransactions: readonly SessionFigures[]
  readonly blocked: readonly BlockedSession[]
  readonly partitions: readonly PartitionFigures[]
  readonly statements: readonly StatementFigures[]
  readonly replicas: readonly ReplicaFigures[]
  readonly wraparound: Wraparound
  readonly settings: Readonly<Record<string, string>>
  /** By subject, why its figures could not be read. Its figures are then empty. */
  readonly notRead: Readonly<Record<string, string>>
}
