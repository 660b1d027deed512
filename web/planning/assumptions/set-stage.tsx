import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { DateField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Section } from '../../components/page.tsx'
import { useForm } from '../../components/use-form.ts'
import { showToast } from '../../shell/toasts.ts'
import { api } from '../../shell/api.ts'
import { refreshSets } from './requests.ts'
import { nextStages, type SetSummary, type Stage } from './stages.ts'
import { set as m, stages } from '#messages/plan-assumptions'
import { form as words } from '#messages/shell'

/** Asks before a set moves to another stage. From approval on, its dates matter. */
const MoveDialog = ({ onClose, set, stage }: { readonly set: SetSummary; readonly stage: Stage; readonly onClose: () => void }) => {
  const hasDates = stage === 'approved' || stage === 'retired'
  const form = useForm({
    initial: { effectiveDate: set.effectiveDate, effectiveUntil: set.effectiveUntil ?? '' },
    check: ({ effectiveDate }): Readonly<Record<string, string>> => (effectiveDate === '' ? { effectiveDate: words.notDate } : {}),
    submit: async ({ effectiveDate, effectiveUntil }) => {
      try {
        await api('POST /v1/planning/assumption-sets/{assumptionSetId}/transitions', {
          params: { assumptionSetId: set.id },
          ifMatch: set.rowVersion,
          body: { status: stage, ...(hasDates ? { effectiveDate, effectiveUntil: effectiveUntil === '' ? null : effectiveUntil } : {}) },
        })
      } finally {
        // After a refusal too: somebody else may have moved the set.
        await refreshSets()
      }
      showToast({ kind: 'good', text: m.moved(set.name, stages[stage]) })
      onClose()
    },
  })
  return (
    <Dialog title={`${m.moves[stage]}: ${set.name}`} onClose={onClose}>
      <Form form={form} submit={m.moves[stage]} onCancel={onClose}>
        <p>{m.moveLead[stage]}</p>
        {hasDates && (
          <>
            <DateField {...form.text('effectiveDate')} label={m.effectiveDate} />
            <DateField {...form.text('effectiveUntil')} label={m.effectiveUntil} help={m.effectiveUntilHelp} optional />
          </>
        )}
      </Form>
    </Dialog>
  )
}

/** The stage of a set, and the stages that it can move to. */
export const SetStage = ({ set }: { readonly set: SetSummary }) => {
  const [asked, setAsked] = useState<Stage>()
  const next = nextStages[set.status]
  return (
    <Section
      title={m.stageTitle}
      lead={m.stageLead[set.status]}
      actions={next.map((stage, index) => (
        <Button key={stage} kind={index === 0 && stage !== 'retired' ? 'primary' : 'plain'} onClick={() => setAsked(stage)}>
          {m.moves[stage]}
        </Button>
      ))}
    >
      {asked && <MoveDialog set={set} stage={asked} onClose={() => setAsked(undefined)} />}
    </Section>
  )
}
