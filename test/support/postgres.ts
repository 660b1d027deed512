import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject, vi } from 'vitest'
import { type LocalPostgres, type PostgresOptions, startPostgres } from '../../local/postgres.ts'
import { connect, type DatabaseLocation, type Sql } from '../../db/connections.ts'
import { bootstrapRoles, migrate } from '../../db/migrate/index.ts'
import { loadReferenceData } from '../../db/reference-data/index.ts'
import { type DatabaseRole, databaseRoles } from '../../db/roles.ts'
import type { EnvironmentVariables } from '../../lambdas/runtime/environment.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this test run: see global-setup.ts. */
    postgres: { host: string; port: number; passwordFile: string }
  }
}

/** The migrated database with reference data. Every test database is a copy of it. It accepts no connections. */
export const templateDatabase = 'nestegg_template'

type Server = Pick<LocalPostgres, 'host' | 'port' | 'passwordFile'>

export const locate = ({ host, port, passwordFile }: Server, database: string): DatabaseLocation => ({
  host,
  port,
  database,
  authentication: { kind: 'password-file', path: passwordFile },
})

/** Works on a connection that is closed at once: a restore cannot end sessions of the administrator. */
export const onConnection = async <Result>(
  location: DatabaseLocation,
  role: DatabaseRole | 'postgres',
  work: (sql: Sql) => Promise<Result>,
): Promise<Result> => {
  const sql = connect(location, role)
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}

const asAdministrator = (server: Server, database: string, work: (sql: Sql) => Promise<void>): Promise<void> =>
  onConnection(locate(server, database), 'postgres', work)

/** Makes a database with the roles, every migration and the reference data, as a deployment does. */
const makeDatabase = async (server: LocalPostgres, database: string) => {
  await asAdministrator(server, 'postgres', async sql => void (await sql`create database ${sql(database)}`))
  await asAdministrator(server, database, sql => bootstrapRoles(sql, { local: server.password }))
  await migrate(locate(server, database), { backup: 'none' })
  await onConnection(locate(server, database), 'nestegg_owner', loadReferenceData)
}

export interface PrivateServer {
  readonly server: LocalPostgres
  readonly folder: string
  /** Stops the server, in any state that a test left it in, and removes its data. */
  readonly remove: () => Promise<void>
}

/**
 * An empty PostgreSQL server of its own, for tests that stop or kill it.
 * @param options.durable for tests that kill it and then check that committed data is still there.
 */
export const startEmptyServer = async (options: PostgresOptions = {}): Promise<PrivateServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'nestegg-test-'))
  const server = await startPostgres(folder, { durable: false, ...options })
  const remove = async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { server, folder, remove }
}

/** The same with a migrated database `nestegg`, as on a laptop. */
export const startPrivateServer = async (
  options: PostgresOptions = {},
): Promise<PrivateServer & { readonly location: DatabaseLocation }> => {
  const started = await startEmptyServer(options)
  try {
    await makeDatabase(started.server, 'nestegg')
  } catch (error) {
    await started.remove()
    throw error
  }
  return { ...started, location: locate(started.server, 'nestegg') }
}

/** Boots the server of a test run and makes the template on it. */
export const startTemplateServer = async (): Promise<PrivateServer> => {
  const started = await startEmptyServer()
  try {
    await makeDatabase(started.server, templateDatabase)
    await asAdministrator(
      started.server,
      'postgres',
      async sql => void (await sql`alter database ${sql(templateDatabase)} with is_template true allow_connections false`),
    )
  } catch (error) {
    await started.remove()
    throw error
  }
  return started
}

export interface TestDatabase {
  readonly location: DatabaseLocation
  /** A pool as one role (or as the server's administrator), closed by `drop`. */
  connect(role: DatabaseRole | 'postgres', poolSize?: number): Sql
  drop(): Promise<void>
}

/**
 * A database of its own for a test file: migrated, with reference data; 30 ms. Drop it in `afterAll`.
 * @param options.empty with the roles' grants but no migration, for tests of the migrator.
 * @param options.copyOf a copy of that database, of which all connections end.
 */
export const createTestDatabase = async (options: { empty?: boolean; copyOf?: TestDatabase } = {}): Promise<TestDatabase> => {
  const server = inject('postgres')
  const database = `test_${randomBytes(6).toString('hex')}`
  const copied = options.copyOf?.location.database
  await asAdministrator(server, 'postgres', async sql => {
    if (copied !== undefined) await sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = ${copied}`
    await sql`create database ${sql(database)} template ${sql(copied ?? (options.empty ? 'template1' : templateDatabase))} owner nestegg_owner`
    // The grants of db/roles.sql on a database are not copied from a template.
    await sql`revoke all on database ${sql(database)} from public`
    const roles = databaseRoles.filter(role => role !== 'nestegg_owner')
    await sql.unsafe(`grant connect on database ${database} to current_user, ${roles.join()}`)
  })
  if (options.empty) await asAdministrator(server, database, async sql => void (await sql`revoke all on schema public from public`))
  const location = locate(server, database)
  const opened: Sql[] = []
  return {
    location,
    connect: (role, poolSize = 1) => {
      const sql = connect(location, role, poolSize)
      opened.push(sql)
      return sql
    },
    drop: async () => {
      await Promise.all(opened.map(sql => sql.end({ timeout: 5 })))
      await asAdministrator(server, 'postgres', async sql => void (await sql`drop database if exists ${sql(database)} with (force)`))
    },
  }
}

/** Sets the environment variables to that database, as they name Aurora for the functions in AWS, until `vi.unstubAllEnvs()`. */
export const pointEnvironmentTo = ({ authentication, ...location }: DatabaseLocation): void => {
  if (authentication.kind !== 'password-file') throw new Error('Tests have no database with IAM.')
  const variables: EnvironmentVariables = {
    DATABASE_HOST: location.host,
    DATABASE_PORT: String(location.port),
    DATABASE_NAME: location.database,
    DATABASE_AUTHENTICATION: authentication.kind,
    DATABASE_PASSWORD_FILE: authentication.path,
  }
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
}
