import { useId } from 'react'
import styles from './slider.module.css'

/** A slider with its name, its value in words, and the stored value. */
export const Slider = ({
  label,
  maximum,
  minimum,
  note,
  onChange,
  step,
  value,
  words,
}: {
  readonly label: string
  readonly minimum: number
  readonly maximum: number
  readonly step: number
  readonly value: number
  /** The value with its unit. */
  readonly words: string
  readonly note?: string | undefined
  readonly onChange: (value: number) => void
}) => {
  const id = useId()
  return (
    <div className={styles['slider']}>
      <label htmlFor={id}>{label}</label>
      <output htmlFor={id}>{words}</output>
      <input
        id={id}
        type="range"
        min={minimum}
        max={maximum}
        step={step}
        value={value}
        aria-valuetext={words}
        onChange={event => onChange(Number(event.currentTarget.value))}
      />
      {note !== undefined && <span className={styles['note']}>{note}</span>}
    </div>
  )
}
