import { Section } from '../../components/page.tsx'
import type { Result } from './results.ts'
import { Tornado } from './tornado.tsx'
import { tornado as m } from '#messages/plan-analyses'

/** What matters most, of a run that has measured it. */
export const TornadoOfRun = ({ sensitivities }: { readonly sensitivities: NonNullable<Result['sensitivities']> }) => (
  <Section title={m.title} lead={m.lead}>
    <Tornado sensitivities={sensitivities} />
  </Section>
)
