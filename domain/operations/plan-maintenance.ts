import type { Bloat, IndexFigures, PartitionFigures, TableFigures } from './database-state.ts'
import { isLeftover } from './recommend-indexes.ts'
import { bloatBytes, bloatShare } from './thresholds.ts'
import { countText } from './words.ts'

/** One statement of maintenance, which runs outside of a transaction. */
export interface MaintenanceStep {
  readonly relation: string
  readonly statement: string
  readonly reason: string
}

/** A tenth of what autovacuum waits for at least: in a quiet hour the work costs nobody anything. */
const minimumRows = 1_000
const share = 0.05
/** Frozen early, a table is not read whole by autovacuum in a busy hour. */
const freezeShare = 0.5

const byNeed = (found: readonly { readonly need: number; readonly step: MaintenanceStep }[]): MaintenanceStep[] =>
  found.toSorted((a, b) => b.need - a.need).map(({ step }) => step)

/**
 * The tables to vacuum, the neediest first: those with dead rows, with many new rows, or with old rows that are not frozen yet.
 * @param options.freezeAge the age at which autovacuum freezes a table
 * @param options.freezeAll freezes each table, as once a month
 */
export const planVacuum = (
  tables: readonly TableFigures[],
  { freezeAge, freezeAll = false }: { readonly freezeAge: number; readonly freezeAll?: boolean },
): MaintenanceStep[] =>
  byNeed(
    tables
      .filter(({ kind }) => kind !== 'partitioned')
      .flatMap(({ deadRows, insertedSinceVacuum, rows, table, transactionAge }) => {
        const isOld = transactionAge >= freezeShare * freezeAge
        const changed = deadRows + insertedSinceVacuum
        const isChanged = changed >= minimumRows && changed >= share * rows
        if (!isOld && !isChanged && !freezeAll) return []
        const reason = isOld
          ? `rows of ${countText(transactionAge)} transactions ago are not frozen`
          : `${countText(deadRows)} dead rows, ${countText(insertedSinceVacuum)} new ones`
        const options = isOld || freezeAll ? 'freeze, analyze' : 'analyze'
        return [{ need: (isOld ? 1e12 : 0) + changed, step: { relation: table, statement: `vacuum (${options}) ${table}`, reason } }]
      }),
  )

/**
 * The tables to analyze, the neediest first. Autovacuum never analyzes the parent of partitions: it is analyzed when a partition has changed.
 * @param options.all analyzes each table that has rows
 */
export const planAnalyze = (tables: readonly TableFigures[], { all = false }: { readonly all?: boolean } = {}): MaintenanceStep[] => {
  const changedOf = ({ changedSinceAnalyze, table }: TableFigures): number =>
    tables.filter(({ parent }) => parent === table).reduce((sum, partition) => sum + partition.changedSinceAnalyze, changedSinceAnalyze)
  return byNeed(
    tables.flatMap(each => {
      const { kind, lastAnalyze, rows, table } = each
      const changed = changedOf(each)
      const isNew = lastAnalyze === null && (changed > 0 || rows > 0)
      const isChanged = changed >= minimumRows && changed >= share * rows
      // ANALYZE of the parent analyzes its partitions too.
      if ((kind === 'partition' && all) || !(all || isNew || isChanged)) return []
      return [
        {
          need: changed + (lastAnalyze === null ? 1 : 0),
          step: {
            relation: table,
            statement: `analyze ${table}`,
            reason: lastAnalyze === null ? 'never analyzed' : `${countText(changed)} rows changed`,
          },
        },
      ]
    }),
  )
}

/** Default partitions of which the statistics still count rows after these were moved: VACUUM gives their pages back and counts again. */
export const planEmptied = (partitions: readonly PartitionFigures[]): MaintenanceStep[] =>
  partitions.flatMap(({ defaultPartition, strayRows }) =>
    defaultPartition === null || strayRows === 0
      ? []
      : [{ relation: defaultPartition, statement: `vacuum (analyze) ${defaultPartition}`, reason: 'its rows were moved' }],
  )

/** Indexes to drop because a stopped REINDEX left them. */
export const planLeftovers = (indexes: readonly IndexFigures[]): MaintenanceStep[] =>
  indexes
    .filter(({ index, isInWork, isValid, kind }) => !isValid && !isInWork && kind !== 'partitioned' && isLeftover(index))
    .map(({ index }) => ({ relation: index, statement: `drop index concurrently if exists ${index}`, reason: 'left by a stopped REINDEX' }))

/** Indexes to make again: the invalid ones that can be made, and those of which more than half is empty. One at a time, the emptiest first. */
export const planReindex = (indexes: readonly IndexFigures[], bloat: readonly Bloat[]): MaintenanceStep[] => {
  const invalid = indexes
    .filter(
      ({ index, isInWork, isUnique, isValid, kind }) => !isValid && !isInWork && kind !== 'partitioned' && !isUnique && !isLeftover(index),
    )
    .map(({ index }) => ({ relation: index, statement: `reindex index concurrently ${index}`, reason: 'invalid' }))
  const empty = bloat
    .filter(({ bytes, emptyBytes, kind }) => kind === 'index' && emptyBytes >= bloatBytes && emptyBytes >= bloatShare * bytes)
    .map(({ bytes, emptyBytes, relation }) => ({
      need: emptyBytes,
      step: {
        relation,
        statement: `reindex index concurrently ${relation}`,
        reason: `${Math.round((100 * emptyBytes) / bytes)} % are empty`,
      },
    }))
  return [...invalid, ...byNeed(empty)]
}
