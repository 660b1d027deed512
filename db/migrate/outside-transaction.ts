/** The first line of a migration that PostgreSQL must run outside of a transaction. Such a migration is applied on its own. */
const outsideMark = '-- outside a transaction'

/** The statement that makes an index, with the name and the schema of the index. */
export const indexName =
  /^create\s+(?:unique\s+)?index\s+concurrently\s+if\s+not\s+exists\s+(?<name>[a-z_]\w*)\s+on\s+(?<schema>[a-z_]\w*)\.\w+/i
const allowed = [
  indexName,
  /^drop\s+index\s+concurrently\s+if\s+exists\s+\S+$/i,
  /^reindex\s+(?:\([^)]*\)\s*)?(?:table|index)\s+concurrently\s+\S+$/i,
  /^vacuum\b/i,
  /^analyze\b/i,
]

/** The statement without comments and semicolon. */
export const bare = (statement: string): string =>
  statement
    .replaceAll(/^\s*--.*$/gm, '')
    .trim()
    .replace(/;$/, '')

export const isOutsideTransaction = (text: string): boolean => text.startsWith(outsideMark)

/** The first statement that does harm if such a migration is applied twice, or half: undefined if there is none. */
export const unrepeatable = (statements: readonly string[]): string | undefined =>
  statements.map(bare).find(statement => !allowed.some(form => form.test(statement)))
