import { DomainError } from '../../../shared/index.ts'

/** One field of a record: a letter and its text. */
export interface QifField {
  readonly code: string
  readonly text: string
  readonly line: number
}

export interface QifRecord {
  readonly line: number
  readonly fields: readonly QifField[]
}

/** Records under one `!` line. */
export interface QifSection {
  /** The header in small letters: `type:bank`, `account`. */
  readonly kind: string
  readonly line: number
  readonly records: readonly QifRecord[]
}

const recordLimit = 1000

/**
 * The sections of a QIF file. `!Option` and `!Clear` lines have no records. Lines before the first section are comments.
 * @throws DomainError if it has none, or a record does not end
 */
export const sectionsOf = (text: string): QifSection[] => {
  const sections: { kind: string; line: number; records: QifRecord[] }[] = []
  let fields: QifField[] = []
  const endRecord = () => {
    const first = fields[0]
    if (first !== undefined) sections.at(-1)?.records.push({ line: first.line, fields })
    fields = []
  }
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = index + 1
    const content = raw.trim()
    if (content === '') continue
    if (content.startsWith('!')) {
      endRecord()
      const kind = content.slice(1).trim().toLowerCase()
      if (!/^(?:option|clear):/.test(kind)) sections.push({ kind, line, records: [] })
    } else if (content === '^') endRecord()
    else if (sections.length > 0) {
      if (fields.length === recordLimit)
        throw new DomainError([{ path: `line ${line}`, message: `has a record of more than ${recordLimit} lines: "^" is missing` }])
      fields.push({ code: content.slice(0, 1), text: content.slice(1).trim(), line })
    }
  }
  endRecord()
  if (sections.length === 0) throw new DomainError([{ path: 'file', message: 'has no section, like !Type:Bank' }])
  return sections
}
