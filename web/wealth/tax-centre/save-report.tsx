import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { download } from '../../components/download.ts'
import { api } from '../../shell/api.ts'
import { attempt } from '../attempt.ts'
import type { FormStyle } from './gains/gains-data.ts'
import { taxes as m } from '#messages/tax-reports'

const mediaTypes = { csv: 'text/csv', pdf: 'application/pdf' } as const
const formats = ['csv', 'pdf'] as const

/** Saves a report as a file on the device. */
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
}) => {
  const [busy, setBusy] = useState<string>()
  const save = async (format: (typeof formats)[number]): Promise<void> => {
    setBusy(format)
    await attempt(m.failed, async () => {
      // A PDF arrives as bytes.
      const file: unknown = await api('GET /v1/wealth/tax-reports/{year}/export', {
        params: { year: String(year) },
        query: { householdId, report, format, ...style },
      })
      download(m.file(title, year, format), file as string | Blob, mediaTypes[format])
    })
    setBusy(undefined)
  }
  return (
    <>
      {formats.map(format => (
        <Button key={format} icon="download" busy={busy === format} aria-label={m.save(title, m[format])} onClick={() => void save(format)}>
          {m[format]}
        </Button>
      ))}
    </>
  )
}
