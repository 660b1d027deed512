import type { Field } from './description.ts'
import { type InputContext, type Json, leafValues, parseLeaf, type Values } from './leaf.ts'
import { fieldWords as m } from '#messages/plan-fields'

const memberOf = (json: Json | undefined, name: string): unknown => json?.[name]
const objectOf = (json: unknown): Json | undefined =>
  typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Json) : undefined

/** The texts of all controls of the fields, also of the cases that are not chosen. */
export const toValues = (fields: readonly Field[], json: Json | undefined, context: InputContext, prefix = ''): Values =>
  Object.assign({}, ...fields.map(field => valuesOf(field, json, context, prefix))) as Values

/** The texts of a new row of a list. */
export const rowValues = (fields: readonly Field[], context: InputContext, path: string, row: number): Values =>
  toValues(fields, undefined, context, `${path}.${row}.`)

/** The case that has the fields of a value; the first when none has. */
const givenCase = (cases: Readonly<Record<string, readonly Field[]>>, json: Json | undefined): string =>
  Object.entries(cases).findLast(([, fields]) => fields.some(({ name }) => memberOf(json, name) !== undefined))?.[0] ??
  Object.keys(cases)[0]!

const valuesOf = (field: Field, json: Json | undefined, context: InputContext, prefix: string): Values => {
  const path = `${prefix}${field.name}`
  const member = memberOf(json, field.name)
  switch (field.kind) {
    case 'optional':
      return {
        [`${path}.on`]: field.always === true || objectOf(member) !== undefined,
        ...toValues(field.fields, objectOf(member), context, `${path}.`),
      }
    case 'union': {
      const given = objectOf(member)?.['kind']
      const kind = typeof given === 'string' ? given : field.default
      const cases = Object.entries(field.cases).map(([each, fields]) =>
        toValues(fields, each === kind ? objectOf(member) : undefined, context, `${path}.${each}:`),
      )
      return Object.assign({ [`${path}.kind`]: kind }, ...cases) as Values
    }
    case 'either': {
      const chosen = json === undefined ? Object.keys(field.cases)[0]! : givenCase(field.cases, withoutFlags(json))
      return Object.assign(
        { [path]: chosen },
        ...Object.values(field.cases).map(fields => toValues(fields, json, context, prefix)),
      ) as Values
    }
    case 'list': {
      const rows = Array.isArray(member) ? (member as unknown[]) : []
      return Object.assign(
        { [`${path}.count`]: String(rows.length) },
        ...rows.map((row, index) =>
          toValues(field.fields, field.plain ? { [field.fields[0]!.name]: row } : objectOf(row), context, `${path}.${index}.`),
        ),
      ) as Values
    }
    default:
      return leafValues(field, path, member, context)
  }
}

/** Yes and no are stored for every case. */
const withoutFlags = (json: Json): Json => Object.fromEntries(Object.entries(json).filter(([, value]) => typeof value !== 'boolean'))

export interface Reading {
  readonly value: Json
  /** Messages by the path of the control. */
  readonly errors: Readonly<Record<string, string>>
}

const merge = (readings: readonly Reading[]): Reading => ({
  value: Object.assign({}, ...readings.map(({ value }) => value)) as Json,
  errors: Object.assign({}, ...readings.map(({ errors }) => errors)) as Reading['errors'],
})

const placed = (name: string, { errors, value }: Reading): Reading => ({ value: { [name]: value }, errors })
const nothing: Reading = { value: {}, errors: {} }

/** The value of an input from the texts of its controls. What is left open is left out, so that the server takes its default. */
export const fromValues = (fields: readonly Field[], values: Values, context: InputContext, prefix = ''): Reading => {
  const reading = merge(fields.map(field => readingOf(field, values, context, prefix)))
  const { endYear, startYear } = reading.value
  if (typeof endYear !== 'number' || endYear > (typeof startYear === 'number' ? startYear : 0)) return reading
  return { ...reading, errors: { ...reading.errors, [`${prefix}endYear`]: m.notBeforeStart } }
}

const readingOf = (field: Field, values: Values, context: InputContext, prefix: string): Reading => {
  const path = `${prefix}${field.name}`
  switch (field.kind) {
    case 'optional':
      return values[`${path}.on`] === true ? placed(field.name, fromValues(field.fields, values, context, `${path}.`)) : nothing
    case 'union': {
      const kind = String(values[`${path}.kind`])
      const { errors, value } = fromValues(field.cases[kind] ?? [], values, context, `${path}.${kind}:`)
      return placed(field.name, { value: { kind, ...value }, errors })
    }
    case 'either':
      return fromValues(field.cases[String(values[path])] ?? [], values, context, prefix)
    case 'list': {
      const rows = Array.from({ length: Number(values[`${path}.count`] ?? 0) }, (_, row) =>
        fromValues(field.fields, values, context, `${path}.${row}.`),
      )
      if (rows.length === 0) return nothing
      const errors = merge(rows).errors
      return { value: { [field.name]: rows.map(({ value }) => (field.plain ? value[field.fields[0]!.name] : value)) }, errors }
    }
    default: {
      const { error, value } = parseLeaf(field, path, values, context)
      return { value: value === undefined ? {} : { [field.name]: value }, errors: error === undefined ? {} : { [path]: error } }
    }
  }
}
