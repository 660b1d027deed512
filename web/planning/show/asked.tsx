import type { ReactNode } from 'react'
import { Notice } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import type { Asking } from './use-ask.ts'
import { ask as m } from '#messages/plan-analyses'

/** The answer to a question, the failure, or that it is being worked on. */
export const Asked = <Question, Answer>({
  asking: { busy, failure, found, retry },
  children,
}: {
  readonly asking: Asking<Question, Answer>
  readonly children: (answer: Answer, question: Question) => ReactNode
}) => (
  <>
    {busy && <Notice>{m.working}</Notice>}
    {failure !== undefined && !busy && <Failure error={failure} retry={retry} />}
    {found && !busy && failure === undefined && children(found.answer, found.question)}
  </>
)
