import { useState } from 'react'
import { Button, IconButton } from '../../components/button.tsx'
import { Badge, Notice } from '../../components/page.tsx'
import { ApiProblem } from '../../client/problem.ts'
import { showToast } from '../../shell/toasts.ts'
import type { InputContext } from '../inputs/leaf.ts'
import { inputLines, inputSummary } from '../inputs/lines.ts'
import type { InputType } from '../inputs/description.ts'
import { descriptions, inputTypes, isInputType } from '../inputs/descriptions.ts'
import { type PlanInput, refreshPlan } from '../inputs/requests.ts'
import styles from './edit.module.css'
import { Facts } from './facts.tsx'
import { dropInput } from './store-input.ts'
import { planEdit as m } from '#messages/plan-edit'
import { types } from '#messages/plan-fields'
import { form, problem } from '#messages/shell'

/** Whether the group and the name leave open what an input is. */
const needsType = (type: InputType, name: string): boolean =>
  name !== types[type] && inputTypes.some(other => other !== type && descriptions[other].group === descriptions[type].group)

/** An input with its main figures, and the buttons that change and remove it. */
export const InputRow = ({
  canEdit,
  context,
  input,
  onEdit,
}: {
  readonly input: PlanInput
  readonly context: InputContext
  readonly canEdit: boolean
  readonly onEdit: () => void
}) => {
  const [busy, setBusy] = useState(false)
  const type = isInputType(input.inputType) ? input.inputType : undefined
  const remove = async () => {
    setBusy(true)
    try {
      await dropInput(input.planId, input)
    } catch (error) {
      // Changed or removed elsewhere: the list is read again, and the person sees what is there now.
      if (error instanceof ApiProblem && error.status === 404) await refreshPlan()
      else showToast({ kind: 'bad', text: problem.title, error, retry: () => void remove() })
    } finally {
      setBusy(false)
    }
  }
  return (
    <li className={styles['input']}>
      <div>
        <h4>
          <bdi>{input.inputName}</bdi> {type !== undefined && needsType(type, input.inputName) && <Badge>{types[type]}</Badge>}
        </h4>
        {type !== undefined && input.isValid && <Facts lines={inputSummary(type, input.inputValue, context)} />}
        {type !== undefined && input.isValid && !canEdit && (
          <details>
            <summary className={styles['summary']}>{m.allFields}</summary>
            <Facts lines={inputLines(type, input.inputValue, context)} />
          </details>
        )}
        {!input.isValid && <Notice kind="bad">{m.unreadable}</Notice>}
      </div>
      {canEdit && (
        <div className={`${styles['buttons']} no-print`}>
          {type !== undefined && (
            <Button kind="quiet" aria-label={m.editOf(input.inputName)} onClick={onEdit}>
              {form.edit}
            </Button>
          )}
          <IconButton icon="close" label={m.removeOf(input.inputName)} disabled={busy} onClick={() => void remove()} />
        </div>
      )}
    </li>
  )
}
