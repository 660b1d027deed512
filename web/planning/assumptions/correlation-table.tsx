import type { ReactNode } from 'react'
import type { TextProps } from '../../components/field.tsx'
import styles from './correlation-table.module.css'
import { set as m } from '#messages/plan-assumptions'

/** The lower half of a correlation matrix. The last row is that of inflation. A column has the number of its row. */
export const CorrelationTable = ({
  cell,
  label,
  names,
}: {
  readonly label: string
  /** The names of the asset classes in their order. */
  readonly names: readonly string[]
  /** The cell of two places. The row `names.length` is that of inflation. */
  readonly cell: (row: number, column: number) => ReactNode
}) => (
  // A region that scrolls must be reachable by keyboard.
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
  <section className={styles['scroll']} aria-label={label} tabIndex={0}>
    <table className={styles['matrix']}>
      <thead>
        <tr>
          <th scope="col">{m.asset}</th>
          {[...names.keys()].map(column => (
            <th key={column} scope="col">
              {column + 1}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...[...names, m.inflation].entries()].map(([row, name]) => (
          <tr key={row}>
            <th scope="row">
              {row + 1} <bdi>{name}</bdi>
            </th>
            {[...names.keys()].slice(0, row).map(column => cell(row, column))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

/** A correlation to look at. The ground says its size too. */
export const CorrelationCell = ({ correlation, words }: { readonly correlation: number; readonly words: string }) => (
  <td data-size={Math.abs(correlation) >= 0.5 ? '2' : Math.abs(correlation) >= 0.2 ? '1' : undefined}>{words}</td>
)

/** A field in the table. It has a name, since no label is beside it. */
export const CorrelationField = ({ error, id, label, name, onChange, value }: TextProps & { readonly label: string }) => (
  <td className={styles['field']}>
    <input
      id={id}
      name={name}
      type="text"
      inputMode="decimal"
      autoComplete="off"
      placeholder="0"
      aria-label={label}
      aria-invalid={error !== undefined}
      value={value}
      onChange={event => onChange(event.currentTarget.value)}
    />
  </td>
)
