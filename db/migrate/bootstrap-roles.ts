import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sql } from '../connections.ts'
import { type FunctionRole, functionRoles } from '../roles.ts'
import { databaseFolder } from './files.ts'

/** The statement of db/roles.sql: makes the login roles and makes nestegg_owner the owner of the current database. Safe to repeat. */
export const rolesStatement = (): string => readFileSync(join(databaseFolder(), 'roles.sql'), 'utf8')

/** The setting from which db/roles.sql takes the password of a role. */
export const passwordSetting = (role: FunctionRole): string => `nestegg.password_of_${role}`

/**
 * Makes the login roles, as the cluster's administrator, on the database that `administrator` is connected to.
 * @param passwords.functions the passwords of roles of functions, with which the RDS Data API signs in.
 * @param passwords.local a laptop's server only: the password of every role, because there is no IAM there.
 */
export const bootstrapRoles = async (
  administrator: Sql,
  passwords: { functions?: Partial<Record<FunctionRole, string>>; local?: string },
): Promise<void> => {
  await administrator.begin(async transaction => {
    await transaction`select set_config('nestegg.local_password', ${passwords.local ?? ''}, true)`
    for (const role of Object.values(functionRoles))
      await transaction`select set_config(${passwordSetting(role)}, ${passwords.functions?.[role] ?? ''}, true)`
    await transaction.unsafe(rolesStatement())
  })
}
