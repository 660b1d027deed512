import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { filterField } from '../../components/filters.tsx'
import { Section } from '../../components/page.tsx'
import type { Preview, Reading } from './choices.ts'
import styles from './import.module.css'
import { dateOrderNames, delimiterNames, encodingNames, markNames, meaningNames, signNames, table as m } from '#messages/import'

type Change = NonNullable<Reading['profile']>

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
const named = (names: Readonly<Record<string, string>>) => Object.entries(names)
const decimalMarks = named(markNames).filter(([mark]) => mark === '.' || mark === ',')

/** The choices of a file that is no table: only what the file does not decide. */
const DocumentForm = ({
  ambiguous,
  busy,
  onRead,
  reading,
}: {
  readonly ambiguous: readonly string[]
  readonly busy: boolean
  readonly reading: Reading
  readonly onRead: (reading: Reading) => void
}) => {
  const [dateOrder, setDateOrder] = useState<string>(reading.dateOrder ?? 'MDY')
  const [decimalMark, setDecimalMark] = useState<string>(reading.decimalMark ?? '.')
  const [encoding, setEncoding] = useState<string>(reading.encoding ?? 'windows-1252')
  if (ambiguous.length === 0) return null
  const chosen = {
    ...(ambiguous.includes('dateOrder') ? { dateOrder } : {}),
    ...(ambiguous.includes('decimalMark') ? { decimalMark } : {}),
    ...(ambiguous.includes('encoding') ? { encoding } : {}),
  } as Pick<Reading, 'dateOrder' | 'decimalMark' | 'encoding'>
  return (
    <Section title={m.title} lead={m.undecided}>
      {ambiguous.includes('dateOrder') && (
        <SelectField
          {...filterField('date-order', dateOrder, setDateOrder)}
          label={m.dateOrder}
          options={named(dateOrderNames).filter(([order]) => order !== 'YMD')}
        />
      )}
      {ambiguous.includes('decimalMark') && (
        <SelectField {...filterField('decimal-mark', decimalMark, setDecimalMark)} label={m.decimalMark} options={decimalMarks} />
      )}
      {ambiguous.includes('encoding') && (
        <SelectField {...filterField('encoding', encoding, setEncoding)} label={m.encoding} options={named(encodingNames)} />
      )}
      <p>
        <Button busy={busy} onClick={() => onRead({ ...reading, ...chosen })}>
          {m.again}
        </Button>
      </p>
    </Section>
  )
}

/** How a table was understood, with a field for everything that a person may have to correct. */
export const ProfileForm = ({
  busy,
  onRead,
  onSaveAs,
  preview: { ambiguous, columns, profile, rejectedCount },
  reading,
}: {
  readonly preview: Preview
  readonly reading: Reading
  readonly busy: boolean
  readonly onRead: (reading: Reading) => void
  /** The name under which the profile is kept. */
  readonly onSaveAs: (name: string) => void
}) => {
  const [change, setChange] = useState<Change>(reading.profile ?? {})
  if (!profile) return <DocumentForm ambiguous={ambiguous} busy={busy} reading={reading} onRead={onRead} />
  const found = { ...profile, ...change }
  const set = (name: keyof Change) => (value: string) => setChange({ ...change, [name]: value })
  const foundColumns = (profile['columns'] ?? {}) as Readonly<Record<string, string | number>>
  const chosenColumns = { ...foundColumns, ...change.columns }
  const columnOptions = [
    ['', m.notInFile] as const,
    ...columns.map((name, index) => [name === '' ? String(index + 1) : name, name === '' ? `${index + 1}` : name] as const),
  ]
  // What the person has looked at and left as it is counts as chosen.
  const confirmed = Object.fromEntries(
    ambiguous
      .map(name => name.split('.')[0]!)
      .filter(name => name in profile)
      .map(name => [name, profile[name]]),
  )
  const setColumn = (meaning: string, name: string) => {
    const { [meaning]: _, ...others } = chosenColumns
    setChange({ ...change, columns: name === '' ? others : { ...others, [meaning]: name } })
  }
  const field = (name: keyof Change, label: string, options: readonly (readonly [string, string])[]) => (
    <SelectField
      {...filterField(`profile-${name}`, textOf(found[name]), set(name))}
      label={label}
      options={options}
      error={ambiguous.includes(name) ? m.undecided : undefined}
    />
  )
  return (
    <details className={styles['reading']} open={ambiguous.length > 0 || rejectedCount > 0}>
      <summary>
        <h2>{m.title}</h2>
      </summary>
      <p>{m.lead}</p>
      <div className={styles['columns']}>
        {field('delimiter', m.delimiter, named(delimiterNames))}
        {field('decimalMark', m.decimalMark, decimalMarks)}
        {field('thousandsMark', m.thousandsMark, named(markNames))}
        {field('dateOrder', m.dateOrder, named(dateOrderNames))}
        {field('sign', m.sign, named(signNames))}
      </div>
      <details className={styles['reading']} open={ambiguous.some(name => name.startsWith('columns.'))}>
        <summary>
          <h3>{m.columns}</h3>
        </summary>
        <div className={styles['columns']}>
          {named(meaningNames).map(([meaning, label]) => (
            <SelectField
              key={meaning}
              {...filterField(`column-${meaning}`, textOf(chosenColumns[meaning]), name => setColumn(meaning, name))}
              label={label}
              options={columnOptions}
              error={ambiguous.includes(`columns.${meaning}`) ? m.undecided : undefined}
            />
          ))}
        </div>
      </details>
      <TextField {...filterField('save-as', reading.saveProfileAs ?? '', onSaveAs)} label={m.save} help={m.saveHelp} optional />
      <p>
        <Button busy={busy} onClick={() => onRead({ ...reading, profile: { ...confirmed, ...change } })}>
          {m.again}
        </Button>
      </p>
    </details>
  )
}
