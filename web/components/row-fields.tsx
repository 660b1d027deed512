import type { ReactNode } from 'react'
import { Button, IconButton } from './button.tsx'
import { FieldGroup, Fields } from './field-group.tsx'
import styles from './row-fields.module.css'

/** The properties of a field of a row. The error of any of them is shown under the rows. */
export const rowField = (id: string, index: number, name: string) => ({ id: `${id}-${index}-${name}`, name, error: undefined })

interface Frame {
  readonly id?: string
  readonly error: string | undefined
  readonly legend: string
  readonly help?: ReactNode
  /** The words of the button that adds a row. */
  readonly add: string
  /** The name of a row, and that of the button that removes it, for screen readers. Rows are counted from one. */
  readonly nameOf: (number: number) => string
  readonly removeWords: (number: number) => string
}

/** Rows of fields with the buttons that add one and remove one. The fields of a row are given by its place, from zero. */
export const RowList = ({
  add,
  children,
  count,
  error,
  help,
  id,
  legend,
  nameOf,
  onAdd,
  onRemove,
  removeWords,
}: Frame & {
  readonly count: number
  readonly onAdd: () => void
  readonly onRemove: (index: number) => void
  readonly children: (index: number) => ReactNode
}) => (
  <FieldGroup id={id} legend={legend} help={help} error={error}>
    {Array.from({ length: count }, (_, index) => (
      // A row has no name of its own: its place is what it is.
      <fieldset key={index} className={styles['row']}>
        <legend className="visually-hidden">{nameOf(index + 1)}</legend>
        <Fields>{children(index)}</Fields>
        <IconButton icon="close" label={removeWords(index + 1)} onClick={() => onRemove(index)} />
      </fieldset>
    ))}
    <p>
      <Button icon="plus" onClick={onAdd}>
        {add}
      </Button>
    </p>
  </FieldGroup>
)

/** Rows of the same fields, as one value. */
export const RowFields = <Row,>({
  children,
  makeRow,
  onChange,
  rows,
  ...frame
}: Frame & {
  readonly rows: readonly Row[]
  readonly onChange: (rows: readonly Row[]) => void
  readonly makeRow: () => Row
  /** The fields of a row. */
  readonly children: (row: Row, change: (part: Partial<Row>) => void, index: number) => ReactNode
}) => (
  <RowList
    {...frame}
    count={rows.length}
    onAdd={() => onChange([...rows, makeRow()])}
    onRemove={index => onChange(rows.toSpliced(index, 1))}
  >
    {index => children(rows[index]!, part => onChange(rows.with(index, { ...rows[index]!, ...part })), index)}
  </RowList>
)
