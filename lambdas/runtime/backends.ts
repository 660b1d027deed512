import type { EnvironmentVariable } from './environment.ts'

interface BackendDeclaration {
  /** Whether a function that uses it must, may or cannot run inside the VPC. Only the database and S3 can be reached from there. */
  readonly vpc: 'required' | 'possible' | 'impossible'
  /** Set only on the functions that declare the backend. */
  readonly variables: readonly EnvironmentVariable[]
}

/**
 * The services that a function can reach. A route, job or task names the backends that it uses. The place of its function (inside the VPC
 * or not), its environment variables and its permissions follow from the names. `lib/constructs/backends.ts` grants the permissions.
 */
export const backends = {
  /** Aurora, with an IAM token for the function's role. */
  database: { vpc: 'required', variables: ['DATABASE_HOST', 'DATABASE_PORT', 'DATABASE_NAME', 'DATABASE_AUTHENTICATION'] },
  /** The RDS Data API: one SQL function with one JSON document per call. A backend for each purpose: see `functionRoles`. */
  'identity-functions': { vpc: 'impossible', variables: ['DATA_API_CLUSTER_ARN', 'IDENTITY_FUNCTIONS_SECRET_ARN', 'DATABASE_NAME'] },
  'invitation-functions': { vpc: 'impossible', variables: ['DATA_API_CLUSTER_ARN', 'INVITATION_FUNCTIONS_SECRET_ARN', 'DATABASE_NAME'] },
  'run-functions': { vpc: 'impossible', variables: ['DATA_API_CLUSTER_ARN', 'RUN_FUNCTIONS_SECRET_ARN', 'DATABASE_NAME'] },
  'audit-functions': { vpc: 'impossible', variables: ['DATA_API_CLUSTER_ARN', 'AUDIT_FUNCTIONS_SECRET_ARN', 'DATABASE_NAME'] },
  'wealth-functions': { vpc: 'impossible', variables: ['DATA_API_CLUSTER_ARN', 'WEALTH_FUNCTIONS_SECRET_ARN', 'DATABASE_NAME'] },
  /** The key in KMS that encrypts the keys of access tokens and credentials. */
  'credential-key': { vpc: 'impossible', variables: ['CREDENTIAL_KEY_ID'] },
  /** Encrypts the keys of access tokens and credentials again, without seeing them. */
  'credential-rotation': { vpc: 'impossible', variables: ['CREDENTIAL_KEY_ID'] },
  /** Plaid. Its variables are set where the deployment names it. */
  plaid: { vpc: 'impossible', variables: [] },
  /** Cognito. */
  'user-pool': { vpc: 'impossible', variables: ['USER_POOL_ID', 'USER_POOL_CLIENT_ID'] },
  /** Removes persons from Cognito. */
  'user-pool-administration': { vpc: 'impossible', variables: ['USER_POOL_ID'] },
  /** The shards of large runs, in S3. */
  'simulation-store': { vpc: 'impossible', variables: ['SIMULATION_STORE_BUCKET'] },
  /** Starts the state machine of large runs. */
  'simulation-fan-out': { vpc: 'impossible', variables: ['SIMULATION_STATE_MACHINE_ARN'] },
  /** The files of bars to ingest and their reports, in S3. */
  'bar-drop': { vpc: 'possible', variables: ['BAR_DROP_BUCKET'] },
  /** The bucket in S3 that starts work on ledgers: to ask for work. */
  'ledger-work': { vpc: 'possible', variables: ['LEDGER_WORK_BUCKET'] },
  /** The same bucket, to read what was asked for. */
  'asked-ledger-work': { vpc: 'possible', variables: ['LEDGER_WORK_BUCKET'] },
  /** The anchors of the audit trail, in S3, to read. */
  'audit-anchors': { vpc: 'possible', variables: ['AUDIT_ANCHOR_BUCKET'] },
  /** Signs anchors of the audit trail in KMS, and adds them to those in S3. */
  'audit-signing': { vpc: 'impossible', variables: ['AUDIT_ANCHOR_BUCKET', 'AUDIT_SIGNING_KEY_ID'] },
  /** Logical backups and the key of each, in S3: to make, list and read them. */
  'backup-store': { vpc: 'possible', variables: ['BACKUP_BUCKET'] },
  /** Removes backups and their keys. */
  'backup-removal': { vpc: 'possible', variables: ['BACKUP_BUCKET'] },
  /** What retention has archived, in the bucket of backups: to add, list and read it. */
  'archive-store': { vpc: 'possible', variables: ['BACKUP_BUCKET'] },
  /** SES. */
  mail: { vpc: 'impossible', variables: ['MAIL_FROM_ADDRESS'] },
} as const satisfies Record<string, BackendDeclaration>

export type Backend = keyof typeof backends

/** The values of the variables that a backend needs. */
export type BackendVariables<Name extends Backend> = Readonly<Record<(typeof backends)[Name]['variables'][number], string>>
