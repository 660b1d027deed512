import { Form } from '../../components/form.tsx'
import { Section } from '../../components/page.tsx'
import { useForm } from '../../components/use-form.ts'
import { api } from '../../shell/api.ts'
import { Asked } from './asked.tsx'
import { PrecisionField } from './precision-field.tsx'
import { Tornado } from './tornado.tsx'
import { useAsk } from './use-ask.ts'
import { tornado as m } from '#messages/plan-analyses'

/** Which input of a plan matters most. */
export const TornadoQuestion = ({ planId }: { readonly planId: string }) => {
  const asking = useAsk((iterations: number, signal) =>
    api('POST /v1/planning/plans/{planId}/sensitivities', { params: { planId }, body: { iterations }, signal }),
  )
  const form = useForm({ initial: { iterations: '1000' }, submit: ({ iterations }) => asking.ask(Number(iterations)) })
  return (
    <Section title={m.title} lead={m.lead}>
      <Form form={form} submit={m.ask} columns>
        <PrecisionField {...form.text('iterations')} />
      </Form>
      <Asked asking={asking}>{({ sensitivities }) => <Tornado sensitivities={sensitivities} />}</Asked>
    </Section>
  )
}
