import type { DatabaseState, IndexFigures } from './database-state.ts'
import type { Recommendation } from './recommendation.ts'
import { largeTableRows, smallIndexBytes, tinyTableRows, unusedAfterDays } from './thresholds.ts'
import { bytesText, countText } from './words.ts'

/** PostgreSQL's limit for a name. */
const longestName = 63

/** The name of an index in the style of the platform: `plans_household_id`. */
export const indexNameFor = (table: string, columns: readonly string[]): string =>
  [table.split('.').at(-1)!.replaceAll('"', ''), ...columns.map(column => column.replaceAll('"', ''))].join('_').slice(0, longestName)

const dropStatement = ({ index, kind }: IndexFigures): string =>
  kind === 'partitioned' ? `drop index ${index}` : `drop index concurrently ${index}`

/** REINDEX CONCURRENTLY leaves such an index when it is stopped: the new one, or the old one that was to be dropped. */
export const isLeftover = (index: string): boolean => /_cc(?:new|old)\d*"?$/.test(index)

export const missingUnderForeignKeys = ({ unindexedForeignKeys }: DatabaseState): Recommendation[] =>
  unindexedForeignKeys
    .filter(({ rows }) => rows >= tinyTableRows)
    .map(({ columns, constraint, isPartitioned, references, rows, table }) => ({
      rule: 'missing-index',
      severity: rows >= largeTableRows ? 'warning' : 'info',
      subject: table,
      finding: `The foreign key ${constraint} to ${references} has no index. Each deleted row of ${references} reads all ${countText(rows)} rows of ${table}.`,
      action: isPartitioned
        ? 'Make the index when few requests write: it blocks writers of the table until it is made.'
        : 'Make the index. Readers and writers go on meanwhile.',
      statement: `create index ${isPartitioned ? '' : 'concurrently '}${indexNameFor(table, columns)} on ${table} (${columns.join(', ')})`,
    }))

export const invalidIndexes = ({ indexes }: DatabaseState): Recommendation[] =>
  indexes
    .filter(({ isInWork, isValid, kind }) => !isValid && !isInWork && kind !== 'partitioned')
    .map(each => {
      const { definition, index, isUnique, table } = each
      const found = { rule: 'invalid-index', severity: 'warning' as const, subject: index }
      const waste = `Statements do not use it, and each change of ${table} pays for it.`
      if (isLeftover(index))
        return {
          ...found,
          finding: `${index} is what a stopped REINDEX left. ${waste}`,
          action: 'Drop it.',
          statement: `drop index concurrently ${index}`,
        }
      if (isUnique)
        return {
          ...found,
          finding: `${index} is invalid: rows of ${table} are not unique, or its making was stopped. ${waste}`,
          action: `Drop it, remove the rows that are there twice, and make it again: ${definition.replace(/^CREATE UNIQUE INDEX/, 'create unique index concurrently')}`,
          statement: `drop index concurrently ${index}`,
        }
      return {
        ...found,
        finding: `${index} is invalid: its making was stopped. ${waste}`,
        action: 'Make it again.',
        statement: `reindex index concurrently ${index}`,
      }
    })

const sameList = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((each, place) => each === others[place])

/** Whether `other` finds all that `index` finds. */
const replaces = (other: IndexFigures, index: IndexFigures): 'equal' | 'wider' | undefined => {
  if (other.index === index.index || other.table !== index.table || other.form !== index.form || !other.isValid) return undefined
  if (sameList(other.keys, index.keys) && index.included.every(column => other.included.includes(column))) return 'equal'
  const isPrefix = other.keys.length > index.keys.length && index.keys.every((key, place) => key === other.keys[place])
  return isPrefix && index.included.length === 0 ? 'wider' : undefined
}

/** Of two equal indexes, the one to keep comes first: that of a constraint, a unique one, the one that includes more, the first by name. */
const rank = (index: IndexFigures): string =>
  [index.isConstraint ? 0 : 1, index.isUnique ? 0 : 1, String(9 - index.included.length), index.index].join(' ')

export const duplicateIndexes = ({ indexes }: DatabaseState): Recommendation[] =>
  indexes.flatMap((index): Recommendation[] => {
    // A unique index is a rule about the rows, and the index of a partition follows its parent's.
    if (index.isConstraint || !index.isValid || index.kind === 'partition') return []
    const equal = indexes.find(
      other => replaces(other, index) === 'equal' && rank(other) < rank(index) && (!index.isUnique || other.isUnique),
    )
    const wider = index.isUnique ? undefined : indexes.find(other => replaces(other, index) === 'wider')
    const kept = equal ?? wider
    if (kept === undefined) return []
    return [
      {
        rule: equal ? 'duplicate-index' : 'covered-index',
        severity: equal ? 'warning' : 'info',
        subject: index.index,
        finding: equal
          ? `${index.index} is the same as ${kept.index} (${bytesText(index.bytes)}).`
          : `${index.index} has the first columns of ${kept.index}, which can take its place (${bytesText(index.bytes)}).`,
        action: 'Drop it.',
        statement: dropStatement(index),
      },
    ]
  })

export const unusedIndexes = (state: DatabaseState): Recommendation[] => {
  const { indexes, statisticsDays, statisticsSince } = state
  if (statisticsDays < unusedAfterDays) return []
  const covered = new Set(duplicateIndexes(state).map(({ subject }) => subject))
  return indexes
    .filter(
      ({ bytes, index, isConstraint, isUnique, isValid, kind, scans, supportsForeignKey }) =>
        scans === 0 &&
        bytes >= smallIndexBytes &&
        isValid &&
        !isConstraint &&
        !isUnique &&
        !supportsForeignKey &&
        kind !== 'partition' &&
        !covered.has(index),
    )
    .map(index => ({
      rule: 'unused-index',
      severity: 'info',
      subject: index.index,
      finding: `No statement has used ${index.index} since ${statisticsSince} (${bytesText(index.bytes)}). Readers have statistics of their own.`,
      action: 'Drop it, unless it is new or something rare needs it.',
      statement: dropStatement(index),
    }))
}
