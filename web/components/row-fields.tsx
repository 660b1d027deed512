import type { ReactNode } from 'react'
import { Button, IconButton } from './button.tsx'
import styles from './row-fields.module.css'
import type { FieldProps } from './use-form.ts'

/** The properties of a field of a row. The error of any of them is shown under the rows. */
export const rowField = (id: string, index: number, name: string) => ({ id: `${id}-${index}-${name}`, name, error: undefined })

/** Rows of the same fields, of which each can be removed and another one added. */
export const RowFields = <Row,>({
  add,
  children,
  error,
  help,
  id,
  legend,
  makeRow,
  nameOf,
  onChange,
  removeWords,
  rows,
}: Pick<FieldProps, 'id' | 'error'> & {
  readonly legend: string
  readonly help?: ReactNode
  readonly rows: readonly Row[]
  readonly onChange: (rows: readonly Row[]) => void
  /** The word of the button that adds a row, and the row. */
  readonly add: string
  readonly makeRow: () => Row
  /** The name of a row, and that of its button, for screen readers. Rows are counted from one. */
  readonly nameOf: (number: number) => string
  readonly removeWords: (number: number) => string
  /** The fields of a row. */
  readonly children: (row: Row, change: (part: Partial<Row>) => void, index: number) => ReactNode
}) => (
  <fieldset id={id} tabIndex={-1} className={styles['list']}>
    <legend>{legend}</legend>
    {help !== undefined && <p className={styles['help']}>{help}</p>}
    {rows.map((row, index) => (
      // A row has no name of its own: its place is what it is.
      // oxlint-disable-next-line react/no-array-index-key
      <fieldset key={index} className={styles['row']}>
        <legend className="visually-hidden">{nameOf(index + 1)}</legend>
        <div className={styles['fields']}>{children(row, part => onChange(rows.with(index, { ...row, ...part })), index)}</div>
        <IconButton icon="close" label={removeWords(index + 1)} onClick={() => onChange(rows.toSpliced(index, 1))} />
      </fieldset>
    ))}
    {error !== undefined && (
      <p role="alert" className={styles['error']}>
        {error}
      </p>
    )}
    <p>
      <Button icon="plus" onClick={() => onChange([...rows, makeRow()])}>
        {add}
      </Button>
    </p>
  </fieldset>
)
