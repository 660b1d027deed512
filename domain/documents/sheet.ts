import type { PDFDocument, PDFFont, PDFPage } from '@cantoo/pdf-lib'
import { printable, wrapped } from './printable.ts'

/** US Letter in points. */
const [shortSide, longSide] = [612, 792]
const margin = 48
/** Room for the title and subtitle of a page, and for its footer. */
const [headHeight, footHeight] = [44, 22]

export interface Fonts {
  readonly regular: PDFFont
  readonly bold: PDFFont
}

export interface Style {
  readonly size: number
  readonly isBold?: boolean
}

/** The pages of a document, filled from top to bottom. Lengths are in points. */
export class Sheet {
  readonly width: number
  readonly #document: PDFDocument
  readonly #fonts: Fonts
  readonly #characters: ReadonlySet<number>
  readonly #size: readonly [number, number]
  readonly #onPage: (sheet: Sheet) => void
  #page: PDFPage | undefined
  /** The distance of the next line from the bottom of the page. */
  #y = 0

  /** @param onPage draws the head of each new page */
  constructor(document: PDFDocument, fonts: Fonts, orientation: 'portrait' | 'landscape', onPage: (sheet: Sheet) => void) {
    this.#document = document
    this.#fonts = fonts
    this.#characters = new Set(fonts.regular.getCharacterSet())
    this.#size = orientation === 'portrait' ? [shortSide, longSide] : [longSide, shortSide]
    this.width = this.#size[0] - 2 * margin
    this.#onPage = onPage
    this.addPage()
  }

  addPage(): void {
    this.#page = this.#document.addPage([...this.#size])
    this.#y = this.#size[1] - margin
    this.#onPage(this)
    this.#y = this.#size[1] - margin - headHeight
  }

  /** Begins a page if there is no room for a height. Returns whether it did. */
  ensure(height: number): boolean {
    if (this.#y - height >= margin + footHeight) return false
    this.addPage()
    return true
  }

  #font({ isBold }: Style): PDFFont {
    return isBold ? this.#fonts.bold : this.#fonts.regular
  }

  /** The lines of a text in a width. */
  lines(text: string, width: number, style: Style): string[] {
    const font = this.#font(style)
    return wrapped(printable(text, this.#characters).trim(), width, each => font.widthOfTextAtSize(each, style.size))
  }

  /** Draws one line at a place from the left margin, or ending there. The current place on the page stays. */
  draw(
    line: string,
    left: number,
    style: Style,
    { below = 0, ends = false }: { readonly below?: number; readonly ends?: boolean } = {},
  ): void {
    const font = this.#font(style)
    const x = margin + left - (ends ? font.widthOfTextAtSize(line, style.size) : 0)
    this.#page!.drawText(line, { x, y: this.#y - below - style.size, size: style.size, font })
  }

  /** A horizontal line over the whole width. */
  rule(below = 0, thickness = 0.5): void {
    const y = this.#y - below
    this.#page!.drawLine({ start: { x: margin, y }, end: { x: margin + this.width, y }, thickness })
  }

  down(height: number): void {
    this.#y -= height
  }

  /** A text in as many lines as it needs, on further pages too. */
  paragraph(text: string, style: Style): void {
    for (const line of this.lines(text, this.width, style)) {
      this.ensure(style.size * 1.4)
      this.draw(line, 0, style)
      this.down(style.size * 1.4)
    }
  }

  /** Writes the footer on all pages, with their numbers. */
  number(footer: string, style: Style): void {
    const pages = this.#document.getPages()
    const font = this.#font(style)
    for (const [index, page] of pages.entries()) {
      const place = `Page ${index + 1} of ${pages.length}`
      const [left] = this.lines(footer, this.width - font.widthOfTextAtSize(place, style.size) - 12, style)
      page.drawText(left ?? '', { x: margin, y: margin - 8, size: style.size, font })
      const x = margin + this.width - font.widthOfTextAtSize(place, style.size)
      page.drawText(place, { x, y: margin - 8, size: style.size, font })
    }
  }
}
