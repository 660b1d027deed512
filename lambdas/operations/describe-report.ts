import { bytesText, countText, type DatabaseState, percentText, type Recommendation } from '../../domain/operations/index.ts'
import { alignColumns } from '../runtime/align-columns.ts'

const heading = (title: string, body: string): string => `${title}\n${body || 'none\n'}\n`

const table = (title: string, columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  heading(title, rows.length === 0 ? '' : alignColumns([columns, ...rows]))

/** The recommendations as text: each with its statement on a line of its own, to copy. */
export const describeRecommendations = (recommendations: readonly Recommendation[]): string =>
  recommendations
    .map(
      ({ action, finding, severity, statement }, index) =>
        `${index + 1}. [${severity}] ${finding} ${action}\n${statement === null ? '' : `     ${statement};\n`}`,
    )
    .join('')

const share = (part: number, whole: number): string => (whole === 0 ? '-' : percentText(part / whole))

export const describeSessions = ({ blocked, connections, longTransactions }: DatabaseState): string =>
  heading(
    'CONNECTIONS',
    alignColumns([
      ['in use', `${connections.used} of ${connections.maximum}`],
      ['active', String(connections.active)],
      ['idle in a transaction', String(connections.idleInTransaction)],
      ...Object.entries(connections.byRole).map(([role, count]) => [`as ${role}`, String(count)]),
    ]),
  ) +
  table(
    'WHO WAITS FOR WHOM',
    ['PROCESS', 'ROLE', 'WAITS FOR', 'HELD BY', 'SECONDS', 'STATEMENT'],
    blocked.map(({ blockedBy, pid, role, seconds, statement, waitsFor }) => [
      String(pid),
      role,
      waitsFor,
      blockedBy.join(', '),
      countText(seconds),
      statement,
    ]),
  ) +
  table(
    'TRANSACTIONS OF MORE THAN A MINUTE',
    ['PROCESS', 'ROLE', 'STATE', 'SECONDS', 'STATEMENT'],
    longTransactions.map(({ pid, role, seconds, state, statement }) => [String(pid), role, state, countText(seconds), statement]),
  )

/** The whole report: first what to do first, then the figures. */
export const describeReport = (state: DatabaseState, recommendations: readonly Recommendation[], limit: number): string => {
  const { bloat, cache, indexes, partitions, replicas, statements, tables, wraparound } = state
  const shown = <Each>(all: readonly Each[]) => all.slice(0, limit)
  return [
    heading('WHAT TO DO FIRST', describeRecommendations(recommendations)),
    Object.keys(state.notRead).length === 0 ? '' : heading('NOT READ', alignColumns(Object.entries(state.notRead))),
    heading(
      'DATABASE',
      alignColumns([
        ['size', bytesText(state.databaseBytes)],
        ['statistics since', `${state.statisticsSince} (${state.statisticsDays.toFixed(1)} days)`],
        ['blocks found in memory', share(cache.hits, cache.hits + cache.reads)],
        ['deadlocks', countText(cache.deadlocks)],
        ['temporary files', bytesText(cache.temporaryBytes)],
        [
          'oldest row not frozen',
          `${countText(wraparound.transactionAge)} transactions; autovacuum freezes at ${countText(wraparound.freezeAge)}`,
        ],
      ]),
    ),
    describeSessions(state),
    table(
      'READERS',
      ['READER', 'LAG'],
      replicas.map(({ lagMilliseconds, name }) => [name, lagMilliseconds === null ? 'unknown' : `${countText(lagMilliseconds)} ms`]),
    ),
    table(
      'TABLES',
      ['TABLE', 'SIZE', 'INDEXES', 'ROWS', 'DEAD', 'WHOLE READS', 'INDEX READS', 'LAST VACUUM', 'LAST ANALYZE'],
      shown(tables).map(each => [
        each.table,
        bytesText(each.totalBytes),
        bytesText(each.indexBytes),
        countText(each.rows),
        countText(each.deadRows),
        countText(each.sequentialScans),
        countText(each.indexScans),
        each.lastVacuum ?? 'never',
        each.lastAnalyze ?? 'never',
      ]),
    ),
    table(
      'INDEXES',
      ['INDEX', 'TABLE', 'SIZE', 'USED', 'LAST USE', 'KIND'],
      shown(indexes).map(({ bytes, index, isConstraint, isUnique, isValid, lastScan, scans, table: name }) => [
        index,
        name,
        bytesText(bytes),
        countText(scans),
        lastScan ?? 'never',
        isValid ? (isConstraint ? 'constraint' : isUnique ? 'unique' : 'plain') : 'invalid',
      ]),
    ),
    table(
      'EMPTY SPACE OF LARGE TABLES AND INDEXES',
      ['RELATION', 'SIZE', 'EMPTY'],
      shown(bloat.toSorted((a, b) => b.emptyBytes - a.emptyBytes)).map(({ bytes, emptyBytes, relation }) => [
        relation,
        bytesText(bytes),
        share(emptyBytes, bytes),
      ]),
    ),
    table(
      'PARTITIONS',
      ['TABLE', 'PARTITIONS', 'DAYS AHEAD', 'GAPS', 'STRAY ROWS'],
      partitions.map(({ daysAhead, gapsAhead, parent, partitions: count, strayRows }) => [
        parent,
        String(count),
        countText(daysAhead),
        String(gapsAhead),
        countText(strayRows),
      ]),
    ),
    table(
      'STATEMENTS BY TOTAL TIME',
      ['TOTAL MS', 'CALLS', 'MEAN MS', 'LONGEST MS', 'ROLE', 'STATEMENT'],
      shown(statements).map(({ calls, longestMilliseconds, meanMilliseconds, role, statement, totalMilliseconds }) => [
        countText(totalMilliseconds),
        countText(calls),
        meanMilliseconds.toFixed(1),
        longestMilliseconds.toFixed(1),
        role,
        statement.length > 120 ? `${statement.slice(0, 119)}…` : statement,
      ]),
    ),
  ].join('')
}
