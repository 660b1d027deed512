import { inflateSync } from 'node:zlib'

/** The lines that a PDF of `writePdf` draws, page by page: its fonts have one byte for a character. */
export const pagesOf = (pdf: Uint8Array): string[][] => {
  const text = Buffer.from(pdf).toString('latin1')
  const streams = [...text.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].flatMap(([, body]) => {
    try {
      return [inflateSync(Buffer.from(body!, 'latin1')).toString('latin1')]
    } catch {
      return []
    }
  })
  return streams
    .map(content => [...content.matchAll(/<([0-9A-F]+)> Tj/g)].map(([, hex]) => Buffer.from(hex!, 'hex').toString('latin1')))
    .filter(lines => lines.length > 0)
}
