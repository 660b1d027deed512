import type { ReactNode } from 'react'
import { CheckboxField, DateField, MoneyField, PercentField, SelectField, TextField } from '../../components/field.tsx'
import type { Form } from '../../components/use-form.ts'
import { choiceWords } from '../inputs/words.ts'
import { type AnswerName, type Answers, peopleOf } from './answers.ts'
import styles from './new.module.css'
import { made, questions as m } from '#messages/plan-new'
import { units } from '#messages/plan-fields'
import { states } from '#messages/states'

export interface QuestionProps {
  readonly form: Form<Answers>
  readonly models: readonly (readonly [risk: string, name: string])[]
}

type Named = Exclude<keyof typeof m, 'couple' | 'person' | 'noState' | 'homeAndDebts' | 'units'>
interface Words {
  readonly label: string
  readonly help?: string
}

/** The control of an answer, with its words. */
const control = (form: Form<Answers>, answer: AnswerName) => {
  const { help, label }: Words = m[answer.replace(/\d$/, '') as Named]
  return { ...form.text(answer), label, ...(help === undefined || help === '' ? {} : { help }) }
}

const nameOf = ({ values }: Form<Answers>, number: 1 | 2): string => values[`name${number}`].trim() || m.person(number)

/** The same fields for each person, in a frame with the name when there are two. */
const EachPerson = ({ children, form }: { readonly form: Form<Answers>; readonly children: (number: 1 | 2) => ReactNode }) => (
  <>
    {peopleOf(form.values).map(number => (
      <fieldset key={number} className={styles['person']}>
        <legend>
          <bdi>{nameOf(form, number)}</bdi>
        </legend>
        <div className={styles['columns']}>{children(number)}</div>
      </fieldset>
    ))}
  </>
)

const People = ({ form }: QuestionProps) => (
  <>
    <CheckboxField {...form.checkbox('couple')} label={m.couple} />
    <EachPerson form={form}>
      {number => (
        <>
          <TextField {...control(form, `name${number}`)} autoComplete="off" />
          <DateField {...control(form, `birthDate${number}`)} />
          <TextField {...control(form, `retires${number}`)} inputMode="numeric" after={units.age} />
        </>
      )}
    </EachPerson>
  </>
)

const State = ({ form }: QuestionProps) => (
  <SelectField {...control(form, 'state')} options={[['', m.noState], ...Object.entries(states)]} />
)

const Have = ({ form, models }: QuestionProps) => (
  <>
    <EachPerson form={form}>
      {number =>
        (['employer', 'ira', 'roth', 'hsa'] as const).map(kind => <MoneyField key={kind} {...control(form, `${kind}${number}`)} />)
      }
    </EachPerson>
    <div className={styles['columns']}>
      {(['taxable', 'taxableBasis', 'cash', 'college'] as const).map(kind => (
        <MoneyField key={kind} {...control(form, kind)} />
      ))}
    </div>
    <SelectField {...control(form, 'risk')} options={models} />
    <details open={form.values.home !== '' || form.values.mortgage !== '' || form.values.debt !== ''}>
      <summary className={styles['summary']}>{m.homeAndDebts}</summary>
      <div className={styles['columns']}>
        <MoneyField {...control(form, 'home')} />
        {(['mortgage', 'debt'] as const).map(debt => [
          <MoneyField key={debt} {...control(form, debt)} />,
          <PercentField key={`${debt} rate`} {...control(form, `${debt}Rate`)} />,
          <MoneyField key={`${debt} payment`} {...control(form, `${debt}Payment`)} after={units.perMonth} />,
        ])}
      </div>
    </details>
  </>
)

const perUnit = [
  ['month', m.units.month],
  ['year', m.units.year],
] as const

const ComesIn = ({ form }: QuestionProps) => {
  const people = peopleOf(form.values)
  const accounts = [
    ...people.flatMap(number =>
      (['employer', 'ira', 'roth', 'hsa'] as const).map(
        kind => [`${kind}${number}`, people.length === 1 ? made[kind] : made.of(made[kind], nameOf(form, number))] as const,
      ),
    ),
    ...(['taxable', 'cash', 'college'] as const).map(kind => [kind, made[kind]] as const),
  ]
  const ages = Array.from({ length: 9 }, (_, index) => [String(62 + index), String(62 + index)] as const)
  return (
    <>
      <EachPerson form={form}>
        {number => (
          <>
            <MoneyField {...control(form, `wages${number}`)} after={units.perYear} />
            <MoneyField {...control(form, `socialSecurity${number}`)} after={units.perMonth} />
            <SelectField {...control(form, `claims${number}`)} options={ages} />
            <MoneyField {...control(form, `pension${number}`)} after={units.perYear} />
            <TextField {...control(form, `pensionAge${number}`)} inputMode="numeric" after={units.age} />
          </>
        )}
      </EachPerson>
      <div className={styles['columns']}>
        <MoneyField {...control(form, 'saving')} />
        <SelectField {...control(form, 'savingUnit')} options={perUnit} />
        <SelectField {...control(form, 'savingInto')} options={accounts} />
      </div>
    </>
  )
}

/** The spending rules that need no further figures. All others are on the page Edit. */
const rules = ['constant_real', 'guyton_klinger', 'ratchet'] as const

const Spent = ({ form }: QuestionProps) => (
  <>
    <div className={styles['columns']}>
      <MoneyField {...control(form, 'needs')} />
      <MoneyField {...control(form, 'extras')} />
      <SelectField {...control(form, 'unit')} options={perUnit} />
    </div>
    <SelectField
      {...form.text('rule')}
      label={m.rule.label}
      help={choiceWords('rule', form.values.rule).help}
      options={rules.map(rule => [rule, choiceWords('rule', rule).label])}
    />
  </>
)

const PlanName = ({ form }: QuestionProps) => (
  <TextField {...form.text('planName')} label={m.planName.label} placeholder={made.planName(form.values.retires1)} optional />
)

/** What each question shows, in their order. */
export const questions = [People, State, Have, ComesIn, Spent, PlanName] as const
