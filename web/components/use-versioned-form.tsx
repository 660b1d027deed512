import { type ReactNode, useRef } from 'react'
import { ApiProblem } from '../client/problem.ts'
import { useConflict } from './use-conflict.tsx'
import { type Form, type FormOptions, useForm } from './use-form.ts'

interface Versioned {
  readonly version: number
}

interface Options<Fields extends Readonly<Record<string, string | boolean>>, Stored extends Versioned>
  extends Pick<FormOptions<Fields>, 'check' | 'draft' | 'fieldOf'> {
  readonly stored: Stored
  /** The fields of the form, from what is stored. */
  readonly valuesOf: (stored: Stored) => Fields
  readonly save: (values: Fields, version: number) => Promise<unknown>
  /** Reads again what is stored. */
  readonly reload: () => Promise<Stored>
  /** The names of the fields in the comparison. */
  readonly labels: Readonly<Record<keyof Fields, string>>
}

/**
 * A form of something that two people can change at the same time. If somebody else was faster (412), both versions are shown, and what
 * was typed stays until the person has chosen. `conflict` is that dialog, or nothing.
 */
export const useVersionedForm = <Fields extends Readonly<Record<string, string | boolean>>, Stored extends Versioned>({
  labels,
  reload,
  save,
  stored,
  valuesOf,
  ...rest
}: Options<Fields, Stored>): { readonly form: Form<Fields>; readonly conflict: ReactNode } => {
  const { ask, dialog } = useConflict()
  /** The version that the person has seen; undefined for the one that the page shows. */
  const seen = useRef<number>(undefined)
  const store = async (values: Fields): Promise<void> => {
    try {
      await save(values, seen.current ?? stored.version)
      seen.current = undefined
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 412) throw error
      const current = await reload()
      const theirs = valuesOf(current)
      const choice = await ask(
        Object.entries(labels)
          .map(([name, label]) => ({ label, yours: String(values[name]), theirs: String(theirs[name]) }))
          .filter(field => field.yours !== field.theirs),
      )
      seen.current = current.version
      if (choice === 'mine') await store(values)
      else form.set(theirs)
    }
  }
  const form = useForm<Fields>({ ...rest, initial: valuesOf(stored), submit: store })
  return { form, conflict: dialog }
}
