import type { DatabaseState } from './database-state.ts'
import type { Recommendation } from './recommendation.ts'
import {
  blockedSeconds,
  cacheBlocks,
  cacheHitShare,
  connectionShare,
  longTransactionSeconds,
  replicaLagMilliseconds,
  slowCalls,
  slowMilliseconds,
} from './thresholds.ts'
import { countText, percentText } from './words.ts'

export const connectionsInUse = ({ connections }: DatabaseState): Recommendation[] => {
  const { byRole, maximum, used } = connections
  if (used < connectionShare * maximum) return []
  const [largest] = Object.entries(byRole).toSorted(([, a], [, b]) => b - a)
  return [
    {
      rule: 'connections',
      severity: 'critical',
      subject: 'connections',
      finding: `${used} of ${maximum} connections are in use${largest ? `, ${largest[1]} of them by ${largest[0]}` : ''}. Beyond that, requests are refused.`,
      action: 'Find the functions that hold them. The runbook has the steps.',
      statement: null,
    },
  ]
}

/** The sessions that block others and wait for nobody, each with how many wait for it, directly or not. */
export const blockers = ({ blocked }: Pick<DatabaseState, 'blocked'>): { readonly pid: number; readonly waiting: readonly number[] }[] => {
  const waiting = new Map(blocked.map(({ blockedBy, pid }) => [pid, blockedBy]))
  const roots = [...new Set(blocked.flatMap(({ blockedBy }) => blockedBy))].filter(pid => !waiting.has(pid))
  return roots.map(pid => {
    const found = new Set<number>()
    for (let size = -1; size < found.size; ) {
      size = found.size
      for (const [each, by] of waiting) if (by.some(other => other === pid || found.has(other))) found.add(each)
    }
    return { pid, waiting: [...found] }
  })
}

export const blockedStatements = (state: DatabaseState): Recommendation[] =>
  blockers(state).flatMap(({ pid, waiting }): Recommendation[] => {
    const longest = Math.max(...state.blocked.filter(each => waiting.includes(each.pid)).map(({ seconds }) => seconds))
    const first = state.blocked.find(({ blockedBy }) => blockedBy.includes(pid))
    return [
      {
        rule: 'blocked',
        severity: longest >= blockedSeconds ? 'critical' : 'info',
        subject: `process ${pid}`,
        finding: `Process ${pid} blocks ${waiting.length === 1 ? 'one session' : `${waiting.length} sessions`} (${waiting.join(', ')}), the longest for ${countText(longest)} s, on ${first?.waitsFor ?? 'a lock'}.`,
        action: 'If it does not end by itself, end its session: its transaction is rolled back.',
        statement: `select pg_terminate_backend(${pid})`,
      },
    ]
  })

export const longTransactions = ({ longTransactions }: DatabaseState): Recommendation[] =>
  longTransactions
    .filter(({ seconds }) => seconds >= longTransactionSeconds)
    .map(({ application, pid, role, seconds, state }) => ({
      rule: 'long-transaction',
      severity: 'warning',
      subject: `process ${pid}`,
      finding: `Process ${pid} (${role}, ${application}, ${state}) has had a transaction open for ${countText(seconds / 60)} minutes. VACUUM removes nothing that is newer.`,
      action: 'If nothing needs it, end its session: its transaction is rolled back.',
      statement: `select pg_terminate_backend(${pid})`,
    }))

export const slowStatements = ({ statements }: DatabaseState): Recommendation[] =>
  statements
    .filter(({ calls, meanMilliseconds }) => meanMilliseconds >= slowMilliseconds && calls >= slowCalls)
    .map(({ calls, longestMilliseconds, meanMilliseconds, role, statement }) => ({
      rule: 'slow-statement',
      severity: 'warning',
      subject: role,
      finding: `${countText(calls)} calls took ${countText(meanMilliseconds)} ms on average, ${countText(longestMilliseconds)} ms at most: ${statement}`,
      action: 'Look at its plan with EXPLAIN (ANALYZE, BUFFERS).',
      statement: null,
    }))

export const cacheMisses = ({ cache }: DatabaseState): Recommendation[] => {
  const blocks = cache.hits + cache.reads
  if (blocks < cacheBlocks || cache.hits >= cacheHitShare * blocks) return []
  return [
    {
      rule: 'cache-hits',
      severity: 'warning',
      subject: 'the cache',
      finding: `Only ${percentText(cache.hits / blocks)} of the blocks were found in memory.`,
      action: 'Look at the tables that are read whole, then raise the capacity.',
      statement: null,
    },
  ]
}

export const replicaLag = ({ replicas }: DatabaseState): Recommendation[] =>
  replicas
    .filter(({ lagMilliseconds }) => (lagMilliseconds ?? 0) >= replicaLagMilliseconds)
    .map(({ lagMilliseconds, name }) => ({
      rule: 'replica-lag',
      severity: 'warning',
      subject: name,
      finding: `The reader ${name} is ${countText(lagMilliseconds ?? 0)} ms behind.`,
      action: 'Look for heavy writing, and for long statements on the reader.',
      statement: null,
    }))

const wantedSettings: Readonly<
  Record<string, { readonly value: string; readonly severity: 'critical' | 'warning'; readonly why: string }>
> = {
  autovacuum: {
    value: 'on',
    severity: 'critical',
    why: 'Dead rows are never removed, and the database runs into the wraparound of transactions.',
  },
  track_counts: { value: 'on', severity: 'critical', why: 'Autovacuum does not know which tables need it.' },
  'pg_stat_statements.max': { value: '', severity: 'warning', why: 'Nothing says which statements take the time.' },
}

export const settingsToChange = ({ settings }: DatabaseState): Recommendation[] =>
  Object.entries(wantedSettings).flatMap(([name, { severity, value, why }]): Recommendation[] => {
    const present = settings[name]
    const isMissing = present === undefined
    // Without figures of settings at all, nothing is known.
    if (Object.keys(settings).length === 0 || (value === '' ? !isMissing : present === value)) return []
    return [
      {
        rule: 'setting',
        severity,
        subject: name,
        finding: isMissing ? `The server has not loaded the library of ${name}. ${why}` : `${name} is ${present}. ${why}`,
        action: isMissing
          ? 'Add pg_stat_statements to shared_preload_libraries and start the server again.'
          : `Set it to ${value} in the parameter group of the cluster, or in the settings of the server.`,
        statement: null,
      },
    ]
  })
