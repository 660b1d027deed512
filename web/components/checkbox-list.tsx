import { CheckboxField } from './field.tsx'
import styles from './checkbox-list.module.css'

/** A choice of several of some options. What was chosen keeps the order of the options. */
export const CheckboxList = ({
  chosen,
  id,
  label,
  onChange,
  options,
}: {
  readonly id: string
  readonly label: string
  readonly options: readonly (readonly [value: string, label: string])[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}) => (
  <fieldset id={id} className={styles['list']}>
    <legend>{label}</legend>
    <ul className={styles['options']}>
      {options.map(([value, words], index) => (
        <li key={value}>
          <CheckboxField
            id={`${id}-${index}`}
            name={value}
            error={undefined}
            label={words}
            checked={chosen.includes(value)}
            onChange={isChosen =>
              onChange(options.map(([option]) => option).filter(option => (option === value ? isChosen : chosen.includes(option))))
            }
          />
        </li>
      ))}
    </ul>
  </fieldset>
)
