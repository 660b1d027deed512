import { describe, expect, it } from 'vitest'
import { blockers, type DatabaseState, recommend } from '../../../domain/operations/index.ts'
import { index, state, table } from './state.ts'

const rules = (change: Partial<DatabaseState>) =>
  recommend(state(change)).map(({ rule, severity, statement }) => [rule, severity, statement])

it('recommends nothing for a healthy database', () => {
  expect(recommend(state())).toEqual([])
})

it('puts what users notice first', () => {
  const found = recommend(
    state({
      indexes: [index({ scans: 0 })],
      tables: [table({ deadRows: 40_000 })],
      connections: { maximum: 100, used: 80, active: 3, idleInTransaction: 0, byRole: { nestegg_read: 70, nestegg_write: 10 } },
    }),
  )
  expect(found.map(({ rule }) => rule)).toEqual(['connections', 'dead-rows', 'unused-index'])
  expect(found[0]!.finding).toContain('80 of 100 connections are in use, 70 of them by nestegg_read')
})

describe('an unused index', () => {
  const unused = index({ scans: 0 })
  it('is reported once the statistics count long enough', () => {
    expect(rules({ indexes: [unused] })).toEqual([['unused-index', 'info', 'drop index concurrently planning.plans_name']])
    expect(rules({ indexes: [unused], statisticsDays: 34 })).toEqual([])
  })
  it.each([
    ['of a constraint', { isConstraint: true }],
    ['that is unique', { isUnique: true }],
    ['that alone supports a foreign key', { supportsForeignKey: true }],
    ['that is small', { bytes: 1_000 }],
    ['of a partition, which follows its parent', { kind: 'partition' }],
  ] as const)('%s is left', (_, change) => {
    expect(rules({ indexes: [{ ...unused, ...change }] })).toEqual([])
  })
  it('of a partitioned table is dropped with its partitions, which cannot be CONCURRENTLY', () => {
    expect(rules({ indexes: [{ ...unused, kind: 'partitioned' }] })).toEqual([['unused-index', 'info', 'drop index planning.plans_name']])
  })
})

describe('a duplicate index', () => {
  const unique = index({ index: 'planning.plans_name_key', isUnique: true, isConstraint: true })
  it('is the plain one, not that of the constraint', () => {
    expect(rules({ indexes: [unique, index()] })).toEqual([['duplicate-index', 'warning', 'drop index concurrently planning.plans_name']])
  })
  it('is never a unique one that covers fewer columns, because that is a rule about the rows', () => {
    const wider = index({ index: 'planning.wider', keys: ['name text_ops 0', 'id uuid_ops 0'] })
    expect(rules({ indexes: [wider, { ...unique, isConstraint: false }] })).toEqual([])
    expect(rules({ indexes: [wider, index()] })).toEqual([['covered-index', 'info', 'drop index concurrently planning.plans_name']])
  })
  it.each([
    ['another table', { table: 'planning.runs' }],
    ['another predicate', { form: 'btree f (name IS NOT NULL)' }],
    ['another direction', { keys: ['name text_ops 3'] }],
    ['another order of columns', { keys: ['id uuid_ops 0', 'name text_ops 0'] }],
    ['an invalid state', { isValid: false, isInWork: true }],
  ])('needs more than %s', (_, change) => {
    expect(rules({ indexes: [{ ...index({ index: 'planning.other' }), ...change }, index()] })).toEqual([])
  })
})

describe('a foreign key without index', () => {
  const key = {
    table: 'planning.plans',
    isPartitioned: false,
    constraint: 'plans_fk',
    columns: ['cma_id', '"user"'],
    references: 'a.b',
    rows: 20_000,
  }
  it.each([
    [{}, 'warning', 'create index concurrently plans_cma_id_"user" on planning.plans (cma_id, "user")'],
    [{ columns: ['cma_id'], rows: 5_000 }, 'info', 'create index concurrently plans_cma_id on planning.plans (cma_id)'],
    [{ columns: ['cma_id'], isPartitioned: true }, 'warning', 'create index plans_cma_id on planning.plans (cma_id)'],
  ] as const)('%j', (change, severity, statement) => {
    expect(rules({ unindexedForeignKeys: [{ ...key, ...change }] })).toEqual([
      ['missing-index', severity, statement.replace('_"user" on', '_user on')],
    ])
  })
  it('of a tiny table needs none', () => {
    expect(rules({ unindexedForeignKeys: [{ ...key, rows: 999 }] })).toEqual([])
  })
})

