import * as z from 'zod'

const optionalUrl = z.url().optional()

/**
 * Every environment variable that Nestegg's own code reads, with its form. The constructs that set them, the handlers that
 * read them and the tests that check both share this catalogue. A variable never holds a secret, only the place of one.
 */
const catalogue = z.object({
  NESTEGG_ENVIRONMENT: z.enum(['local', 'dev', 'staging', 'prod']).default('local'),
  DATABASE_HOST: z.string().optional(),
  DATABASE_PORT: z.coerce.number().int().min(1).max(65_535).default(5432),
  DATABASE_NAME: z.string().default('nestegg'),
  /**
   * `iam`: a token signed per connection. `password-file`: a server on a laptop; only the owner of the file can read the password in it.
   */
  DATABASE_AUTHENTICATION: z.enum(['iam', 'password-file']).default('iam'),
  DATABASE_PASSWORD_FILE: z.string().optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(50).default(1),
  DATA_API_CLUSTER_ARN: z.string().optional(),
  /** The secret of the cluster's administrator, for migrations. */
  DATA_API_SECRET_ARN: z.string().optional(),
  /** The secrets of the roles of functions. */
  IDENTITY_FUNCTIONS_SECRET_ARN: z.string().optional(),
  INVITATION_FUNCTIONS_SECRET_ARN: z.string().optional(),
  RUN_FUNCTIONS_SECRET_ARN: z.string().optional(),
  AUDIT_FUNCTIONS_SECRET_ARN: z.string().optional(),
  WEALTH_FUNCTIONS_SECRET_ARN: z.string().optional(),
  DATA_API_ENDPOINT: optionalUrl,
  USER_POOL_ID: z.string().optional(),
  USER_POOL_CLIENT_ID: z.string().optional(),
  USER_POOL_ENDPOINT: optionalUrl,
  SIMULATION_STATE_MACHINE_ARN: z.string().optional(),
  SIMULATION_STATE_MACHINE_ENDPOINT: optionalUrl,
  SIMULATION_STORE_BUCKET: z.string().optional(),
  /** On a laptop, instead of the bucket. */
  SIMULATION_STORE_FOLDER: z.string().optional(),
  BAR_DROP_BUCKET: z.string().optional(),
  /** On a laptop, instead of the bucket. */
  BAR_DROP_FOLDER: z.string().optional(),
  LEDGER_WORK_BUCKET: z.string().optional(),
  /** On a laptop, instead of the bucket. */
  LEDGER_WORK_FOLDER: z.string().optional(),
  BACKUP_BUCKET: z.string().optional(),
  /** On a laptop, instead of the bucket. */
  BACKUP_FOLDER: z.string().optional(),
  /** On a laptop, the key that encrypts the keys of backups; only its owner can read the file. */
  BACKUP_KEY_FILE: z.string().optional(),
  AUDIT_ANCHOR_BUCKET: z.string().optional(),
  /** On a laptop, instead of the bucket. */
  AUDIT_ANCHOR_FOLDER: z.string().optional(),
  /** The key in KMS that signs the anchors of the audit trail. */
  AUDIT_SIGNING_KEY_ID: z.string().optional(),
  /** On a laptop, instead of the key in KMS; only its owner can read the file. */
  AUDIT_SIGNING_KEY_FILE: z.string().optional(),
  /** The key in KMS that encrypts the keys of access tokens and credentials. */
  CREDENTIAL_KEY_ID: z.string().optional(),
  /** On a laptop, instead of the key in KMS; only its owner can read the file. */
  CREDENTIAL_KEY_FILE: z.string().optional(),
  /** The secret with Plaid's client id and secret. Unset where Plaid is not used. */
  PLAID_SECRET_ARN: z.string().optional(),
  /** On a laptop, instead of the secret; only its owner can read the file. */
  PLAID_KEYS_FILE: z.string().optional(),
  /** Of Plaid's environments. On a laptop the address of the stand-in. */
  PLAID_ENDPOINT: optionalUrl,
  /** On a laptop, the credentials that all local stand-ins require; only its owner can read the file. */
  LOCAL_CREDENTIALS_FILE: z.string().optional(),
  /** The sender of every mail. */
  MAIL_FROM_ADDRESS: z.email().optional(),
  MAIL_ENDPOINT: optionalUrl,
  /** The domain of the API that only the front can reach. Unset without a front. */
  FRONT_ORIGIN_DOMAIN: z.string().optional(),
  /** The domain that passkeys are for: that of the front, or `localhost`. Unset without a front, where there are no passkeys. */
  RELYING_PARTY_ID: z.string().optional(),
  /** The address that users open, without a slash at its end. Unset where it is not known: then mails have no link. */
  FRONT_URL: optionalUrl,
  /** `on` checks every response against its schema: always in tests and on a laptop, never in AWS. */
  RESPONSE_VALIDATION: z.enum(['on', 'off']).default('off'),
})

export type Environment = z.infer<typeof catalogue>
export type EnvironmentVariable = keyof Environment
export type EnvironmentVariables = Partial<Record<EnvironmentVariable, string>>

/** Reads and checks the process's environment. Throws when a variable is malformed, and names it. */
export const readEnvironment = (variables: NodeJS.ProcessEnv = process.env): Environment => catalogue.parse(variables)

/** Reads and checks one variable only, for code that every request runs. Throws when it is malformed. */
export const readVariable = <Name extends EnvironmentVariable>(name: Name): Environment[Name] =>
  catalogue.shape[name].parse(process.env[name]) as Environment[Name]

/** The value of a required variable. Throws when it is not set, and names it. */
export const required = <Name extends EnvironmentVariable>(environment: Environment, name: Name): NonNullable<Environment[Name]> => {
  const value = environment[name]
  if (value === undefined) throw new Error(`The environment variable ${name} is not set.`)
  return value
}
