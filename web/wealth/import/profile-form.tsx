import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { filterField } from '../../components/filters.tsx'
import { Notice, Section } from '../../components/page.tsx'
import type { Preview, Reading } from './choices.ts'
import styles from './import.module.css'
import { dateOrderNames, delimiterNames, markNames, meaningNames, signNames, table as m } from '#messages/import'

type Change = NonNullable<Reading['profile']>

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
const named = (names: Readonly<Record<string, string>>) => Object.entries(names)

/** How a table was understood, with a field for everything that a person may have to correct. */
export const ProfileForm = ({
  busy,
  onRead,
  preview: { ambiguous, columns, profile },
  reading,
}: {
  readonly preview: Preview
  readonly reading: Reading
  readonly busy: boolean
  readonly onRead: (reading: Reading) => void
}) => {
  const [change, setChange] = useState<Change>(reading.profile ?? {})
  if (!profile) return null
  const found = { ...profile, ...change }
  const set = (name: keyof Change) => (value: string) => setChange({ ...change, [name]: value })
  const foundColumns = (profile['columns'] ?? {}) as Readonly<Record<string, string | number>>
  const chosenColumns = { ...foundColumns, ...change.columns }
  const columnOptions = [
    ['', m.notInFile] as const,
    ...columns.map((name, index) => [name === '' ? String(index + 1) : name, name === '' ? `${index + 1}` : name] as const),
  ]
  const setColumn = (meaning: string, name: string) => {
    const { [meaning]: _, ...others } = chosenColumns
    setChange({ ...change, columns: name === '' ? others : { ...others, [meaning]: name } })
  }
  const field = (name: keyof Change & string, label: string, options: readonly (readonly [string, string])[]) => (
    <SelectField
      {...filterField(`profile-${name}`, textOf(found[name]), set(name))}
      label={label}
      options={options}
      {...(ambiguous.includes(name) ? { help: m.undecided } : {})}
    />
  )
  return (
    <Section title={m.title} lead={m.lead}>
      {ambiguous.length > 0 && <Notice kind="warn">{m.undecided}</Notice>}
      <div className={styles['columns']}>
        {field('delimiter', m.delimiter, named(delimiterNames))}
        {field(
          'decimalMark',
          m.decimalMark,
          named(markNames).filter(([mark]) => mark === '.' || mark === ','),
        )}
        {field('thousandsMark', m.thousandsMark, named(markNames))}
        {field('dateOrder', m.dateOrder, named(dateOrderNames))}
        {field('sign', m.sign, named(signNames))}
      </div>
      <h3>{m.columns}</h3>
      <div className={styles['columns']}>
        {named(meaningNames).map(([meaning, label]) => (
          <SelectField
            key={meaning}
            {...filterField(`column-${meaning}`, textOf(chosenColumns[meaning]), name => setColumn(meaning, name))}
            label={label}
            options={columnOptions}
          />
        ))}
      </div>
      <TextField
        {...filterField('save-as', reading.saveProfileAs ?? '', name =>
          onRead({ ...reading, saveProfileAs: name === '' ? undefined : name }),
        )}
        label={m.save}
        help={m.saveHelp}
        optional
      />
      <p>
        <Button busy={busy} onClick={() => onRead({ ...reading, profile: change })}>
          {m.again}
        </Button>
      </p>
    </Section>
  )
}
