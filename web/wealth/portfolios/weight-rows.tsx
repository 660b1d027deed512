import { PercentField, SelectField, type TextProps, TextField } from '../../components/field.tsx'
import { RowFields, rowField } from '../../components/row-fields.tsx'
import { useLook } from '../../shell/preferences.ts'
import { emptyRow, rowsOf, sumWords, type WeightRow } from './weights.ts'
import { portfolioForm, weights as m } from '#messages/portfolios'

/** The choice that leads to a name of one's own. It is no key: keys have no line breaks. */
const other = '\n'

/** What a weight can be about. A key that is stored and is not offered is offered too. */
const optionsFor = (
  { isOwn, key }: WeightRow,
  offered: readonly (readonly [key: string, name: string])[],
  nameOf: (key: string) => string,
) => [
  ['', portfolioForm.choose] as const,
  ...offered,
  ...(isOwn || key === '' || offered.some(([each]) => each === key) ? [] : [[key, nameOf(key)] as const]),
  [other, m.other] as const,
]

/** Rows of weights in per cent, with their sum. The value of the field is the text of the rows. */
export const WeightRows = ({
  error,
  id,
  keyLabel,
  legend,
  nameOf,
  offered,
  onChange,
  value,
}: Omit<TextProps, 'name'> & {
  readonly legend: string
  /** What the rows are about. */
  readonly keyLabel: string
  readonly offered: readonly (readonly [key: string, name: string])[]
  /** A key in words. */
  readonly nameOf: (key: string) => string
}) => {
  const look = useLook()
  return (
    <RowFields<WeightRow>
      id={id}
      error={error}
      legend={legend}
      help={<output>{sumWords(value, look)}</output>}
      rows={rowsOf(value)}
      onChange={rows => onChange(JSON.stringify(rows))}
      add={m.add}
      makeRow={() => emptyRow}
      nameOf={m.row}
      removeWords={m.removeRow}
    >
      {(row, change, index) => (
        <>
          <SelectField
            {...rowField(id, index, 'key')}
            label={keyLabel}
            value={row.isOwn ? other : row.key}
            options={optionsFor(row, offered, nameOf)}
            onChange={key => change(key === other ? { key: '', isOwn: true } : { key, isOwn: false })}
          />
          {row.isOwn && <TextField {...rowField(id, index, 'own')} label={m.own} value={row.key} onChange={key => change({ key })} />}
          <PercentField {...rowField(id, index, 'weight')} label={m.weight} value={row.weight} onChange={weight => change({ weight })} />
        </>
      )}
    </RowFields>
  )
}
