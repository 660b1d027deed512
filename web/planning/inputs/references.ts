import type { Field, InputType } from './description.ts'
import { descriptions, isInputType } from './descriptions.ts'
import type { InputBody, PlanInput } from './requests.ts'

type Target = 'person' | 'account' | 'income'
type Visit = (name: string, to: Target) => string

const isObject = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json)

const casesOf = (field: Field): readonly Field[] => {
  if (field.kind === 'union' || field.kind === 'either') return Object.values(field.cases).flat()
  return field.kind === 'optional' || field.kind === 'list' ? field.fields : []
}

/** The value with each name of another input replaced by what `visit` returns for it. */
const mapReferences = (
  fields: readonly Field[],
  json: Readonly<Record<string, unknown>>,
  visit: Visit,
): Readonly<Record<string, unknown>> => {
  const changes = fields.flatMap((field): (readonly [string, unknown])[] => {
    if (field.kind === 'either') return Object.entries(mapReferences(casesOf(field), json, visit))
    const member = json[field.name]
    if (member === undefined || member === null) return []
    if (field.kind === 'reference') return [[field.name, visit(member as string, field.to)]]
    if (field.kind === 'list' && Array.isArray(member)) {
      const [item] = field.fields
      const rows = (member as unknown[]).map(row => {
        if (field.plain && item?.kind === 'reference') return visit(row as string, item.to)
        return isObject(row) ? mapReferences(field.fields, row, visit) : row
      })
      return [[field.name, rows]]
    }
    return isObject(member) ? [[field.name, mapReferences(casesOf(field), member, visit)]] : []
  })
  return { ...json, ...Object.fromEntries(changes) }
}

/** The kind of reference that names inputs of a type. */
const targetOf = (type: InputType): Target | undefined => (type === 'person' || type === 'account' || type === 'income' ? type : undefined)

/** The bodies of the inputs that name an input which has got another name, with the new name. */
export const renamed = (
  inputs: readonly PlanInput[],
  type: InputType,
  from: string,
  to: string,
): readonly { readonly input: PlanInput; readonly inputValue: unknown }[] => {
  const target = targetOf(type)
  if (target === undefined || from === to) return []
  return inputs.flatMap(input => {
    if (!isInputType(input.inputType) || !isObject(input.inputValue)) return []
    let found = false
    const inputValue = mapReferences(descriptions[input.inputType].fields, input.inputValue, (name, kind) => {
      if (kind !== target || name !== from) return name
      found = true
      return to
    })
    return found ? [{ input, inputValue }] : []
  })
}

/** The inputs that name a person, an account or an income which is not in the plan. */
export const danglingReferences = (inputs: readonly Pick<InputBody, 'inputName' | 'inputValue' | 'inputType'>[]) => {
  const known = new Set(inputs.map(({ inputName, inputType }) => `${inputType} ${inputName}`))
  return inputs.flatMap(input => {
    const missing: { readonly inputName: string; readonly missing: string }[] = []
    if (isObject(input.inputValue))
      mapReferences(descriptions[input.inputType].fields, input.inputValue, (name, to) => {
        if (!known.has(`${to} ${name}`)) missing.push({ inputName: input.inputName, missing: name })
        return name
      })
    return missing
  })
}
