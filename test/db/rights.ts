import type { Sql } from '../../db/connections.ts'
import { databaseRoleFor, type DatabaseRole } from '../../db/roles.ts'
import { commands } from '../../lambdas/commands.ts'
import { jobs } from '../../lambdas/jobs.ts'
import { routes } from '../../lambdas/routes.ts'
import { operatorCommandWrites } from '../../lambdas/operations/execute-command.ts'
import { idempotencyWrites } from '../../lambdas/runtime/idempotency.ts'
import { jobRunWrites } from '../../lambdas/runtime/job.ts'
import type { TableWrite } from '../../lambdas/runtime/writes.ts'
import { tasks } from '../../lambdas/tasks.ts'

const schemas = "('identity', 'planning', 'wealth', 'cashflow', 'market', 'trading', 'operations', 'drizzle')"

/** The rights of a write: `insert planning.plans`, `update planning.plans.name`. */
const rightsOf = ({ deletes, inserts, table, updates = [] }: TableWrite): string[] => [
  ...(inserts ? [`insert ${table}`] : []),
  ...updates.map(column => `update ${table}.${column}`),
  ...(deletes ? [`delete ${table}`] : []),
]

/** By role, the rights to write that follow from the declarations of routes, jobs, tasks and commands. */
export const declaredRights = (role: DatabaseRole): string[] => {
  const ofRoutes = routes.flatMap(({ access, backends, idempotency, writes = [] }) => {
    if (!backends.includes('database') || databaseRoleFor(access) !== role) return []
    return idempotency ? [...writes, ...idempotencyWrites] : writes
  })
  const ofOperator = [...[...jobs, ...tasks, ...commands].flatMap(({ writes = [] }) => writes), ...jobRunWrites, ...operatorCommandWrites]
  const writes = role === 'nestegg_operator' ? [...ofRoutes, ...ofOperator] : ofRoutes
  return [...new Set(writes.flatMap(rightsOf))].toSorted()
}

const relations = `pg_class c join pg_namespace n on n.oid = relnamespace and nspname in ${schemas} and relkind in ('r', 'p', 'v', 'm', 'f')`

/** The rights to write that a role has in the catalogue, of every table, view and partition. */
export const grantedRights = async (sql: Sql, role: DatabaseRole): Promise<string[]> => {
  const rows = await sql.unsafe<{ held: string }[]>(`
    select action || ' ' || c.oid::regclass as held from ${relations},
      unnest(array['insert', 'delete', 'truncate', 'trigger', 'references']) as action where has_table_privilege('${role}', c.oid, action)
    union all
    select action || ' ' || c.oid::regclass || '.' || attname from ${relations}, pg_attribute, unnest(array['update', 'insert', 'references']) as action
    where attrelid = c.oid and attnum > 0 and not attisdropped and has_column_privilege('${role}', c.oid, attnum, action)
      and (action = 'update' or not has_table_privilege('${role}', c.oid, action))`)
  return rows.map(row => row.held).toSorted()
}

/** The tables and views of the domains, without partitions. */
export const relationsOf = async (sql: Sql): Promise<string[]> => {
  const rows = await sql.unsafe<{ name: string }[]>(
    `select c.oid::regclass::text as name from ${relations} where not relispartition and nspname <> 'drizzle'`,
  )
  return rows.map(row => row.name).toSorted()
}

/** The tables, views and partitions of which a role can read every column, and the single columns of others. */
export const readableTables = async (sql: Sql, role: DatabaseRole): Promise<string[]> => {
  const rows = await sql.unsafe<{ held: string }[]>(`
    select c.oid::regclass::text as held from ${relations} where has_table_privilege('${role}', c.oid, 'select')
    union all
    select c.oid::regclass || '.' || attname from ${relations}, pg_attribute
    where attrelid = c.oid and attnum > 0 and not has_table_privilege('${role}', c.oid, 'select') and has_column_privilege('${role}', c.oid, attnum, 'select')`)
  return rows.map(row => row.held).toSorted()
}

export const executableFunctions = async (sql: Sql, role: DatabaseRole): Promise<string[]> => {
  const rows = await sql.unsafe<{ name: string }[]>(`
    select nspname || '.' || proname as name from pg_proc p join pg_namespace n on n.oid = pronamespace and nspname in ${schemas}
    where has_function_privilege('${role}', p.oid, 'execute')`)
  return rows.map(row => row.name).toSorted()
}
