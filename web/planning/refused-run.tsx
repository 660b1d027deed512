import { useLocation } from 'wouter'
import { ApiProblem, type FieldError } from '../client/problem.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Failure } from '../components/problem.tsx'
import { isInputType } from './inputs/descriptions.ts'
import { type PlanInput, useInputs } from './inputs/requests.ts'
import { wordsOf } from './inputs/words.ts'
import type { Plan } from './plan-header.tsx'
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

/** Why a plan was not simulated, with a button for each input that has to be corrected. */
export const RefusedRun = ({
  error,
  onClose,
  plan,
  retry,
}: {
  readonly plan: Plan
  readonly error: unknown
  readonly onClose: () => void
  readonly retry: () => unknown
}) => {
  const { data: inputs = [] } = useInputs(plan.id)
  const faults = error instanceof ApiProblem ? error.problem.errors : []
  return (
    <Dialog title={m.notSimulable} onClose={onClose}>
      {faults.length === 0 ? (
        <Failure error={error} retry={retry} />
      ) : (
        <>
          <p>{m.notSimulableLead}</p>
          <ul className={styles['faults']}>
            {faults.map(fault => (
              <Fault key={`${fault.path} ${fault.message}`} fault={fault} inputs={inputs} planId={plan.id} onClose={onClose} />
            ))}
          </ul>
        </>
      )}
    </Dialog>
  )
}
