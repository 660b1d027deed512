import { expect, test } from 'vitest'
import { type PrintedDocument, tableCsv, writePdf } from '../../../domain/documents/index.ts'
import { printable, wrapped } from '../../../domain/documents/printable.ts'
import { pagesOf } from './pdf-text.ts'

const documentOf = (rows: number): PrintedDocument => ({
  title: 'Report',
  subtitle: 'Home, 2025',
  footer: 'No form.',
  orientation: 'portrait',
  sections: [
    {
      title: 'Sales',
      lead: ['All of them.'],
      table: {
        columns: [
          { title: 'Date', width: 1 },
          { title: 'Amount', width: 1, align: 'end' },
        ],
        rows: Array.from({ length: rows }, (_, index) => ['2025-01-02', `${index}.00`]),
        totals: [['Total', '99.00']],
      },
      notes: ['That is all.'],
    },
  ],
})

test('a document has its title, header, number and footer on each page, and its rows once', async () => {
  const pages = pagesOf(await writePdf(documentOf(120)))
  expect(pages).toHaveLength(3)
  for (const [index, lines] of pages.entries()) {
    expect(lines.slice(0, 2)).toEqual(['Report', 'Home, 2025'])
    expect(lines.filter(line => line === 'Amount')).toHaveLength(1)
    expect(lines.slice(-2)).toEqual(['No form.', `Page ${index + 1} of 3`])
  }
  const amounts = pages.flat().filter(line => /^\d+\.00$/.test(line))
  expect(amounts).toEqual([...Array.from({ length: 120 }, (_, index) => `${index}.00`), '99.00'])
  expect(pages.at(-1)).toContain('That is all.')
})

test('the same document gives the same bytes, without a time', async () => {
  const [first, second] = [await writePdf(documentOf(3)), await writePdf(documentOf(3))]
  expect(Buffer.compare(first, second)).toBe(0)
  expect(Buffer.from(first).toString('latin1')).not.toMatch(/CreationDate|ModDate/)
})

test('a document without sections has one page', async () => {
  expect(pagesOf(await writePdf({ ...documentOf(0), sections: [] }))).toEqual([['Report', 'Home, 2025', 'No form.', 'Page 1 of 1']])
})

test('characters that a font does not have lose their marks, or become a question mark', () => {
  const latin = new Set([...Array.from({ length: 95 }, (_, index) => index + 32), 0xfc])
  expect(printable('Müller Łódź\n Ωμέγα ﬁn −1', latin)).toBe('Müller Lodz ????? fin -1')
})

test('words that do not fit begin a line, and longer ones than a line are divided', () => {
  expect(wrapped('a bb cccccc d', 4, text => text.length)).toEqual(['a bb', 'cccc', 'cc d'])
  expect(wrapped('', 4, text => text.length)).toEqual([''])
})

test('a table as CSV has quotes where they are needed, and no formula', () => {
  const table = {
    columns: [{ name: 'name' }, { name: 'amount', isNumber: true as const }],
    rows: [
      ['=1+1', '-5.00'],
      ['say "a, b"', '1.00'],
      ['-5.00', ''],
    ],
  }
  expect(tableCsv(table)).toBe('name,amount\r\n\'=1+1,-5.00\r\n"say ""a, b""",1.00\r\n\'-5.00,\r\n')
})
