import { expect, it } from 'vitest'
import { bytesText, planAnalyze, planEmptied, planLeftovers, planReindex, planVacuum } from '../../../domain/operations/index.ts'
import { index, table } from './state.ts'

const statements = (steps: readonly { readonly statement: string }[]) => steps.map(({ statement }) => statement)

it('vacuums the neediest table first, and freezes what is old before all others', () => {
  const tables = [
    table({ table: 'a.fine', deadRows: 999 }),
    table({ table: 'a.few', deadRows: 3_000 }),
    table({ table: 'a.many', deadRows: 9_000 }),
    table({ table: 'a.large', deadRows: 9_000, rows: 1e6 }),
    table({ table: 'a.new', insertedSinceVacuum: 4_000 }),
    table({ table: 'a.old', transactionAge: 100_000_000 }),
    table({ table: 'a.parent', kind: 'partitioned', deadRows: 9_000 }),
  ]
  expect(statements(planVacuum(tables, { freezeAge: 200_000_000 }))).toEqual([
    'vacuum (freeze, analyze) a.old',
    'vacuum (analyze) a.many',
    'vacuum (analyze) a.new',
    'vacuum (analyze) a.few',
  ])
  expect(planVacuum(tables, { freezeAge: 200_000_000, freezeAll: true })).toHaveLength(6)
})

it('analyzes the parent of partitions when these have changed, since autovacuum never does', () => {
  const parent = table({ table: 'a.parent', kind: 'partitioned', rows: 0, lastAnalyze: '2026-01-01T00:00:00Z' })
  const partition = table({ table: 'a.part', kind: 'partition', parent: 'a.parent', changedSinceAnalyze: 3_000 })
  expect(statements(planAnalyze([parent, partition]))).toEqual(['analyze a.parent', 'analyze a.part'])
  expect(planAnalyze([parent, { ...partition, changedSinceAnalyze: 10 }])).toEqual([])
  // ANALYZE of a parent analyzes its partitions too.
  expect(statements(planAnalyze([parent, partition, table()], { all: true }))).toEqual(['analyze a.parent', 'analyze planning.plans'])
  expect(statements(planAnalyze([table({ lastAnalyze: null, rows: 0, changedSinceAnalyze: 1 })]))).toEqual(['analyze planning.plans'])
  expect(planAnalyze([table({ lastAnalyze: null, rows: 0 })])).toEqual([])
})

it('makes invalid indexes again, then the emptiest, and never a unique one that may have duplicates', () => {
  const bad = { isValid: false }
  const indexes = [
    index({ index: 'a.bad', ...bad }),
    index({ index: 'a.unique', ...bad, isUnique: true }),
    index({ index: 'a.made_now', ...bad, isInWork: true }),
    index({ index: 'a.left_ccnew1', ...bad }),
    index({ index: 'a.left_ccold', ...bad }),
    index(),
  ]
  const empty = (relation: string, emptyBytes: number, kind: 'index' | 'table' = 'index') => ({ relation, kind, bytes: 30e6, emptyBytes })
  const bloat = [empty('a.half', 16e6), empty('a.emptier', 29e6), empty('a.full', 14e6), empty('a.table', 29e6, 'table')]
  expect(statements(planReindex(indexes, bloat))).toEqual([
    'reindex index concurrently a.bad',
    'reindex index concurrently a.emptier',
    'reindex index concurrently a.half',
  ])
  expect(statements(planLeftovers(indexes))).toEqual([
    'drop index concurrently if exists a.left_ccnew1',
    'drop index concurrently if exists a.left_ccold',
  ])
})

it('vacuums a default partition whose rows were moved', () => {
  const bars = {
    parent: 'market.bars',
    defaultPartition: 'market.bars_default',
    partitions: 1,
    coversNow: true,
    daysAhead: 9,
    gapsAhead: 0,
    strayRows: 3,
  }
  expect(statements(planEmptied([bars, { ...bars, strayRows: 0 }, { ...bars, defaultPartition: null }]))).toEqual([
    'vacuum (analyze) market.bars_default',
  ])
})

it.each([
  [0, '0 B'],
  [1_023, '1023 B'],
  [1_024, '1.0 kB'],
  [10_485_760, '10.0 MB'],
  [3 * 1_024 ** 3, '3.0 GB'],
  [5 * 1_024 ** 4, '5.0 TB'],
])('%i bytes are %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text)
})
