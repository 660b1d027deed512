import { useId } from 'react'
import styles from './choice.module.css'

/** A choice of two or three, all in view. */
export const Choice = <Value extends string>({
  label,
  onChange,
  options,
  value,
}: {
  readonly label: string
  readonly options: readonly (readonly [value: Value, words: string])[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}) => {
  const name = useId()
  return (
    <fieldset className={styles['choice']}>
      <legend className="visually-hidden">{label}</legend>
      {options.map(([option, words]) => (
        <label key={option} className={styles['option']}>
          <input
            type="radio"
            className="visually-hidden"
            name={name}
            value={option}
            checked={option === value}
            onChange={() => onChange(option)}
          />
          {words}
        </label>
      ))}
    </fieldset>
  )
}
