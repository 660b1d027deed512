import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createTestDatabase, pointEnvironmentTo } from '../../support/postgres.ts'
import { admin } from './run.ts'

const database = await createTestDatabase()
const administrator = database.connect('postgres')
const folder = mkdtempSync(join(tmpdir(), 'nestegg-returns-'))
beforeAll(() => pointEnvironmentTo(database.location))
afterAll(async () => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
  await database.drop()
})

const write = (name: string, contents: string | Uint8Array) => {
  const path = join(folder, name)
  writeFileSync(path, contents)
  return path
}
const stored = (name: string) => administrator<{ version: number; rows: number }[]>`
  select version, (select count(*)::int from market.annual_returns where dataset_id = id) as rows
  from market.return_datasets where name = ${name} order by version`

const small = 'year,stocks,bills\n2000,-0.0903,0.0582\n2001,-0.1185,0.0339\n'

describe('import-returns', () => {
  it('stores a file under its own name', async () => {
    const file = write('small.csv', small)
    expect(await admin('market', 'import-returns', file)).toEqual({
      code: 0,
      out: 'Imported "small" version 1: 2 series, 2000 to 2001\n',
      error: '',
    })
    const [dataset] =
      await administrator`select source, series::text, first_year, last_year, created_by from market.return_datasets where name = 'small'`
    expect(dataset).toEqual({ source: 'small.csv', series: '{stocks,bills}', first_year: 2000, last_year: 2001, created_by: null })
    const rows = await administrator`
      select returns.series, year, value from market.annual_returns as returns join market.return_datasets on id = dataset_id
      where name = 'small' order by returns.series, year`
    expect(rows).toEqual([
      { series: 'bills', year: 2000, value: '0.05820000000000' },
      { series: 'bills', year: 2001, value: '0.03390000000000' },
      { series: 'stocks', year: 2000, value: '-0.09030000000000' },
      { series: 'stocks', year: 2001, value: '-0.11850000000000' },
    ])
  })

  it('of the same figures, in any notation, does nothing and reports it', async () => {
    await admin('market', 'import-returns', write('a.csv', small), '--name', 'same')
    const again = write('b.csv', '\uFEFFyear,bills,stocks\r\n2001,.0339,-0.11850\r\n2000,0.0582,-9.03e-2\r\n')
    expect(await admin('market', 'import-returns', again, '--name', 'same')).toEqual({
      code: 0,
      out: 'Nothing to do: these figures are already stored as "same" version 1.\n',
      error: '',
    })
    expect(await stored('same')).toEqual([{ version: 1, rows: 4 }])
  })

  it('of other figures under the same name makes the next version and keeps the first', async () => {
    await admin('market', 'import-returns', write('a.csv', small), '--name', 'corrected')
    const { out } = await admin('market', 'import-returns', write('b.csv', `${small}2002,-0.2197,0.0161\n`), '--name', 'corrected')
    expect(out).toBe('Imported "corrected" version 2: 2 series, 2000 to 2002\n')
    expect(await stored('corrected')).toEqual([
      { version: 1, rows: 4 },
      { version: 2, rows: 6 },
    ])
  })

  it('gives simultaneous imports of one name different versions', async () => {
    const files = Array.from({ length: 5 }, (_, index) => write(`at-once-${index}.csv`, `year,a\n2000,0.${index}1\n`))
    const results = await Promise.all(files.map(file => admin('market', 'import-returns', file, '--name', 'at once')))
    expect(results.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0])
    expect((await stored('at once')).map(({ version }) => version)).toEqual([1, 2, 3, 4, 5])
  })

  it('of a faulty file lists the faults by line and stores nothing', async () => {
    const file = write('faulty.csv', 'year,stocks,bills\n2000,nine,0.0582\n2001,-11.85\n2003,-0.1,3.9\n2004,7,-1\n')
    expect(await admin('market', 'import-returns', file)).toEqual({
      code: 1,
      out: '',
      error: [
        `${file} was not imported:`,
        'line 2, stocks: "nine" is not a number',
        'line 3: has 2 values where the header has 3 columns',
        'line 4, year: 2002 is missing',
        'line 5, stocks: 7 looks like percent; write a fraction: 5 % is 0.05',
        'line 5, bills: -1 is a total loss or more: a return must be above -1',
        '',
      ].join('\n'),
    })
    expect(await stored('faulty')).toEqual([])
  })

  it('rejects a file that is not text', async () => {
    const file = write('binary.csv', Uint8Array.from([0x79, 0xff, 0xfe, 0x00]))
    expect(await admin('market', 'import-returns', file)).toMatchObject({
      code: 1,
      error: `${file} was not imported: it is not text in UTF-8.\n`,
    })
  })

  it('fails on a missing file', async () => {
    const { code, error } = await admin('market', 'import-returns', join(folder, 'none.csv'))
    expect(error).toContain('no such file or directory')
    expect(code).toBe(1)
  })

  it('stores any text as name and source unchanged', async () => {
    const name = `Robert'); drop table market.annual_returns; --`
    expect(await admin('market', 'import-returns', write('a.csv', small), '--name', name, '--source', "O'Neill {x}")).toMatchObject({
      code: 0,
    })
    expect(await stored(name)).toEqual([{ version: 1, rows: 4 }])
  })
})

it('list-returns shows every version, for people and as JSON', async () => {
  await admin('market', 'import-returns', write('a.csv', small), '--name', 'listed', '--source', 'A survey')
  const { out } = await admin('market', 'list-returns')
  expect(out).toMatch(/^NAME +VERSION +YEARS +ID +SERIES +SOURCE\n/)
  expect(out).toMatch(/^listed +v1 +2000-2001 +[0-9a-f-]{36} +stocks,bills +A survey$/m)
  const json: unknown = JSON.parse((await admin('market', 'list-returns', '--json')).out)
  expect(json).toEqual(
    expect.arrayContaining([expect.objectContaining({ name: 'listed', version: 1, series: ['stocks', 'bills'], firstYear: 2000 })]),
  )
})
