import { useState } from 'react'
import { useParams, useSearchParams } from 'wouter'
import { Button } from '../../components/button.tsx'
import { Loading, Notice, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { hasDraft } from '../../components/use-form.ts'
import { showToast } from '../../shell/toasts.ts'
import type { InputType } from '../inputs/description.ts'
import { danglingReferences } from '../inputs/references.ts'
import { isInputType } from '../inputs/descriptions.ts'
import { isHousehold } from '../inputs/is-household.ts'
import { bodyOf, type PlanInput, useInputs } from '../inputs/requests.ts'
import { useInputContext } from '../inputs/use-context.ts'
import { type Plan, PlanPage, type ShownPlan } from '../plan-header.tsx'
import { RefusedSimulation, SimulateButton, useSimulation } from '../simulate-button.tsx'
import { InputDialog } from './input-dialog.tsx'
import { InputGroups } from './input-groups.tsx'
import { withdrawalsToExpenses } from './store-input.ts'
import { TermsForm, termsDraft, termsKey } from './terms-form.tsx'
import { TermsList } from './terms-list.tsx'
import { planEdit as m } from '#messages/plan-edit'
import { problem } from '#messages/shell'

const isTaxable = ({ inputType, inputValue }: PlanInput): boolean =>
  inputType === 'account' && (inputValue as { readonly kind?: string } | null)?.kind === 'taxable'

/** What keeps a plan from being simulated, in sentences. */
const Hints = ({ canEdit, inputs, plan }: ShownPlan & { readonly inputs: readonly PlanInput[] }) => {
  const [busy, setBusy] = useState(false)
  const known = inputs.filter(({ inputType, isValid }) => isValid && isInputType(inputType))
  const withdrawals = known.filter(({ inputType }) => inputType === 'withdrawal')
  const convert = async () => {
    setBusy(true)
    try {
      await withdrawalsToExpenses(plan, known)
    } catch (error) {
      showToast({ kind: 'bad', text: problem.title, error })
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      {danglingReferences(known.map(bodyOf)).map(({ inputName, missing }) => (
        <Notice key={`${inputName} ${missing}`} kind="warn">
          {m.dangling(inputName, missing)}
        </Notice>
      ))}
      {isHousehold(inputs) && known.every(({ inputType }) => inputType !== 'person') && <Notice kind="warn">{m.noPerson}</Notice>}
      {isHousehold(inputs) && !known.some(isTaxable) && <Notice kind="warn">{m.noTaxable}</Notice>}
      {isHousehold(inputs) && withdrawals.length > 0 && (
        <Notice kind="warn">
          <span>{m.withdrawals}</span>
          {canEdit && (
            <Button busy={busy} onClick={() => void convert()}>
              {m.makeExpenses}
            </Button>
          )}
        </Notice>
      )}
    </>
  )
}

/** The inputs with the form of the one that the address names: the form is open again after the page is loaded again. */
const Inputs = ({ canEdit, inputs, plan }: ShownPlan & { readonly inputs: readonly PlanInput[] }) => {
  const [address, setAddress] = useSearchParams()
  const context = useInputContext(plan, inputs)
  const added = address.get('add')
  const edited = inputs.find(({ inputName }) => inputName === address.get('input'))
  // The form stays as it was opened: an input that is changed elsewhere does not close it.
  const [shown, setShown] = useState<PlanInput>()
  const input = edited ?? (address.get('input') === null ? undefined : shown)
  const close = () => setAddress({}, { replace: true })
  const type: string | undefined = input?.inputType ?? added ?? undefined
  return (
    <>
      <Hints inputs={inputs} canEdit={canEdit} plan={plan} />
      <InputGroups
        inputs={inputs}
        context={context}
        canEdit={canEdit}
        onAdd={wanted => setAddress({ add: wanted })}
        onEdit={wanted => {
          setShown(wanted)
          setAddress({ input: wanted.inputName })
        }}
      />
      {type !== undefined && isInputType(type) && context.isReady && (
        <InputDialog
          key={input?.inputName ?? type}
          planId={plan.id}
          type={type satisfies InputType}
          {...(input ? { input } : {})}
          context={context}
          taken={inputs.map(({ inputName }) => inputName)}
          onClose={close}
        />
      )}
    </>
  )
}

const Editor = ({ canEdit, plan }: ShownPlan) => {
  const { data: inputs, error, refetch } = useInputs(plan.id)
  const [terms, setTerms] = useState(plan)
  // A change elsewhere, or an undo, fills the form anew unless something was typed.
  if (!hasDraft(termsDraft(plan.id)) && termsKey(plan) !== termsKey(terms)) setTerms(plan)
  return (
    <>
      {error && !inputs && <Failure error={error} retry={refetch} />}
      {!inputs && !error && <Loading />}
      {inputs && <Inputs inputs={inputs} plan={plan} canEdit={canEdit} />}
      <Section title={m.terms} lead={m.termsLead}>
        {canEdit ? <TermsForm key={termsKey(terms)} plan={terms} onStored={setTerms} /> : <TermsList plan={plan} />}
      </Section>
    </>
  )
}

const Simulate = ({ plan }: { readonly plan: Plan }) => {
  const simulation = useSimulation(plan)
  return (
    <>
      <SimulateButton simulation={simulation} />
      <RefusedSimulation plan={plan} simulation={simulation} />
    </>
  )
}

/** The page that changes a plan: its inputs and its terms. */
const EditPage = () => {
  const { planId = '' } = useParams()
  return (
    <PlanPage key={planId} planId={planId} tab="edit" actions={({ canEdit, plan }) => (canEdit ? <Simulate plan={plan} /> : null)}>
      {shown => <Editor {...shown} />}
    </PlanPage>
  )
}

export default EditPage
