import { type ReactNode, useRef, useState } from 'react'
import { ApiProblem } from '../client/problem.ts'
import { ConflictDialog } from './conflict.tsx'
import { type Form, type FormOptions, Undecided, useForm } from './use-form.ts'

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
  const [theirs, setTheirs] = useState<Stored>()
  /** The version that the person has seen; undefined for the one that the page shows. */
  const seen = useRef<number>(undefined)
  const form = useForm<Fields>({
    ...rest,
    initial: valuesOf(stored),
    submit: async values => {
      try {
        await save(values, seen.current ?? stored.version)
        seen.current = undefined
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.status !== 412) throw error
        setTheirs(await reload())
        throw new Undecided('Two versions')
      }
    },
  })
  const settle = (chosen: Stored) => {
    seen.current = chosen.version
    setTheirs(undefined)
  }
  const fields = theirs
    ? Object.entries(labels)
        .map(([name, label]) => ({ label, yours: String(form.values[name]), theirs: String(valuesOf(theirs)[name]) }))
        .filter(field => field.yours !== field.theirs)
    : []
  const conflict = theirs && (
    <ConflictDialog
      fields={fields}
      onKeepMine={() => {
        settle(theirs)
        form.send()
      }}
      onTakeTheirs={() => {
        form.set(valuesOf(theirs))
        settle(theirs)
      }}
    />
  )
  return { form, conflict }
}
