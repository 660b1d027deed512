import { sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { ownerColumns, type TableLifecycle } from '../../schema/lifecycle.ts'
import { lifecycles } from '../../schema/lifecycles.ts'
import { inForeignKeyOrder } from './table-order.ts'

interface ExportedTable {
  readonly table: string
  readonly rows: number
  readonly columns: readonly string[]
  /** Columns that the export does not have. */
  readonly leftOut: readonly string[]
  /** Why columns, or all rows, were left out. */
  readonly because?: string
}

export interface PersonExport {
  readonly index: {
    readonly userId: string
    readonly exportedAt: string
    readonly about: string
    readonly tables: readonly ExportedTable[]
  }
  /** Each row as a line of JSON: `{"table": …, "row": …}`. Numbers are written as the database has them. */
  readonly lines: readonly string[]
}

const about =
  'The first line is this index. Each other line is a row: its table, and its columns by name. Rows of a household are those of all households ' +
  'of which the person is a member; what other members did is left out, and so is what only owners may read, unless the person is one.'

/** The condition for the rows that belong to the person. Of rows of a person and a household, only those of the person. */
const conditionOf = (lifecycle: TableLifecycle, userId: string, households: readonly string[]) => {
  const { household, person } = ownerColumns(lifecycle)
  if (person !== undefined) return sql`${sql.identifier(person)} = ${userId}::uuid`
  return sql`${sql.identifier(household!)} in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(households)}::jsonb))`
}

const quoted = (table: string) =>
  sql.join(
    table.split('.').map(part => sql.identifier(part)),
    sql`.`,
  )

/**
 * The whole data of a person: all rows of the tables that the lifecycles export, with the reason of what is left out.
 * The transaction must be allowed to read them: that of the person, or one of `begin_checks`.
 * @throws ExportTooLarge if the rows have more than `mostBytes` as JSON
 */
export const exportPerson = async (transaction: Transaction, userId: string, mostBytes = Infinity): Promise<PersonExport> => {
  const memberships = await transaction.execute<{ id: string; role: string }>(
    sql`select household_id as id, role from identity.household_members where user_id = ${userId}::uuid order by household_id`,
  )
  const [moment] = await transaction.execute<{ now: string }>(
    sql`select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as now`,
  )
  const lines: string[] = []
  const tables: ExportedTable[] = []
  let sizeBytes = 0
  for (const table of await inForeignKeyOrder(transaction, Object.keys(lifecycles))) {
    const lifecycle = lifecycles[table]!
    const exported = lifecycle.export
    if (Object.keys(ownerColumns(lifecycle)).length === 0) continue
    if (exported.columns === 'none') {
      tables.push({ table, rows: 0, columns: [], leftOut: ['all'], because: exported.because })
      continue
    }
    const leftOut = exported.columns === 'all-but' ? exported.but : []
    const households = memberships.filter(({ role }) => exported.readBy !== 'owners' || role === 'owner').map(({ id }) => id)
    const columns = await transaction.execute<{ name: string }>(sql`
      select attname::text as name from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped order by attnum`)
    // Only these are selected: the person may not read the others at all.
    const shown = columns.filter(({ name }) => !leftOut.includes(name)).map(({ name }) => sql.identifier(name))
    const rows = await transaction.execute<{ row: string }>(sql`
      select to_jsonb(t)::text as row from (select ${sql.join(shown, sql`, `)} from ${quoted(table)}) t where ${conditionOf(lifecycle, userId, households)}
      order by ${sql.join(
        lifecycle.key.map(column => sql.identifier(column)),
        sql`, `,
      )}`)
    for (const { row } of rows) {
      const line = `{"table": ${JSON.stringify(table)}, "row": ${row}}`
      sizeBytes += Buffer.byteLength(line)
      if (sizeBytes > mostBytes) throw new ExportTooLarge(mostBytes)
      lines.push(line)
    }
    tables.push({
      table,
      rows: rows.length,
      columns: columns.map(({ name }) => name).filter(name => !leftOut.includes(name)),
      leftOut,
      ...(exported.columns === 'all-but' ? { because: exported.because } : {}),
    })
  }
  return { index: { userId, exportedAt: moment!.now, about, tables }, lines }
}

/** The rows of a person do not fit into one answer. */
export class ExportTooLarge extends Error {
  override readonly name = 'ExportTooLarge'

  constructor(mostBytes: number) {
    super(`The export has more than ${mostBytes} bytes.`)
  }
}

/** The export as a file of JSON lines. */
export const exportFile = ({ index, lines }: PersonExport): string => `${[JSON.stringify({ index }), ...lines].join('\n')}\n`
