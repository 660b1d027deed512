import type { InputType } from './description.ts'
import { choices } from '#messages/plan-choices'
import { fields } from '#messages/plan-fields'

interface Words {
  readonly label: string
  readonly help?: string
}

const lastPart = (path: string): string => path.split('.').at(-1) ?? path

/** The path of a field without the numbers of rows and the cases of unions. */
export const plainPath = (path: string): string => path.replaceAll(/\.\d+(?=\.|$)/g, '').replaceAll(/\w+:/g, '')

/** The control of an error of the server: the path of the value has no case of a union. Undefined if no control has it. */
export const controlOf = (path: string, values: Readonly<Record<string, string | boolean>>): string | undefined => {
  const controls = Object.keys(values)
  const isChosen = (control: string): boolean =>
    [...control.matchAll(/(\w+):/g)].every(({ 1: kind, index }) => values[`${control.slice(0, index)}kind`] === kind)
  const at = (wanted: string): string | undefined =>
    controls.find(control => control.replaceAll(/\w+:/g, '') === wanted && isChosen(control))
  for (let parts = path.split('.'); parts.length > 0; parts = parts.slice(0, -1)) {
    const place = parts.join('.')
    const found = at(place) ?? at(`${place}.kind`) ?? at(`${place}.count`) ?? at(`${place}.on`)
    if (found !== undefined) return found
  }
  return undefined
}

/** The words of a field: those of its type, else those of its path, else those of its last part. */
export const wordsOf = (type: InputType, path: string): Words => {
  const plain = plainPath(path)
  return (
    fields[`${type}.${plain}`] ??
    fields[plain] ??
    fields[`${type}.${lastPart(plain)}`] ??
    fields[lastPart(plain)] ?? { label: lastPart(plain) }
  )
}

/** The words of a choice of a field. */
export const choiceWords = (path: string, choice: string): Words =>
  choices[`${plainPath(path)}.${choice}`] ?? choices[`${lastPart(plainPath(path))}.${choice}`] ?? { label: choice }
