import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sql } from '../connections.ts'
import { databaseFolder } from './files.ts'

/** The statement of db/roles.sql: makes the login roles and makes nestegg_owner the owner of the current database. Safe to repeat. */
export const rolesStatement = (): string => readFileSync(join(databaseFolder(), 'roles.sql'), 'utf8')

/**
 * Makes the login roles, as the cluster's administrator, on the database that `administrator` is connected to.
 * @param passwords.functions the password of nestegg_functions, with which the RDS Data API signs in.
 * @param passwords.local a laptop's server only: the password of every role, because there is no IAM there.
 */
export const bootstrapRoles = async (administrator: Sql, passwords: { functions?: string; local?: string }): Promise<void> => {
  await administrator.begin(async transaction => {
    await transaction`select set_config('nestegg.functions_password', ${passwords.functions ?? ''}, true),
      set_config('nestegg.local_password', ${passwords.local ?? ''}, true)`
    await transaction.unsafe(rolesStatement())
  })
}
