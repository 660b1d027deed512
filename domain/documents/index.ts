export type { DataTable, DocumentSection, DocumentTable, PrintedDocument, TableColumn } from './document.ts'
export { writePdf } from './pdf.ts'
export { tableCsv } from './table-csv.ts'
