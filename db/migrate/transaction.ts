import type { TransactionSql } from 'postgres'
import { MigrationError } from './errors.ts'

/** Comments, texts, quoted names and bodies in dollar quotes, where no word is a statement. */
const opaque =
  /--[^\n]*|\/\*[^]*?\*\/|(?<![\w$])\$(?<tag>[a-z_]\w*|)\$[^]*?\$\k<tag>\$|(?<!\w)e'(?:[^'\\]|\\[^]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"/gi

const endings = /^(?:begin|start\s+transaction|commit|end|rollback(?!\s+(?:work\s+|transaction\s+)?to\b)|abort|prepare\s+transaction)\b/i

/**
 * The words with which a text of SQL begins or ends a transaction: a migration must leave that to the migrator, which applies all pending
 * migrations in one transaction. The bodies of functions are not searched: PostgreSQL refuses a COMMIT in them.
 */
export const transactionCommand = (text: string): string | undefined => {
  let isInBody = false
  for (const piece of text.replaceAll(opaque, ' ').split(';')) {
    const statement = piece.trim()
    if (isInBody) isInBody = !/^end\b/i.test(statement)
    else if (/\bbegin\s+atomic\b/i.test(statement)) isInBody = true
    else if (endings.test(statement)) return endings.exec(statement)![0].toLowerCase().replaceAll(/\s+/g, ' ')
  }
  return undefined
}

const idOf = async (transaction: TransactionSql): Promise<string> => {
  const [row] = await transaction<{ id: string }[]>`select pg_current_xact_id()::text as id`
  return row!.id
}

/** Runs `work`. Its statements must stay in this transaction. @throws MigrationError if one of them ended it. */
export const withinTransaction = async <Result>(transaction: TransactionSql, work: () => Promise<Result>): Promise<Result> => {
  const before = await idOf(transaction)
  const result = await work()
  if ((await idOf(transaction)) !== before) {
    throw new MigrationError(
      'A statement ended the transaction of the migrator. The statements before it stay applied: restore the backup.',
    )
  }
  return result
}
