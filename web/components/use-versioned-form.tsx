import { type ReactNode, useEffect, useRef } from 'react'
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
  /** How the value of a field reads in the comparison. By default as the form has it. */
  readonly wordsOf?: (name: keyof Fields & string, value: string) => string
}

/** A field that no control shows: the version of which the fields are, which a draft keeps too. */
type Kept<Fields> = Fields & { readonly version: string }

/**
 * A form of something that two people can change at the same time. If somebody else was faster (412), both versions are shown, and what
 * was typed stays until the person has chosen. Fields that nobody has touched follow what is stored. `conflict` is that dialog, or nothing.
 */
export const useVersionedForm = <Fields extends Readonly<Record<string, string | boolean>>, Stored extends Versioned>({
  labels,
  reload,
  save,
  stored,
  valuesOf,
  wordsOf = (_name, value) => value,
  ...rest
}: Options<Fields, Stored>): { readonly form: Form<Fields>; readonly conflict: ReactNode } => {
  const { ask, dialog } = useConflict()
  const initial: Kept<Fields> = { ...valuesOf(stored), version: String(stored.version) }
  /** What the fields are as long as nobody touches them. */
  const untouched = useRef<Fields>(initial)
  const differing = (some: Fields, others: Fields) => Object.keys(labels).filter(name => some[name] !== others[name])

  const store = async ({ version, ...entries }: Kept<Fields>, number = Number(version)): Promise<void> => {
    const values = entries as unknown as Fields
    try {
      await save(values, number)
      untouched.current = values
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 412) throw error
      const current = await reload()
      const theirs = valuesOf(current)
      const choice = await ask(
        differing(values, theirs).map(name => ({
          label: labels[name]!,
          yours: wordsOf(name, String(values[name])),
          theirs: wordsOf(name, String(theirs[name])),
        })),
      )
      if (choice === 'mine') return store({ ...values, version }, current.version)
      untouched.current = theirs
      form.set({ ...theirs, version: String(current.version) })
    }
  }
  const form = useForm<Kept<Fields>>({ ...rest, initial, submit: values => store(values) })

  const isOlder = form.values.version !== initial.version
  useEffect(() => {
    if (isOlder && [untouched.current, initial].some(values => differing(form.values, values).length === 0)) {
      untouched.current = initial
      form.reset()
    }
  })
  return { form: form as unknown as Form<Fields>, conflict: dialog }
}
