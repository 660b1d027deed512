import { api } from '../../shell/api.ts'
import { SaveFile } from '../save-file.tsx'
import type { FormStyle } from './gains/gains-data.ts'
import { taxes as m } from '#messages/tax-reports'

/** Saves a tax report of a year as a file on the device. */
export const SaveReport = ({
  householdId,
  report,
  style,
  title,
  year,
}: {
  readonly householdId: string
  readonly report: 'categories' | 'form-8949' | 'income' | 'retirement'
  /** How Form 8949 is written. */
  readonly style?: FormStyle
  readonly title: string
  readonly year: number
}) => (
  <SaveFile
    title={title}
    fileName={format => m.file(title, year, format)}
    read={format =>
      api('GET /v1/wealth/tax-reports/{year}/export', { params: { year: String(year) }, query: { householdId, report, format, ...style } })
    }
  />
)
