import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  type ColumnMeanings,
  decodeFile,
  type Delimiter,
  detectTable,
  readTable,
  rowsOf,
  streamRows,
  streamTable,
} from '../../../domain/files/index.ts'
import { DomainError } from '../../../domain/shared/index.ts'

const meanings: ColumnMeanings = {
  time: { names: ['date', 'datum'], kind: 'time' },
  amount: { names: ['amount', 'betrag'], kind: 'number' },
  text: { names: ['text'], kind: 'text' },
}
const detect = (text: string | Uint8Array, change = {}) => detectTable(Buffer.from(text as string), meanings, change)

async function* chunksOf(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

describe('the encoding', () => {
  const latin = (encoding: string, text: string) => {
    const table = new Map(Array.from({ length: 256 }, (_, byte) => [new TextDecoder(encoding).decode(Uint8Array.of(byte)), byte]))
    return Uint8Array.from(text, letter => table.get(letter)!)
  }
  test.each<[string, Uint8Array, string, string]>([
    ['UTF-8 with its mark', Buffer.from('\uFEFFä'), 'utf-8', 'ä'],
    ['UTF-8', Buffer.from('zł'), 'utf-8', 'zł'],
    ['UTF-16 LE with its mark', Buffer.from('\uFEFFDate', 'utf16le'), 'utf-16le', 'Date'],
    ['UTF-16 LE', Buffer.from('Date', 'utf16le'), 'utf-16le', 'Date'],
    ['UTF-16 BE', Buffer.from('Date', 'utf16le').swap16(), 'utf-16be', 'Date'],
    ['windows-1252', latin('windows-1252', 'Stück für 5 €'), 'windows-1252', 'Stück für 5 €'],
    ['windows-1250', latin('windows-1250', 'złoty'), 'windows-1250', 'złoty'],
  ])('%s', (_, bytes, encoding, text) => {
    expect(decodeFile(bytes)).toMatchObject({ encoding, text, isAmbiguous: false })
  })

  it('is reported as ambiguous where code pages differ, and can be set', () => {
    const bytes = latin('windows-1250', 'Dvořák')
    expect(decodeFile(bytes)).toMatchObject({ encoding: 'windows-1252', isAmbiguous: true })
    expect(decodeFile(bytes, { encoding: 'windows-1250' })).toMatchObject({ text: 'Dvořák', isAmbiguous: false })
  })

  test.each<[string, Uint8Array, string]>([
    ['a ZIP archive', Buffer.from('PK\u0003\u0004....'), 'is a ZIP archive or an Excel workbook'],
    ['NUL bytes', Buffer.from('Date,Close\n2024-01-02\0,1\n'), 'has NUL bytes'],
    ['nothing', new Uint8Array(), 'is empty'],
    ['a damaged gzip file', gzipSync('Date,Close').subarray(0, 14), 'is a damaged gzip file'],
    ['a gzip file that grows too large', gzipSync(Buffer.alloc(2_000_000, 'a')), 'has more than 1000000 bytes'],
  ])('%s is refused', (_, bytes, message) => {
    expect(() => decodeFile(bytes, { limit: 1_000_000 })).toThrow(message)
  })

  it('that the caller sets wrongly is refused with the line', () => {
    expect(() => decodeFile(Buffer.from('a\nb\nc\xE4\n', 'latin1'), { encoding: 'utf-8' })).toThrow('line 3: has bytes that are not utf-8')
  })
})

describe('detection', () => {
  it('finds titles, names, marks and the order of dates', () => {
    const { ambiguous, profile, table } = detect('Account 12\n\nDatum;Text;Betrag\n13.01.2024;a;1.234,50\n14.01.2024;b;-5,00\n')
    expect(profile).toMatchObject({
      delimiter: ';',
      titleLines: 1,
      headerLines: 1,
      decimalMark: ',',
      thousandsMark: '.',
      dateOrder: 'DMY',
      columns: { time: 'Datum', amount: 'Betrag', text: 'Text' },
    })
    expect(ambiguous).toEqual([])
    expect(table.rows).toEqual([
      { line: 4, cells: ['13.01.2024', 'a', '1.234,50'] },
      { line: 5, cells: ['14.01.2024', 'b', '-5,00'] },
    ])
  })

  it('reports what nothing decides, until the caller sets it', () => {
    const text = 'date;amount\n01/02/2024;1,234\n'
    expect(detect(text).ambiguous).toEqual(['decimalMark', 'dateOrder'])
    const set = detect(text, { decimalMark: ',', dateOrder: 'DMY' })
    expect(set).toMatchObject({ ambiguous: [], profile: { decimalMark: ',', thousandsMark: '.', dateOrder: 'DMY' } })
  })

  it('reports two columns with one meaning', () => {
    expect(detect('date,amount,amount\n2024-01-02,1,2\n')).toMatchObject({ ambiguous: ['columns.amount'] })
    expect(detect('date,amount,amount\n2024-01-02,1,2\n', { columns: { amount: 3 } }).ambiguous).toEqual([])
  })

  it('takes a file without names', () => {
    expect(detect('2024-01-02\t5\n2024-01-03\t6\n').profile).toMatchObject({ delimiter: '\t', headerLines: 0, columns: {} })
  })

  it('refuses a web page', () => {
    expect(() => detect('<!DOCTYPE html><html></html>')).toThrow('is a web page')
  })
})

describe('a table', () => {
  it('names the lines of ragged rows, and leaves the footer out', () => {
    const { table } = detect('date,text,amount\n2024-01-02,a\n2024-01-03,b,2,\n\n"Rows, as of today."\n')
    expect(table.rows).toEqual([
      { line: 2, cells: ['2024-01-02', 'a'], fault: 'has 2 cells where the header has 3' },
      { line: 3, cells: ['2024-01-03', 'b', '2'] },
    ])
  })

  it('shows a row that the end of the file cuts', () => {
    expect(detect('date,text,amount\n2024-01-02,a,1\n2024-0').table.rows[1]).toMatchObject({ line: 3, fault: expect.any(String) })
  })

  it('counts the lines within quotes', () => {
    expect(detect('date,text,amount\n2024-01-02,"a\nb",1\n2024-01-03,c,2\n').table.rows.map(({ line }) => line)).toEqual([2, 4])
  })

  it('keeps a quote within a cell', () => {
    expect(rowsOf('a,5" pipe,b\n', ',')).toEqual([{ line: 1, cells: ['a', '5" pipe', 'b'] }])
  })

  it('names the line of a quote that is not closed', () => {
    expect(() => rowsOf('a,b\nc,"d\ne,f\n', ',')).toThrow('line 2: has a quote that is not closed')
  })

  const cell = fc.string({ unit: fc.constantFrom('a', 'ä', '"', ',', ';', '\n', '1', ' ', '.'), maxLength: 6 })
  const written = (rows: readonly (readonly string[])[], delimiter: string, end: string) =>
    rows.map(cells => cells.map(text => `"${text.replaceAll('"', '""')}"`).join(delimiter)).join(end) + end

  it('is read back in every dialect, whole and in pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constant('x'), cell, cell), { minLength: 1, maxLength: 8 }),
        fc.constantFrom<Delimiter>(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.integer({ min: 1, max: 9 }),
        async (rows, delimiter, end, size) => {
          const text = written(rows, delimiter, end)
          expect(rowsOf(text, delimiter).map(({ cells }) => cells)).toEqual(rows)
          async function* pieces() {
            for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
          }
          expect(await collect(streamRows(pieces(), delimiter))).toEqual(rowsOf(text, delimiter))
        },
      ),
    )
  })

  it('never fails with anything but a fault, wherever its file is cut', async () => {
    const files = ['date;text;amount\n2024-01-02;"ä;""b""";1.234,5\n', '\uFEFFDatum\tBetrag\r\n1. März 2024\t12 €\r\n'].flatMap(text => [
      Buffer.from(text),
      Buffer.from(text, 'utf16le'),
      gzipSync(text),
    ])
    for (const file of files) {
      for (let end = 0; end <= file.length; end += 1) {
        const part = file.subarray(0, end)
        try {
          const { profile, table } = detect(part)
          expect(readTable(part, profile)).toEqual(table)
          expect(await collect(streamTable(chunksOf(part, 7), profile))).toEqual(table.rows)
        } catch (error) {
          if (!(error instanceof DomainError)) throw error
        }
      }
    }
  })
})

it('reads a file of 50 MB in pieces without keeping it', async () => {
  const line = Buffer.from('2024-01-02,some text,1234.50\n'.repeat(40_000))
  async function* chunks() {
    yield Buffer.from('date,text,amount\n')
    for (let count = 0; count < 45; count += 1) yield line
  }
  const { profile } = detect('date,text,amount\n2024-01-02,some text,1234.50\n')
  let rows = 0
  let largest = 0
  for await (const row of streamTable(chunks(), profile)) {
    rows += row.cells.length === 3 ? 1 : 0
    if (rows % 200_000 === 0) largest = Math.max(largest, process.memoryUsage().arrayBuffers)
  }
  expect(rows).toBe(1_800_000)
  expect(largest).toBeLessThan(50_000_000)
}, 60_000)
