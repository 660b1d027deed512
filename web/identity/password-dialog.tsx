import type { ReactNode } from 'react'
import { Dialog } from '../components/dialog.tsx'
import { TextField } from '../components/field.tsx'
import { Form } from '../components/form.tsx'
import { useForm } from '../components/use-form.ts'
import { security as m } from '#messages/identity'

/** Asks for the password again before a change of sign-in. */
export const PasswordDialog = ({
  children,
  onClose,
  submit,
  submitWords,
  title,
}: {
  readonly title: string
  readonly submitWords: string
  readonly submit: (password: string) => Promise<unknown>
  readonly onClose: () => void
  readonly children?: ReactNode
}) => {
  const form = useForm({ initial: { password: '' }, submit: ({ password }) => submit(password) })
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <Form form={form} submit={submitWords} onCancel={onClose}>
        <TextField
          {...form.text('password')}
          label={m.confirmPassword}
          help={m.confirmPasswordHelp}
          type="password"
          autoComplete="current-password"
        />
      </Form>
    </Dialog>
  )
}
