import { type DragEvent, useState } from 'react'
import { FileField } from '../../components/field.tsx'
import { formatPercent } from '../../components/format.ts'
import { Notice } from '../../components/page.tsx'
import { useLook } from '../../shell/preferences.ts'
import styles from './import.module.css'
import { largestFile } from './send-file.ts'
import { choose as m } from '#messages/import'

const faultOf = (file: File): string | undefined => {
  if (file.size === 0) return m.empty
  return file.size > largestFile ? m.tooLarge : undefined
}

/** The place for a file: a field, onto which it can also be dropped. */
export const ChooseFile = ({
  onFile,
  progress,
}: {
  readonly onFile: (file: File) => void
  /** What is being done with the chosen file: the part that was sent, or `reading`. */
  readonly progress: number | 'reading' | undefined
}) => {
  const look = useLook()
  const [fault, setFault] = useState<string>()
  const [isOver, setIsOver] = useState(false)
  const take = (file: File | undefined) => {
    setIsOver(false)
    if (!file) return
    const found = faultOf(file)
    setFault(found)
    if (found === undefined) onFile(file)
  }
  const over = (event: DragEvent) => {
    event.preventDefault()
    setIsOver(true)
  }
  return (
    // The field inside does the same by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={`${styles['drop']} ${isOver ? styles['over'] : ''}`}
      onDragOver={over}
      onDragLeave={() => setIsOver(false)}
      onDrop={event => {
        event.preventDefault()
        take(event.dataTransfer.files[0])
      }}
    >
      <FileField
        id="import-file"
        name="file"
        error={fault}
        label={m.file}
        help={m.fileHelp}
        accept=".ofx,.qfx,.qif,.csv,.txt,.tsv,.json,.gz"
        onFile={take}
      />
      {isOver && <p aria-hidden="true">{m.drop}</p>}
      {progress !== undefined && <Notice>{progress === 'reading' ? m.reading : m.sending(formatPercent(progress, look, 0))}</Notice>}
    </div>
  )
}
