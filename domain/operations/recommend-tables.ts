import type { DatabaseState } from './database-state.ts'
import type { Recommendation } from './recommendation.ts'
import { bloatBytes, bloatShare, deadRowMinimum, deadRowShare, freezeAgeFactor, partitionDaysAhead, wraparoundAge } from './thresholds.ts'
import { bytesText, countText, percentText } from './words.ts'

export const deadRows = ({ tables }: DatabaseState): Recommendation[] =>
  tables
    .filter(({ deadRows, kind, rows }) => kind !== 'partitioned' && deadRows >= deadRowMinimum && deadRows >= deadRowShare * rows)
    .map(({ deadRows, lastVacuum, rows, table }) => ({
      rule: 'dead-rows',
      severity: 'warning',
      subject: table,
      finding: `${table} has ${countText(deadRows)} dead rows beside ${countText(rows)}. Its last VACUUM was ${lastVacuum ?? 'never'}.`,
      action: 'Vacuum it. If they stay, a long transaction holds them.',
      statement: `vacuum (analyze) ${table}`,
    }))

export const bloated = ({ bloat }: DatabaseState): Recommendation[] =>
  bloat
    .filter(({ bytes, emptyBytes }) => emptyBytes >= bloatBytes && emptyBytes >= bloatShare * bytes)
    .map(({ bytes, emptyBytes, kind, relation }) => ({
      rule: kind === 'index' ? 'bloated-index' : 'bloated-table',
      severity: kind === 'index' ? 'warning' : 'info',
      subject: relation,
      finding: `${percentText(emptyBytes / bytes)} of ${relation} are empty: ${bytesText(emptyBytes)} of ${bytesText(bytes)}.`,
      action:
        kind === 'index'
          ? 'Make it again. Readers and writers go on meanwhile.'
          : 'New rows fill the space. VACUUM FULL would give it back, but nobody could read or write the table meanwhile.',
      statement: kind === 'index' ? `reindex index concurrently ${relation}` : null,
    }))

export const wraparoundRisks = ({ tables, wraparound }: DatabaseState): Recommendation[] => {
  const { freezeAge, multixactAge, transactionAge } = wraparound
  const age = Math.max(transactionAge, multixactAge)
  if (age < freezeAgeFactor * freezeAge) return []
  const oldest = tables.filter(({ kind }) => kind !== 'partitioned').toSorted((a, b) => b.transactionAge - a.transactionAge)[0]
  return [
    {
      rule: 'wraparound',
      severity: age >= wraparoundAge ? 'critical' : 'warning',
      subject: 'the database',
      finding: `The oldest row that is not frozen is ${countText(age)} transactions old. Autovacuum should have frozen it at ${countText(freezeAge)}. Shortly before 2,147,483,648 PostgreSQL accepts no writes.`,
      action:
        'Look for a transaction, a replication slot or a prepared transaction that does not end. Then freeze the oldest table, and those after it.',
      statement: oldest ? `vacuum (freeze) ${oldest.table}` : null,
    },
  ]
}

/** The statement that makes the partitions of a table, and moves stray rows there. */
const partitionMakers: Readonly<Record<string, string>> = {
  'operations.audit_logs': 'select operations.make_audit_partitions(3)',
  'market.bars': 'select market.make_bar_partitions()',
}

export const partitionFaults = ({ partitions }: DatabaseState): Recommendation[] =>
  partitions.flatMap(({ coversNow, daysAhead, gapsAhead, parent, strayRows }): Recommendation[] => {
    const common = {
      subject: parent,
      action: 'Make them, and look at why the daily job did not.',
      statement: partitionMakers[parent] ?? null,
    }
    const isShort = !coversNow || daysAhead < partitionDaysAhead || gapsAhead > 0
    const missing: Recommendation = {
      ...common,
      rule: 'missing-partition',
      severity: coversNow ? 'warning' : 'critical',
      finding: coversNow
        ? `${parent} has partitions for ${Math.max(0, Math.floor(daysAhead))} more days${gapsAhead > 0 ? `, with ${gapsAhead} gaps` : ''}.`
        : `${parent} has no partition for today. New rows go to its default partition.`,
    }
    const stray: Recommendation = {
      ...common,
      rule: 'stray-rows',
      severity: 'warning',
      finding: `About ${countText(strayRows)} rows of ${parent} are in its default partition, which every statement has to read.`,
      action: 'Make their partitions, which moves them.',
    }
    return [...(isShort ? [missing] : []), ...(strayRows > 0 ? [stray] : [])]
  })
