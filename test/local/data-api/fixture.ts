import {
  BatchExecuteStatementCommand,
  BeginTransactionCommand,
  CommitTransactionCommand,
  ExecuteStatementCommand,
  type ExecuteStatementCommandInput,
  RDSDataClient,
  RollbackTransactionCommand,
  type SqlParameter,
} from '@aws-sdk/client-rds-data'
import { inject } from 'vitest'
import { type DataApi, type DataApiOptions, startDataApi } from '../../../local/data-api/server.ts'
import { readFileSync } from 'node:fs'
import { makeCredentials } from '../../../local/signatures.ts'

export const clusterArn = 'arn:aws:rds:eu-central-1:123456789012:cluster:nestegg-test'
export const secretArn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:nestegg-test-abcdef'

/** Of every Data API of the tests. */
export const credentials = makeCredentials()

export interface DataApiFixture {
  readonly api: DataApi
  readonly client: RDSDataClient
  execute(sql: string, parameters?: SqlParameter[], more?: Partial<ExecuteStatementCommandInput>): ReturnType<typeof executeWith>
  batch(sql: string, parameterSets: SqlParameter[][], transactionId?: string): Promise<unknown>
  begin(): Promise<string>
  commit(transactionId: string): Promise<string | undefined>
  rollback(transactionId: string): Promise<string | undefined>
  close(): Promise<void>
}

const clientFor = (endpoint: string): RDSDataClient => new RDSDataClient({ endpoint, region: 'eu-central-1', credentials, maxAttempts: 1 })

const executeWith = (client: RDSDataClient, input: ExecuteStatementCommandInput) => client.send(new ExecuteStatementCommand(input))

/** The Data API for a database of the test server, connected as its administrator, and the real SDK client for it. */
export const openDataApi = async (database: string, options: Partial<DataApiOptions> = {}): Promise<DataApiFixture> => {
  const { host, port, passwordFile } = inject('postgres')
  const secrets = { [secretArn]: { user: 'postgres', password: readFileSync(passwordFile, 'utf8').trim() } }
  const api = await startDataApi({ credentials, clusterArn, secrets, location: { host, port, database }, ...options })
  const client = clientFor(api.endpoint)
  const addressed = { resourceArn: clusterArn, secretArn }
  return {
    api,
    client,
    execute: (sql, parameters, more) => executeWith(client, { ...addressed, sql, parameters, ...more }),
    batch: (sql, parameterSets, transactionId) =>
      client.send(new BatchExecuteStatementCommand({ ...addressed, sql, parameterSets, transactionId })),
    begin: async () => (await client.send(new BeginTransactionCommand(addressed))).transactionId ?? '',
    commit: async transactionId => (await client.send(new CommitTransactionCommand({ ...addressed, transactionId }))).transactionStatus,
    rollback: async transactionId => (await client.send(new RollbackTransactionCommand({ ...addressed, transactionId }))).transactionStatus,
    close: async () => {
      client.destroy()
      await api.close()
    },
  }
}
