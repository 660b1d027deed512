import type { ReactNode } from 'react'
import { CheckboxField, SelectField } from '../../components/field.tsx'
import { RowList } from '../../components/row-fields.tsx'
import { rowValues } from './codec.ts'
import type { Field } from './description.ts'
import styles from './input-fields.module.css'
import { type FieldsProps, LeafField } from './leaf-field.tsx'
import { choiceWords, wordsOf } from './words.ts'
import { fieldWords as m } from '#messages/plan-fields'

type Of<Kind> = Extract<Field, { readonly kind: Kind }>
type Place<Each> = FieldsProps & { readonly field: Each; readonly path: string }

const helpOf = (help: string | undefined) => (help === undefined ? {} : { help })

/** Fields that belong to one member, with its name as the legend. */
const Group = ({ children, legend }: { readonly legend: string; readonly children: ReactNode }) => (
  <fieldset className={styles['group']}>
    <legend className="visually-hidden">{legend}</legend>
    {children}
  </fieldset>
)

const Optional = ({ field, path, ...props }: Place<Of<'optional'>>) => {
  const { help, label } = wordsOf(props.type, path)
  const isOn = field.always === true || props.form.values[`${path}.on`] === true
  return (
    <>
      {!field.always && <CheckboxField {...props.form.checkbox(`${path}.on`)} label={label} {...helpOf(help)} />}
      {isOn && (
        <Group legend={label}>
          <Fields {...props} fields={field.fields} prefix={`${path}.`} />
        </Group>
      )}
    </>
  )
}

const Choice = ({ cases, control, path, ...props }: FieldsProps & { cases: readonly string[]; control: string; path: string }) => {
  const { help, label } = wordsOf(props.type, path)
  const chosen = String(props.form.values[control])
  return (
    <SelectField
      {...props.form.text(control)}
      label={label}
      {...helpOf(choiceWords(path, chosen).help ?? help)}
      options={cases.map(each => [each, choiceWords(path, each).label] as const)}
    />
  )
}

const Union = ({ field, path, ...props }: Place<Of<'union'>>) => {
  const kind = String(props.form.values[`${path}.kind`])
  const fields = field.cases[kind] ?? []
  return (
    <>
      <Choice {...props} path={path} control={`${path}.kind`} cases={Object.keys(field.cases)} />
      {fields.length > 0 && (
        <Group legend={choiceWords(path, kind).label}>
          <Fields {...props} fields={fields} prefix={`${path}.${kind}:`} />
        </Group>
      )}
    </>
  )
}

const List = ({ field, path, ...props }: Place<Of<'list'>>) => {
  const { context, form, type } = props
  const { help, label } = wordsOf(type, path)
  const count = Number(form.values[`${path}.count`])
  const { error } = form.text(`${path}.count`)
  const add = () => form.set({ ...rowValues(field.fields, context, path, count), [`${path}.count`]: String(count + 1) })
  const remove = (row: number) => {
    const rows = Object.entries(form.values).flatMap(([name, value]) => {
      const [, index, rest] = name.startsWith(`${path}.`) ? (/^(\d+)\.(.*)$/.exec(name.slice(path.length + 1)) ?? []) : []
      return rest !== undefined && Number(index) > row ? [[`${path}.${Number(index) - 1}.${rest}`, value] as const] : []
    })
    form.set({ ...Object.fromEntries(rows), [`${path}.count`]: String(count - 1) })
  }
  return (
    <RowList
      legend={label}
      {...helpOf(help)}
      error={error}
      count={count}
      add={m.addRow(label)}
      onAdd={add}
      nameOf={number => m.row(label, number)}
      removeWords={number => m.removeRow(label, number)}
      onRemove={remove}
    >
      {row => <Fields {...props} fields={field.fields} prefix={`${path}.${row}.`} />}
    </RowList>
  )
}

const FieldOf = ({ field, path, ...props }: Place<Field>) => {
  switch (field.kind) {
    case 'optional':
      return <Optional {...props} field={field} path={path} />
    case 'union':
      return <Union {...props} field={field} path={path} />
    case 'either':
      return (
        <>
          <Choice {...props} path={path} control={path} cases={Object.keys(field.cases)} />
          <Fields {...props} fields={field.cases[String(props.form.values[path])] ?? []} prefix={path.slice(0, -field.name.length)} />
        </>
      )
    case 'list':
      return <List {...props} field={field} path={path} />
    default:
      return <LeafField {...props} leaf={field} path={path} />
  }
}

/** The controls of fields, as their descriptions say. Rare fields are behind “More”, which opens when one of them has an error. */
export const Fields = ({
  fields,
  prefix = '',
  ...props
}: FieldsProps & { readonly fields: readonly Field[]; readonly prefix?: string }) => {
  const shown = fields.filter(({ more }) => !more)
  const rare = fields.filter(({ more }) => more)
  const hasError = rare.some(({ name }) =>
    Object.keys(props.form.values).some(control => control.startsWith(`${prefix}${name}`) && props.form.text(control).error !== undefined),
  )
  return (
    <>
      {shown.map(field => (
        <FieldOf key={field.name} {...props} field={field} path={`${prefix}${field.name}`} />
      ))}
      {rare.length > 0 && (
        <details className={styles['more']} {...(hasError ? { open: true } : {})}>
          <summary>{m.more}</summary>
          <div className={styles['fields']}>
            {rare.map(field => (
              <FieldOf key={field.name} {...props} field={field} path={`${prefix}${field.name}`} />
            ))}
          </div>
        </details>
      )}
    </>
  )
}
