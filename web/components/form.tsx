import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import styles from './form.module.css'
import { Notice } from './page.tsx'
import { Failure } from './problem.tsx'
import type { Form as FormState } from './use-form.ts'
import { form as m } from '#messages/shell'

/** A form with its fields, its failure and its buttons. */
export const Form = ({
  children,
  columns = false,
  form,
  onCancel,
  others,
  submit,
}: {
  readonly form: Pick<FormState<never>, 'busy' | 'failure' | 'isDraft' | 'reset' | 'props'>
  readonly children: ReactNode
  /** The word of the button that sends it. */
  readonly submit: string
  readonly onCancel?: () => void
  /** Further buttons. */
  readonly others?: ReactNode
  /** Fields beside each other where there is room. */
  readonly columns?: boolean
}) => (
  <form {...form.props} className={styles['form']}>
    {form.isDraft && (
      <Notice>
        {m.draftRestored} <Button onClick={form.reset}>{m.discardDraft}</Button>
      </Notice>
    )}
    <div className={columns ? styles['columns'] : styles['fields']}>{children}</div>
    {form.failure !== undefined && <Failure error={form.failure} />}
    <div className={styles['buttons']}>
      <Button type="submit" kind="primary" busy={form.busy}>
        {submit}
      </Button>
      {others}
      {onCancel && <Button onClick={onCancel}>{m.cancel}</Button>}
    </div>
  </form>
)
