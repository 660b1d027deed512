import type * as z from 'zod'
import { type DataTable, type PrintedDocument, tableCsv, writePdf } from '../../domain/documents/index.ts'
import { answerLimitBytes } from '../runtime/answer-size.ts'
import type { Reply } from '../runtime/serve.ts'
import type { reportFormat } from './schemas/tax-reports.ts'
import { tooLargeReport } from './tax-year.ts'

/** A report with what each format needs of it. */
export interface Exported {
  readonly data: unknown
  readonly table: DataTable
  readonly document: PrintedDocument
}

const files = {
  csv: ({ table }: Exported) => ({ type: 'text/csv; charset=utf-8', body: tableCsv(table) }),
  json: ({ data }: Exported) => ({ type: 'application/json; charset=utf-8', body: JSON.stringify(data) }),
  pdf: async ({ document }: Exported) => ({
    type: 'application/pdf',
    body: Buffer.from(await writePdf(document)).toString('base64'),
    isBase64: true,
  }),
} as const

/** A report as a file. @throws Problem if it does not fit into an answer */
export const reportFile = async (exported: Exported, format: z.output<typeof reportFormat>): Promise<Reply> => {
  const { type, ...file } = await files[format](exported)
  if (Buffer.byteLength(JSON.stringify(file.body)) > answerLimitBytes) throw tooLargeReport()
  return { status: 200, ...file, headers: { 'content-type': type } }
}