describe('a table that is often read whole', () => {
  const scanned = table({ sequentialScans: 500, rowsReadSequentially: 500 * 50_000 })
  const counted = (statement: string) => ({
    statement,
    role: 'nestegg_read',
    calls: 500,
    meanMilliseconds: 40,
    longestMilliseconds: 90,
    totalMilliseconds: 20_000,
    rows: 500,
  })
  const wanted = [['missing-index-for-filter', 'warning', 'create index concurrently plans_name on planning.plans (name)']]
  const by = (statement: string, change: Partial<DatabaseState> = {}) =>
    rules({ tables: [scanned], statements: [counted(statement)], ...change })
  it('gets an index for the column by which a statement looks for rows', () => {
    expect(by('select "id" from "planning"."plans" where "planning"."plans"."name" = $1 limit $2')).toEqual(wanted)
    expect(by('delete from planning.plans where name = any ($1)')).toEqual(wanted)
  })
  it.each([
    ['no statement says why', 'select count(*) from planning.plans'],
    ['the statement joins other tables', 'select 1 from planning.plans join planning.runs on true where name = $1'],
    ['the statement reads another table', 'select 1 from planning.runs where name = $1'],
    ['it only sets the column', 'update planning.plans set name = $1'],
  ])('gets none if %s', (_, statement) => {
    expect(by(statement)).toEqual([])
  })
  it('gets none if an index begins with a column of the filter, or scans are few or short', () => {
    const statement = 'select 1 from planning.plans where name = $1'
    expect(by(statement, { indexes: [index()] })).toEqual([])
    expect(by(statement, { tables: [{ ...scanned, sequentialScans: 99 }] })).toEqual([])
    expect(by(statement, { tables: [{ ...scanned, rowsReadSequentially: 500 }] })).toEqual([])
    expect(by(statement, { tables: [{ ...scanned, rows: 5_000 }] })).toEqual([])
  })
})

it.each([
  [399_999_999, []],
  [400_000_000, [['wraparound', 'warning', 'vacuum (freeze) planning.runs']]],
  [1_073_741_824, [['wraparound', 'critical', 'vacuum (freeze) planning.runs']]],
])('an age of %i transactions', (transactionAge, expected) => {
  const tables = [table(), table({ table: 'planning.runs', transactionAge })]
  expect(rules({ tables, wraparound: { transactionAge, multixactAge: 5, freezeAge: 200_000_000 } })).toEqual(expected)
})

it.each([
  [{ autovacuum: 'off', track_counts: 'on', 'pg_stat_statements.max': '1' }, [['setting', 'critical', null]]],
  [{ autovacuum: 'on', track_counts: 'on' }, [['setting', 'warning', null]]],
  [{}, []],
])('the settings %j', (settings, expected) => {
  expect(rules({ settings })).toEqual(expected)
})

it('reports slow statements, cache misses and readers that are behind', () => {
  const statement = {
    statement: 'select 1',
    role: 'r',
    calls: 5,
    meanMilliseconds: 1_000,
    longestMilliseconds: 1,
    totalMilliseconds: 1,
    rows: 1,
  }
  expect(
    rules({
      statements: [statement, { ...statement, calls: 4 }, { ...statement, meanMilliseconds: 999 }],
      cache: { hits: 94_000, reads: 6_000, deadlocks: 0, temporaryBytes: 0 },
      replicas: [
        { name: 'late', lagMilliseconds: 1_000 },
        { name: 'new', lagMilliseconds: null },
      ],
    }).map(([rule]) => rule),
  ).toEqual(['slow-statement', 'replica-lag', 'cache-hits'])
})

describe('sessions that wait', () => {
  const waits = (pid: number, blockedBy: number[], seconds: number) => ({
    pid,
    blockedBy,
    seconds,
    role: 'r',
    application: 'a',
    state: 'active',
    statement: 's',
    waitsFor: 'planning.plans',
  })
  const blocked = [waits(2, [1], 25), waits(3, [2], 5), waits(4, [2, 3], 1), waits(6, [5], 3)]
  it('wait for those at the end of the chain, directly or not', () => {
    expect(blockers({ blocked })).toEqual([
      { pid: 1, waiting: [2, 3, 4] },
      { pid: 5, waiting: [6] },
    ])
    expect(rules({ blocked })).toEqual([
      ['blocked', 'critical', 'select pg_terminate_backend(1)'],
      ['blocked', 'info', 'select pg_terminate_backend(5)'],
    ])
  })
})
