import type { HTMLAttributes, HTMLInputAutoCompleteAttribute, ReactNode } from 'react'
import type { FieldProps } from './use-form.ts'
import styles from './field.module.css'
import { form as m } from '#messages/shell'

interface Labelled {
  readonly label: string
  /** One sentence that helps. */
  readonly help?: ReactNode
  readonly optional?: boolean
}
export type TextProps = FieldProps & { readonly value: string; readonly onChange: (value: string) => void }

const describedBy = (id: string, help: unknown, error: unknown): string | undefined =>
  [help === undefined ? '' : `${id}-help`, error === undefined ? '' : `${id}-error`].filter(Boolean).join(' ') || undefined

/** One sentence of help, and the error of the field. Screen readers read both with the control. */
const Notes = ({ error, help, id }: Pick<Labelled, 'help'> & Pick<FieldProps, 'id' | 'error'>) => (
  <>
    {help !== undefined && (
      <p id={`${id}-help`} className={styles['help']}>
        {help}
      </p>
    )}
    {error !== undefined && (
      <p id={`${id}-error`} className={styles['error']}>
        {error}
      </p>
    )}
  </>
)

/** A label, a control, and its notes. */
const Frame = ({
  children,
  error,
  help,
  id,
  label,
  optional,
}: Labelled & Pick<FieldProps, 'id' | 'error'> & { readonly children: ReactNode }) => (
  <div className={styles['field']}>
    <label htmlFor={id}>
      {label}
      {optional && <span className={styles['optional']}> ({m.optional})</span>}
    </label>
    {children}
    <Notes id={id} help={help} error={error} />
  </div>
)

export interface TextFieldProps extends Labelled, TextProps {
  readonly type?: 'text' | 'email' | 'password' | 'date' | 'search'
  readonly autoComplete?: HTMLInputAutoCompleteAttribute
  readonly inputMode?: HTMLAttributes<HTMLInputElement>['inputMode']
  /** What is in front of the text and behind it: a currency, a unit. */
  readonly before?: string
  readonly after?: string
  readonly placeholder?: string
  readonly readOnly?: boolean
}

/** A line of text. Amounts, rates and numbers are text too, as the person writes them: see parse-figure.ts. */
export const TextField = ({
  after,
  autoComplete = 'off',
  before,
  error,
  help,
  id,
  inputMode,
  label,
  name,
  onChange,
  optional,
  placeholder,
  readOnly,
  type = 'text',
  value,
}: TextFieldProps) => (
  <Frame id={id} label={label} help={help} error={error} {...(optional ? { optional } : {})}>
    <div className={styles['control']}>
      {before !== undefined && <span className={styles['affix']}>{before}</span>}
      <input
        id={id}
        name={name}
        type={type}
        value={value}
        autoComplete={autoComplete}
        inputMode={inputMode}
        placeholder={placeholder}
        readOnly={readOnly}
        aria-invalid={error !== undefined}
        aria-describedby={describedBy(id, help, error)}
        onChange={event => onChange(event.currentTarget.value)}
      />
      {after !== undefined && <span className={styles['affix']}>{after}</span>}
    </div>
  </Frame>
)

/** An amount of money. `per`: year or month, after the field. */
export const MoneyField = ({
  currencySign = '$',
  ...rest
}: Omit<TextFieldProps, 'type' | 'inputMode' | 'before'> & { readonly currencySign?: string }) => (
  <TextField {...rest} inputMode="decimal" before={currencySign} />
)

/** A rate in percent. */
export const PercentField = (props: Omit<TextFieldProps, 'type' | 'inputMode' | 'after'>) => (
  <TextField {...props} inputMode="decimal" after="%" />
)

export const DateField = (props: Omit<TextFieldProps, 'type'>) => <TextField {...props} type="date" />

/** A choice of a few. */
export const SelectField = ({
  error,
  help,
  id,
  label,
  name,
  onChange,
  optional,
  options,
  value,
}: Labelled & TextProps & { readonly options: readonly (readonly [value: string, label: string])[] }) => (
  <Frame id={id} label={label} help={help} error={error} {...(optional ? { optional } : {})}>
    <div className={styles['control']}>
      <select
        id={id}
        name={name}
        value={value}
        aria-invalid={error !== undefined}
        aria-describedby={describedBy(id, help, error)}
        onChange={event => onChange(event.currentTarget.value)}
      >
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </div>
  </Frame>
)

/** A longer text. */
export const TextAreaField = ({
  error,
  help,
  id,
  label,
  name,
  onChange,
  optional,
  isCode = false,
  rows = 4,
  value,
}: Labelled &
  TextProps & { readonly rows?: number /** Of equal width and without wrapping, as in a file. */; readonly isCode?: boolean }) => (
  <Frame id={id} label={label} help={help} error={error} {...(optional ? { optional } : {})}>
    <div className={styles['control']}>
      <textarea
        id={id}
        name={name}
        rows={rows}
        className={isCode ? styles['code'] : undefined}
        spellCheck={!isCode}
        value={value}
        aria-invalid={error !== undefined}
        aria-describedby={describedBy(id, help, error)}
        onChange={event => onChange(event.currentTarget.value)}
      />
    </div>
  </Frame>
)

/** Yes or no. */
export const CheckboxField = ({
  checked,
  error,
  help,
  id,
  label,
  name,
  onChange,
}: Labelled & FieldProps & { readonly checked: boolean; readonly onChange: (value: boolean) => void }) => (
  <div className={styles['field']}>
    <label className={styles['check']} htmlFor={id}>
      <input
        id={id}
        name={name}
        type="checkbox"
        checked={checked}
        aria-describedby={describedBy(id, help, error)}
        onChange={event => onChange(event.currentTarget.checked)}
      />
      {label}
    </label>
    <Notes id={id} help={help} error={error} />
  </div>
)

/** A file of the device. The browser does not say which one is chosen in its value, so it is read at once. */
export const FileField = ({
  accept,
  error,
  help,
  id,
  label,
  name,
  onFile,
}: Labelled & FieldProps & { readonly accept: string; readonly onFile: (file: File) => void }) => (
  <Frame id={id} label={label} help={help} error={error}>
    <div className={styles['control']}>
      <input
        id={id}
        name={name}
        type="file"
        accept={accept}
        aria-invalid={error !== undefined}
        aria-describedby={describedBy(id, help, error)}
        onChange={event => {
          const [file] = event.currentTarget.files ?? []
          if (file) onFile(file)
        }}
      />
    </div>
  </Frame>
)
