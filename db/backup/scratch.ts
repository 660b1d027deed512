import { connect, type DatabaseLocation, type Sql } from '../connections.ts'
import { type MigrationFile, migrate, readMigrations } from '../migrate/index.ts'

/** The migrations of a backup, in their order. */
export type AppliedMigrations = readonly Pick<MigrationFile, 'tag' | 'hash'>[]

/** The migrations of the backup are not the first ones of this code. */
export class OtherSchema extends Error {
  override readonly name = 'OtherSchema'
}

/**
 * Checks that the migrations of a backup are the first ones of this code.
 * @throws OtherSchema if this code does not have them, has others before them, or has changed one
 */
export const checkMigrations = (applied: AppliedMigrations, files = readMigrations()): void => {
  for (const [index, { hash, tag }] of applied.entries()) {
    const file = files[index]
    if (file?.tag !== tag)
      throw new OtherSchema(`The backup was made after the migration ${tag}, which this code does not have at that place.`)
    if (file.hash !== hash) throw new OtherSchema(`The migration ${tag} has been changed since the backup was made.`)
  }
}

/** Runs statements as nestegg_owner in a database other than the one that is made, renamed or dropped. */
export const fromOutside = async <Result>(location: DatabaseLocation, work: (sql: Sql) => Promise<Result>): Promise<Result> => {
  const sql = connect({ ...location, database: 'postgres' }, 'nestegg_owner')
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}

/** Gives a new database the grants of another one. Every database has grants of its own, which migrations do not make. */
const copyGrants = async (sql: Sql, from: string, to: string): Promise<void> => {
  await sql.unsafe(`revoke all on database ${to} from public`)
  const grants = await sql<{ grantee: string; privilege: string }[]>`
    select quote_ident(pg_get_userbyid(grantee)) as grantee, privilege_type as privilege
    from pg_database, aclexplode(datacl) where datname = ${from} and grantee not in (0, datdba)`
  for (const { grantee, privilege } of grants) await sql.unsafe(`grant ${privilege} on database ${to} to ${grantee}`)
}

/**
 * Makes a database beside the one at `location`, with the same grants, and migrates it to the state of a backup. It has no rows besides those
 * that migrations insert.
 * @param name lower case, digits and underscores
 */
export const makeScratch = async (location: DatabaseLocation, name: string, migrationCount: number): Promise<DatabaseLocation> => {
  await fromOutside(location, async sql => {
    await sql.unsafe(`create database ${name} template template0`)
    await copyGrants(sql, location.database, name)
  })
  const scratch = { ...location, database: name }
  const owner = connect(scratch, 'nestegg_owner')
  try {
    await owner`revoke all on schema public from public`
  } finally {
    await owner.end()
  }
  await migrate(scratch, { backup: 'none', only: migrationCount })
  return scratch
}

/** Drops a scratch database, and ends the sessions that still use it. */
export const dropScratch = (location: DatabaseLocation, name: string): Promise<void> =>
  fromOutside(location, async sql => void (await sql.unsafe(`drop database if exists ${name} with (force)`)))

/** The names of the databases beside this one that begin so. */
export const listDatabases = (location: DatabaseLocation, prefix: string): Promise<string[]> =>
  fromOutside(location, async sql => {
    const rows = await sql<{ name: string }[]>`select datname as name from pg_database where starts_with(datname, ${prefix}) order by 1`
    return rows.map(({ name }) => name)
  })

/** Lets sessions into a database, or not. */
export const allowConnections = (location: DatabaseLocation, name: string, isAllowed: boolean): Promise<void> =>
  fromOutside(location, async sql => void (await sql.unsafe(`alter database ${name} with allow_connections ${isAllowed}`)))
