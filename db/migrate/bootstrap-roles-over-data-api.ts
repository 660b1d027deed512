import {
  BeginTransactionCommand,
  CommitTransactionCommand,
  ExecuteStatementCommand,
  type RDSDataClient,
  RollbackTransactionCommand,
} from '@aws-sdk/client-rds-data'
import { type RetryOptions, withRetries } from '../data-api/retry.ts'
import { dataApiVerdict } from '../data-api/verdicts.ts'
import { type FunctionRole, functionRoles } from '../roles.ts'
import { passwordSetting, rolesStatement } from './bootstrap-roles.ts'

const roles = Object.values(functionRoles)

export interface DataApiAdministrator extends RetryOptions {
  /** Made by `dataApiClient`. */
  readonly client: RDSDataClient
  readonly clusterArn: string
  /** The secret of the cluster's administrator. */
  readonly secretArn: string
  readonly database: string
}

/** Like `bootstrapRoles`, but from outside the VPC. It is safe to repeat, so it is retried until a paused cluster has resumed. */
export const bootstrapRolesOverDataApi = async (
  { client, clusterArn, secretArn, database, ...retryOptions }: DataApiAdministrator,
  passwords: Readonly<Record<FunctionRole, string>>,
): Promise<void> => {
  const target = { resourceArn: clusterArn, secretArn, database }
  const attempt = async () => {
    const { transactionId } = await client.send(new BeginTransactionCommand(target))
    try {
      // The result does not contain the passwords.
      await client.send(
        new ExecuteStatementCommand({
          ...target,
          transactionId,
          sql: `select ${roles.map(role => `set_config('${passwordSetting(role)}', :${role}, true) is not null`).join(' and ')} as done`,
          parameters: roles.map(role => ({ name: role, value: { stringValue: passwords[role] } })),
        }),
      )
      await client.send(new ExecuteStatementCommand({ ...target, transactionId, sql: rolesStatement() }))
      await client.send(new CommitTransactionCommand({ resourceArn: clusterArn, secretArn, transactionId }))
    } catch (error) {
      // If this fails too, the service rolls the idle transaction back after three minutes. The first error is the one to throw.
      await client.send(new RollbackTransactionCommand({ resourceArn: clusterArn, secretArn, transactionId })).catch(() => undefined)
      throw error
    }
  }
  await withRetries({ name: 'Making the database roles', isIdempotent: true }, dataApiVerdict, attempt, retryOptions)
}
