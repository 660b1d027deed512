import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib'
import type { DocumentTable, PrintedDocument } from './document.ts'
import { Sheet, type Style } from './sheet.ts'

const titleStyle: Style = { size: 14, isBold: true }
const subtitleStyle: Style = { size: 9 }
const headingStyle: Style = { size: 11, isBold: true }
const textStyle: Style = { size: 8.5 }
const cellStyle: Style = { size: 8 }
const boldCell: Style = { size: 8, isBold: true }
const lineHeight = 10.5
const cellGap = 10

/** Prints a table. Its header is repeated on each page; no row is divided between pages. */
const printTable = (sheet: Sheet, { columns, rows, totals = [] }: DocumentTable): void => {
  const sum = columns.reduce((total, { width }) => total + width, 0)
  let left = 0
  const places = columns.map(({ align, width }, index) => {
    const gap = index === columns.length - 1 ? 0 : cellGap
    const place = { left, width: (width / sum) * sheet.width - gap, ends: align === 'end' }
    left += (width / sum) * sheet.width
    return place
  })
  const linesOf = (cells: readonly string[], style: Style) =>
    places.map(({ width }, index) => sheet.lines(cells[index] ?? '', width, style))
  const heightOf = (cells: readonly (readonly string[])[]) => Math.max(...cells.map(lines => lines.length)) * lineHeight + 3
  const print = (cells: readonly (readonly string[])[], style: Style): void => {
    for (const [index, lines] of cells.entries()) {
      const { ends, left: start, width } = places[index]!
      for (const [line, text] of lines.entries()) sheet.draw(text, ends ? start + width : start, style, { below: line * lineHeight, ends })
    }
    sheet.down(heightOf(cells))
  }
  const header = linesOf(
    columns.map(({ title }) => title),
    boldCell,
  )
  const printHeader = (): void => {
    print(header, boldCell)
    sheet.rule(-1)
    sheet.down(3)
  }
  sheet.ensure(heightOf(header) + 3 * lineHeight)
  printHeader()
  for (const row of rows) {
    const cells = linesOf(row, cellStyle)
    if (sheet.ensure(heightOf(cells))) printHeader()
    print(cells, cellStyle)
  }
  for (const [index, row] of totals.entries()) {
    const cells = linesOf(row, boldCell)
    if (sheet.ensure(heightOf(cells) + 4)) printHeader()
    if (index === 0) sheet.rule(0)
    if (index === 0) sheet.down(3)
    print(cells, boldCell)
  }
}

/**
 * A document as PDF on US Letter paper, with the fonts that every reader has. The same document gives the same bytes: there is no time in it.
 * Characters that these fonts do not have, such as Greek ones, are printed as question marks.
 */
export const writePdf = async ({ footer, orientation, sections, subtitle, title }: PrintedDocument): Promise<Uint8Array> => {
  const pdf = await PDFDocument.create({ updateMetadata: false })
  pdf.setTitle(title, { showInWindowTitleBar: true })
  pdf.setSubject(subtitle)
  pdf.setLanguage('en-US')
  const fonts = { regular: await pdf.embedFont(StandardFonts.Helvetica), bold: await pdf.embedFont(StandardFonts.HelveticaBold) }
  const sheet = new Sheet(pdf, fonts, orientation, page => {
    page.draw(page.lines(title, page.width, titleStyle)[0]!, 0, titleStyle)
    page.draw(page.lines(subtitle, page.width, subtitleStyle)[0]!, 0, subtitleStyle, { below: 18 })
    page.rule(33, 1)
  })
  for (const { lead = [], notes = [], table, title: heading } of sections) {
    sheet.ensure(70)
    sheet.down(6)
    sheet.paragraph(heading, headingStyle)
    for (const text of lead) sheet.paragraph(text, textStyle)
    if (table) {
      sheet.down(4)
      printTable(sheet, table)
    }
    for (const text of notes) sheet.paragraph(text, textStyle)
    sheet.down(10)
  }
  sheet.number(footer, textStyle)
  return pdf.save()
}
