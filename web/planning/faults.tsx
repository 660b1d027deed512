import { useLocation } from 'wouter'
import type { FieldError } from '../client/problem.ts'
import { Button } from '../components/button.tsx'
import { isInputType } from './inputs/descriptions.ts'
import { type PlanInput, useInputs } from './inputs/requests.ts'
import { wordsOf } from './inputs/words.ts'
import styles from './plan-header.module.css'
import { planEdit as m, planTerms } from '#messages/plan-edit'

/** What a path of a refusal is about, in words: `inputs.Salary.person` is the field “Belongs to” of the input Salary. */
const placeOf = (path: string, inputs: readonly PlanInput[]): { readonly words: string; readonly input?: PlanInput } => {
  const input = inputs.find(({ inputName }) => path === `inputs.${inputName}` || path.startsWith(`inputs.${inputName}.`))
  if (!input) {
    const term = (planTerms.fields as Readonly<Record<string, { readonly label: string }>>)[path.replace('plan.', '')]
    return { words: term?.label ?? '' }
  }
  const field = path.slice(`inputs.${input.inputName}.`.length)
  const words = isInputType(input.inputType) && field !== '' ? `: ${wordsOf(input.inputType, field).label}` : ''
  return { words: `${input.inputName}${words}`, input }
}

const Fault = ({
  fault,
  inputs,
  onClose,
  planId,
}: {
  fault: FieldError
  inputs: readonly PlanInput[]
  onClose: () => void
  planId: string
}) => {
  const [, go] = useLocation()
  const { input, words } = placeOf(fault.path, inputs)
  return (
    <li className={styles['fault']}>
      <p>
        {words !== '' && (
          <>
            <strong>{words}</strong>{' '}
          </>
        )}
        {fault.message}
      </p>
      {input && (
        <Button
          onClick={() => {
            onClose()
            go(`/plans/${planId}/edit?input=${encodeURIComponent(input.inputName)}`)
          }}
        >
          {m.openInput(input.inputName)}
        </Button>
      )}
    </li>
  )
}

/** What has to be corrected before a plan can be simulated, with a button for each input. */
const Faults = ({
  faults,
  onClose,
  planId,
}: {
  readonly planId: string
  readonly faults: readonly FieldError[]
  readonly onClose: () => void
}) => {
  const { data: inputs = [] } = useInputs(planId)
  return (
    <ul className={styles['faults']}>
      {faults.map(fault => (
        <Fault key={`${fault.path} ${fault.message}`} fault={fault} inputs={inputs} planId={planId} onClose={onClose} />
      ))}
    </ul>
  )
}

export default Faults
