import { sql } from 'drizzle-orm'
import type { StatementFigures } from '../../../domain/operations/index.ts'
import type { Transaction } from '../../database.ts'
import { shortened } from './sql.ts'

const listed = 100

/** Whether the library counts statements, and its extension shows them. */
const countsStatements = sql`
  select from pg_extension where extname = 'pg_stat_statements' and exists (select from pg_settings where name = 'pg_stat_statements.max')`

/**
 * The statements that took the most time in this database. Constants in them are replaced by parameters, except in utility statements, such as
 * ALTER ROLE: these are left out. None if nothing counts them.
 */
export const readStatements = async (transaction: Transaction): Promise<StatementFigures[]> => {
  const [counted] = await transaction.execute(countsStatements)
  if (!counted) return []
  const rows = await transaction.execute<Record<string, unknown> & StatementFigures>(sql`
    select ${shortened('s.query')} as statement, coalesce(pg_get_userbyid(s.userid)::text, 'unknown') as role, s.calls::float8 as calls,
      s.mean_exec_time as "meanMilliseconds", s.max_exec_time as "longestMilliseconds", s.total_exec_time as "totalMilliseconds", s.rows::float8 as rows
    from extensions.pg_stat_statements s
    where s.dbid = (select oid from pg_database where datname = current_database()) and s.query ~* '^\s*(/\*|with|select|insert|update|delete|merge)'
      and s.query !~* 'password'
    order by s.total_exec_time desc limit ${listed}`)
  return [...rows]
}
