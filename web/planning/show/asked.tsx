import type { ReactNode } from 'react'
import { Notice } from '../../components/page.tsx'
import type { Asking } from './use-ask.ts'
import { ask as m } from '#messages/plan-analyses'

/** The answer to a question, or that it is being worked on. */
export const Asked = <Question, Answer>({
  asking: { busy, found },
  children,
}: {
  readonly asking: Asking<Question, Answer>
  readonly children: (answer: Answer, question: Question) => ReactNode
}) => (
  <>
    {busy && <Notice>{m.working}</Notice>}
    {found && !busy && children(found.answer, found.question)}
  </>
)
