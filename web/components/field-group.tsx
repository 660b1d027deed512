import type { ReactNode } from 'react'
import styles from './field-group.module.css'

/** Fields that belong together: with a sentence of help, and the error of the whole. */
export const FieldGroup = ({
  children,
  error,
  help,
  id,
  legend,
}: {
  readonly id?: string | undefined
  readonly legend: string
  readonly help?: ReactNode
  readonly error: string | undefined
  readonly children: ReactNode
}) => (
  <fieldset id={id} tabIndex={-1} className={styles['group']}>
    <legend>{legend}</legend>
    {help !== undefined && <p className={styles['help']}>{help}</p>}
    {children}
    {error !== undefined && (
      <p role="alert" className={styles['error']}>
        {error}
      </p>
    )}
  </fieldset>
)

/** Short fields beside each other. */
export const Fields = ({ children }: { readonly children: ReactNode }) => <div className={styles['fields']}>{children}</div>
