import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts'
import { type DataApiFixture, openDataApi } from './fixture.ts'

let database: TestDatabase
let dataApi: DataApiFixture

beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  dataApi = await openDataApi(database.location.database)
  await dataApi.execute(`create type mood as enum ('glad', 'grim')`)
  await dataApi.execute('create table notes (id bigint generated always as identity primary key, body text not null, seen_at timestamptz)')
})
afterAll(async () => {
  await dataApi.close()
  await database.drop()
})

describe('result values', () => {
  it.each([
    ['true', { booleanValue: true }],
    ['7::smallint', { longValue: 7 }],
    ['(-2147483648)::integer', { longValue: -2_147_483_648 }],
    ['9007199254740991::bigint', { longValue: 9_007_199_254_740_991 }],
    ['0.1::real', { doubleValue: 0.1 }],
    [`'NaN'::float8`, { doubleValue: Number.NaN }],
    ['1234567890123456789.10::numeric', { stringValue: '1234567890123456789.10' }],
    [`'it''s'::text`, { stringValue: "it's" }],
    [`'a'::char(3)`, { stringValue: 'a  ' }],
    [`'\\xdeadbeef'::bytea`, { blobValue: new Uint8Array([0xde, 0xad, 0xbe, 0xef]) }],
    [`'{"a": [1, 2]}'::jsonb`, { stringValue: '{"a": [1, 2]}' }],
    [`'2026-03-01'::date`, { stringValue: '2026-03-01' }],
    [`'2026-03-01 12:30:00.5+02'::timestamptz`, { stringValue: '2026-03-01 10:30:00.5' }],
    [`'0190aaaa-0000-7000-8000-000000000001'::uuid`, { stringValue: '0190aaaa-0000-7000-8000-000000000001' }],
    [`'grim'::mood`, { stringValue: 'grim' }],
    ['null::integer', { isNull: true }],
    [`array['plain', 'with, comma', 'a "quote" and \\']`, { arrayValue: { stringValues: ['plain', 'with, comma', 'a "quote" and \\'] } }],
    ['array[1, 2]', { arrayValue: { longValues: [1, 2] } }],
    [`array[]::text[]`, { arrayValue: { stringValues: [] } }],
  ])('carries %s', async (expression, field) => {
    const { records } = await dataApi.execute(`select ${expression}`)
    expect(records).toEqual([[field]])
  })

  it.each([
    ["'x'::name", 'NAME'],
    [`'x'::"char"`, 'CHAR'],
    [`'pg_class'::regclass`, 'REGCLASS'],
    ['point(1, 2)', 'POINT'],
    [`row(1, 'a')`, 'RECORD'],
  ])('refuses a result of %s', async (expression, type) => {
    await expect(dataApi.execute(`select ${expression}`)).rejects.toMatchObject({
      name: 'UnsupportedResultException',
      message: `The result contains the unsupported data type ${type}.`,
    })
  })

  it('refuses arrays of more than one dimension', async () => {
    await expect(dataApi.execute('select array[[1, 2], [3, 4]]')).rejects.toMatchObject({ name: 'UnsupportedResultException' })
  })

  it('loses precision above 2^53 unless longs are requested as strings', async () => {
    const sql = 'select 9223372036854775807::bigint'
    expect((await dataApi.execute(sql)).records).toEqual([[{ longValue: 9_223_372_036_854_776_000 }]])
    const asString = await dataApi.execute(sql, [], { resultSetOptions: { longReturnType: 'STRING' } })
    expect(asString.records).toEqual([[{ stringValue: '9223372036854775807' }]])
  })

  it('returns decimals as numbers on request', async () => {
    const { records } = await dataApi.execute('select 12::numeric, 12.5::numeric', [], {
      resultSetOptions: { decimalReturnType: 'DOUBLE_OR_LONG' },
    })
    expect(records).toEqual([[{ longValue: 12 }, { doubleValue: 12.5 }]])
  })

  it('describes columns on request', async () => {
    const { columnMetadata } = await dataApi.execute('select body as text, id + 1 as next, seen_at from notes', [], {
      includeResultMetadata: true,
    })
    expect(columnMetadata).toMatchObject([
      { name: 'body', label: 'text', typeName: 'text', tableName: 'notes', schemaName: 'public', nullable: 0, type: 12 },
      { name: 'next', label: 'next', typeName: 'int8', tableName: '', nullable: 2, type: -5, isSigned: true },
      { name: 'seen_at', typeName: 'timestamptz', nullable: 1, type: 93 },
    ])
    expect((await dataApi.execute('select 1')).columnMetadata).toBeUndefined()
  })

  it('formats records as JSON on request, unless two columns have the same name', async () => {
    const more = { formatRecordsAs: 'JSON' } as const
    const answer = await dataApi.execute(`select 1 as a, 'x' as b, null as c, array[true] as d`, [], more)
    expect(answer.formattedRecords).toBe('[{"a":1,"b":"x","c":null,"d":[true]}]')
    expect(answer.records).toBeUndefined()
    await expect(dataApi.execute('select 1 as a, 2 as a', [], more)).rejects.toMatchObject({ name: 'UnsupportedResultException' })
  })

  it('counts the rows written, and leaves generated fields to RETURNING', async () => {
    const written = await dataApi.execute(`insert into notes (body) values ('a'), ('b')`)
    expect(written).toMatchObject({ numberOfRecordsUpdated: 2, generatedFields: [] })
    const returned = await dataApi.execute(`insert into notes (body) values ('c') returning body`)
    expect(returned.records).toEqual([[{ stringValue: 'c' }]])
  })
})

