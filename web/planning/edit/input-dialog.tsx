import { useState } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { useConflict } from '../../components/use-conflict.tsx'
import { useForm } from '../../components/use-form.ts'
import { fromValues, toValues } from '../inputs/codec.ts'
import type { InputType } from '../inputs/description.ts'
import { descriptions } from '../inputs/descriptions.ts'
import { Fields } from '../inputs/input-fields.tsx'
import type { InputContext, Json, Values } from '../inputs/leaf.ts'
import { inputLines, type Line } from '../inputs/lines.ts'
import { type InputBody, noteGone, type PlanInput } from '../inputs/requests.ts'
import { controlOf, wordsOf } from '../inputs/words.ts'
import { InputConflict, storeInput, storeNewInput } from './store-input.ts'
import { planEdit as m } from '#messages/plan-edit'
import { defaultNames, types } from '#messages/plan-fields'
import { form as words } from '#messages/shell'

/** The lines of both versions that differ. */
const differing = (mine: readonly Line[], stored: readonly Line[]) =>
  [...new Set([...mine, ...stored].map(({ label }) => label))].flatMap(label => {
    const textOf = (lines: readonly Line[]) => lines.find(line => line.label === label)?.text ?? m.nothing
    const [yours, theirs] = [textOf(mine), textOf(stored)]
    return yours === theirs ? [] : [{ label, yours, theirs }]
  })

interface Props {
  readonly planId: string
  readonly type: InputType
  /** The input to change; left out for a new one. */
  readonly input?: PlanInput
  readonly context: InputContext
  readonly taken: readonly string[]
  readonly onClose: () => void
}

/** A name that no input of the plan has. */
const freeName = (name: string, taken: readonly string[]): string => {
  if (name === '' || !taken.includes(name)) return name
  const number = Array.from({ length: taken.length + 1 }, (_, index) => index + 2).find(each => !taken.includes(`${name} ${each}`))
  return `${name} ${number}`
}

/** The form of one input. It changes the version that was there when it was opened. */
export const InputDialog = ({ context, input: given, onClose, planId, taken, type }: Props) => {
  const [opened] = useState(given)
  const { ask, dialog } = useConflict()
  const { fields } = descriptions[type]
  const bodyFrom = (values: Values): InputBody => ({
    inputType: type,
    inputName: String(values['inputName']).trim(),
    inputValue: fromValues(fields, values, context).value,
    ...(opened ? { confidenceScore: opened.confidenceScore } : {}),
  })
  /** Stores the entries over an input. When it was changed or removed elsewhere, the person decides. */
  const storeOver = async (old: PlanInput, body: InputBody): Promise<void> => {
    try {
      await storeInput(planId, old, body)
    } catch (error) {
      if (!(error instanceof InputConflict)) throw error
      const stored = error.input
      const storedLines = stored ? inputLines(type, stored.inputValue, context) : []
      if ((await ask(differing(inputLines(type, body.inputValue, context), storedLines))) === 'theirs') return
      if (stored) await storeOver(stored, body)
      else await storeNewInput(planId, body, crypto.randomUUID())
    }
  }
  const form = useForm<Values>({
    initial: {
      inputName: opened?.inputName ?? freeName(defaultNames[type], taken),
      ...toValues(fields, opened ? (opened.inputValue as Json) : undefined, context),
    },
    draft: `plan-input:${planId}:${opened ? opened.inputName : `new ${type}`}`,
    check: values => ({
      ...(String(values['inputName']).trim() === '' ? { inputName: words.required } : {}),
      ...fromValues(fields, values, context).errors,
    }),
    fieldOf: (path, values) => {
      const place = path.replace(/^body\.(inputValue\.)?/, '')
      return controlOf(place, values) ?? place
    },
    submit: async (values, key) => {
      const body = bodyFrom(values)
      await (opened ? storeOver(opened, body) : storeNewInput(planId, body, key)).catch(noteGone)
      onClose()
    },
  })
  const name = wordsOf(type, 'inputName')
  return (
    <>
      <Dialog title={opened ? m.edit(types[type]) : m.add(types[type])} onClose={onClose}>
        <Form form={form} submit={words.save} onCancel={onClose}>
          <TextField {...form.text('inputName')} label={name.label} {...(name.help ? { help: name.help } : {})} />
          <Fields form={form} type={type} context={context} fields={fields} />
        </Form>
      </Dialog>
      {dialog}
    </>
  )
}
