import { CheckboxField, DateField, MoneyField, PercentField, SelectField, TextField } from '../../components/field.tsx'
import { FieldGroup, Fields } from '../../components/field-group.tsx'
import { formatPercent } from '../../components/format.ts'
import { parsePercent } from '../../components/parse-figure.ts'
import type { Form } from '../../components/use-form.ts'
import { ageInYear } from '../years.ts'
import type { InputType, Leaf } from './description.ts'
import styles from './input-fields.module.css'
import { type InputContext, OWN_ACCOUNT, type Values, weightKeys } from './leaf.ts'
import { linkedKindOf } from './real-accounts.ts'
import { LotsDay } from './lots-day.tsx'
import { choiceWords, plainPath, wordsOf } from './words.ts'
import { planBasis } from '#messages/plan-basis'
import { fieldWords as m, units } from '#messages/plan-fields'
import { states } from '#messages/states'

export interface FieldsProps {
  readonly form: Form<Values>
  readonly type: InputType
  readonly context: InputContext
}

const perYear: ReadonlySet<string> = new Set(['annualAmount', 'annualPayment'])

/** The ages of the people in the year that was typed. */
const agesIn = (text: string, { asOfDate, people }: InputContext): string | undefined =>
  /^\d{4}$/.test(text) && people.length > 0
    ? m.ageInYear(people.map(({ birthDate, name }) => m.age(name, ageInYear(birthDate, asOfDate, Number(text)))).join(', '))
    : undefined

const Weights = ({
  context,
  form,
  label,
  path,
}: Pick<FieldsProps, 'form' | 'context'> & { readonly label: string; readonly path: string }) => {
  const { locale } = context.look
  const keys = weightKeys(path, form.values, context)
  const nameOf = (key: string) => context.assets.find(([asset]) => asset === key)?.[1] ?? key
  const total = keys.reduce((sum, key) => {
    const share = parsePercent(String(form.values[`${path}.${key}`] ?? ''), locale)
    return sum + Number(share ?? 0)
  }, 0)
  const { error, id } = form.text(path)
  return (
    <FieldGroup id={id} legend={label} help={m.sum(formatPercent(total, context.look))} error={error}>
      <Fields>
        {keys.map(key => (
          <PercentField key={key} {...form.text(`${path}.${key}`)} label={nameOf(key)} />
        ))}
      </Fields>
    </FieldGroup>
  )
}

const optionsOf = (leaf: Extract<Leaf, { kind: 'choice' }>, path: string, { assets }: InputContext): (readonly [string, string])[] => {
  if (leaf.from === 'states') return Object.entries(states)
  if (leaf.from === 'assets') return [...assets]
  return leaf.options.map(option => [option, choiceWords(path, option).label])
}

/** The control of a field, with its words, its unit and its error. */
export const LeafField = ({ context, form, leaf, path, type }: FieldsProps & { readonly leaf: Leaf; readonly path: string }) => {
  const { help, label } = wordsOf(type, path)
  const optional = !('required' in leaf) && !('default' in leaf)
  const shared = { label, ...(help === undefined ? {} : { help }), ...(optional ? { optional } : {}) }
  switch (leaf.kind) {
    case 'flag':
      return <CheckboxField {...form.checkbox(path)} label={label} {...(help === undefined ? {} : { help })} />
    case 'real-account':
      return (
        <SelectField
          {...form.text(path)}
          {...shared}
          onChange={value => form.set({ [path]: value, ...(leaf.clears === undefined ? {} : { [leaf.clears]: '' }) })}
          options={[
            ['', planBasis.none] as const,
            ...context.accounts
              .filter(account => linkedKindOf(account) === leaf.of || account.id === form.values[path])
              .map(({ id, name }) => [id, name] as const),
            ...(form.values[path] === OWN_ACCOUNT ? [[OWN_ACCOUNT, planBasis.own] as const] : []),
          ]}
        />
      )
    case 'lots-day':
      return <LotsDay form={form} context={context} />
    case 'money': {
      const { clears } = leaf
      return (
        <MoneyField
          {...form.text(path)}
          {...(clears === undefined ? {} : { onChange: (value: string) => form.set({ [path]: value, [clears]: '' }) })}
          {...shared}
          {...(perYear.has(leaf.name) ? { after: units.perYear } : leaf.name === 'monthlyAmount' ? { after: units.perMonth } : {})}
        />
      )
    }
    case 'percent':
      return <PercentField {...form.text(path)} {...shared} />
    case 'number':
      return <TextField {...form.text(path)} {...shared} inputMode="decimal" {...(leaf.unit ? { after: units[leaf.unit] } : {})} />
    case 'date':
      return <DateField {...form.text(path)} {...shared} />
    case 'year': {
      const text = form.text(path)
      const ages = agesIn(text.value, context)
      return <TextField {...text} {...shared} inputMode="numeric" {...(ages === undefined ? {} : { help: ages })} />
    }
    case 'age-months': {
      const ages = Array.from({ length: (leaf.to - leaf.from) / 12 + 1 }, (_, index) => String(leaf.from / 12 + index))
      return (
        <div className={styles['pair']}>
          <SelectField
            {...form.text(path)}
            {...shared}
            options={[
              ...(leaf.default === undefined ? [['', m.asUsual] as const] : []),
              ...ages.map(age => [age, `${age} ${m.years}`] as const),
            ]}
          />
          <SelectField
            {...form.text(`${path}.months`)}
            label={m.monthsOf(label)}
            options={Array.from({ length: 12 }, (_, month) => [String(month), `${month} ${m.months}`] as const)}
          />
        </div>
      )
    }
    case 'choice':
      return (
        <SelectField
          {...form.text(path)}
          {...shared}
          options={[...(leaf.default === undefined ? [['', m.asUsual] as const] : []), ...optionsOf(leaf, path, context)]}
        />
      )
    case 'reference': {
      const { value } = form.text(path)
      // A name that is no longer in the plan stays visible, so that the person sees what is wrong.
      const names = [...new Set([...context.names[leaf.to], ...(value === '' ? [] : [value])])]
      return (
        <SelectField
          {...form.text(path)}
          {...shared}
          options={[['', leaf.required ? m.notChosen : m.asUsual] as const, ...names.map(name => [name, name] as const)]}
        />
      )
    }
    case 'weights':
      return <Weights form={form} context={context} path={path} label={label} />
    case 'text':
      return <TextField {...form.text(plainPath(path))} {...shared} />
  }
}
