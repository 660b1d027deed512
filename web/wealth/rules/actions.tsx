import { Choice } from '../../components/choice.tsx'
import { PercentField, SelectField, TextField } from '../../components/field.tsx'
import { RowFields, rowField } from '../../components/row-fields.tsx'
import type { Form as FormState } from '../../components/use-form.ts'
import { type ActionRow, actionsOf, afterAction, emptyAction, emptyPart, type PartRow } from './action-rows.ts'
import type { RuleValues } from './rule-values.ts'
import styles from './rules.module.css'
import type { RuleNames } from './use-rule-names.ts'
import { actions, form as m } from '#messages/rules'

interface Editing {
  readonly id: string
  readonly row: ActionRow
  readonly change: (part: Partial<ActionRow>) => void
  readonly names: RuleNames
}

/** The parts of a divided amount. */
const Parts = ({ change, id, names, row: { parts, way } }: Editing) => (
  <div className={styles['whole']}>
    <Choice<ActionRow['way']>
      label={m.way}
      value={way}
      onChange={chosen => change({ way: chosen })}
      options={Object.entries(m.ways) as [ActionRow['way'], string][]}
    />
    <RowFields<PartRow>
      id={id}
      error={undefined}
      legend={m.parts}
      help={m.partsHelp}
      rows={parts}
      onChange={rows => change({ parts: rows })}
      add={m.addPart}
      makeRow={() => emptyPart}
      nameOf={m.part}
      removeWords={m.removePart}
    >
      {(part, changePart, index) => {
        const field = (name: keyof PartRow) => ({
          ...rowField(id, index, name),
          value: part[name],
          onChange: (text: string) => changePart({ [name]: text }),
        })
        const Figure = way === 'percents' ? PercentField : TextField
        return (
          <>
            <SelectField {...field('category')} label={m.category} options={names.categories} />
            <Figure {...field('figure')} label={way === 'percents' ? m.percent : m.amount} placeholder={m.rest} />
            <TextField {...field('notes')} label={m.notes} optional />
          </>
        )
      }}
    </RowFields>
  </div>
)

/** What an action sets. */
const Value = (editing: Editing) => {
  const { change, id, names, row } = editing
  const entry = { ...rowField(id, 0, 'value'), value: row.value, onChange: (value: string) => change({ value }) }
  switch (row.action) {
    case 'set_category':
      return <SelectField {...entry} label={m.category} options={names.categories} />
    case 'mark_transfer': {
      const isRemoved = row.value !== '' && names.accounts.every(([account]) => account !== row.value)
      const removed = isRemoved ? [[row.value, names.nameOf(row.value)] as const] : []
      return <SelectField {...entry} label={m.otherAccount} options={[['', m.unknownAccount], ...names.accounts, ...removed]} />
    }
    case 'split':
      return <Parts {...editing} />
    case 'add_tags':
    case 'remove_tags':
      return <TextField {...entry} label={m.value} help={m.tagsHelp} />
    default:
      return <TextField {...entry} label={m.value} />
  }
}

/** The actions of a rule. */
export const Actions = ({ form, names }: { readonly form: FormState<RuleValues>; readonly names: RuleNames }) => {
  const { error, id, onChange, value } = form.text('actions')
  return (
    <RowFields<ActionRow>
      id={id}
      error={error}
      legend={m.actions}
      rows={actionsOf(value)}
      onChange={rows => onChange(JSON.stringify(rows))}
      add={m.addAction}
      makeRow={() => emptyAction}
      nameOf={m.action}
      removeWords={m.removeAction}
    >
      {(row, change, index) => (
        <>
          <SelectField
            {...rowField(id, index, 'action')}
            label={m.does}
            value={row.action}
            onChange={action => change(afterAction(action))}
            options={Object.entries(actions)}
          />
          <Value id={`${id}-${index}`} row={row} change={change} names={names} />
        </>
      )}
    </RowFields>
  )
}