describe('parameters', () => {
  it('are found by name, but not in strings, comments, quoted identifiers, dollar quotes or casts', async () => {
    const sql = `select /* :a /* :b */ */ ':a' as ":a", E'\\':a', $t$:a$t$, :a::text || :b_2, :a -- :a`
    const { records } = await dataApi.execute(sql, [
      { name: 'a', value: { stringValue: 'x' } },
      { name: 'b_2', value: { stringValue: 'y' } },
      { name: 'unused', value: { longValue: 1 } },
    ])
    expect(records).toEqual([[':a', "':a", ':a', 'xy', 'x'].map(stringValue => ({ stringValue }))])
  })

  it('that are missing are named in the error', async () => {
    await expect(dataApi.execute('select :lost')).rejects.toMatchObject({
      name: 'BadRequestException',
      message: 'Cannot find parameter: lost',
    })
  })

  it.each([
    [{ longValue: 5 }, undefined, 'bigint'],
    [{ doubleValue: 1.5 }, undefined, 'double precision'],
    [{ booleanValue: false }, undefined, 'boolean'],
    [{ blobValue: new Uint8Array([1, 255]) }, undefined, 'bytea'],
    [{ stringValue: '2026-03-01' }, undefined, 'text'],
    [{ stringValue: '2026-03-01' }, 'DATE', 'date'],
    [{ stringValue: '10:00:00.123' }, 'TIME', 'time without time zone'],
    [{ stringValue: '2026-03-01 10:00:00.123' }, 'TIMESTAMP', 'timestamp without time zone'],
    [{ stringValue: '1.10' }, 'DECIMAL', 'numeric'],
    [{ stringValue: '{"a":1}' }, 'JSON', 'json'],
    [{ stringValue: '0190aaaa-0000-7000-8000-000000000001' }, 'UUID', 'uuid'],
  ] as const)('%o with the hint %s is bound as %s', async (value, typeHint, type) => {
    const { records } = await dataApi.execute('select pg_typeof(:p)::text, :p', [{ name: 'p', value, typeHint }])
    expect(records?.[0]).toEqual([{ stringValue: type }, value])
  })

  it('that are null get their type from the statement', async () => {
    const { records } = await dataApi.execute('select coalesce(:p, 3)', [{ name: 'p', value: { isNull: true } }])
    expect(records).toEqual([[{ longValue: 3 }]])
  })

  it('that are strings without a hint do not fit other columns', async () => {
    const failed = dataApi.execute(`insert into notes (body, seen_at) values ('x', :at)`, [
      { name: 'at', value: { stringValue: '2026-03-01' } },
    ])
    await expect(failed).rejects.toMatchObject({
      name: 'DatabaseErrorException',
      message: expect.stringContaining('is of type timestamp with time zone but expression is of type text'),
    })
  })

  it('with an offset in a timestamp are refused', async () => {
    const parameter = { name: 'p', value: { stringValue: '2026-01-01 00:00:00+05:30' }, typeHint: 'TIMESTAMP' as const }
    await expect(dataApi.execute('select :p', [parameter])).rejects.toMatchObject({ name: 'ValidationException' })
  })

  it('that are arrays are refused', async () => {
    const parameter = { name: 'p', value: { arrayValue: { longValues: [1] } } }
    await expect(dataApi.execute('select :p', [parameter])).rejects.toMatchObject({ message: 'Array parameters are not supported.' })
  })
})
