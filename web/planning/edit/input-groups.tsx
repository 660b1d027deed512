import { Button } from '../../components/button.tsx'
import { Section } from '../../components/page.tsx'
import { formatDate } from '../../components/format.ts'
import { descriptions, inputTypes, isInputType } from '../inputs/descriptions.ts'
import type { Group, InputType } from '../inputs/description.ts'
import { isHousehold } from '../inputs/is-household.ts'
import type { InputContext } from '../inputs/leaf.ts'
import { type PlanInput } from '../inputs/requests.ts'
import styles from './edit.module.css'
import { InputRow } from './input-row.tsx'
import { planEdit as m } from '#messages/plan-edit'
import { groups, types } from '#messages/plan-fields'

const groupNames = Object.keys(groups) as Group[]

/** Types that only a plan of a portfolio has, and that a household plan refuses. */
const portfolioOnly: ReadonlySet<InputType> = new Set(['withdrawal'])

/** The inputs of a plan, grouped as a person thinks of them. */
export const InputGroups = ({
  canEdit,
  context,
  inputs,
  onAdd,
  onEdit,
}: {
  readonly inputs: readonly PlanInput[]
  readonly context: InputContext
  readonly canEdit: boolean
  readonly onAdd: (type: InputType) => void
  readonly onEdit: (input: PlanInput) => void
}) => {
  const household = isHousehold(inputs)
  const typesOf = (group: Group) => inputTypes.filter(type => descriptions[type].group === group)
  const canAdd = (type: InputType) =>
    !(descriptions[type].single && inputs.some(({ inputType }) => inputType === type)) &&
    !(household && portfolioOnly.has(type)) &&
    !(type === 'person' && context.names.person.length >= 2)
  return (
    <Section title={m.inputs} lead={m.yearsNote(formatDate(context.asOfDate, context.look).replace(/,? ?\d{4}$/, ''))}>
      <div className={styles['groups']}>
        {groupNames.map(group => {
          const members = inputs.filter(({ inputType }) => isInputType(inputType) && descriptions[inputType].group === group)
          const addable = typesOf(group).filter(canAdd)
          return (
            <section key={group} className={styles['group']} aria-label={groups[group].title}>
              <div>
                <h3>{groups[group].title}</h3>
                <p className={styles['lead']}>{groups[group].lead}</p>
              </div>
              {members.length === 0 ? (
                <p className={styles['quiet']}>{m.none}</p>
              ) : (
                <ul className={styles['inputs']}>
                  {members.map(input => (
                    // A changed input has another id. The row stays, and with it the focus.
                    <InputRow
                      key={`${input.inputType} ${input.inputName}`}
                      input={input}
                      context={context}
                      canEdit={canEdit}
                      onEdit={() => onEdit(input)}
                    />
                  ))}
                </ul>
              )}
              {canEdit && addable.length > 0 && (
                <div className={`${styles['buttons']} no-print`}>
                  {addable.map(type => (
                    <Button key={type} icon="plus" onClick={() => onAdd(type)}>
                      {types[type]}
                    </Button>
                  ))}
                </div>
              )}
            </section>
          )
        })}
      </div>
    </Section>
  )
}
