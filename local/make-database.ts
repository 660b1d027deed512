import { connect, type DatabaseLocation } from '../db/connections.ts'
import { bootstrapRoles } from '../db/migrate/index.ts'

/**
 * Makes the database of a local server if it is missing, and its roles. Safe to repeat.
 * @returns whether the database is new.
 */
export const makeDatabase = async (location: DatabaseLocation, password: string): Promise<boolean> => {
  const administrator = connect({ ...location, database: 'postgres' }, 'postgres')
  try {
    const [existing] = await administrator`select from pg_database where datname = ${location.database}`
    if (!existing) await administrator`create database ${administrator(location.database)}`
    const own = connect(location, 'postgres')
    try {
      await bootstrapRoles(own, { local: password })
    } finally {
      await own.end()
    }
    return !existing
  } finally {
    await administrator.end()
  }
}
