import { type FormEvent, useId, useRef, useState } from 'react'
import { ApiProblem } from '../client/problem.ts'

type Values = Readonly<Record<string, string | boolean>>
type Errors = Readonly<Record<string, string>>

/** Thrown by `submit` when the person does not store after all: nothing was stored, nothing failed, and what was typed stays. */
export class Declined extends Error {}

export interface FormOptions<Fields extends Values> {
  readonly initial: Fields
  /** Checks what the browser can know. The server checks everything. Returns a message by field. */
  readonly check?: (values: Fields) => Readonly<Record<string, string | undefined>>
  /** Sends the values. `idempotencyKey` stays the same until the values change, so that a repeated request takes effect once. */
  readonly submit: (values: Fields, idempotencyKey: string) => Promise<unknown>
  /** The field of an error of the server. By default the path without `body.`. */
  readonly fieldOf?: (path: string, values: Fields) => string
  /** Keeps what was typed in this tab under this name, until it is stored: nothing is lost when the page is loaded again. */
  readonly draft?: string
}

export interface FieldProps {
  readonly id: string
  readonly name: string
  readonly error: string | undefined
}

export interface Form<Fields extends Values> {
  readonly values: Fields
  /** The text of a field, with its error. */
  readonly text: (name: keyof Fields & string) => FieldProps & { readonly value: string; readonly onChange: (value: string) => void }
  readonly checkbox: (
    name: keyof Fields & string,
  ) => FieldProps & { readonly checked: boolean; readonly onChange: (value: boolean) => void }
  readonly set: (changes: Partial<Fields>) => void
  readonly reset: () => void
  /** Sends the values again, as the button of the form does. */
  readonly send: () => void
  /** Checks some fields without sending: shows their errors, and returns whether there are none. */
  readonly verify: (names: readonly string[]) => boolean
  readonly busy: boolean
  /** An error that belongs to no field. */
  readonly failure: unknown
  readonly isDraft: boolean
  readonly props: { readonly noValidate: true; readonly onSubmit: (event: FormEvent) => void }
}

const draftKey = (name: string) => `nestegg:draft:${name}`

/** Whether there are entries under this name that were not stored yet. */
export const hasDraft = (name: string): boolean => sessionStorage.getItem(draftKey(name)) !== null

/** Forgets them: they are stored now, and the form will be opened anew. */
export const dropDraft = (name: string): void => sessionStorage.removeItem(draftKey(name))

const readDraft = <Fields extends Values>(name: string | undefined): Partial<Fields> | undefined => {
  if (name === undefined) return undefined
  const text = sessionStorage.getItem(draftKey(name))
  return text === null ? undefined : (JSON.parse(text) as Partial<Fields>)
}

const withoutBody = (path: string): string => path.replace(/^body\./, '')

/** The errors of the server by field, and whether some belong to no field of the form. */
const sortErrors = <Fields extends Values>(error: unknown, values: Fields, fieldOf: (path: string, values: Fields) => string) => {
  if (!(error instanceof ApiProblem)) return { known: {}, failure: error }
  const named = error.problem.errors.map(({ message, path }) => [fieldOf(path, values), message] as const)
  const known = Object.fromEntries(named.filter(([name]) => name in values))
  return { known, failure: named.length > 0 && named.every(([name]) => name in values) ? undefined : error }
}

/** The state of a form: its values, the errors at their fields, and its request. */
export const useForm = <Fields extends Values>({
  check,
  draft,
  fieldOf = withoutBody,
  initial,
  submit,
}: FormOptions<Fields>): Form<Fields> => {
  const base = useId()
  const [isDraft, setIsDraft] = useState(() => readDraft(draft) !== undefined)
  const [values, setValues] = useState<Fields>(() => ({ ...initial, ...readDraft<Fields>(draft) }))
  const [errors, setErrors] = useState<Errors>({})
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const key = useRef(crypto.randomUUID())

  const set = (changes: Partial<Fields>) => {
    const next = { ...values, ...changes }
    setValues(next)
    setErrors(shown => Object.fromEntries(Object.entries(shown).filter(([name]) => !(name in changes))))
    key.current = crypto.randomUUID()
    if (draft !== undefined) sessionStorage.setItem(draftKey(draft), JSON.stringify(next))
  }
  const forgetDraft = () => {
    if (draft !== undefined) dropDraft(draft)
    setIsDraft(false)
  }
  const focusFirst = (names: readonly string[]) => document.getElementById(`${base}-${names[0]}`)?.focus()

  const faults = () => Object.entries(check?.(values) ?? {}).filter(entry => entry[1] !== undefined)
  const verify = (names: readonly string[]): boolean => {
    const found = Object.fromEntries(faults().filter(([name]) => names.includes(name))) as Errors
    setErrors(shown => ({ ...Object.fromEntries(Object.entries(shown).filter(([name]) => !names.includes(name))), ...found }))
    focusFirst(Object.keys(found))
    return Object.keys(found).length === 0
  }
  const send = async (): Promise<void> => {
    const found = Object.fromEntries(faults()) as Errors
    setErrors(found)
    setFailure(undefined)
    if (Object.keys(found).length > 0) {
      focusFirst(Object.keys(found))
      return
    }
    setBusy(true)
    try {
      await submit(values, key.current)
      forgetDraft()
    } catch (error) {
      if (error instanceof Declined) return
      const sorted = sortErrors(error, values, fieldOf)
      setErrors(sorted.known)
      setFailure(sorted.failure)
      focusFirst(Object.keys(sorted.known))
    } finally {
      setBusy(false)
    }
  }

  const field = (name: string): FieldProps => ({ id: `${base}-${name}`, name, error: errors[name] })
  return {
    values,
    busy,
    failure,
    isDraft,
    set,
    verify,
    text: name => ({ ...field(name), value: String(values[name]), onChange: value => set({ [name]: value } as Partial<Fields>) }),
    checkbox: name => ({ ...field(name), checked: values[name] === true, onChange: value => set({ [name]: value } as Partial<Fields>) }),
    reset: () => {
      setValues(initial)
      setErrors({})
      setFailure(undefined)
      forgetDraft()
    },
    send: () => void send(),
    props: {
      noValidate: true,
      onSubmit: event => {
        event.preventDefault()
        if (!busy) void send()
      },
    },
  }
}
