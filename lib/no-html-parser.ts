/**
 * Stands in the bundles for the parser that pdf-lib reads SVG and XFA forms with. The platform only writes PDF documents, and the parser with its table of HTML
 * entities is 85 kB that each cold start of a report would load.
 */
export const parse = (): never => {
  throw new Error('The bundles have no parser of HTML: see lib/no-html-parser.ts.')
}

export const NodeType = {}
