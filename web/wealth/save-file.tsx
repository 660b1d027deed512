import { useState } from 'react'
import { Button } from '../components/button.tsx'
import { download } from '../components/download.ts'
import { attempt } from './attempt.ts'
import { taxes as m } from '#messages/tax-reports'

const mediaTypes = { csv: 'text/csv', pdf: 'application/pdf' } as const
const formats = ['csv', 'pdf'] as const
type Format = (typeof formats)[number]

/** Buttons that save a report as a file on the device, one for each format. */
export const SaveFile = ({
  fileName,
  read,
  title,
}: {
  readonly title: string
  readonly fileName: (format: Format) => string
  /** Asks for the file. A PDF arrives as bytes. */
  readonly read: (format: Format) => Promise<unknown>
}) => {
  const [busy, setBusy] = useState<Format>()
  const save = async (format: Format): Promise<void> => {
    setBusy(format)
    await attempt(m.failed, async () => download(fileName(format), (await read(format)) as string | Blob, mediaTypes[format]))
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
